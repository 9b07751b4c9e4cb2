// Timeline and bytes panel under a hand: clicks, drags, wheel and keys.

#include "panels.h"

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <gtest/gtest.h>

namespace recvscope::gui {

namespace {

using test::Panels;
using test::TraceBuilder;

class TimelineViewTest : public testing::Test {
protected:
    void SetUp() override
    {
        test::addAll(trace, test::lesson17());
        panels.show(trace);
        panels.presentation.setAxis(trace::TimeAxis::Clock);
        panels.settle();
    }

    /// Where that millisecond stands in the timeline's lane.
    [[nodiscard]] QPoint place(double milliseconds, std::size_t lane) const
    {
        const LaneShape &shape = panels.timeline->scene().lanes.at(lane);
        return {static_cast<int>(timeMarginLeft + panels.timeline->scale().toPixel(milliseconds * 1e-3)),
                static_cast<int>(TimePlot::headHeight + shape.top + shape.height / 2)};
    }
    void wheel(QPoint at, QPoint delta, Qt::KeyboardModifiers modifiers = {})
    {
        QWheelEvent event(at, panels.timeline->mapToGlobal(at), {}, delta, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                          false);
        QCoreApplication::sendEvent(panels.timeline, &event);
        panels.settle();
    }
    void drag(QWidget *widget, QPoint from, QPoint to)
    {
        QTest::mousePress(widget, Qt::LeftButton, {}, from);
        QTest::mouseMove(widget, (from + to) / 2);
        QTest::mouseMove(widget, to);
        QTest::mouseRelease(widget, Qt::LeftButton, {}, to);
        panels.settle();
    }
    [[nodiscard]] TimeRange range() const { return panels.presentation.range(); }

    TraceBuilder trace;
    Panels panels;
};

} // namespace

TEST_F(TimelineViewTest, clickingAReceiveSelectsItAndClickingNothingSelectsNothing)
{
    QTest::mouseClick(panels.timeline, Qt::LeftButton, {}, place(4, 3));
    EXPECT_EQ(panels.presentation.selection().receive, OperationId{2});
    EXPECT_EQ(panels.presentation.selection().socket, SocketId{1});
    QTest::mouseClick(panels.timeline, Qt::LeftButton, {}, place(0.6, 3));
    EXPECT_EQ(panels.presentation.selection(), Selection{});
}

TEST_F(TimelineViewTest, clickingASendSelectsItsEvent)
{
    QTest::mouseClick(panels.timeline, Qt::LeftButton, {}, place(3.2, 0));
    const auto event = panels.presentation.selection().event;
    ASSERT_TRUE(event);
    EXPECT_EQ(panels.presentation.story().event(*event).type, trace::EventType::PeerSend);
    panels.settle();
    EXPECT_TRUE(panels.timeline->scene().selectedAt);
}

TEST_F(TimelineViewTest, clickingALanesNameSelectsItsReceive)
{
    QTest::mouseClick(panels.timeline, Qt::LeftButton, {}, {40, place(0, 4).y()});
    EXPECT_EQ(panels.presentation.selection().receive, OperationId{3});
}

TEST_F(TimelineViewTest, theWheelZoomsAtThePointer)
{
    const QPoint at = place(3, 2);
    const double under = panels.timeline->scale().toSecond(at.x() - timeMarginLeft);
    wheel(at, {0, 360});
    EXPECT_LT(range().length(), 7.9e-3 * 0.6);
    EXPECT_NEAR(panels.timeline->scale().toSecond(at.x() - timeMarginLeft), under, 1e-9);
    wheel(at, {0, -3600});
    EXPECT_DOUBLE_EQ(range().begin, panels.presentation.whole().begin);
    EXPECT_NEAR(range().end, panels.presentation.story().length(trace::TimeAxis::Clock), 1e-12);
}

TEST_F(TimelineViewTest, draggingMovesTheRangeAlong)
{
    panels.presentation.setRange({3e-3, 5e-3});
    panels.settle();
    const QPoint from = place(4, 3);
    drag(panels.timeline, from, from + QPoint(100, 0));
    EXPECT_NEAR(panels.timeline->scale().toPixel(4e-3), from.x() + 100 - timeMarginLeft, 1.5);
    EXPECT_NEAR(range().length(), 2e-3, 1e-12);
    EXPECT_FALSE(panels.presentation.selection().receive) << "a drag is no click";
}

TEST_F(TimelineViewTest, shiftAndTheWheelMoveAlongTime)
{
    panels.presentation.setRange({3e-3, 5e-3});
    panels.settle();
    wheel(place(4, 3), {0, -120}, Qt::ShiftModifier);
    EXPECT_GT(range().begin, 3e-3);
    EXPECT_NEAR(range().length(), 2e-3, 1e-12);
}

TEST_F(TimelineViewTest, ctrlAndTheWheelZoomInLargerSteps)
{
    wheel(place(3, 2), {0, 120});
    const double once = range().length();
    panels.presentation.fit();
    panels.settle();
    wheel(place(3, 2), {0, 120}, Qt::ControlModifier);
    EXPECT_LT(range().length(), once);
}

TEST_F(TimelineViewTest, keysZoomMoveAndFit)
{
    QTest::keyClick(panels.timeline, Qt::Key_W);
    const double zoomed = range().length();
    EXPECT_LT(zoomed, 7e-3);
    QTest::keyClick(panels.timeline, Qt::Key_D);
    EXPECT_NEAR(range().length(), zoomed, 1e-12);
    const double moved = range().begin;
    QTest::keyClick(panels.timeline, Qt::Key_A);
    EXPECT_LT(range().begin, moved);
    QTest::keyClick(panels.timeline, Qt::Key_F);
    EXPECT_NEAR(range().length(), panels.presentation.whole().length(), 1e-12);
}

TEST_F(TimelineViewTest, draggingThePlayheadScrubsFromEventToEvent)
{
    QSignalSpy asked(&panels.presentation, &Presentation::playheadAsked);
    QObject::connect(&panels.presentation, &Presentation::playheadAsked, &panels.presentation,
                     [this](trace::Playhead to) { panels.presentation.setPlayhead(to); });
    QTest::mousePress(panels.timeline, Qt::LeftButton, {}, {place(2.5, 0).x(), 30});
    QTest::mouseMove(panels.timeline, {place(6, 0).x(), 30});
    QTest::mouseRelease(panels.timeline, Qt::LeftButton, {}, {place(6, 0).x(), 30});
    ASSERT_GE(asked.size(), 2);
    for (const auto &one : asked)
        EXPECT_TRUE(one[0].value<trace::Playhead>().exact());
    const trace::Playhead at = panels.presentation.playhead();
    ASSERT_GT(at.event, 0U);
    EXPECT_LE(panels.presentation.story().event(at.event - 1).time, 6'000'000U);
    EXPECT_GT(panels.presentation.story().event(at.event).time, 6'000'000U);
}

TEST_F(TimelineViewTest, bothPanelsShowAMomentInTheSameColumn)
{
    panels.presentation.setRange({2e-3, 4e-3});
    panels.settle();
    EXPECT_EQ(panels.timeline->scale(), panels.bytes->scale());
    EXPECT_EQ(panels.timeline->axisRect()->left(), panels.bytes->axisRect()->left());
}

TEST_F(TimelineViewTest, movingThePlayheadDoesNotPaintTheLanesAnew)
{
    const auto replots = std::make_unique<QSignalSpy>(panels.timeline, &QCustomPlot::afterReplot);
    panels.presentation.setPlayhead({12, 0});
    panels.settle();
    EXPECT_EQ(replots->size(), 0);
    panels.presentation.setRange({1e-3, 5e-3});
    panels.presentation.setRange({1e-3, 4e-3});
    panels.presentation.setRange({1e-3, 3e-3});
    panels.settle();
    EXPECT_EQ(replots->size(), 1) << "one repaint for all that happened within a frame";
}

TEST_F(TimelineViewTest, oneWhoLooksAtTheEndOfALiveTraceFollowsIt)
{
    const double length = panels.presentation.story().length(trace::TimeAxis::Clock);
    panels.presentation.setGrowing(true);
    panels.presentation.setRange({length - 1e-3, length});
    trace.at(20'000'000).sent(SocketId{1}, "later");
    panels.presentation.growTrace(trace.snapshot());
    EXPECT_NEAR(range().end, 20e-3, 1e-9);
    EXPECT_NEAR(range().length(), 1e-3, 1e-9);

    panels.presentation.setRange({2e-3, 3e-3});
    trace.at(30'000'000).sent(SocketId{1}, "later still");
    panels.presentation.growTrace(trace.snapshot());
    EXPECT_EQ(range(), (TimeRange{2e-3, 3e-3})) << "one who looks elsewhere is left there";
}

TEST_F(TimelineViewTest, storyTimeEndsWhereNobodyCouldReadIt)
{
    panels.presentation.setAxis(trace::TimeAxis::Story);
    EXPECT_EQ(panels.presentation.axis(), trace::TimeAxis::Story);
    for (std::uint32_t i = 0; i <= storyAxisLimit; ++i)
        trace.at(10'000'000 + i * 100).sent(SocketId{1}, "x");
    panels.presentation.growTrace(trace.snapshot());
    EXPECT_EQ(panels.presentation.axis(), trace::TimeAxis::Clock);
    panels.presentation.setAxis(trace::TimeAxis::Story);
    EXPECT_EQ(panels.presentation.axis(), trace::TimeAxis::Clock);
}

TEST_F(TimelineViewTest, tenThousandSocketsShowOnlyTheirVisibleLanesAndScroll)
{
    TraceBuilder many;
    for (std::uint16_t socket = 1; socket <= 10'000; ++socket) {
        many.at(socket * 100U).called(OperationId{socket}, SocketId{socket}, {8}, trace::CallOverlapped);
        many.completed(OperationId{socket}, SocketId{socket}, 8);
    }
    panels.show(many);
    EXPECT_LT(panels.timeline->scene().lanes.size(), 15U);
    const SocketId before = panels.timeline->scene().lanes.front().lane.socket;
    wheel({20, 120}, {0, -1200});
    EXPECT_GT(panels.timeline->scene().lanes.front().lane.socket, before);
}

TEST_F(TimelineViewTest, theBytesPanelTellsWhatWasSentReceivedAndConsumed)
{
    const ByteCurves &curves = panels.bytes->curves();
    ASSERT_TRUE(curves.sent);
    ASSERT_TRUE(curves.consumed);
    ASSERT_TRUE(curves.kernel);
    EXPECT_EQ(curves.sent->at(4e-3), 6);
    EXPECT_EQ(curves.received.at(3.2e-3), 0);
    EXPECT_EQ(curves.received.at(4e-3), 6);
    EXPECT_EQ(curves.kernel->at(3.2e-3), 6);
    EXPECT_EQ(curves.kernel->at(4e-3), 0);
    EXPECT_EQ(curves.consumed->at(6e-3), 11);
}

} // namespace recvscope::gui
