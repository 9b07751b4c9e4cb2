// What the checker says of completion routines, of the waits in which they run, and of threads that exit.

#include "account.h"
#include "written.h"

namespace recvscope::checker {

using trace::EventType;

namespace {

/// A receive with a routine that has completed; its thread has not waited yet.
Written completed()
{
    Written it;
    it.late(r1, "hello");
    return it;
}

} // namespace

TEST(Routines, runsOnceInAnAlertableWaitOfItsThread)
{
    Written it = completed();
    EXPECT_THAT(it, accepted()); // its thread never waits
    it.waits();
    it.ran(r1, 5);
    it.waited(1);
    EXPECT_THAT(it, accepted());

    Written twice = completed();
    twice.waits();
    twice.ran(r1, 5);
    twice.ran(r1, 5);
    twice.waited(2);
    EXPECT_THAT(twice, refusedBy("wsp.indicate.apc-single-context"));

    Written queuedTwice = completed();
    queuedTwice.queued(r1);
    EXPECT_THAT(queuedTwice, refusedBy("wsp.indicate.apc-single-context"));
}

TEST(Routines, neverRunsOutsideSuchAWait)
{
    Written outside = completed();
    outside.ran(r1, 5);
    EXPECT_THAT(outside, refusedBy("wsp.indicate.alertable-wait-only"));

    Written afterwards = completed();
    afterwards.waits();
    afterwards.waited(0);
    afterwards.ran(r1, 5);
    EXPECT_THAT(afterwards, refusedBy("wsp.indicate.alertable-wait-only"));

    Written forAnEvent = completed();
    forAnEvent.thread(EventType::WaitBegan, static_cast<std::uint32_t>(trace::WaitFor::EventAlone));
    forAnEvent.ran(r1, 5);
    forAnEvent.waited(1);
    EXPECT_THAT(forAnEvent, refusedBy("wsp.indicate.alertable-wait-only"));

    Written forAResult = completed();
    forAResult.tell(EventType::ResultAsked, r1, 0);
    forAResult.ran(r1, 5);
    forAResult.tell(EventType::ResultReturned, r1, 5, trace::packOutcome(Status::Success, 0));
    EXPECT_THAT(forAResult, refusedBy("wsp.indicate.alertable-wait-only"));
}

TEST(Routines, aCallThatBlocksIsAnAlertableWait)
{
    Written it = completed();
    it.call(r2, {8});
    it.tell(EventType::Blocked, r2);
    it.ran(r1, 5);
    it.sent("x");
    it.kernel(r2, "x", {{0, 1}});
    it.completed(r2, 1);
    it.returned(r2, 1);
    Written after = it;
    EXPECT_THAT(it, accepted());
    after.late(r3, "y");
    EXPECT_THAT(after, accepted());
    after.ran(r3, 1);
    EXPECT_THAT(after, refusedBy("wsp.indicate.alertable-wait-only"));
}

TEST(Routines, aWaitRunsWhatWasQueuedBeforeIt)
{
    Written it = completed();
    it.waits();
    it.waited(0);
    EXPECT_THAT(it, refusedBy("wsp.indicate.alertable-wait-only"));

    Written miscounted = completed();
    miscounted.waits();
    miscounted.ran(r1, 5);
    miscounted.waited(2);
    EXPECT_THAT(miscounted, refusedBy("wsp.indicate.alertable-wait-only"));

    Written apc;
    apc.on(1);
    apc.thread(EventType::ApcQueued, 0, 7);
    apc.on(0);
    Written forgotten = apc;
    apc.waits();
    apc.thread(EventType::ApcBegan, 7);
    Written again = apc;
    apc.waited(1);
    EXPECT_THAT(apc, accepted());
    forgotten.waits();
    forgotten.waited(0);
    EXPECT_THAT(forgotten, refusedBy("wsp.indicate.alertable-wait-only"));
    again.thread(EventType::ApcBegan, 7);
    again.waited(2);
    EXPECT_THAT(again, refusedBy("wsp.indicate.queue-apc-any-thread"));
}

TEST(Routines, runsOnTheThreadThatStartedTheReceive)
{
    Written it = completed();
    it.on(1);
    it.waits();
    it.ran(r1, 5);
    it.waited(1);
    EXPECT_THAT(it, refusedBy("wsp.indicate.routine-on-initiating-thread"));

    Written elsewhere;
    elsewhere.call(r1, {8}, Written::withRoutine);
    elsewhere.pending(r1);
    elsewhere.sent("hello");
    elsewhere.on(1);
    elsewhere.kernel(r1, "hello", {{0, 5}});
    elsewhere.completed(r1, 5);
    Written right = elsewhere;
    elsewhere.queued(r1, 1);
    EXPECT_THAT(elsewhere, refusedBy("wsp.indicate.routine-on-initiating-thread"));
    EXPECT_THAT(right, refusedBy("wsp.indicate.routine-on-initiating-thread")); // it was never queued
    right.queued(r1, 0);
    EXPECT_THAT(right, accepted());
}

TEST(Routines, isToldWhatItCompletedWith)
{
    Written bytes = completed();
    bytes.waits();
    bytes.ran(r1, 4);
    bytes.waited(1);
    EXPECT_THAT(bytes, refusedBy("wsp.indicate.routine-arguments"));

    Written status = completed();
    status.waits();
    status.ran(r1, 5, Status::WsaEconnreset);
    status.waited(1);
    EXPECT_THAT(status, refusedBy("wsp.indicate.routine-arguments"));

    Written memory = completed();
    memory.waits();
    memory.ran(r1, 5);
    memory.waited(1);
    memory.m_setup.seen[r1] = {false, {"hello"}, session::RoutineTold{Status::Success, 5, 0}};
    EXPECT_THAT(memory, accepted());
    memory.m_setup.seen[r1] = {false, {"hello"}, session::RoutineTold{Status::Success, 4, 0}};
    EXPECT_THAT(memory, refusedBy("wsp.indicate.routine-arguments"));
}

TEST(Routines, isCalledByTheProvidersOwnFunction)
{
    Written it = completed();
    it.waits();
    it.tell(EventType::RoutineBegan, r1, 5, trace::packOutcome(Status::Success, 0));
    it.ended(r1, 5);
    it.waited(0);
    EXPECT_THAT(it, refusedBy("wsp.indicate.apc-single-context"));

    Written putBy = completed(); // by that function, and never called
    putBy.waits();
    putBy.tell(EventType::ApcBegan, r1);
    putBy.waited(1);
    EXPECT_THAT(putBy, refusedBy("wsp.indicate.alertable-wait-only"));
}

TEST(Routines, isQueuedWhenTheCallReturnsAtOnceAndHasNotRun)
{
    Written it;
    it.sent("hello");
    it.call(r1, {8}, Written::withRoutine);
    it.kernel(r1, "hello", {{0, 5}});
    it.completed(r1, 5);
    Written late = it;
    Written early = it;
    it.queued(r1);
    it.returned(r1, 5);
    EXPECT_THAT(it, accepted());
    late.returned(r1, 5);
    EXPECT_THAT(late, refusedBy("wsp.complete.immediate-queues-routine"));
    late.queued(r1);
    EXPECT_THAT(late, refusedBy("wsp.complete.immediate-queues-routine"));
    early.queued(r1);
    early.ran(r1, 5);
    early.returned(r1, 5);
    EXPECT_THAT(early, refusedBy("wsp.complete.immediate-queues-routine"));
}

TEST(Routines, isNotToldOfACallThatFailed)
{
    Written it;
    it.refused(r1, {}, Status::WsaEinval, Written::withRoutine);
    EXPECT_THAT(it, accepted());
    it.queued(r1);
    EXPECT_THAT(it, refusedBy("wsp.complete.failed-never-indicates"));
}

TEST(Routines, withoutAStructureIsNamedAndNeverRuns)
{
    Written it;
    it.sent("hello");
    it.call(r1, {8}, trace::CallHasRoutine);
    Written silent = it;
    it.tell(EventType::Diagnostic, r1, 0, 0, RuleId::WspCallRoutineWithoutOverlapped);
    for (Written *each : {&it, &silent}) {
        each->kernel(r1, "hello", {{0, 5}});
        each->completed(r1, 5);
        each->returned(r1, 5);
    }
    EXPECT_THAT(it, accepted());
    EXPECT_THAT(silent, refusedBy("wsp.call.routine-without-overlapped"));
    it.queued(r1);
    EXPECT_THAT(it, refusedBy("wsp.call.routine-without-overlapped"));
}

TEST(Routines, silencesTheEvent)
{
    Written it;
    it.call(r1, {8}, Written::withRoutine | trace::CallHasEvent);
    it.pending(r1);
    it.sent("hello");
    it.kernel(r1, "hello", {{0, 5}});
    it.completed(r1, 5);
    it.queued(r1);
    EXPECT_THAT(it, accepted());
    it.eventSet(r1);
    EXPECT_THAT(it, refusedBy("wsp.indicate.event-ignored-with-routine"));
}

TEST(Routines, ofOneSocketNeverNest)
{
    Written it = completed();
    it.late(r2, "world");
    it.waits();
    it.began(r1, 5);
    Written nested = it;
    it.waits();
    it.tell(EventType::ApcBegan, r2); // which puts it by
    it.waited(1);
    it.ended(r1, 5);
    it.tell(EventType::RoutineBegan, r2, 5, trace::packOutcome(Status::Success, 0));
    it.ended(r2, 5);
    it.waited(1);
    EXPECT_THAT(it, accepted());

    nested.waits();
    nested.ran(r2, 5);
    nested.waited(1);
    nested.ended(r1, 5);
    nested.waited(1);
    EXPECT_THAT(nested, refusedBy("wsp.indicate.no-nesting"));
}

TEST(Routines, waitingForItsResultIsNamed)
{
    Written it;
    it.call(r1, {8}, Written::withRoutine);
    it.pending(r1);
    it.tell(EventType::ResultAsked, r1, 1);
    Written silent = it;
    it.tell(EventType::Diagnostic, r1, 0, 0, RuleId::WspIndicateWaitWithRoutine);
    for (Written *each : {&it, &silent}) {
        each->tell(EventType::ResultReturned, r1, trace::leftAlone,
                   trace::packOutcome(Status::WsaEinval, trace::flagsLeftAlone));
        each->completed(r1, 0, Status::WsaOperationAborted);
        each->queued(r1);
        each->closed();
    }
    EXPECT_THAT(it, accepted());
    EXPECT_THAT(silent, refusedBy("wsp.indicate.wait-with-routine"));

    Written neverStarted; // what is told of its structure is nobody's promise
    neverStarted.refused(r1, {}, Status::WsaEinval, Written::withRoutine);
    neverStarted.tell(EventType::ResultAsked, r1, 1);
    neverStarted.tell(EventType::ResultReturned, r1, 0, trace::packOutcome(Status::Success, 0));
    EXPECT_THAT(neverStarted, accepted());
}

TEST(Threads, whatAThreadStartedGoesWithIt)
{
    Written it;
    it.call(r1, {8}, Written::withRoutine);
    it.pending(r1);
    Written left = it;
    Written otherStatus = it;
    it.completed(r1, 0, Status::WsaOperationAborted);
    it.thread(EventType::ThreadExited, 1);
    EXPECT_THAT(it, accepted());
    it.m_setup.policy.closeAbortsWithConnAborted = true; // which speaks of closing alone
    it.closed();
    EXPECT_THAT(it, accepted());

    otherStatus.m_setup.policy.closeAbortsWithConnAborted = true;
    otherStatus.completed(r1, 0, Status::WsaEconnaborted);
    otherStatus.thread(EventType::ThreadExited, 1);
    EXPECT_THAT(otherStatus, refusedBy("wsp.cancel.thread-exit"));

    left.thread(EventType::ThreadExited, 0);
    left.on(1);
    left.completed(r1, 0, Status::WsaOperationAborted);
    left.closed();
    EXPECT_THAT(left, refusedBy("wsp.cancel.thread-exit"));
}

TEST(Threads, nothingRunsOnOneThatHasExited)
{
    Written it = completed();
    it.thread(EventType::ThreadExited, 0);
    EXPECT_THAT(it, accepted());
    it.waits();
    it.ran(r1, 5);
    it.waited(1);
    EXPECT_THAT(it, refusedBy("wsp.cancel.thread-exit"));

    Written calls = completed();
    calls.thread(EventType::ThreadExited, 0);
    calls.late(r2, "x");
    EXPECT_THAT(calls, refusedBy("trace"));
}

} // namespace recvscope::checker
