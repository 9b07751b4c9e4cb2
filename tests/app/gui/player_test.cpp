// Player, questions and presentation together, without a window: the manual clock is the learner's time.

#include "gui/appearance.h"
#include "gui/player.h"
#include "gui/presentation.h"
#include "gui/questions.h"

#include "manual_clock.h"
#include "trace_builder.h"

#include <QSignalSpy>

#include <gtest/gtest.h>

namespace recvscope::gui {
namespace {

using State = Playback::State;

constexpr SocketId s{1};
constexpr OperationId r1{1};
constexpr StepId asked{2};

class PlayerTest : public testing::Test {
protected:
    PlayerTest()
    {
        m_appearance.setReducedMotion(false);
        m_trace.at(1'000'000).began(1);
        m_trace.at(2'000'000).called(r1, s, {8}, trace::CallOverlapped);
        m_trace.at(3'000'000).returnedPending(r1, s);
        m_trace.at(4'000'000).began(2);
        m_trace.at(5'000'000).sent(s, "hello");
        m_trace.at(6'000'000).received(r1, s, "hello", {{0, 5}});
        m_trace.completed(r1, s, 5);
        m_telling.title = QStringLiteral("A test");
        m_telling.predictions.push_back({asked,
                                         QStringLiteral("How many?"),
                                         {QStringLiteral("0"), QStringLiteral("5")},
                                         1,
                                         QStringLiteral("5"),
                                         {}});
        m_presentation.replaceTrace(m_trace.snapshot(), m_telling);
    }

    void runFor(double seconds)
    {
        for (double past = 0; past < seconds; past += 0.016) {
            m_clock.advance(16'000'000);
            m_player.frame();
        }
    }

    Appearance m_appearance;
    Presentation m_presentation;
    Questions m_questions{m_presentation};
    test::ManualClock m_clock;
    Player m_player{m_presentation, m_questions, m_appearance, m_clock};
    test::TraceBuilder m_trace;
    Telling m_telling;
};

TEST_F(PlayerTest, movesThePresentationsPlayhead)
{
    QSignalSpy moved(&m_presentation, &Presentation::playheadMoved);
    m_player.play();
    runFor(1);
    EXPECT_GT(moved.count(), 10);
    EXPECT_GT(m_presentation.second(), 0.9);
}

TEST_F(PlayerTest, whatAnswersAnOpenQuestionIsVeiledUntilTheChoice)
{
    const std::uint32_t afterTheQuestion = m_questions.gate(asked);
    EXPECT_EQ(m_presentation.veil(), afterTheQuestion) << "from the first look on";
    m_player.play();
    runFor(30);
    EXPECT_EQ(m_presentation.veil(), afterTheQuestion);
    EXPECT_EQ(m_presentation.veiledFrom(), m_presentation.second()) << "it hangs where the telling holds";
    m_questions.choose(asked, 0);
    EXPECT_FALSE(m_presentation.veil());
    EXPECT_FALSE(m_presentation.veiledFrom());
}

TEST_F(PlayerTest, whoLooksPastAQuestionLiftsTheVeilAndWhoGoesBackMeetsItAgain)
{
    m_presentation.askPlayhead({m_presentation.story().size(), 0});
    EXPECT_FALSE(m_presentation.veil());
    m_presentation.askPlayhead({0, 0});
    EXPECT_EQ(m_presentation.veil(), m_questions.gate(asked));
}

TEST_F(PlayerTest, anotherStoryWithoutQuestionsHasNoVeil)
{
    ASSERT_TRUE(m_presentation.veil());
    m_presentation.replaceTrace(m_trace.snapshot(), {});
    EXPECT_FALSE(m_presentation.veil());
}

TEST_F(PlayerTest, holdsAtTheQuestionAndGoesOnWithTheChoice)
{
    QSignalSpy states(&m_player, &Player::stateChanged);
    QSignalSpy answers(&m_questions, &Questions::answered);
    m_player.play();
    runFor(30);
    EXPECT_EQ(m_player.state(), State::Held);
    EXPECT_EQ(m_presentation.moment().step, asked);
    EXPECT_EQ(m_questions.askedBy(m_presentation.moment().step), &m_presentation.telling().predictions.front());

    m_questions.choose(asked, 0);
    EXPECT_EQ(m_questions.mark(asked), Questions::Mark::Wrong);
    EXPECT_EQ(m_player.state(), State::Playing);
    m_questions.choose(asked, 1);
    EXPECT_EQ(m_questions.mark(asked), Questions::Mark::Wrong) << "the first choice counts";
    EXPECT_EQ(answers.count(), 1);
    runFor(30);
    EXPECT_EQ(m_presentation.playhead().event, m_presentation.story().size());
    EXPECT_EQ(states.count(), 4) << "playing, held, playing, stopped";
}

TEST_F(PlayerTest, showingTheAnswerCountsAsNeither)
{
    QSignalSpy answers(&m_questions, &Questions::answered);
    m_player.play();
    runFor(30);
    m_questions.show(asked);
    EXPECT_EQ(m_questions.mark(asked), Questions::Mark::Shown);
    EXPECT_EQ(answers.count(), 0);
    EXPECT_EQ(m_player.state(), State::Playing);
}

TEST_F(PlayerTest, aWishOfAViewStopsThePlaying)
{
    m_player.play();
    runFor(0.5);
    m_presentation.askPlayhead({3, 0});
    EXPECT_EQ(m_player.state(), State::Stopped);
    EXPECT_EQ(m_presentation.playhead(), (trace::Playhead{3, 0}));
}

TEST_F(PlayerTest, anotherTraceStartsStoppedWithItsQuestionsOpen)
{
    m_player.play();
    runFor(30);
    m_questions.choose(asked, 1);
    m_questions.reopen();
    m_presentation.replaceTrace(m_trace.snapshot(), m_telling);
    EXPECT_EQ(m_player.state(), State::Stopped);
    EXPECT_EQ(m_presentation.playhead(), trace::Playhead{});
    EXPECT_EQ(m_questions.mark(asked), Questions::Mark::Open);
}

TEST_F(PlayerTest, theEndOfAGrowingTraceIsLive)
{
    m_questions.show(asked);
    m_presentation.setGrowing(true);
    m_player.toEnd();
    EXPECT_EQ(m_player.state(), State::Live);
    m_trace.at(9'000'000).sent(s, "more");
    m_presentation.growTrace(m_trace.snapshot());
    EXPECT_EQ(m_presentation.playhead().event, m_presentation.story().size());
    m_player.stepBack();
    m_trace.at(9'500'000).sent(s, "still more");
    m_presentation.growTrace(m_trace.snapshot());
    EXPECT_LT(m_presentation.playhead().event, m_presentation.story().size());
}

TEST_F(PlayerTest, eachAxisKeepsItsOwnRate)
{
    m_player.setRate(2);
    m_player.setAxis(trace::TimeAxis::Clock);
    EXPECT_LT(m_player.rate(), 0.01) << "milliseconds are told in seconds";
    m_player.setRate(0.5);
    m_player.setAxis(trace::TimeAxis::Story);
    EXPECT_DOUBLE_EQ(m_player.rate(), 2);
    m_player.setAxis(trace::TimeAxis::Clock);
    EXPECT_DOUBLE_EQ(m_player.rate(), 0.5);
}

TEST_F(PlayerTest, theMomentIsThatOfTheTraceAlone)
{
    for (std::uint32_t event = 0; event <= m_presentation.story().size(); ++event) {
        m_presentation.askPlayhead({event, 0});
        const trace::Moment plain = trace::momentAt(m_presentation.story(), m_presentation.playhead());
        EXPECT_EQ(m_presentation.moment().step, plain.step);
        EXPECT_EQ(m_presentation.moment().receives.size(), plain.receives.size());
        EXPECT_EQ(m_presentation.moment().clock, plain.clock);
    }
}

TEST_F(PlayerTest, theRangeStaysWithinTheStory)
{
    const double length = m_presentation.story().length(trace::TimeAxis::Story);
    m_presentation.setRange({-5, 1000});
    EXPECT_EQ(m_presentation.range(), (TimeRange{0, length}));
    m_presentation.setRange({length - 0.1, length + 0.4});
    EXPECT_NEAR(m_presentation.range().length(), 0.5, 1e-9);
    EXPECT_NEAR(m_presentation.range().end, length, 1e-9);
    m_presentation.setRange({1, 1});
    EXPECT_GT(m_presentation.range().length(), 0);
}

TEST_F(PlayerTest, aFittedRangeGrowsWithTheTraceAndAChosenOneStays)
{
    m_trace.at(90'000'000).sent(s, "more");
    m_presentation.growTrace(m_trace.snapshot());
    EXPECT_EQ(m_presentation.range().end, m_presentation.story().length(trace::TimeAxis::Story));
    m_presentation.setRange({0.5, 1});
    m_trace.at(190'000'000).sent(s, "more");
    m_presentation.growTrace(m_trace.snapshot());
    EXPECT_EQ(m_presentation.range(), (TimeRange{0.5, 1}));
}

} // namespace
} // namespace recvscope::gui
