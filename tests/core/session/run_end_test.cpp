// How a run ends before its last step: the watchdog, stop(), what this system cannot do.

#include "running.h"

#include <gmock/gmock.h>

#include <future>
#include <thread>

namespace recvscope::session {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

namespace {

RunSettings impatient()
{
    RunSettings settings;
    settings.watchdog = std::chrono::milliseconds(20);
    return settings;
}

} // namespace

TEST(RunEnd, theWatchdogSaysWhatItWaitedForAndWhatWasThereInstead)
{
    // The reader refuses a wait that can never end, so these are made: as a sandbox makes them.
    const auto reasonOfWait = [](const scenario::Cause &cause) {
        scenario::Scenario scenario = withSteps(R"(
  - peer.send: {socket: u, data: "ab"}
  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o1, event: e1}
  - wsp.recv: {socket: s, op: r2, buffers: [8], on: t1}
)");
        scenario.steps.push_back({{12, 3, 12, 9}, scenario::Wait{cause}});
        const Ran run = ran(scenario, impatient());
        EXPECT_EQ(run.report.end, RunEnd::TimedOut) << complaints(run.report);
        EXPECT_EQ(run.report.exitCode(), 1);
        return run.report.reason;
    };
    const std::string waited = "Line 12 (wait): waited 20 ms for ";
    EXPECT_EQ(reasonOfWait(scenario::EventIsSet{"e1"}),
              waited + "the event e1 to be set, but r1 (line 10) is pending, and the kernel holds 0 bytes for s.");
    EXPECT_EQ(reasonOfWait(scenario::Completed{"r1"}),
              waited + "r1 to complete, but r1 is pending, and the kernel holds 0 bytes for s.");
    EXPECT_EQ(reasonOfWait(scenario::Completed{"r2"}),
              waited + "r2 to complete, but r2 is blocked in its call, and the kernel holds 0 bytes for s.");
    EXPECT_EQ(reasonOfWait(scenario::Queued{"u", 3}),
              waited + "the kernel to hold 3 bytes for u, but the kernel holds 2 bytes for u.");
    EXPECT_EQ(reasonOfWait(scenario::BlockedIn{"r1", ""}),
              waited + "r1 to block, but r1 is pending, and the kernel holds 0 bytes for s.");
    EXPECT_EQ(reasonOfWait(scenario::BlockedIn{"", "t2"}), waited + "the thread t2 to block, but it has made no call.");
    EXPECT_EQ(reasonOfWait(scenario::Arrived{"u", scenario::Arrival::End}),
              waited + "the peer's end to arrive at u, but its peer has neither finished nor reset the connection.");
}

TEST(RunEnd, aThreadThatIsStillBlockedIsNamedWithItsCall)
{
    // Made, not read: the reader would refuse the second call.
    scenario::Scenario scenario = withSteps("  - wsp.recv: {socket: s, op: r1, buffers: [8], on: t1}\n");
    scenario::WspRecv second;
    second.socket = "u";
    second.op = "r2";
    second.buffers = {{8}};
    second.on = "t1";
    scenario.steps.push_back({{}, second});
    const Ran run = ran(scenario, impatient());
    EXPECT_EQ(run.report.end, RunEnd::TimedOut);
    EXPECT_EQ(run.report.exitCode(), 1);
    EXPECT_EQ(run.report.reason, "Step 2 (wsp.recv): waited 20 ms for the thread t1, which is to call wsp.recv, but it "
                                 "is still blocked in r1 (line 8): give one of the two another thread (on:).");
}

TEST(RunEnd, aWaitForAnEndThatWasAnnouncedAsAResetOnlySaysSo)
{
    // Made, not read: the reader would refuse it.
    scenario::Scenario scenario = withSteps("  - peer.shutdown: {socket: s}\n");
    scenario.steps.push_back({{}, scenario::Wait{scenario::Arrived{"s", scenario::Arrival::Reset}}});
    const Ran run = ran(scenario, impatient());
    EXPECT_EQ(run.report.reason, "Step 2 (wait): waited 20 ms for a reset to arrive at s, but its peer has finished, "
                                 "without a reset.");
}

TEST(RunEnd, aSendThatTheKernelCannotHoldIsEndedWithWhatIsThere)
{
    scenario::Scenario scenario = withSteps("  - say: Hello.\n");
    scenario.steps.push_back({{}, scenario::PeerSend{"u", scenario::RandomBytes{8U << 20, 1}, {}, false, {}, 0}});
    const Ran run = ran(scenario, impatient());
    EXPECT_EQ(run.report.end, RunEnd::TimedOut);
    EXPECT_THAT(
        run.report.reason,
        MatchesRegex("Step 2 \\(peer.send\\): waited 20 ms for the kernel to take the 8388608 bytes of peer.send, "
                     "but it took [0-9]+, its buffers are full and no receive makes room."));
}

TEST(RunEnd, aPeerThatHasGoneCannotSend)
{
    scenario::Scenario scenario = withSteps("  - peer.close: {socket: s}\n");
    scenario.steps.push_back({{}, scenario::PeerSend{"s", scenario::TextBytes{"x"}, {}, false, {}, 0}});
    const Ran run = ran(scenario);
    EXPECT_EQ(run.report.end, RunEnd::Failed);
    EXPECT_EQ(run.report.reason, "Step 2 (peer.send): the peer of s cannot send: it has closed.");
}

TEST(RunEnd, aUnixPeerCannotReset)
{
    scenario::Scenario scenario = withSteps("  - say: Hello.\n");
    scenario.steps.push_back({{}, scenario::PeerReset{"u"}});
    const Ran run = ran(scenario);
    EXPECT_EQ(run.report.end, RunEnd::NotPossibleHere);
    EXPECT_EQ(run.report.exitCode(), 3);
    EXPECT_THAT(run.report.reason, HasSubstr("needs a tcp socket"));
}

TEST(RunEnd, whatNeedsAnotherSystemIsNotPossibleHere)
{
    scenario::Scenario scenario = withSteps("  - say: Hello.\n");
    scenario.needs = {scenario::Need::Windows};
    const Ran run = ran(scenario);
    EXPECT_EQ(run.report.end, RunEnd::NotPossibleHere);
    EXPECT_THAT(run.report.reason, StartsWith("This scenario needs Windows"));
}

TEST(RunEnd, stopEndsAWaitAndTheThreadsThatBlock)
{
    RunSettings settings;
    settings.watchdog = std::chrono::hours(1);
    const scenario::Scenario scenario = withSteps(R"(
  - wsp.recv: {socket: s, op: r1, buffers: [8], on: t1}
  - wsp.recv: {socket: u, op: r2, buffers: [8], overlapped: o2}
  - wsp.result: {op: g2, of: r2, wait: true, on: t2}
)");
    scenario::Scenario endless = scenario;
    endless.steps.push_back({{}, scenario::Wait{scenario::Completed{"r1"}}});
    const auto run = makeRun(endless, settings);
    std::future<RunReport> ended = std::async(std::launch::async, [&] { return run->run(); });
    // The cause: the last step has begun to wait.
    const auto waiting = [&] {
        const trace::Snapshot seen = run->snapshot();
        for (std::uint16_t track = 0; track < seen.trackCount(); ++track)
            for (std::uint32_t i = 0; i < seen.trackSize(track); ++i)
                if (seen.event({track, i}).type == trace::EventType::WaitBegan)
                    return true;
        return false;
    };
    while (!waiting())
        std::this_thread::yield();
    run->stop();
    const RunReport report = ended.get();
    EXPECT_EQ(report.end, RunEnd::Stopped);
    EXPECT_EQ(report.exitCode(), 1);
    EXPECT_THAT(report.reason, HasSubstr("stopped here"));
}

// The provider completes the IRP when it goes, and is called no more by what that completion does.
TEST(RunEnd, anIrpThatWaitsStillEndsWithTheRunAndWhatItsRoutineWouldCallIsLeftOut)
{
    const Ran run = ran(scenarioFrom(R"(
recvscope: 1
title: Nobody closes it
sockets:
  k: {face: wsk}
steps:
  - wsk.receive: {socket: k, op: r1, irp: i1, mdl: [8], on-complete: [{wsk.receive: {socket: k, op: r2, irp: i2, mdl: [8]}}]}
  - wsk.receive: {socket: k, op: r3, irp: i3, mdl: [8], on-complete: [{wsk.cancel: {irp: i1}}]}
)"));
    EXPECT_EQ(run.report.end, RunEnd::AllMet) << complaints(run.report);
    EXPECT_EQ(run.report.operations.front().status, "");
}

TEST(RunEnd, aRunThatWasStoppedBeforehandDoesNothing)
{
    const auto run = makeRun(withSteps("  - peer.send: {socket: s, data: \"x\"}\n"));
    run->stop();
    EXPECT_EQ(run->run().end, RunEnd::Stopped);
}

} // namespace recvscope::session
