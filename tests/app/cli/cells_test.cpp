#include "cli/cells.h"

#include <gtest/gtest.h>

namespace recvscope::cli {

namespace {
const Paint grey(false);
}

TEST(Cells, everyByteHasItsColumnAndEmptyPlacesAreSeen)
{
    EXPECT_EQ(row({{0, 5, "hello"}}, 3, 40, grey), "[hello···]");
    EXPECT_EQ(row({{0, 4, std::string("a b\n", 4)}}, 0, 40, grey), "[a␣b↵]");
    EXPECT_EQ(row({{0, 2, std::string("\0\xC3", 2)}}, 0, 40, grey), "[□□]");
    EXPECT_EQ(row({}, 0, 40, grey), "[]");
}

TEST(Cells, bytesTheTraceDidNotKeepAreShownAsUnknown)
{
    EXPECT_EQ(row({{0, 4, "ab"}}, 0, 40, grey), "[ab??]");
}

TEST(Cells, manyBytesBecomeABarInProportionThatKeepsItsSends)
{
    EXPECT_EQ(row({{0, 1000, ""}, {1, 1000, ""}}, 2000, 10, grey), "[1122····]");
    EXPECT_EQ(columnsOf(row({{0, 1, ""}, {1, 999'999'999, ""}}, 1, 33, grey)), 33U);
}

TEST(Cells, onColourEachSendHasItsOwnFill)
{
    const Paint colour(true);
    const std::string text = row({{0, 1, "a"}, {1, 1, "b"}}, 0, 40, colour);
    EXPECT_EQ(columnsOf(text), 4U);
    EXPECT_NE(text.find(colour.onSend(0, "a")), std::string::npos);
    EXPECT_NE(text.find(colour.onSend(1, "b")), std::string::npos);
}

} // namespace recvscope::cli
