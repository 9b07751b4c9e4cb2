// Routines that never run, structures that are gone, and waits that can never end: told early, and with the cause.

#include "running.h"

#include <gmock/gmock.h>

namespace recvscope::session {

using testing::HasSubstr;

namespace {

/// A run that is told early does not wait for this.
RunSettings patient()
{
    RunSettings settings;
    settings.watchdog = std::chrono::hours(1);
    return settings;
}

RunSettings impatient()
{
    RunSettings settings;
    settings.watchdog = std::chrono::milliseconds(500); // what comes before the wait has that time, too
    return settings;
}

/// Why the run failed before its last step.
std::string failure(const std::string &steps)
{
    const Ran run = ran(withSteps(steps), patient());
    EXPECT_EQ(run.report.end, RunEnd::Failed) << complaints(run.report);
    EXPECT_EQ(run.report.exitCode(), 1);
    return run.report.reason;
}

} // namespace

TEST(Routines, aRoutineThatIsQueuedToAThreadThatExitsIsDropped)
{
    expectAllMet(ran(withSteps(R"(
  - peer.send: {socket: s, data: "hello"}
  - wsp.recv: {socket: s, op: r1, buffers: [2], overlapped: o1, routine: done, on: t1}
  - wsp.recv: {socket: s, op: r2, buffers: [8], overlapped: o2, routine: done, on: t1}
  - wsp.recv: {socket: s, op: r3, buffers: [8], overlapped: o3, routine: done, on: t1}
  - expect: {op: r1, returns: 0, routine: queued}
  - thread: {exit: t1}
  - expect: {op: r1, status: 0, routine: dropped}
  - expect: {op: r2, status: 0, routine: dropped}
  - expect: {op: r3, status: WSA_OPERATION_ABORTED, routine: none}
)")));
}

TEST(Routines, whatIsDroppedIsNotTakenForQueued)
{
    const Ran run = ran(withSteps(R"(
  - peer.send: {socket: s, data: "hello"}
  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o1, routine: done, on: t1}
  - thread: {exit: t1}
  - expect: {op: r1, routine: queued}
)"));
    EXPECT_EQ(run.report.end, RunEnd::ExpectationFailed);
    ASSERT_EQ(run.report.expectations.size(), 1U);
    EXPECT_EQ(run.report.expectations[0].found, "dropped");
}

TEST(Routines, aWaitForARoutineWhoseThreadHasExitedEndsWithTheCause)
{
    EXPECT_THAT(failure(R"(
  - peer.send: {socket: s, data: "hello"}
  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o1, routine: done, on: t1}
  - thread: {exit: t1}
  - wait: {routine: r1}
)"),
                HasSubstr("its thread t1 has exited"));
}

TEST(Routines, aWaitForARoutineNamesTheRoutineThatKeepsItsThread)
{
    const Ran run = ran(withSteps(R"(
  - peer.send: {socket: s, data: "hello"}
  - wsp.recv:
      socket: s
      op: r1
      buffers: [2]
      overlapped: o1
      routine: first
      on: t1
      on-complete:
        - wsp.recv: {socket: u, op: inner, buffers: [8]}
  - wsp.recv: {socket: s, op: r2, buffers: [8], overlapped: o2, routine: second, on: t1}
  - wsp.alertable-wait: {on: t1}
  - wait: {routine: r2}
)"),
                        impatient());
    EXPECT_EQ(run.report.end, RunEnd::TimedOut);
    EXPECT_THAT(run.report.reason,
                HasSubstr("its thread t1 is inside the routine of r1 (line 10), in inner (line 18)"));
}

TEST(Routines, anAlertableWaitThatNothingCanEndIsToldAtOnce)
{
    EXPECT_THAT(
        failure(R"(
  - wsp.alertable-wait: {on: t1, op: w1}
  - barrier: [t1]
)"),
        HasSubstr("w1 (line 9) waits until something is queued to t1, and nothing is left that could queue it"));
    EXPECT_THAT(failure(R"(
  - wsp.alertable-wait: {op: w1}
  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o1}
)"),
                HasSubstr("nothing is left that could queue it"));
}

TEST(Routines, anAlertableWaitThatAPendingReceiveMayEndIsWaitedFor)
{
    expectAllMet(ran(withSteps(R"(
  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o1, routine: done, on: t1}
  - wsp.alertable-wait: {on: t1, op: w1}
  - peer.send: {socket: s, data: "hello"}
  - barrier: [t1]
  - expect: {op: r1, routine: ran}
)"),
                     patient()));
}

TEST(Routines, anotherProcessIsToldThatTheThreadHasExited)
{
    expectAllMet(ran(withSteps(R"(
  - thread: {exit: t1}
  - wsp.queue-apc: {thread: t1, op: within}
  - wsp.queue-apc: {thread: t1, process: another, op: across}
  - expect: {op: within, returns: WSAEINVAL}
  - expect: {op: across, returns: WSAEINVAL}
)")));
}

TEST(FreedStructures, itsCompletionIsAwaitedAndTold)
{
    expectAllMet(ran(withSteps(R"(
  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o1}
  - overlapped.free: {overlapped: o1}
  - peer.send: {socket: s, data: "hello"}
  - wait: {completed: r1}
  - expect: {op: r1, status: 0, bytes: 5, diagnostic: wsp.indicate.overlapped-stays-valid}
  - wsp.recv: {socket: s, op: r2, buffers: [8], overlapped: o1}
  - peer.send: {socket: s, data: "again"}
  - wait: {completed: r2}
  - wsp.result: {op: asked, overlapped: o1}
  - expect: {op: asked, returns: 0, bytes: 5}
)")));
}

TEST(FreedStructures, aWaitForTheRoutineEndsWithTheCause)
{
    EXPECT_THAT(failure(R"(
  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o1, routine: done}
  - overlapped.free: {overlapped: o1}
  - peer.send: {socket: s, data: "hello"}
  - wsp.alertable-wait: {}
  - wait: {routine: r1}
)"),
                HasSubstr("its structure was freed while r1 was pending"));
}

TEST(FreedStructures, aStructureThatAnotherThreadWaitsForIsNotFreed)
{
    EXPECT_THAT(failure(R"(
  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o1}
  - wsp.result: {op: asked, of: r1, wait: true, on: t1}
  - overlapped.free: {overlapped: o1}
)"),
                HasSubstr("asked (line 10) is in its call with o1"));
}

TEST(Results, ofARefusedReceiveAreRefusedAndNamed)
{
    expectAllMet(ran(withSteps(R"(
  - wsp.recv: {socket: s, op: r1, buffers: [], overlapped: o1}
  - wsp.result: {op: asked, of: r1}
  - expect: {op: asked, returns: WSAEINVAL, bytes: untouched, diagnostic: engine.result.nothing-started}
)")));
}

TEST(Results, ofASendAreTold)
{
    expectAllMet(ran(withSteps(R"(
  - wsp.send: {socket: s, data: "hello", overlapped: o1}
  - wsp.result: {op: asked, overlapped: o1}
  - expect: {op: asked, returns: 0, bytes: 5}
)")));
}

} // namespace recvscope::session
