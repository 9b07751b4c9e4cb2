#include "trace/moment.h"

#include "trace_builder.h"

#include <gtest/gtest.h>

namespace recvscope::trace {

using test::TraceBuilder;

namespace {

using Runs = std::vector<Run>;

constexpr SocketId s{1};
constexpr OperationId r1{1}, r2{2};
constexpr std::uint16_t drainFlag = 0x4;

/// The moment at the end of a trace so far, with its story for bytes.
struct Now {
    explicit Now(const TraceBuilder &trace) : story(trace.snapshot()), moment(momentAt(story, {story.size(), 0})) {}

    [[nodiscard]] const SocketMoment &socket() const { return *moment.socket(s); }
    [[nodiscard]] const CallbackMoment &callback() const { return socket().callback; }
    [[nodiscard]] const ReceiveMoment &receive(OperationId id) const { return *moment.receive(id); }
    [[nodiscard]] std::string text(const Runs &runs) const
    {
        std::string text;
        for (const Run &run : runs)
            text += bytesOf(story, socket(), run);
        return text;
    }

    Story story;
    Moment moment;
};

void openWsk(TraceBuilder &trace)
{
    trace.opened(s, "k");
    trace.add(EventType::FaceGiven, s, static_cast<std::uint32_t>(Interface::Wsk));
}

void enable(TraceBuilder &trace, std::uint32_t mask)
{
    trace.add(EventType::CallbackSet, s, mask, packOutcome(Status::Success, 0));
}

} // namespace

TEST(KernelMoment, aSocketHasTheInterfaceItWasMadeFor)
{
    TraceBuilder trace;
    openWsk(trace);
    trace.opened({2}, "w");
    const Story story(trace.snapshot());
    EXPECT_EQ(momentAt(story, {0, 0}).socket(s)->face, Interface::Wsk) << "told before it happens, as its kind is";
    EXPECT_EQ(momentAt(story, {3, 0}).socket(s)->face, Interface::Wsk);
    EXPECT_EQ(momentAt(story, {3, 0}).socket({2})->face, Interface::Wsp);
}

TEST(KernelMoment, aWskReceiveHasAChainAnIrpAndLockedPages)
{
    TraceBuilder trace;
    openWsk(trace);
    trace.called(r1, s, {4, 3}, CallOverlapped | CallWsk, 0x2);
    trace.add(EventType::ChainGiven, s, 2, 7, r1);
    trace.add(EventType::MdlGiven, s, 0, 6, r1);
    trace.add(EventType::MdlGiven, s, 1, 8, r1);
    trace.wskPends(r1, s);
    {
        const Now now(trace);
        const ReceiveMoment &receive = now.receive(r1);
        EXPECT_TRUE(receive.isWsk());
        EXPECT_FALSE(receive.isDrain());
        EXPECT_EQ(receive.state, ReceiveState::Pending);
        EXPECT_EQ(receive.chain, (ChainMoment{2, 7, {6, 8}}));
        EXPECT_EQ(receive.pages, PagesState::Locked);
        EXPECT_FALSE(receive.irp);
        EXPECT_EQ(receive.level, 0);
        EXPECT_EQ(receive.routine, RoutineState::None);
    }
    trace.sent(s, "hello w");
    trace.received(r1, s, "hello w", {{0, 4}, {1, 3}});
    trace.completed(r1, s, 7);
    EXPECT_FALSE(Now(trace).receive(r1).irp) << "the engine has decided; the IRP completes next";
    EXPECT_EQ(Now(trace).receive(r1).pages, PagesState::Locked);
    trace.irpCompleted(r1, s, 7, Status::Success, RuleId::WskCompletePending);
    trace.add(EventType::RoutineBegan, s, 7, 0, r1);
    {
        const Now now(trace);
        const ReceiveMoment &receive = now.receive(r1);
        EXPECT_EQ(receive.irp->bytes, 7U);
        EXPECT_EQ(receive.irp->status, Status::Success);
        EXPECT_EQ(receive.irp->rule, RuleId::WskCompletePending);
        EXPECT_EQ(receive.pages, PagesState::Returned);
        EXPECT_EQ(receive.routine, RoutineState::Running);
        EXPECT_EQ(receive.placed, 7U) << "a WskReceive's flag of 2 is WAITALL and no look";
        EXPECT_EQ(now.text(receive.buffers[1].runs), "o w");
        EXPECT_EQ(now.socket().taken, 7U);
    }
    trace.add(EventType::RoutineEnded, s, 7, 0, r1);
    EXPECT_EQ(Now(trace).receive(r1).routine, RoutineState::Ran);
}

TEST(KernelMoment, aCallAtALevelAbovePassiveTellsIt)
{
    TraceBuilder trace;
    openWsk(trace);
    trace.add(EventType::AtIrql, s, 2, 0, r1);
    trace.wskCalled(r1, s, {8});
    trace.wskCalled(r2, s, {8});
    EXPECT_EQ(Now(trace).receive(r1).level, 2);
    EXPECT_EQ(Now(trace).receive(r2).level, 0) << "the level was the other call's";
}

TEST(KernelMoment, aRefusedCallCompletesItsIrpAndReturnsItsPages)
{
    TraceBuilder trace;
    openWsk(trace);
    trace.wskCalled(r1, s, {8}, 0x6);
    trace.add(EventType::Refused, s, static_cast<std::uint32_t>(Status::NtInvalidParameter), 0, r1,
              RuleId::WskFlagExclusive);
    EXPECT_EQ(Now(trace).receive(r1).pages, PagesState::Returned);
    trace.irpCompleted(r1, s, 0, Status::NtInvalidParameter);
    trace.returned(r1, s, leftAlone, Status::NtInvalidParameter, flagsLeftAlone);
    const Now now(trace);
    EXPECT_EQ(now.receive(r1).state, ReceiveState::Failed);
    EXPECT_EQ(now.receive(r1).irp->status, Status::NtInvalidParameter);
    EXPECT_EQ(now.receive(r1).decidedBy, RuleId::WskFlagExclusive);
}

TEST(KernelMoment, memoryTakenAwayUnderAPendingIrpStaysNamed)
{
    TraceBuilder trace;
    openWsk(trace);
    trace.wskCalled(r1, s, {8});
    trace.wskPends(r1, s);
    trace.wskCalled(r2, s, {8});
    trace.wskPends(r2, s, 1);
    trace.add(EventType::PagesUnlocked, s, 0, 0, r1);
    trace.add(EventType::PagesUnlocked, s, 1, 0, r2);
    trace.completed(r1, s, 0, Status::NtAccessViolation);
    trace.irpCompleted(r1, s, 0, Status::NtAccessViolation);
    EXPECT_EQ(Now(trace).receive(r1).pages, PagesState::Unlocked);
    EXPECT_EQ(Now(trace).receive(r2).pages, PagesState::Freed);
}

TEST(KernelMoment, aDrainTakesBytesThatNoBufferShows)
{
    TraceBuilder trace;
    openWsk(trace);
    trace.sent(s, "old");
    trace.wskCalled(r1, s, {}, drainFlag);
    trace.drained(r1, s, "old");
    trace.wskPends(r1, s);
    trace.wskCalled(r2, s, {8});
    trace.wskPends(r2, s, 1);
    trace.sent(s, "newer");
    {
        const Now now(trace);
        EXPECT_TRUE(now.receive(r1).isDrain());
        EXPECT_EQ(now.socket().drain, r1);
        EXPECT_EQ(now.receive(r1).drained, 3U);
        EXPECT_EQ(now.text(now.socket().kernel), "newer");
    }
    trace.drained(r1, s, "newer");
    {
        const Now now(trace);
        EXPECT_EQ(now.socket().drained, 8U);
        EXPECT_EQ(now.socket().taken, 8U);
        EXPECT_TRUE(now.socket().kernel.empty());
        EXPECT_EQ(now.receive(r1).placed, 0U);
    }
    trace.completed(r1, s, 0, Status::NtCancelled);
    trace.sent(s, "kept");
    trace.received(r2, s, "kept", {{0, 4}});
    const Now now(trace);
    EXPECT_EQ(now.socket().drain, OperationId()) << "what is first in line is no drain";
    EXPECT_EQ(now.socket().drained, 8U);
    EXPECT_EQ(now.text(now.receive(r2).buffers[0].runs), "kept");
}

TEST(KernelMoment, indicatedBytesStayInTheKernelUntilTheCallbackAnswers)
{
    TraceBuilder trace;
    openWsk(trace);
    enable(trace, EventReceive | EventDisconnect);
    EXPECT_TRUE(Now(trace).callback().enabled);
    EXPECT_TRUE(Now(trace).callback().disconnectEnabled);
    trace.sent(s, "hello ");
    trace.sent(s, "world");
    const EventRef began = trace.on(1).indicated(s, "hello wor");
    trace.add(EventType::DescriptorGiven, s, 0, 8);
    trace.add(EventType::DescriptorGiven, s, 1, 1);
    {
        const Now now(trace);
        ASSERT_TRUE(now.callback().runs());
        const IndicationMoment &running = *now.callback().latest;
        EXPECT_EQ(running.number, 1U);
        EXPECT_EQ(running.began, began);
        EXPECT_EQ(running.bytes, 9U);
        EXPECT_EQ(running.runs, (Runs{{0, 0, 6}, {1, 6, 3}}));
        EXPECT_EQ(running.descriptors, (std::vector<std::uint32_t>{8, 1}));
        EXPECT_EQ(now.callback().answered, 0U);
        EXPECT_EQ(now.text(now.socket().kernel), "hello world");
    }
    trace.answered(s, 7);
    trace.add(EventType::CallbackStopped, s);
    const Now now(trace);
    EXPECT_FALSE(now.callback().runs());
    EXPECT_EQ(now.callback().answered, 1U);
    EXPECT_EQ(now.callback().latest->answer->bytes, 7U);
    EXPECT_EQ(now.text(now.callback().latest->runs), "hello wor");
    EXPECT_TRUE(now.callback().retained.empty());
    EXPECT_TRUE(now.callback().stopped);
    EXPECT_EQ(now.text(now.socket().kernel), "orld");
    EXPECT_EQ(now.socket().taken, 7U);

    trace.wskCalled(r1, s, {8});
    trace.add(EventType::CallbackResumed, s, 0, 0, r1);
    trace.received(r1, s, "orld", {{0, 4}});
    const Now resumed(trace);
    EXPECT_FALSE(resumed.callback().stopped);
    EXPECT_EQ(resumed.text(resumed.receive(r1).buffers[0].runs), "orld");
}

TEST(KernelMoment, dataThatIsNotAcceptedStaysAndIsIndicatedAgain)
{
    TraceBuilder trace;
    openWsk(trace);
    enable(trace, EventReceive);
    trace.sent(s, "abc");
    trace.indicated(s, "abc");
    trace.answered(s, 0, Status::NtDataNotAccepted);
    EXPECT_EQ(Now(trace).text(Now(trace).socket().kernel), "abc");
    trace.sent(s, "d");
    trace.indicated(s, "abcd");
    trace.answered(s, 4);
    const Now now(trace);
    EXPECT_EQ(now.callback().answered, 2U);
    EXPECT_EQ(now.callback().latest->number, 2U);
    EXPECT_TRUE(now.socket().kernel.empty());
}

TEST(KernelMoment, whatACallbackKeepsLeavesTheKernelAndIsListedUntilItIsReleased)
{
    TraceBuilder trace;
    openWsk(trace);
    enable(trace, EventReceive);
    trace.sent(s, "first");
    trace.indicated(s, "first");
    trace.answered(s, 5, Status::NtPending);
    trace.sent(s, "second");
    trace.indicated(s, "second");
    trace.answered(s, 6, Status::NtPending);
    {
        const Now now(trace);
        ASSERT_EQ(now.callback().retained.size(), 2U);
        EXPECT_EQ(now.callback().retained[0].number, 1U);
        EXPECT_EQ(now.callback().retained[1].bytes, 6U);
        EXPECT_EQ(now.text(now.callback().retained[1].runs), "second");
        EXPECT_TRUE(now.socket().kernel.empty());
        EXPECT_EQ(now.socket().taken, 11U);
    }
    trace.add(EventType::IndicationReleased, s, 1, 5);
    const Now now(trace);
    ASSERT_EQ(now.callback().retained.size(), 1U);
    EXPECT_EQ(now.callback().retained[0].number, 2U);
}

TEST(KernelMoment, whatIsReleasedBeforeTheCallbackHasReturnedIsNotListed)
{
    TraceBuilder trace;
    openWsk(trace);
    enable(trace, EventReceive);
    trace.sent(s, "abc");
    trace.indicated(s, "abc");
    trace.on(2).add(EventType::IndicationReleased, s, 1, 3);
    trace.on(0).answered(s, 3, Status::NtPending);
    EXPECT_TRUE(Now(trace).callback().retained.empty());
    trace.sent(s, "d");
    trace.indicated(s, "d");
    trace.answered(s, 1, Status::NtPending);
    EXPECT_EQ(Now(trace).callback().retained.size(), 1U);
}

TEST(KernelMoment, anOutsidePeersBytesAreKnownSinceTheyAreIndicated)
{
    TraceBuilder trace;
    openWsk(trace);
    enable(trace, EventReceive);
    trace.indicated(s, "hello");
    {
        const Now now(trace);
        EXPECT_EQ(now.socket().sent, 5U);
        EXPECT_EQ(now.text(now.socket().kernel), "hello");
        EXPECT_TRUE(now.socket().sends[0].observed);
    }
    trace.answered(s, 2);
    trace.wskCalled(r1, s, {8});
    trace.received(r1, s, "llo there", {{0, 8}});
    const Now now(trace);
    EXPECT_EQ(now.text(now.callback().latest->runs), "hello");
    EXPECT_EQ(now.text(now.receive(r1).buffers[0].runs), "llo ther");
    EXPECT_EQ(now.socket().taken, 11U);
    EXPECT_EQ(now.socket().held(), 0U);
}

TEST(KernelMoment, disablingTakesEffectAndEnablingDoesNotEndTheSilence)
{
    TraceBuilder trace;
    openWsk(trace);
    enable(trace, EventReceive | EventDisconnect);
    trace.add(EventType::CallbackStopped, s);
    trace.add(EventType::CallbackSet, s, EventReceive | EventDisable, packOutcome(Status::NtEventPending, 0));
    EXPECT_FALSE(Now(trace).callback().enabled);
    EXPECT_TRUE(Now(trace).callback().disconnectEnabled);
    EXPECT_TRUE(Now(trace).callback().stopped);
    enable(trace, EventReceive);
    EXPECT_TRUE(Now(trace).callback().enabled);
    EXPECT_TRUE(Now(trace).callback().stopped); // only a WskReceive does
    trace.add(EventType::CallbackSet, s, EventReceive | EventDisable, packOutcome(Status::NtInvalidHandle, 0));
    EXPECT_TRUE(Now(trace).callback().enabled); // that was refused
    trace.add(EventType::CallbackResumed, s);
    EXPECT_FALSE(Now(trace).callback().stopped);
}

TEST(KernelMoment, aSocketIsOverdueFromItsForcedCloseUntilItIsClosed)
{
    TraceBuilder trace;
    openWsk(trace);
    enable(trace, EventReceive | EventDisconnect);
    EXPECT_FALSE(Now(trace).callback().disconnectTold);
    trace.add(EventType::CloseDue, s);
    trace.add(EventType::IndicationBegan, s, leftAlone, noPayload);
    {
        const Now now(trace);
        EXPECT_TRUE(now.socket().closeDue);
        ASSERT_TRUE(now.callback().runs());
        EXPECT_EQ(now.callback().latest->number, 0U);
        EXPECT_TRUE(now.callback().latest->runs.empty());
    }
    trace.answered(s, 0);
    trace.add(EventType::Disconnected, s, 1);
    EXPECT_EQ(Now(trace).callback().disconnectTold, true);
    trace.add(EventType::CloseAsked, s);
    EXPECT_TRUE(Now(trace).socket().closing);
    EXPECT_TRUE(Now(trace).socket().closeDue);
    trace.add(EventType::SocketClosed, s);
    const Now now(trace);
    EXPECT_FALSE(now.socket().closing);
    EXPECT_FALSE(now.socket().closeDue);
    EXPECT_EQ(now.socket().end, EndState::Closed);
}

TEST(KernelMoment, aDisconnectIsKnownWithItsKind)
{
    TraceBuilder trace;
    openWsk(trace);
    EXPECT_FALSE(Now(trace).socket().disconnectAsked);
    trace.add(EventType::DisconnectAsked, s, 0);
    EXPECT_EQ(Now(trace).socket().disconnectAsked, false);
    trace.add(EventType::DisconnectAsked, s, 1);
    EXPECT_EQ(Now(trace).socket().disconnectAsked, true);
}

TEST(KernelMoment, closingWithKeptIndicationsStaysNamedThroughTheClose)
{
    TraceBuilder trace;
    openWsk(trace);
    trace.add(EventType::Diagnostic, s, 0, 0, {}, RuleId::WskEventRetain);
    trace.add(EventType::CloseAsked, s);
    trace.add(EventType::SocketClosed, s);
    ASSERT_EQ(Now(trace).moment.misuses.size(), 1U);
    EXPECT_EQ(Now(trace).moment.misuses[0].socket, s);
    trace.add(EventType::CloseAsked, {2});
    EXPECT_TRUE(Now(trace).moment.misuses.empty());
}

TEST(KernelMoment, theRoutineOfAnotherCallsIrpLeavesWhatIsQueuedToItsThread)
{
    TraceBuilder trace;
    openWsk(trace);
    trace.add(EventType::ApcQueued, {}, 0, 7);
    trace.add(EventType::RoutineBegan, s);
    const Now now(trace);
    ASSERT_EQ(now.moment.threads.size(), 1U);
    EXPECT_EQ(now.moment.threads[0].queue.size(), 1U);
}

TEST(KernelMoment, aLongTraceOfIndicationsForgetsSendsButThoseOfWhatIsKept)
{
    TraceBuilder trace;
    openWsk(trace);
    enable(trace, EventReceive);
    trace.sent(s, "kept");
    trace.indicated(s, "kept");
    trace.answered(s, 4, Status::NtPending);
    const auto pass = [&](int times) {
        for (int i = 0; i < times; ++i) {
            trace.sent(s, "abc");
            trace.indicated(s, "abc");
            trace.answered(s, 3);
        }
    };
    pass(1000);
    {
        const Now now(trace);
        EXPECT_EQ(now.text(now.callback().retained[0].runs), "kept");
        EXPECT_EQ(now.socket().sends.size(), 1001U) << "the first of them is shown";
    }
    trace.add(EventType::IndicationReleased, s, 1, 4);
    pass(100);
    const Now now(trace);
    EXPECT_LE(now.socket().sends.size(), 2 * keptReceives);
    EXPECT_EQ(now.socket().taken, 4 + 3U * 1100);
    EXPECT_EQ(now.callback().answered, 1101U);
    EXPECT_EQ(now.text(now.callback().latest->runs), "abc");
}

} // namespace recvscope::trace
