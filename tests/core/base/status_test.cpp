#include "base/status.h"

#include <gtest/gtest.h>

namespace recvscope {

TEST(Status, namesAndNumbersAreThePublishedOnes)
{
    EXPECT_EQ(nameOf(Status::WsaIoPending), "WSA_IO_PENDING");
    EXPECT_EQ(numberOf(Status::WsaIoPending), 997U);
    EXPECT_EQ(numberOf(Status::WsaEconnreset), 10054U);
    EXPECT_EQ(numberOf(Status::NtFileForcedClosed), 0xC00000B6U);
    EXPECT_EQ(familyOf(Status::NtFileForcedClosed), StatusFamily::Nt);
}

TEST(Status, aNameIsFoundAgain)
{
    EXPECT_EQ(statusNamed("WSAECONNRESET"), Status::WsaEconnreset);
    EXPECT_EQ(statusNamed("STATUS_SUCCESS"), Status::Success);
    EXPECT_FALSE(statusNamed("WSAENOSUCH"));
}

} // namespace recvscope
