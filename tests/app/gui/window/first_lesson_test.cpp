// A learner goes through the first lesson: real sockets, the real window, real keys and clicks.

#include "open_window.h"

#include "gui/timeline/timeline_view.h"

#include <QDir>
#include <QLabel>

namespace recvscope::gui {
namespace {

using State = Playback::State;

class FirstLesson : public OpenWindow {};

TEST_F(FirstLesson, aClickOnItPlaysItAndSpacePauses)
{
    clickLesson(1);
    EXPECT_EQ(presentation().telling().number, 1);
    EXPECT_EQ(studio.player().state(), State::Playing);
    watchFor(1);
    EXPECT_GT(event(), 0U);
    press(Qt::Key_Space);
    EXPECT_EQ(studio.player().state(), State::Stopped);
    EXPECT_TRUE(presentation().playhead().exact());
    const std::uint32_t stood = event();
    watchFor(1);
    EXPECT_EQ(event(), stood);
    press(Qt::Key_Space);
    EXPECT_EQ(studio.player().state(), State::Playing);
}

TEST_F(FirstLesson, theSpaceBarPlaysBeforeAnythingWasClicked)
{
    QSignalSpy ended(&studio.bridge(), &SessionBridge::runEnded);
    ASSERT_TRUE(studio.openLesson(1, Studio::Then::Wait));
    until("the end of the run", [&] { return ended.count() > 0; });
    EXPECT_EQ(studio.player().state(), State::Stopped);
    ASSERT_NE(window.focusWidget(), nullptr);
    QTest::keyClick(window.focusWidget(), Qt::Key_Space); // a button that had the focus would take it
    EXPECT_EQ(studio.player().state(), State::Playing);
}

TEST_F(FirstLesson, arrowsStepThroughItAndBack)
{
    clickLesson(1);
    answerEverything();
    press(Qt::Key_Home);
    EXPECT_EQ(event(), 0U);
    std::vector<std::uint32_t> forward{0};
    while (event() < presentation().story().size()) {
        press(Qt::Key_Right);
        ASSERT_GT(event(), forward.back());
        forward.push_back(event());
    }
    for (auto at = forward.rbegin(); at != forward.rend(); ++at) {
        EXPECT_EQ(event(), *at);
        press(Qt::Key_Left);
    }
    press(Qt::Key_End);
    EXPECT_EQ(event(), presentation().story().size());
}

TEST_F(FirstLesson, theStageIsTheSceneOfTheTraceAloneAtEveryStop)
{
    clickLesson(1);
    answerEverything();
    press(Qt::Key_Home);
    const trace::Story story(presentation().story().snapshot());
    for (;;) {
        const trace::Playhead playhead = presentation().playhead();
        ASSERT_TRUE(playhead.exact());
        EXPECT_EQ(stage().scene(), stage::buildScene(story, trace::momentAt(story, playhead), stage().options()))
            << "at event " << playhead.event;
        if (playhead.event == story.size())
            break;
        press(Qt::Key_Right);
    }
}

TEST_F(FirstLesson, theSameMomentLooksTheSameHoweverItWasReached)
{
    clickLesson(1);
    answerEverything();
    press(Qt::Key_Home);
    for (int i = 0; i < 6; ++i)
        press(Qt::Key_Right);
    const stage::Scene stepped = stage().scene();
    const trace::Playhead there = presentation().playhead();
    press(Qt::Key_End);
    presentation().askPlayhead(there);
    EXPECT_EQ(stage().scene(), stepped);
}

TEST_F(FirstLesson, aQuestionHoldsItAndTheChoiceIsJudgedWithItsReason)
{
    clickLesson(1);
    ASSERT_FALSE(presentation().telling().predictions.empty());
    watchFor(120);
    ASSERT_EQ(studio.player().state(), State::Held);
    const Prediction asked = *studio.questions().askedBy(presentation().moment().step);
    ASSERT_GE(asked.right, 0) << "one of the choices is what the run gave";
    const auto buttons = window.lessons().prediction().findChildren<QAbstractButton *>();
    for (QAbstractButton *button : buttons)
        if (button->text() == asked.choices[asked.right])
            QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_EQ(studio.questions().mark(asked.step), Questions::Mark::Right);
    EXPECT_EQ(studio.progress().right(), 1);
    EXPECT_NE(studio.player().state(), State::Held);
    bool reasonShown = false;
    for (const QLabel *label : window.lessons().prediction().findChildren<QLabel *>())
        reasonShown = reasonShown || label->text().contains(asked.why);
    EXPECT_TRUE(reasonShown) << asked.why.toStdString();
}

TEST_F(FirstLesson, aNumberKeyAnswersToo)
{
    clickLesson(1);
    watchFor(120);
    ASSERT_EQ(studio.player().state(), State::Held);
    const StepId asked = studio.questions().askedBy(presentation().moment().step)->step;
    press(Qt::Key_1);
    EXPECT_EQ(studio.questions().chosen(asked), 0);
}

TEST_F(FirstLesson, noRightAnswerIsNotSaidInTheColourOfGood)
{
    clickLesson(1);
    const Prediction asked = presentation().telling().predictions.front();
    const auto inkOfScore = [&] {
        for (const QLabel *label : window.findChildren<QLabel *>())
            if (label->isVisible() && label->text().endsWith(QStringLiteral(" of 1 right")))
                return label->palette().color(QPalette::WindowText);
        return QColor();
    };
    studio.questions().choose(asked.step, (asked.right + 1) % static_cast<int>(asked.choices.size()));
    EXPECT_EQ(inkOfScore(), studio.appearance().theme().dim);
}

TEST_F(FirstLesson, draggingOnTheRulerScrubs)
{
    clickLesson(1);
    answerEverything();
    auto *timeline = window.findChild<TimelineView *>();
    ASSERT_NE(timeline, nullptr);
    const TimeScale scale = timeline->scale();
    const auto placeOf = [&](std::uint32_t at) {
        return QPoint(timeline->axisRect()->left() + 1 +
                          static_cast<int>(scale.toPixel(presentation().story().moment(at, trace::TimeAxis::Story))),
                      14);
    };
    QTest::mousePress(timeline, Qt::LeftButton, {}, placeOf(0));
    QTest::mouseMove(timeline, placeOf(presentation().story().size() / 2));
    QTest::mouseRelease(timeline, Qt::LeftButton, {}, placeOf(presentation().story().size() / 2));
    EXPECT_EQ(studio.player().state(), State::Stopped);
    EXPECT_TRUE(presentation().playhead().exact());
    EXPECT_GT(event(), presentation().story().size() / 4);
    EXPECT_LT(event(), presentation().story().size());
}

TEST_F(FirstLesson, itIsDoneWhenItWasToldToItsEnd)
{
    clickLesson(1);
    answerEverything();
    watchFor(1);
    EXPECT_FALSE(studio.progress().done(1));
    watchFor(300);
    EXPECT_EQ(event(), presentation().story().size());
    EXPECT_TRUE(studio.progress().done(1));
}

TEST_F(FirstLesson, itIsDoneWhenItWasGoneThroughStepByStep)
{
    clickLesson(1);
    answerEverything();
    press(Qt::Key_Home);
    while (event() < presentation().story().size())
        press(Qt::Key_Right);
    EXPECT_TRUE(studio.progress().done(1));
}

TEST_F(FirstLesson, whoJumpsToTheEndHasNotDoneIt)
{
    clickLesson(1);
    answerEverything();
    press(Qt::Key_End);
    EXPECT_EQ(event(), presentation().story().size());
    EXPECT_FALSE(studio.progress().done(1));
    presentation().askPlayhead({0, 0});
    presentation().askPlayhead({presentation().story().size(), 0}); // as a picture of the end does
    EXPECT_FALSE(studio.progress().done(1));
}

TEST_F(FirstLesson, aPictureOfItIsSaved)
{
    clickLesson(1);
    answerEverything();
    press(Qt::Key_End);
    QDir().mkpath(QStringLiteral(RECVSCOPE_PICTURES));
    EXPECT_TRUE(window.savePictureTo(QStringLiteral(RECVSCOPE_PICTURES "/first_lesson.png"), false));
    EXPECT_TRUE(window.savePictureTo(QStringLiteral(RECVSCOPE_PICTURES "/first_lesson_stage.png"), true));
}

} // namespace
} // namespace recvscope::gui
