#include "gui/timeline/labels.h"
#include "gui/timeline/marks.h"

#include "lesson_events.h"

#include <gtest/gtest.h>

namespace recvscope::gui {

using test::Told;
using trace::EventType;

namespace {

Marks marksOf(const std::vector<trace::Event> &events)
{
    Marks marks;
    for (std::uint32_t i = 0; i < events.size(); ++i)
        marks.add({i, 0.1 * i, static_cast<double>(events[i].time) * 1e-9}, events[i]);
    return marks;
}

std::string firstLabel(const ReceiveMark &mark, const QString &behind = {})
{
    return receiveLabels(mark, behind).front().toStdString();
}

} // namespace

TEST(Marks, aPendingReceiveLastsFromItsCallToItsCompletion)
{
    const std::vector<trace::Event> events = test::lesson17();
    const Marks marks = marksOf(events);

    ASSERT_EQ(marks.receives().size(), 3U);
    const ReceiveMark &first = marks.receives().front();
    EXPECT_EQ(events[first.called.index].type, EventType::Called);
    ASSERT_TRUE(first.ended);
    EXPECT_EQ(events[first.ended->index].type, EventType::Completed);
    EXPECT_TRUE(first.pending);
    EXPECT_EQ(first.bytes, 6U);
    EXPECT_EQ(firstLabel(first), "pending 2.2 ms, then 6 bytes");
}

TEST(Marks, aReceiveKnowsBehindWhichItWaits)
{
    const Marks marks = marksOf(test::lesson17());
    EXPECT_FALSE(marks.receives()[0].behind);
    EXPECT_EQ(marks.receives()[1].behind, OperationId{1});
    EXPECT_FALSE(marks.receives()[2].behind);
    EXPECT_EQ(firstLabel(marks.receives()[1], QStringLiteral("r1")), "pending behind r1, then 5 bytes");
}

TEST(Marks, theEndIsTheEndAndEveryLaterZeroToo)
{
    Told told;
    told.at(1).call(1, {8}).pend(1).at(2).add(EventType::PeerShutDown, 0).end(1);
    told.at(3).call(2, {8}).add(EventType::Completed, 2, 0, trace::packOutcome(Status::Success, 0),
                                RuleId::WspCloseStreamZeroBytes);
    told.at(4).call(3, {0}).add(EventType::Completed, 3, 0, trace::packOutcome(Status::Success, 0));
    told.at(5).call(4, {8}).add(EventType::Completed, 4, 0, trace::packOutcome(Status::Success, 0),
                                RuleId::EngineEndLatched);
    told.at(6).call(5, {8}).add(EventType::Completed, 5, 0, trace::packOutcome(Status::WsaEconnreset, 0),
                                RuleId::EngineEndLatched);
    const Marks marks = marksOf(told.events());
    EXPECT_TRUE(marks.receives()[0].end);
    EXPECT_TRUE(marks.receives()[1].end);
    EXPECT_FALSE(marks.receives()[2].end) << "nobody spoke of an end";
    EXPECT_TRUE(marks.receives()[3].end) << "told again";
    EXPECT_FALSE(marks.receives()[4].end) << "a reset is told again, too";
    EXPECT_EQ(firstLabel(marks.receives()[1]), "0 = the end at once");
}

TEST(Marks, theEndOfMessagesIsAStatusAndNoFailure)
{
    Told told;
    told.call(1, {8}).pend(1).add(EventType::KernelEnd, 1);
    told.add(EventType::Completed, 1, 0, trace::packOutcome(Status::WsaEdiscon, 0));
    const Marks marks = marksOf(told.events());
    EXPECT_TRUE(marks.receives()[0].end);
    EXPECT_FALSE(marks.receives()[0].failed());
}

TEST(Marks, aResetFailsAndARefusedCallEndsAtItsReturn)
{
    Told told;
    told.call(1, {8}).pend(1).at(1).add(EventType::PeerReset, 0).fail(1, Status::WsaEconnreset);
    told.at(2).call(2, {8}).add(EventType::Returned, 2, trace::leftAlone,
                                trace::packOutcome(Status::WsaEinval, trace::flagsLeftAlone));
    const Marks marks = marksOf(told.events());
    EXPECT_TRUE(marks.receives()[0].reset());
    EXPECT_TRUE(marks.receives()[1].refused);
    EXPECT_TRUE(marks.receives()[1].ended);
    EXPECT_EQ(firstLabel(marks.receives()[1]), "refused: WSAEINVAL");
}

TEST(Marks, anOutsidePeersChunksAreObserved)
{
    Told told;
    told.call(1, {8}).receive(1, 8);
    const SocketMarks socket = marksOf(told.events()).sockets().front();
    EXPECT_TRUE(socket.outside);
    ASSERT_EQ(socket.peer.size(), 1U);
    EXPECT_EQ(socket.peer[0].kind, PeerMark::Kind::Observed);
}

TEST(Marks, whatWasLookedAtIsObservedOnce)
{
    Told told;
    told.call(1, {8}, 0x2).receive(1, 5).call(2, {8}).receive(2, 8);
    const SocketMarks socket = marksOf(told.events()).sockets().front();
    ASSERT_EQ(socket.peer.size(), 2U);
    EXPECT_EQ(socket.peer[0].bytes, 5U);
    EXPECT_EQ(socket.peer[1].bytes, 3U);
}

TEST(Marks, sendsAreNumberedBySocket)
{
    Told told;
    told.send(6).send(5).add(EventType::PeerShutDown, 0).send(4);
    const SocketMarks socket = marksOf(told.events()).sockets().front();
    ASSERT_EQ(socket.peer.size(), 4U);
    EXPECT_EQ(socket.peer[1].send, 1U);
    EXPECT_EQ(socket.peer[3].send, 2U);
}

TEST(Labels, shorterOnesComeLater)
{
    const Marks marks = marksOf(test::lesson17());
    for (const ReceiveMark &mark : marks.receives()) {
        const QStringList labels = receiveLabels(mark, {});
        for (qsizetype i = 1; i < labels.size(); ++i)
            EXPECT_LT(labels[i].size(), labels[i - 1].size());
    }
}

} // namespace recvscope::gui
