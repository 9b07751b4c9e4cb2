#include "session/pace.h"

#include <gtest/gtest.h>

namespace recvscope::session {

namespace {
constexpr Nanoseconds second = 1'000'000'000;
}

TEST(Pace, withoutALimitNothingIsWaitedFor)
{
    Pace pace;
    pace.took(1'000'000'000, 5, 0);
    EXPECT_EQ(pace.pause(5), 0U);
}

TEST(Pace, whatWasTakenHasToBeConsumedFirst)
{
    Pace pace;
    pace.took(500, 10, 1000);
    EXPECT_EQ(pace.pause(10), second / 2);
    EXPECT_EQ(pace.pause(10 + second / 4), second / 4);
    EXPECT_EQ(pace.pause(10 + second / 2), 0U);
}

TEST(Pace, aPauseTooShortToWaitForIsKeptAsDebt)
{
    Pace pace;
    pace.took(1, 0, 10'000); // a tenth of a millisecond
    EXPECT_EQ(pace.pause(0), 0U);
    for (int i = 0; i < 9; ++i)
        pace.took(1, 0, 10'000);
    EXPECT_EQ(pace.pause(0), 1'000'000U);
}

TEST(Pace, timeThatPassedUnusedIsNotSavedUp)
{
    Pace pace;
    pace.took(1000, 0, 1000);
    pace.took(1000, 10 * second, 1000);
    EXPECT_EQ(pace.pause(10 * second), second);
}

} // namespace recvscope::session
