// The same receive of sockets of several interfaces, side by side.

#include "gui/stage/scene.h"
#include "gui/twins.h"

#include "scene_items.h"
#include "told_traces.h"
#include "trace_builder.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace recvscope::gui::stage {
namespace {

using trace::EventType;
using namespace Qt::StringLiterals;

constexpr SocketId w{1}, k{2};
constexpr OperationId w1{1}, k1{2};

/// Four bytes, then a cancel: WSPRecv returns them, the IRP is cancelled with them.
struct Both : test::TraceBuilder {
    Both()
    {
        opened(w, "w");
        opened(k, "k");
        add(EventType::FaceGiven, k, static_cast<std::uint32_t>(trace::Interface::Wsk));
        store().log()->operationNames.give(w1.value, "w1");
        store().log()->operationNames.give(k1.value, "k1");
    }
    void pend()
    {
        called(w1, w, {8}, trace::CallOverlapped | trace::CallHasEvent, 0x8);
        add(EventType::Queued, w, 0, 0, w1);
        returnedPending(w1, w);
        wskCalled(k1, k, {8}, 0x2);
        wskPends(k1, k);
        for (const SocketId socket : {w, k})
            sent(socket, "half");
        received(w1, w, "half", {{0, 4}});
        received(k1, k, "half", {{0, 4}});
    }
    [[nodiscard]] Twins twins() const
    {
        m_story = trace::Story(snapshot());
        m_moment = test::momentAtEnd(m_story);
        return twinsOf(m_moment, k1);
    }
    [[nodiscard]] Scene scene(const SceneOptions &options = {}) const
    {
        const trace::Story story(snapshot());
        return buildScene(story, test::momentAtEnd(story), options);
    }

private:
    mutable trace::Story m_story;
    mutable trace::Moment m_moment;
};

std::size_t unequal(const Scene &scene, Tone tone)
{
    const std::vector<Mark> marks = all<Mark>(scene);
    const auto legend = [&](const Mark &mark) { return mark.sign == Sign::Unequal && mark.tone == tone; };
    const auto count = static_cast<std::size_t>(std::count_if(marks.begin(), marks.end(), legend));
    return count - 1; // the legend has one of each
}

} // namespace

TEST(Twins, pendingIsOneThingByTwoNames)
{
    Both both;
    both.pend();
    const Twins twins = both.twins();
    ASSERT_EQ(twins.rows.size(), 2U);
    EXPECT_EQ(twins.rows[1].difference.waits, Unlike::Named);
    EXPECT_EQ(twins.rows[1].difference.status, Unlike::No) << "neither is over";
}

TEST(Twins, statusBytesAndWaitingAreCompared)
{
    Both both;
    both.pend();
    both.completed(w1, w, 4);
    both.completed(k1, k, 4, Status::NtCancelled);
    both.irpCompleted(k1, k, 4, Status::NtCancelled);
    EXPECT_EQ(both.twins().rows[0].outcome.toldBy, QString()) << "the event is not set yet";
    both.add(EventType::EventSet, w, 0, 0, w1);
    const Twins twins = both.twins();
    EXPECT_EQ(twins.rows[1].difference.status, Unlike::Yes);
    EXPECT_EQ(twins.rows[1].difference.bytes, Unlike::No);
    EXPECT_EQ(twins.rows[1].difference.told, Unlike::Named);
    EXPECT_EQ(twins.rows[0].outcome.toldBy, u"the event"_s);
    EXPECT_EQ(twins.rows[1].outcome.toldBy, u"the IRP, later"_s);
}

TEST(Twins, sameMeaningGoesByTheTableOfTheOverlappedResult)
{
    EXPECT_TRUE(sameMeaning(Status::WsaEconnreset, Status::NtConnectionReset));
    EXPECT_TRUE(sameMeaning(Status::WsaIoPending, Status::NtPending));
    EXPECT_FALSE(sameMeaning(Status::WsaEconnreset, Status::NtFileForcedClosed));
    EXPECT_FALSE(sameMeaning(Status::Success, Status::NtCancelled));
}

TEST(Twins, anIrpThatComesBackWhereNobodyElseIsToldIsADifference)
{
    Both both;
    both.called(w1, w, {}, trace::CallOverlapped | trace::CallHasEvent, 0);
    both.returned(w1, w, trace::leftAlone, Status::WsaEinval, trace::flagsLeftAlone);
    both.wskCalled(k1, k, {}, 0);
    both.irpCompleted(k1, k, 0, Status::NtInvalidParameter);
    both.returned(k1, k, trace::leftAlone, Status::NtInvalidParameter, trace::flagsLeftAlone);
    const Twins twins = both.twins();
    EXPECT_EQ(twins.rows[0].outcome.toldBy, u"the return alone"_s);
    EXPECT_EQ(twins.rows[1].difference.status, Unlike::Named);
    EXPECT_EQ(twins.rows[1].difference.told, Unlike::Yes);
}

TEST(CompareScene, aSocketThatIsOverIsNotCalledYetNoMore)
{
    Both both;
    both.pend();
    EXPECT_FALSE(allText(both.scene()).contains(u"not called"_s));
    Both ended;
    ended.wskCalled(k1, k, {8}, 0);
    EXPECT_TRUE(allText(ended.scene()).contains(u"not called yet"_s));
    ended.add(EventType::SocketClosed, w);
    EXPECT_TRUE(allText(ended.scene()).contains(u"not called: the socket is closed"_s));
}

TEST(CompareScene, bothStandOnOneScreenWithAMarkWhereTheyDiffer)
{
    Both both;
    both.pend();
    both.completed(w1, w, 4);
    both.completed(k1, k, 4, Status::NtCancelled);
    both.irpCompleted(k1, k, 4, Status::NtCancelled);
    const Scene scene = both.scene();
    const QString text = allText(scene);
    for (const QString &part : {u"WSPRecv"_s, u"WskReceive"_s, u"WSA_IO_PENDING"_s, u"STATUS_PENDING"_s,
                                u"STATUS_CANCELLED"_s, u"the IRP, later"_s, u"MDL 8"_s, u"WSABUF 8"_s})
        EXPECT_TRUE(text.contains(part)) << part.toStdString() << "\n" << text.toStdString();
    EXPECT_EQ(unequal(scene, Tone::Caution), 1U) << "the outcome";
    const std::vector<Box> boxes = all<Box>(scene);
    EXPECT_EQ(std::count_if(boxes.begin(), boxes.end(),
                            [](const Box &box) { return box.edge == Tone::Caution && box.line == Edge::Thick; }),
              1)
        << "the mark has a second sign";
    EXPECT_TRUE(scene.summary.contains(u"k differs from w"_s)) << scene.summary.toStdString();
}

TEST(CompareScene, theChosenSocketHasTheStageToItself)
{
    Both both;
    both.pend();
    SceneOptions options;
    options.socket = k;
    EXPECT_TRUE(allText(both.scene(options)).contains(u"IRP QUEUE"_s));
    EXPECT_FALSE(allText(both.scene()).contains(u"IRP QUEUE"_s));
}

TEST(CompareScene, socketsOfOneInterfaceAreNotCompared)
{
    const trace::Story story(test::manySockets());
    EXPECT_FALSE(allText(buildScene(story, test::momentAtEnd(story), {})).contains(u"side by side"_s));
}

TEST(CompareScene, threeRowsStayInASmallFrame)
{
    Both both;
    both.opened({3}, "machine");
    both.add(EventType::FaceGiven, {3}, static_cast<std::uint32_t>(trace::Interface::Native));
    both.pend();
    SceneOptions options;
    options.size = {730, 302};
    const Scene scene = both.scene(options);
    const QRectF frame(QPointF(0, 0), scene.size);
    for (const Place &place : scene.places)
        EXPECT_TRUE(frame.contains(place.rect)) << place.says.toStdString();
    EXPECT_TRUE(allText(scene).contains(u"recvmsg"_s));
}

} // namespace recvscope::gui::stage
