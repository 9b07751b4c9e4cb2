// The widget, driven with a real mouse and keys.

#include "gui/stage/stage.h"

#include "gui/appearance.h"
#include "gui/presentation.h"
#include "told_traces.h"

#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

#include <algorithm>

namespace recvscope::gui::stage {
namespace {

class StageWidget : public testing::Test {
protected:
    StageWidget()
    {
        presentation.replaceTrace(test::pendingLesson(), {});
        stage.resize(836, 372);
        stage.show();
    }

    void goTo(trace::EventType type, OperationId operation)
    {
        presentation.setPlayhead(test::momentAfter(presentation.story(), type, operation).playhead);
    }

    [[nodiscard]] QPoint middleOf(const QString &name) const
    {
        const auto found = std::find_if(stage.scene().places.begin(), stage.scene().places.end(),
                                        [&](const Place &place) { return place.name == name; });
        return found == stage.scene().places.end() ? QPoint(-1, -1)
                                                   : (found->rect.center() * stage.scene().zoom).toPoint();
    }

    Appearance appearance;
    Presentation presentation;
    Stage stage{presentation, appearance};
};

TEST_F(StageWidget, showsTheSceneOfTraceAndPlayheadAlone)
{
    for (std::uint32_t event = 0; event <= presentation.story().size(); ++event) {
        presentation.setPlayhead({event, 0});
        const trace::Story story(test::pendingLesson());
        SceneOptions options;
        options.size = stage.size();
        options.selected = stage.options().selected;
        EXPECT_EQ(stage.scene(), buildScene(story, trace::momentAt(story, {event, 0}), options))
            << "at event " << event;
        options.selected = {};
        EXPECT_EQ(stage.scene(), buildScene(story, trace::momentAt(story, {event, 0}), options))
            << "at event " << event;
    }
}

TEST_F(StageWidget, aClickOnAWaitingReceiveSelectsItForAllViews)
{
    goTo(trace::EventType::EventSet, test::r1);
    QTest::mouseClick(&stage, Qt::LeftButton, {}, middleOf(QStringLiteral("receive r2")));
    EXPECT_EQ(presentation.selection().receive, test::r2);
    EXPECT_EQ(presentation.shownReceive(), test::r2);
    QTest::keyClick(&stage, Qt::Key_Escape);
    EXPECT_EQ(presentation.shownReceive(), test::r1);
}

TEST_F(StageWidget, aStepOfTheCallIsSelectedByClickAndAskedForByDoubleClick)
{
    goTo(trace::EventType::EventSet, test::r1);
    QSignalSpy asked(&presentation, &Presentation::playheadAsked);
    const QPoint step = middleOf(QStringLiteral("returned WSA_IO_PENDING"));
    QTest::mouseClick(&stage, Qt::LeftButton, {}, step);
    ASSERT_TRUE(presentation.selection().event);
    EXPECT_EQ(presentation.story().event(*presentation.selection().event).type, trace::EventType::Returned);
    EXPECT_EQ(asked.count(), 0);
    QTest::mouseDClick(&stage, Qt::LeftButton, {}, step);
    ASSERT_EQ(asked.count(), 1);
    EXPECT_EQ(asked[0][0].value<trace::Playhead>().event, *presentation.selection().event + 1);
}

TEST_F(StageWidget, keysWalkThroughWhatCanBeSelected)
{
    goTo(trace::EventType::EventSet, test::r1);
    stage.setFocus();
    std::vector<OperationId> met;
    for (std::size_t i = 0; i < stage.scene().places.size(); ++i) {
        QTest::keyClick(&stage, Qt::Key_Down);
        QTest::keyClick(&stage, Qt::Key_Return);
        met.push_back(presentation.selection().receive);
    }
    EXPECT_NE(std::find(met.begin(), met.end(), test::r2), met.end());
    EXPECT_FALSE(stage.accessibleDescription().isEmpty());
}

TEST_F(StageWidget, repaintsOnlyWhenItsSceneChanged)
{
    goTo(trace::EventType::EventSet, test::r1);
    const Scene before = stage.scene();
    presentation.setAxis(trace::TimeAxis::Clock);
    EXPECT_EQ(stage.scene(), before);
    presentation.setPlayhead({presentation.playhead().event, 0.3}); // on the way to the second send
    EXPECT_FALSE(stage.scene() == before);
    appearance.setReducedMotion(true);
    EXPECT_EQ(stage.scene().items.size(), before.items.size());
}

} // namespace
} // namespace recvscope::gui::stage
