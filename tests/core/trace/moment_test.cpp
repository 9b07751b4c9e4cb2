#include "trace/moment.h"

#include "trace_builder.h"

#include <gtest/gtest.h>

namespace recvscope::trace {

using test::TraceBuilder;

namespace {

using Runs = std::vector<Run>;

constexpr SocketId s{1};
constexpr OperationId r1{1}, r2{2}, r3{3};

Moment endOf(const TraceBuilder &trace)
{
    const Story story(trace.snapshot());
    return momentAt(story, {story.size(), 0});
}

/// The text of each buffer of a receive.
std::vector<std::string> contents(const Story &story, const Moment &moment, OperationId operation)
{
    std::vector<std::string> texts;
    const ReceiveMoment &receive = *moment.receive(operation);
    for (const BufferMoment &buffer : receive.buffers) {
        std::string text;
        for (const Run &run : buffer.runs)
            text += bytesOf(story, *moment.socket(receive.socket), run);
        texts.push_back(text);
    }
    return texts;
}

std::string kernelText(const Story &story, const SocketMoment &socket)
{
    std::string text;
    for (const Run &run : socket.kernel)
        text += bytesOf(story, socket, run);
    return text;
}

} // namespace

TEST(Moment, aSocketHasTheReceiveBufferItWasOpenedWith)
{
    TraceBuilder trace;
    trace.opened(s, "s", 131'072);
    const Story story(trace.snapshot());
    EXPECT_EQ(momentAt(story, {0, 0}).socket(s)->receiveBuffer, 131'072U) << "told before it happens, as its kind is";
    EXPECT_EQ(momentAt(story, {1, 0}).socket(s)->receiveBuffer, 131'072U);
    EXPECT_EQ(describe(story, 0), "opened, made for overlapped calls; SO_RCVBUF is 131072 bytes");
    EXPECT_TRUE(openedOverlapped(packOpened(true, 0x7FFF'FFFF)));
    EXPECT_FALSE(openedOverlapped(packOpened(false, 0x7FFF'FFFF)));
    EXPECT_EQ(receiveBufferOf(packOpened(true, 0x7FFF'FFFF)), 0x7FFF'FFFFU);
}

TEST(Moment, aPendingReturnLeavesTheOutputsAloneUntilItCompletes)
{
    TraceBuilder trace;
    trace.opened(s, "s");
    trace.called(r1, s, {8, 8}, CallOverlapped | CallHasEvent);
    trace.add(EventType::EventReset, s, 0, 0, r1);
    trace.add(EventType::Queued, s, 0, 0, r1);
    trace.returnedPending(r1, s, RuleId::WspCompletePendingLeavesOutputs);
    const Moment pending = endOf(trace);
    const ReceiveMoment *receive = pending.receive(r1);
    ASSERT_NE(receive, nullptr);
    EXPECT_EQ(receive->state, ReceiveState::Pending);
    EXPECT_EQ(receive->returned->status, Status::WsaIoPending);
    EXPECT_FALSE(receive->returned->bytes);
    EXPECT_FALSE(receive->returned->flags);
    EXPECT_FALSE(receive->completed);
    EXPECT_EQ(receive->eventSet, false);
    EXPECT_EQ(receive->decidedBy, RuleId::WspCompletePendingLeavesOutputs);
    EXPECT_EQ(pending.socket(s)->waiting, (std::vector<OperationId>{r1}));

    trace.sent(s, "hello world");
    trace.received(r1, s, "hello world", {{0, 8}, {1, 3}});
    trace.completed(r1, s, 11, Status::Success, 0, RuleId::WspStreamFillsUntil);
    trace.add(EventType::EventSet, s, 0, 0, r1);
    const Story story(trace.snapshot());
    const Moment done = momentAt(story, {story.size(), 0});
    receive = done.receive(r1);
    EXPECT_EQ(receive->state, ReceiveState::Later);
    EXPECT_EQ(receive->completed->bytes, 11U);
    EXPECT_EQ(receive->completed->flags, 0);
    EXPECT_FALSE(receive->returned->bytes) << "what the call returned stays as it was";
    EXPECT_EQ(receive->eventSet, true);
    EXPECT_EQ(receive->placed, 11U);
    EXPECT_EQ(receive->provenance, Provenance::Measured);
    EXPECT_EQ(receive->decidedBy, RuleId::WspStreamFillsUntil);
    EXPECT_EQ(contents(story, done, r1), (std::vector<std::string>{"hello wo", "rld"}));
    EXPECT_TRUE(done.socket(s)->waiting.empty());
    EXPECT_EQ(done.socket(s)->held(), 0U);
}

TEST(Moment, anOrderOfRoutinesMadeOnPurposeDoesNotMakeItsReceiveInjected)
{
    TraceBuilder trace;
    trace.called(r1, s, {8}, CallOverlapped | CallHasRoutine);
    trace.sent(s, "abc");
    trace.received(r1, s, "abc", {{0, 3}});
    trace.completed(r1, s, 3);
    Event ran;
    ran.type = EventType::RoutineBegan;
    ran.socket = s;
    ran.operation = r1;
    ran.provenance = Provenance::Injected;
    trace.add(ran);
    const Story story(trace.snapshot());
    EXPECT_EQ(momentAt(story, {story.size(), 0}).receive(r1)->provenance, Provenance::Measured);
}

TEST(Moment, aLinkThatWasCutStaysCut)
{
    TraceBuilder trace;
    trace.sent(s, "abc");
    trace.add(EventType::PeerLinkCut, s);
    trace.sent(s, "def");
    const Story story(trace.snapshot());
    EXPECT_FALSE(momentAt(story, {1, 0}).socket(s)->linkCut);
    EXPECT_TRUE(momentAt(story, {2, 0}).socket(s)->linkCut);
    EXPECT_TRUE(momentAt(story, {3, 0}).socket(s)->linkCut);
}

TEST(Moment, oneSendIsCutOverTwoReceivesAndTheKernelHoldsTheRest)
{
    TraceBuilder trace;
    trace.sent(s, "hello ");
    trace.sent(s, "world");
    trace.called(r1, s, {4});
    trace.received(r1, s, "hell", {{0, 4}});
    trace.completed(r1, s, 4);
    trace.returned(r1, s, 4);
    trace.called(r2, s, {4, 4});
    trace.received(r2, s, "o wo", {{0, 4}});
    const Story story(trace.snapshot());
    const Moment moment = momentAt(story, {story.size(), 0});
    const SocketMoment &socket = *moment.socket(s);
    EXPECT_EQ(moment.receive(r1)->state, ReceiveState::AtOnce);
    EXPECT_EQ(moment.receive(r2)->state, ReceiveState::Called);
    EXPECT_EQ(moment.receive(r2)->buffers[0].runs, (Runs{{0, 4, 2}, {1, 6, 2}}));
    EXPECT_EQ(socket.kernel, (Runs{{1, 8, 3}}));
    EXPECT_EQ(kernelText(story, socket), "rld");
    EXPECT_EQ(socket.held(), 3U);
}

TEST(Moment, sendsThatAreStillToComeAreListedAsNotYet)
{
    TraceBuilder trace;
    trace.opened(s, "s");
    trace.sent(s, "one");
    trace.sent(s, "three");
    const Story story(trace.snapshot());
    const Moment start = momentAt(story, {});
    ASSERT_EQ(start.sockets.size(), 1U);
    EXPECT_FALSE(start.sockets[0].appeared);
    const Moment moment = momentAt(story, {2, 0});
    const SocketMoment &socket = *moment.socket(s);
    EXPECT_TRUE(socket.appeared);
    ASSERT_EQ(socket.sends.size(), 2U);
    EXPECT_TRUE(socket.sends[0].happened);
    EXPECT_FALSE(socket.sends[1].happened);
    EXPECT_EQ(socket.sends[1].number, 1U);
    EXPECT_EQ(socket.sends[1].offset, 3U);
    EXPECT_EQ(socket.sends[1].text, "three");
    EXPECT_EQ(socket.sent, 3U);
    EXPECT_EQ(kernelText(story, socket), "one");
}

TEST(Moment, aPeekCopiesWithoutTaking)
{
    TraceBuilder trace;
    trace.sent(s, "hello");
    trace.called(r1, s, {3}, 0, 0x2);
    trace.received(r1, s, "hel", {{0, 3}});
    trace.completed(r1, s, 3);
    const Story story(trace.snapshot());
    const Moment moment = momentAt(story, {story.size(), 0});
    EXPECT_EQ(contents(story, moment, r1), (std::vector<std::string>{"hel"}));
    EXPECT_EQ(moment.socket(s)->taken, 0U);
    EXPECT_EQ(kernelText(story, *moment.socket(s)), "hello");
}

TEST(Moment, whatFoundNoRoomHasLeftTheKernelAndIsInNoBuffer)
{
    TraceBuilder trace;
    trace.sent(s, "green");
    trace.sent(s, "blue");
    trace.called(r1, s, {2, 1});
    trace.received(r1, s, "gre", {{0, 2}, {1, 1}});
    trace.add(EventType::MessageLost, s, 2, 0, r1);
    const Story story(trace.snapshot());
    const Moment moment = momentAt(story, {story.size(), 0});
    EXPECT_EQ(contents(story, moment, r1), (std::vector<std::string>{"gr", "e"}));
    EXPECT_EQ(kernelText(story, *moment.socket(s)), "blue");
}

TEST(Moment, aReceiveThatCutAMessageKnowsWhatWasLostOfIt)
{
    TraceBuilder trace;
    constexpr std::uint32_t udp = 2;
    trace.add(EventType::SocketOpened, s, udp, packOpened(true, 0));
    trace.sent(s, "hello");
    trace.sent(s, "next");
    trace.called(r1, s, {3});
    trace.received(r1, s, "hel", {{0, 3}});
    trace.add(EventType::MessageLost, s, 2, 0, r1);
    trace.completed(r1, s, 3, Status::WsaEmsgsize);
    const Story story(trace.snapshot());
    const Moment end = momentAt(story, {story.size(), 0});
    EXPECT_EQ(end.receive(r1)->lostBytes, 2U);
    ASSERT_EQ(end.receive(r1)->lost, (Runs{{0, 3, 2}}));
    EXPECT_EQ(bytesOf(story, *end.socket(s), end.receive(r1)->lost[0]), "lo");
    EXPECT_EQ(kernelText(story, *end.socket(s)), "next");
}

TEST(Moment, anUrgentByteIsThereUntilItIsTaken)
{
    TraceBuilder trace;
    trace.opened(s, "s");
    trace.sent(s, "ab");
    EXPECT_FALSE(endOf(trace).socket(s)->urgent);
    trace.sentUrgent(s, '!');
    ASSERT_EQ(endOf(trace).socket(s)->urgent, 1U);
    constexpr std::uint16_t oob = 1;
    trace.called(r1, s, {1}, 0, oob);
    trace.received(r1, s, "!", {{0, 1}});
    EXPECT_FALSE(endOf(trace).socket(s)->urgent);
}

TEST(Moment, theNetworkIsDownUntilTheFaultIsTakenBack)
{
    TraceBuilder trace;
    trace.add(EventType::FaultInjected, {}, static_cast<std::uint32_t>(Fault::NetworkDown), 1);
    EXPECT_TRUE(endOf(trace).networkDown);
    trace.add(EventType::FaultInjected, {}, static_cast<std::uint32_t>(Fault::NetworkDown), 0);
    EXPECT_FALSE(endOf(trace).networkDown);
}

TEST(Moment, aMessageThatStaysIsCopiedAndStillThere)
{
    TraceBuilder trace;
    trace.sent(s, "green");
    trace.called(r1, s, {3});
    trace.add(EventType::KernelCopied, s, 3, noPayload, r1);
    trace.add(EventType::Placed, s, 0, 3, r1);
    const Story story(trace.snapshot());
    const Moment moment = momentAt(story, {story.size(), 0});
    EXPECT_EQ(contents(story, moment, r1), (std::vector<std::string>{"gre"}));
    EXPECT_EQ(kernelText(story, *moment.socket(s)), "green");
}

TEST(Moment, anOutsidePeersChunksAreSendsWhenTheyAreSeen)
{
    TraceBuilder trace;
    trace.opened(s);
    trace.called(r1, s, {3}, 0, 0x2);
    trace.received(r1, s, "hel", {{0, 3}});
    trace.called(r2, s, {8});
    trace.received(r2, s, "hello", {{0, 5}});
    const Story story(trace.snapshot());
    const Moment peeked = momentAt(story, {4, 0});
    EXPECT_EQ(peeked.socket(s)->held(), 3U) << "what was looked at is known to be there";
    const Moment moment = momentAt(story, {story.size(), 0});
    const SocketMoment &socket = *moment.socket(s);
    ASSERT_EQ(socket.sends.size(), 2U);
    EXPECT_TRUE(socket.sends[0].observed);
    EXPECT_EQ(socket.sends[1].text, "lo");
    EXPECT_EQ(socket.sent, 5U);
    EXPECT_EQ(socket.taken, 5U);
    EXPECT_EQ(contents(story, moment, r2), (std::vector<std::string>{"hello"}));
    EXPECT_EQ(moment.receive(r2)->buffers[0].runs, (Runs{{0, 0, 3}, {1, 3, 2}}));
}

TEST(Moment, anUrgentByteStandsBesideTheStream)
{
    TraceBuilder trace;
    trace.sent(s, "ab");
    trace.add(EventType::PeerSendOob, s, 1, noPayload);
    trace.sent(s, "cd");
    trace.called(r1, s, {1}, 0, 0x1);
    trace.received(r1, s, "!", {{0, 1}});
    trace.called(r2, s, {8});
    trace.received(r2, s, "abc", {{0, 3}});
    const Moment moment = endOf(trace);
    EXPECT_EQ(moment.receive(r1)->buffers[0].runs, (Runs{{1, 2, 1}}));
    EXPECT_EQ(moment.receive(r2)->buffers[0].runs, (Runs{{0, 0, 2}, {2, 2, 1}}));
    EXPECT_TRUE(moment.socket(s)->sends[1].urgent);
    EXPECT_EQ(moment.socket(s)->sent, 4U);
    EXPECT_EQ(moment.socket(s)->held(), 1U);
}

TEST(Moment, receivesWaitInTheirOrderAndCountWhoIsAhead)
{
    TraceBuilder trace;
    for (const OperationId r : {r1, r2, r3}) {
        trace.called(r, s, {4}, CallOverlapped);
        trace.add(EventType::Queued, s, r.value - 1, 0, r);
        trace.returnedPending(r, s);
    }
    EXPECT_EQ(endOf(trace).receive(r3)->ahead, 2U);
    trace.completed(r1, s, 0);
    const Moment moment = endOf(trace);
    EXPECT_EQ(moment.socket(s)->waiting, (std::vector<OperationId>{r2, r3}));
    EXPECT_EQ(moment.receive(r3)->ahead, 1U);
}

TEST(Moment, aRefusedCallStartsNothingAndNamesItsRule)
{
    TraceBuilder trace;
    trace.called(r1, s, {4});
    trace.add(EventType::Refused, s, static_cast<std::uint32_t>(Status::WsaEnotconn), 0, r1,
              RuleId::WspSocketNotConnected);
    trace.returned(r1, s, leftAlone, Status::WsaEnotconn, flagsLeftAlone, RuleId::WspCompleteErrorReturn);
    const Moment moment = endOf(trace);
    EXPECT_EQ(moment.receive(r1)->state, ReceiveState::Failed);
    EXPECT_EQ(moment.receive(r1)->decidedBy, RuleId::WspSocketNotConnected);
    EXPECT_EQ(moment.receive(r1)->returned->status, Status::WsaEnotconn);
    EXPECT_TRUE(moment.socket(s)->waiting.empty());
    EXPECT_EQ(moment.socket(s)->finished, 1U);
}

TEST(Moment, theEndIsThePeersBeforeTheProgramSeesIt)
{
    TraceBuilder trace;
    trace.opened(s);
    EXPECT_EQ(endOf(trace).socket(s)->end, EndState::Open);
    trace.add(EventType::PeerShutDown, s);
    EXPECT_EQ(endOf(trace).socket(s)->end, EndState::PeerFinished);
    trace.add(EventType::PeerReset, s);
    EXPECT_EQ(endOf(trace).socket(s)->end, EndState::PeerReset);
    trace.add(EventType::KernelError, s, static_cast<std::uint32_t>(Status::WsaEfault));
    EXPECT_EQ(endOf(trace).socket(s)->end, EndState::PeerReset);
    trace.add(EventType::KernelError, s, static_cast<std::uint32_t>(Status::WsaEconnreset));
    EXPECT_EQ(endOf(trace).socket(s)->end, EndState::ResetSeen);
    trace.add(EventType::SocketClosed, s);
    EXPECT_EQ(endOf(trace).socket(s)->end, EndState::Closed);
}

TEST(Moment, theStepThatIsToldIsTheLatestThatBegan)
{
    TraceBuilder trace;
    trace.began(1);
    trace.sent(s, "a");
    trace.began(2);
    const Story story(trace.snapshot());
    EXPECT_EQ(momentAt(story, {}).step, StepId{});
    EXPECT_EQ(momentAt(story, {2, 0}).step, StepId{1});
    EXPECT_EQ(momentAt(story, {3, 0}).step, StepId{2});
}

TEST(Moment, aBlockedReceiveThatCompletesHadWaited)
{
    TraceBuilder trace;
    trace.called(r1, s, {4});
    trace.add(EventType::Blocked, s, 0, 0, r1);
    EXPECT_EQ(endOf(trace).receive(r1)->state, ReceiveState::Blocked);
    EXPECT_EQ(endOf(trace).socket(s)->waiting.size(), 1U);
    trace.completed(r1, s, 0, Status::WsaEintr);
    EXPECT_EQ(endOf(trace).receive(r1)->state, ReceiveState::Later);
    EXPECT_TRUE(endOf(trace).socket(s)->waiting.empty());
}

TEST(Describe, speaksTheLearnersWords)
{
    TraceBuilder trace;
    trace.called(r1, s, {8, 8}, CallOverlapped | CallHasEvent);
    trace.add(EventType::Queued, s, 1, 0, r1);
    trace.returnedPending(r1, s);
    trace.sent(s, "h");
    trace.completed(r1, s, 1);
    trace.returned(r2, s, 5, Status::Success, 0);
    trace.returned(r3, s, leftAlone, Status::WsaEwouldblock, flagsLeftAlone);
    const Story story(trace.snapshot());
    std::vector<std::string> told;
    for (std::uint32_t i = 0; i < story.size(); ++i)
        told.push_back(describe(story, i));
    EXPECT_EQ(told,
              (std::vector<std::string>{"called with 2 buffers, overlapped with an event",
                                        "buffer 0 has room for 8 bytes", "buffer 1 has room for 8 bytes",
                                        "waits behind 1 receive", "returned WSA_IO_PENDING; bytes and flags left alone",
                                        "the peer sends 1 byte", "completed: 1 byte", "returned 0: 5 bytes, flags 0",
                                        "returned WSAEWOULDBLOCK; bytes and flags left alone"}));
}

TEST(Describe, bytesThatGoWithAResetAreNotCalledAMessageThatDidNotFit)
{
    TraceBuilder trace;
    trace.add(EventType::MessageLost, s, 4, 0, r1);
    trace.add(EventType::MessageLost, s, 4, 0, r1, RuleId::WindowsResetDiscardsData);
    const Story story(trace.snapshot());
    EXPECT_EQ(describe(story, 0), "4 bytes of the message found no room and are gone");
    EXPECT_EQ(describe(story, 1), "4 bytes that had arrived are thrown away: the reset came behind them");
}

TEST(Describe, everyEventHasASentenceOfItsOwn)
{
    TraceBuilder trace;
    const auto last = static_cast<std::uint8_t>(trace::lastEventType);
    for (std::uint8_t type = 0; type <= last; ++type)
        trace.add(static_cast<EventType>(type), s, 0, 0, r1);
    const Story story(trace.snapshot());
    for (std::uint32_t i = 0; i < story.size(); ++i) {
        EXPECT_FALSE(describe(story, i).empty());
        EXPECT_NE(describe(story, i), nameOf(story.event(i).type));
    }
}

namespace {

/// What is left of each message that the kernel holds, with "+" where more of it is to come and "<" where it was begun.
std::string held(const Moment &moment)
{
    std::string text;
    for (const MessageMoment &message : moment.socket(s)->messages)
        text += (text.empty() ? "" : " ") + std::string(message.begun ? "<" : "") + std::to_string(message.length) +
                (message.whole ? "" : "+");
    return text;
}

constexpr std::uint32_t framed = 4;

} // namespace

TEST(Moment, theKernelHoldsMessagesOneByOneAndEmptyOnesToo)
{
    TraceBuilder trace;
    trace.add(EventType::SocketOpened, s, framed, packOpened(true, 0));
    trace.sent(s, "one");
    trace.sent(s, "");
    trace.sent(s, "three");
    EXPECT_TRUE(endOf(trace).socket(s)->keepsMessages);
    EXPECT_EQ(held(endOf(trace)), "3 0 5");
    trace.called(r1, s, {8});
    trace.received(r1, s, "one", {{0, 3}});
    EXPECT_EQ(held(endOf(trace)), "0 5");
    trace.called(r2, s, {8});
    trace.received(r2, s, "", {});
    EXPECT_EQ(held(endOf(trace)), "5");
    trace.called(r3, s, {2});
    trace.received(r3, s, "th", {{0, 2}});
    EXPECT_EQ(held(endOf(trace)), "<3");
    trace.add(EventType::MessageLost, s, 3, 0, r3);
    EXPECT_EQ(held(endOf(trace)), "");
    EXPECT_EQ(endOf(trace).socket(s)->lost, 3U);
}

TEST(Moment, aMessageInPartsIsOneUntilItsLastPartIsTaken)
{
    TraceBuilder trace;
    trace.add(EventType::SocketOpened, s, framed, packOpened(true, 0));
    trace.add(EventType::PeerSendsPart, s);
    trace.sent(s, "half");
    EXPECT_EQ(held(endOf(trace)), "4+");
    trace.called(r1, s, {8}, 0, 0x8000);
    trace.received(r1, s, "half", {{0, 4}});
    EXPECT_EQ(held(endOf(trace)), "<0+");
    trace.sent(s, "rest");
    trace.sent(s, "next");
    EXPECT_EQ(held(endOf(trace)), "<4 4");
    EXPECT_TRUE(endOf(trace).socket(s)->sends[0].part);
    trace.called(r2, s, {8});
    trace.received(r2, s, "rest", {{0, 4}});
    EXPECT_EQ(held(endOf(trace)), "4");
}

TEST(Moment, aStreamOverMessagesIsTakenAcrossThem)
{
    TraceBuilder trace;
    trace.add(EventType::SocketOpened, s, framed, packOpened(true, 0));
    trace.add(EventType::ProtocolGiven, s, 0x18);
    trace.sent(s, "abc");
    trace.sent(s, "");
    trace.sent(s, "def");
    trace.called(r1, s, {4});
    trace.add(EventType::EmptiesSkipped, s, 1, 0, r1);
    trace.received(r1, s, "abcd", {{0, 4}});
    EXPECT_EQ(held(endOf(trace)), "<2");
    EXPECT_TRUE(endOf(trace).socket(s)->actsAsStream);
}

TEST(Moment, whatADatagramSocketDoesNotHearIsNotHeld)
{
    TraceBuilder trace;
    constexpr std::uint32_t udp = 2;
    trace.add(EventType::SocketOpened, s, udp, packOpened(true, 0));
    trace.sent(s, "early");
    trace.sent(s, "mine");
    trace.sent(s, "late!!");
    trace.add(EventType::MessageDropped, s, 6);
    EXPECT_EQ(held(endOf(trace)), "5 4");
    EXPECT_EQ(endOf(trace).socket(s)->held(), 9U);
    EXPECT_TRUE(endOf(trace).socket(s)->sends[2].dropped);
    trace.called(r1, s, {8});
    trace.add(EventType::MessagesFiltered, s, 1, 5, r1);
    EXPECT_EQ(held(endOf(trace)), "4");
    trace.received(r1, s, "mine", {{0, 4}});
    const Story story(trace.snapshot());
    const Moment end = endOf(trace);
    EXPECT_EQ(held(end), "");
    EXPECT_EQ(end.socket(s)->held(), 0U);
    EXPECT_EQ(contents(story, end, r1), (std::vector<std::string>{"mine"}));
}

} // namespace recvscope::trace
