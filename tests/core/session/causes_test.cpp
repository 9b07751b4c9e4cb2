#include "session/causes.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace recvscope::session {

namespace {
constexpr std::chrono::hours never{1};
constexpr std::chrono::milliseconds soon{1};
} // namespace

TEST(Causes, aCauseThatHoldsAlreadyIsNotWaitedFor)
{
    Causes causes(never);
    EXPECT_EQ(causes.wait(News::Announced, [] { return true; }), WaitEnd::Came);
}

TEST(Causes, aWaiterLooksAgainWhenAChangeIsAnnounced)
{
    Causes causes(never);
    std::atomic<bool> there = false;
    std::atomic<bool> looked = false;
    std::thread bringer([&] {
        looked.wait(false);
        there = true;
        causes.changed();
    });
    const WaitEnd end = causes.wait(News::Announced, [&] {
        const bool came = there;
        looked = true;
        looked.notify_all();
        return came;
    });
    bringer.join();
    EXPECT_EQ(end, WaitEnd::Came);
}

TEST(Causes, theKernelsNewsAreSeenWithoutAnnouncement)
{
    Causes causes(never);
    int looks = 0;
    EXPECT_EQ(causes.wait(News::Kernel, [&] { return ++looks == 5; }), WaitEnd::Came);
}

TEST(Causes, theWatchdogEndsAWaitWhoseCauseNeverComes)
{
    Causes causes(soon);
    EXPECT_EQ(causes.wait(News::Announced, [] { return false; }), WaitEnd::TimedOut);
    EXPECT_EQ(causes.wait(News::Kernel, [] { return false; }), WaitEnd::TimedOut);
}

TEST(Causes, stopEndsTheWaitInProgressAndEveryLaterOne)
{
    Causes causes(never);
    std::atomic<bool> looked = false;
    std::thread stopper([&] {
        looked.wait(false);
        causes.stop();
    });
    const WaitEnd end = causes.wait(News::Announced, [&] {
        looked = true;
        looked.notify_all();
        return false;
    });
    stopper.join();
    EXPECT_EQ(end, WaitEnd::Stopped);
    EXPECT_EQ(causes.wait(News::Announced, [] { return true; }), WaitEnd::Stopped);
}

} // namespace recvscope::session
