// What the checker says of outcomes, outputs and indications.

#include "account.h"
#include "written.h"

namespace recvscope::checker {

using trace::EventType;

TEST(Outcome, onceIsAcceptedAndTwiceIsNot)
{
    Written once;
    once.sent("hello");
    once.immediate(r1, {8}, "hello", {{0, 5}});
    EXPECT_THAT(once, accepted());

    Written twice;
    twice.call(r1, {8}, Written::overlapped);
    twice.pending(r1);
    twice.sent("hello");
    twice.kernel(r1, "hello", {{0, 5}});
    twice.completed(r1, 5);
    EXPECT_THAT(twice, accepted());
    twice.completed(r1, 5);
    EXPECT_THAT(twice, refusedBy("wsp.complete.pending"));
}

TEST(Outcome, nothingIsLeftWaitingWhenAllIsClosed)
{
    Written it;
    it.call(r1, {8}, Written::overlapped);
    it.pending(r1);
    EXPECT_THAT(it, refusedBy("wsp.cancel.socket-closed"));
    it.completed(r1, 0, Status::WsaOperationAborted);
    it.closed();
    EXPECT_THAT(it, accepted());
}

TEST(Outcome, aRefusedCallIsNeverCompletedOrIndicated)
{
    Written it;
    it.refused(r1, {}, Status::WsaEinval, Written::withEvent);
    EXPECT_THAT(it, accepted());
    it.eventSet(r1);
    EXPECT_THAT(it, refusedBy("wsp.complete.failed-never-indicates"));

    Written completed;
    completed.refused(r1, {}, Status::WsaEinval, Written::overlapped);
    completed.completed(r1, 0, Status::WsaEinval);
    EXPECT_THAT(completed, refusedBy("wsp.complete.failed-never-indicates"));
}

TEST(Outcome, aCallNeverReturnsTwice)
{
    Written it;
    it.sent("hello");
    it.immediate(r1, {8}, "hello", {{0, 5}});
    it.returned(r1, 5);
    EXPECT_THAT(it, refusedBy("wsp.complete.immediate"));
}

TEST(Outcome, aNonoverlappedCallIsNeverPending)
{
    Written it;
    it.call(r1, {8});
    it.pending(r1);
    it.sent("a");
    it.kernel(r1, "a", {{0, 1}});
    it.completed(r1, 1);
    EXPECT_THAT(it, refusedBy("wsp.call.nonoverlapped"));
}

TEST(Outcome, whatIsReturnedIsWhatItCompletedWith)
{
    Written bytes;
    bytes.sent("hello");
    bytes.call(r1, {8});
    bytes.kernel(r1, "hello", {{0, 5}});
    bytes.completed(r1, 5);
    bytes.returned(r1, 4);
    EXPECT_THAT(bytes, refusedBy("wsp.complete.immediate"));

    Written status;
    status.call(r1, {8});
    status.tell(EventType::PeerReset);
    status.completed(r1, 0, Status::WsaEconnreset);
    status.returned(r1, 0, Status::WsaEinval);
    EXPECT_THAT(status, refusedBy("wsp.complete.error-return"));
}

TEST(Outcome, aPendingReturnLeavesTheOutputsAlone)
{
    Written it;
    it.call(r1, {8}, Written::overlapped);
    it.tell(EventType::Returned, r1, 0, trace::packOutcome(Status::WsaIoPending, 0));
    it.completed(r1, 0, Status::WsaOperationAborted);
    it.closed();
    EXPECT_THAT(it, refusedBy("wsp.complete.pending-leaves-outputs"));

    Written memory;
    memory.call(r1, {8}, Written::overlapped);
    memory.pending(r1);
    memory.completed(r1, 0, Status::WsaOperationAborted);
    memory.closed();
    memory.m_setup.seen[r1] = {false, {}};
    EXPECT_THAT(memory, accepted());
    memory.m_setup.seen[r1] = {true, {}};
    EXPECT_THAT(memory, refusedBy("wsp.complete.pending-leaves-outputs"));
}

TEST(Outcome, theEventIsSetOnceForEachCompletion)
{
    Written it;
    it.sent("hello");
    it.immediate(r1, {8}, "hello", {{0, 5}}, Written::withEvent);
    EXPECT_THAT(it, accepted());
    it.eventSet(r1);
    EXPECT_THAT(it, refusedBy("wsp.indicate.event"));

    Written never;
    never.call(r1, {8}, Written::withEvent);
    never.pending(r1);
    never.sent("a");
    never.kernel(r1, "a", {{0, 1}});
    never.completed(r1, 1);
    EXPECT_THAT(never, refusedBy("wsp.indicate.event"));
    never.eventSet(r1);
    EXPECT_THAT(never, accepted());

    Written atOnce;
    atOnce.sent("a");
    atOnce.call(r1, {8}, Written::withEvent);
    atOnce.kernel(r1, "a", {{0, 1}});
    atOnce.completed(r1, 1);
    atOnce.returned(r1, 1);
    EXPECT_THAT(atOnce, refusedBy("wsp.complete.immediate-sets-event"));

    Written early;
    early.sent("a");
    early.call(r1, {8}, Written::withEvent);
    early.eventSet(r1);
    early.kernel(r1, "a", {{0, 1}});
    early.completed(r1, 1);
    early.returned(r1, 1);
    EXPECT_THAT(early, refusedBy("wsp.indicate.event"));

    Written without;
    without.sent("a");
    without.immediate(r1, {8}, "a", {{0, 1}}, Written::overlapped);
    EXPECT_THAT(without, accepted());
    without.eventSet(r1);
    EXPECT_THAT(without, refusedBy("wsp.indicate.no-event"));
}

namespace {

/// r1 pending, then completed with one byte; asked before, or after.
Written asked(bool wait, bool before, Status answer)
{
    Written it;
    it.call(r1, {8}, Written::overlapped);
    it.pending(r1);
    const auto ask = [&] {
        it.tell(EventType::ResultAsked, r1, wait ? 1 : 0);
        const bool incomplete = answer == Status::WsaIoIncomplete;
        it.tell(EventType::ResultReturned, r1, incomplete ? trace::leftAlone : 1,
                trace::packOutcome(answer, incomplete ? trace::flagsLeftAlone : 0));
    };
    if (before)
        ask();
    it.sent("a");
    it.kernel(r1, "a", {{0, 1}});
    it.completed(r1, 1);
    if (!before)
        ask();
    return it;
}

} // namespace

TEST(Outcome, resultsAreToldAfterCompletionAndAgreeWithIt)
{
    EXPECT_THAT(asked(false, true, Status::WsaIoIncomplete), accepted());
    EXPECT_THAT(asked(false, true, Status::Success), refusedBy("wsp.indicate.result-poll-early"));
    EXPECT_THAT(asked(true, true, Status::WsaIoIncomplete), refusedBy("wsp.indicate.result-wait"));
    EXPECT_THAT(asked(false, false, Status::Success), accepted());
    EXPECT_THAT(asked(false, false, Status::WsaIoIncomplete), refusedBy("wsp.indicate.result-poll-late"));
    EXPECT_THAT(asked(true, false, Status::WsaEconnreset), refusedBy("wsp.indicate.result-wait"));
}

TEST(Outcome, everyDecisionNamesARuleThatGivesIt)
{
    Written nameless;
    nameless.sent("a");
    nameless.call(r1, {8});
    nameless.kernel(r1, "a", {{0, 1}});
    nameless.completed(r1, 1, Status::Success, RuleId::None);
    nameless.returned(r1, 1);
    EXPECT_THAT(nameless, refusedBy("trace"));

    Written other(net::SocketKind::Tcp, true);
    other.refused(r1, {8}, Status::WsaEwouldblock, trace::CallNonblocking, 0, RuleId::WspCallWouldBlock);
    EXPECT_THAT(other, accepted());
    other.refused(r2, {}, Status::WsaEinval, trace::CallNonblocking, 0, RuleId::WspCallWouldBlock);
    EXPECT_THAT(other, refusedBy("wsp.call.would-block"));
}

TEST(Outcome, aStatusOfAnotherInterfaceIsNone)
{
    Written it;
    it.call(r1, {8});
    it.completed(r1, 0, Status::NtCancelled);
    it.returned(r1, 0, Status::NtCancelled);
    EXPECT_THAT(it, refusedBy("wsp.complete.error-return"));

    Written flags;
    flags.sent("a");
    flags.call(r1, {8});
    flags.kernel(r1, "a", {{0, 1}});
    flags.completed(r1, 1, Status::Success, RuleId::EngineErrorSystem, flag::Partial);
    flags.returned(r1, 1, Status::Success, flag::Partial);
    EXPECT_THAT(flags, refusedBy("wsp.complete.immediate"));
}

TEST(Outcome, aTraceWithAGapIsNone)
{
    Written it;
    it.then([](test::TraceBuilder &trace) {
        trace::Event event;
        event.type = EventType::PeerShutDown;
        event.socket = Written::s;
        event.socketSequence = 3;
        trace.add(event);
    });
    EXPECT_THAT(it, refusedBy("trace"));
}

} // namespace recvscope::checker
