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

class SeveralSockets : public TimelineViewTest {
protected:
    void SetUp() override
    {
        for (std::uint16_t socket = 1; socket <= 6; ++socket)
            for (std::uint32_t each = 1; each <= 2; ++each) {
                const OperationId receive{socket * 10U + each};
                many.at(socket * 1000U + each * 100U).called(receive, SocketId{socket}, {8}, trace::CallOverlapped);
                many.completed(receive, SocketId{socket}, 8);
            }
        panels.show(many);
        panels.presentation.setPlayhead({0, 0});
        panels.settle();
    }
    [[nodiscard]] bool sees(OperationId receive) const
    {
        const TimelineScene &scene = panels.timeline->scene();
        return std::any_of(scene.lanes.begin(), scene.lanes.end(), [&](const LaneShape &lane) {
            return lane.lane.receive == receive && lane.top >= 0 && lane.top + lane.height <= scene.height;
        });
    }

    TraceBuilder many;
};

TEST_F(SeveralSockets, theChosenReceiveIsScrolledIntoView)
{
    panels.presentation.setPlayhead({panels.presentation.story().size(), 0});
    for (const std::uint32_t number : {61U, 12U, 32U, 11U, 62U}) {
        panels.presentation.selectReceive(OperationId{number});
        panels.settle();
        EXPECT_TRUE(sees(OperationId{number})) << number;
    }
}

TEST_F(SeveralSockets, theChosenSocketIsScrolledIntoView)
{
    for (const std::uint16_t socket : {std::uint16_t{6}, std::uint16_t{1}, std::uint16_t{4}}) {
        panels.presentation.select({{}, SocketId{socket}, {}});
        panels.settle();
        EXPECT_TRUE(sees(OperationId{socket * 10U + 1})) << socket;
        EXPECT_TRUE(sees(OperationId{socket * 10U + 2})) << socket;
    }
}

TEST_F(SeveralSockets, theReceiveThatThePlayheadComesToIsScrolledIntoView)
{
    const trace::Story &story = panels.presentation.story();
    for (std::uint32_t event = 1; event <= story.size(); ++event) {
        panels.presentation.setPlayhead({event, 0});
        panels.settle();
        EXPECT_TRUE(sees(panels.presentation.shownReceive())) << event;
    }
}

TEST_F(TimelineViewTest, aCutLinkStandsInThePeersLane)
{
    TraceBuilder cut;
    cut.at(1000).called(OperationId{1}, SocketId{1}, {8}, trace::CallOverlapped);
    cut.at(2000).add(trace::EventType::PeerLinkCut, SocketId{1});
    cut.at(9000).completed(OperationId{1}, SocketId{1}, 0, Status::WsaEtimedout);
    panels.show(cut);
    ASSERT_EQ(panels.timeline->scene().peers.size(), 1U);
    EXPECT_EQ(panels.timeline->scene().peers[0].kind, PeerMark::Kind::LinkCut);
    EXPECT_EQ(panels.timeline->scene().peers[0].label, QStringLiteral("link cut"));
}

TEST_F(TimelineViewTest, theBytesPanelTellsWhatWasSentAndReceived)
{
    const ByteCurves &curves = panels.bytes->curves();
    ASSERT_TRUE(curves.sent);
    EXPECT_FALSE(curves.consumed) << "its program never asks";
    EXPECT_EQ(curves.untold, 11);
    ASSERT_TRUE(curves.kernel);
    EXPECT_EQ(curves.sent->at(4e-3), 6);
    EXPECT_EQ(curves.received.at(3.2e-3), 0);
    EXPECT_EQ(curves.received.at(4e-3), 6);
    EXPECT_EQ(curves.kernel->at(3.2e-3), 6);
    EXPECT_EQ(curves.kernel->at(4e-3), 0);
}

TEST_F(TimelineViewTest, nothingThatStandsBehindTheVeilIsDrawnOrTold)
{
    // Before "hello " comes: r1 and r2 wait.
    std::uint32_t veil = 0;
    while (panels.presentation.story().event(veil).type != trace::EventType::PeerSend)
        ++veil;
    const std::size_t lanes = panels.timeline->scene().lanes.size();
    panels.presentation.setVeil(veil);
    panels.settle();
    const TimelineScene &scene = panels.timeline->scene();
    EXPECT_TRUE(scene.peers.empty());
    ASSERT_EQ(scene.spans.size(), 2U) << "r3 is called later";
    const double from = panels.timeline->scale().toPixel(*panels.presentation.veiledFrom());
    for (const SpanShape &span : scene.spans) {
        EXPECT_EQ(span.end, SpanShape::End::Open);
        EXPECT_LE(span.rect.right(), from + 0.01);
        EXPECT_FALSE(span.tip.contains(QStringLiteral("completed"))) << span.tip.toStdString();
        EXPECT_LE(span.labelRect.right(), from);
    }
    EXPECT_EQ(scene.lanes.size(), lanes) << "no lane moves when the veil is lifted";
    for (const LevelShape &level : scene.levels)
        EXPECT_EQ(level.note, QStringLiteral("holds up to 0 bytes"));
    EXPECT_EQ(panels.bytes->curves().highest, 0);

    panels.presentation.setVeil({});
    panels.settle();
    EXPECT_EQ(panels.timeline->scene().spans.size(), 3U);
    EXPECT_EQ(panels.bytes->curves().highest, 11);
}

TEST_F(TimelineViewTest, theVeilIsPaintedOverBothPanels)
{
    std::uint32_t veil = 0;
    while (panels.presentation.story().event(veil).type != trace::EventType::PeerSend)
        ++veil;
    panels.presentation.setVeil(veil);
    panels.settle();
    const int x =
        timeMarginLeft + static_cast<int>(panels.timeline->scale().toPixel(*panels.presentation.veiledFrom()));
    for (TimePlot *plot : {static_cast<TimePlot *>(panels.timeline), static_cast<TimePlot *>(panels.bytes)}) {
        const QImage image = plot->grab().toImage();
        const int y = plot->height() - 16;
        EXPECT_EQ(image.pixelColor(x + 20, y), panels.appearance.theme().soft);
        EXPECT_NE(image.pixelColor(x - 20, y), panels.appearance.theme().soft);
    }
}

} // namespace recvscope::gui
