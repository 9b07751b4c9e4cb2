// The scene of a lesson: what stands where, and what the mouse finds.

#include "gui/timeline/exact_source.h"

#include "lesson_events.h"

#include <gmock/gmock.h>

namespace recvscope::gui {

using testing::ElementsAre;
using trace::TimeAxis;

namespace {

struct Lesson {
    explicit Lesson(const std::vector<trace::Event> &events = test::lesson17())
    {
        for (std::uint32_t i = 0; i < events.size(); ++i)
            marks.add({i, 0.25 * i, static_cast<double>(events[i].time) * 1e-9}, events[i]);
    }

    [[nodiscard]] TimelineScene scene(TimeScale scale = {0, 8e-3, 800}, double height = 240) const
    {
        const ExactSource source(marks, TimeAxis::Clock, 8e-3,
                                 {[](SocketId) { return QStringLiteral("s"); },
                                  [](OperationId receive) { return QStringLiteral("r%1").arg(receive.value); }});
        const LaneLayout layout = source.layout(scale, {});
        SceneView view{scale, {height, 0, layout.count()}, 8, 1, {}, {}};
        view.textWidth = view.monoWidth = [](const QString &text) { return 6.0 * static_cast<double>(text.size()); };
        return source.scene(layout, view);
    }

    Marks marks;
};

std::vector<std::string> names(const TimelineScene &scene)
{
    std::vector<std::string> list;
    for (const LaneShape &lane : scene.lanes)
        list.push_back(lane.name.toStdString());
    return list;
}

} // namespace

TEST(TimelineScene, aLessonHasALaneForEachReceive)
{
    EXPECT_THAT(names(Lesson().scene()), ElementsAre("Peer", "Kernel", "r1", "r2", "r3", "Program"));
}

TEST(TimelineScene, aRoutineWaitsInItsQueueAndRunsBehindTheCompletion)
{
    using enum trace::EventType;
    test::Told told;
    told.at(1).call(1, {8}).pend(1).at(2).send(5).receive(1, 5).at(3).add(RoutineQueued, 1);
    const TimelineScene queued = Lesson(told.events()).scene();
    ASSERT_EQ(queued.spans.size(), 1U);
    ASSERT_TRUE(queued.spans[0].tail);
    EXPECT_FALSE(queued.spans[0].tail->began);
    EXPECT_NEAR(queued.spans[0].tail->queuedAt, 300, 1);
    EXPECT_NEAR(queued.spans[0].tail->beganAt, 800, 1) << "it waits until the end of the axis";

    told.at(5).add(RoutineBegan, 1).at(6).add(RoutineEnded, 1);
    const TimelineScene ran = Lesson(told.events()).scene();
    ASSERT_TRUE(ran.spans[0].tail);
    EXPECT_TRUE(ran.spans[0].tail->began);
    EXPECT_NEAR(ran.spans[0].tail->beganAt, 500, 1);
    EXPECT_NEAR(ran.spans[0].tail->endedAt, 600, 1);
    EXPECT_NEAR(ran.spans[0].endAt, 200, 1) << "the receive itself has completed before";
    EXPECT_FALSE(Lesson().scene().spans[0].tail) << "without a routine there is none";
    // Far behind the completion only the routine is in sight.
    EXPECT_EQ(Lesson(told.events()).scene({5.2e-3, 5.8e-3, 800}).spans.size(), 1U);
}

TEST(TimelineScene, spansStandWhereTheClockSays)
{
    const TimelineScene scene = Lesson().scene();
    ASSERT_EQ(scene.spans.size(), 3U);
    const SpanShape &first = scene.spans[0];
    EXPECT_NEAR(first.rect.left(), 120.4, 0.01);
    EXPECT_NEAR(first.endAt, 341.1, 0.05);
    EXPECT_EQ(first.body, SpanShape::Body::Hatched);
    EXPECT_EQ(first.end, SpanShape::End::Dot);
    EXPECT_EQ(scene.spans[2].end, SpanShape::End::Cap);
    EXPECT_EQ(scene.spans[1].label, QStringLiteral("pending behind r1, then 5 bytes"));
    EXPECT_EQ(scene.spans[2].label, QStringLiteral("0 = the end"));
}

TEST(TimelineScene, labelsLieInTheViewWhateverIsZoomed)
{
    const Lesson lesson;
    for (const TimeScale &scale : {TimeScale{0, 8e-3, 800}, TimeScale{2e-3, 3e-3, 800}, TimeScale{3.3e-3, 3.5e-3, 300},
                                   TimeScale{5e-3, 7e-3, 120}}) {
        for (const SpanShape &span : lesson.scene(scale).spans) {
            if (span.label.isEmpty())
                continue;
            EXPECT_GE(span.labelRect.left(), -1) << span.label.toStdString();
            EXPECT_LE(span.labelRect.right(), scale.width + 1) << span.label.toStdString();
        }
    }
}

TEST(TimelineScene, peersBoxesNeverOverlapAndBeginAtTheirMoment)
{
    test::Told told;
    for (int i = 0; i < 12; ++i)
        told.at(1 + 0.3 * i).send(1000);
    const TimelineScene scene = Lesson(told.events()).scene();
    ASSERT_EQ(scene.peers.size(), 12U);
    for (std::size_t i = 0; i < scene.peers.size(); ++i) {
        EXPECT_NEAR(scene.peers[i].rect.left(), 100 + 30 * static_cast<double>(i), 0.01);
        if (i > 0) {
            EXPECT_LE(scene.peers[i - 1].rect.right(), scene.peers[i].rect.left());
        }
    }
}

TEST(TimelineScene, sendsBeyondCountAreOneDenseRowAndTheHalfCloseStaysABox)
{
    test::Told told;
    for (int i = 0; i < 2000; ++i)
        told.at(1 + 0.003 * i).send(10);
    told.at(7.5).add(trace::EventType::PeerShutDown, 0);
    const TimelineScene scene = Lesson(told.events()).scene();
    ASSERT_EQ(scene.dense.size(), 1U);
    ASSERT_EQ(scene.peers.size(), 1U);
    EXPECT_EQ(scene.peers[0].kind, PeerMark::Kind::HalfClose);
}

TEST(TimelineScene, moreReceivesThanLanesArePackedUntilOneLooksClosely)
{
    test::Told told;
    for (std::uint32_t i = 1; i <= 200; ++i)
        told.at(0.03 * i).send(4).call(i, {4}).receive(i, 4);
    const Lesson lesson(told.events());
    EXPECT_THAT(names(lesson.scene()), ElementsAre("Peer", "Kernel", "Receives", "Program"));
    EXPECT_EQ(lesson.scene({1e-3, 1.1e-3, 800}, 1000).packed.size(), 0U);
    EXPECT_GE(lesson.scene({1e-3, 1.1e-3, 800}, 1000).spans.size(), 3U);
}

TEST(TimelineScene, onlyVisibleLanesBecomeShapes)
{
    test::Told told;
    for (std::uint32_t i = 1; i <= 60; ++i)
        told.at(0.1 * i).call(i, {4}).pend(i);
    const TimelineScene scene = Lesson(told.events()).scene({0, 8e-3, 800}, 120);
    EXPECT_EQ(scene.lanes.size(), 5U);
    EXPECT_EQ(scene.spans.size(), 3U);
}

TEST(TimelineScene, theMouseFindsReceivesSendsAndCalls)
{
    const TimelineScene scene = Lesson().scene();
    const auto at = [&](double milliseconds, std::size_t lane) {
        return hitAt(scene, {milliseconds * 100, scene.lanes[lane].top + scene.lanes[lane].height / 2});
    };
    ASSERT_TRUE(at(2, 2));
    EXPECT_EQ(at(2, 2)->receive, OperationId{1});
    ASSERT_TRUE(at(3.2, 0));
    EXPECT_FALSE(at(3.2, 0)->receive);
    EXPECT_TRUE(at(3.2, 0)->tip.contains(QStringLiteral("send 1: 6 bytes")));
    ASSERT_TRUE(at(1.204, 5));
    EXPECT_EQ(at(1.204, 5)->receive, OperationId{1});
    EXPECT_TRUE(at(1.204, 5)->tip.contains(QStringLiteral("WSPRecv · r1")));
    EXPECT_FALSE(at(0.5, 2));
}

} // namespace recvscope::gui
