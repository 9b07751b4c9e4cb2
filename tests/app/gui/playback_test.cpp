// Playing, stepping and holding, by a clock that the test moves.

#include "gui/playback.h"

#include "manual_clock.h"
#include "trace_builder.h"

#include <gtest/gtest.h>

namespace recvscope::gui {
namespace {

using State = Playback::State;
using trace::EventType;
using trace::Playhead;
using trace::TimeAxis;

constexpr SocketId s{1};
constexpr OperationId r1{1};

class PlaybackTest : public testing::Test {
protected:
    PlaybackTest()
    {
        // Story indices: 0 opened (housekeeping), 1 said, 2 sent, 3 called, 4 buffer given (housekeeping), 5 completed.
        m_trace.at(0).opened(s);
        m_trace.at(1'000'000).add(EventType::StepBegan, {}, 0, 0);
        m_trace.at(2'000'000).sent(s, "hello");
        m_trace.at(3'000'000).called(r1, s, {8});
        m_trace.at(4'000'000).completed(r1, s, 5);
        m_story.extend(m_trace.snapshot());
        m_playback.attach(m_story);
    }

    /// Lets the learner's clock run on by so many seconds, in frames, as the window does.
    void runFor(double seconds)
    {
        constexpr Nanoseconds frame = 16'000'000;
        for (auto left = static_cast<Nanoseconds>(seconds * 1e9); left > 0;) {
            const Nanoseconds step = std::min(left, frame);
            m_clock.advance(step);
            m_playback.advance();
            left -= step;
        }
    }
    [[nodiscard]] std::uint32_t event() const { return m_playback.playhead().event; }

    test::TraceBuilder m_trace;
    trace::Story m_story;
    test::ManualClock m_clock;
    Playback m_playback{m_clock};
};

TEST_F(PlaybackTest, beginsStoppedAtTheStart)
{
    EXPECT_EQ(m_playback.state(), State::Stopped);
    EXPECT_EQ(m_playback.playhead(), Playhead{});
    runFor(5);
    EXPECT_EQ(m_playback.playhead(), Playhead{}) << "time passes only while playing";
}

TEST_F(PlaybackTest, playingGlidesToTheEndAndStopsThere)
{
    m_playback.play();
    EXPECT_EQ(m_playback.state(), State::Playing);
    runFor(m_story.length(TimeAxis::Story) / 2);
    EXPECT_EQ(m_playback.playhead(), m_story.at(m_story.length(TimeAxis::Story) / 2, TimeAxis::Story));
    runFor(m_story.length(TimeAxis::Story));
    EXPECT_EQ(m_playback.state(), State::Stopped);
    EXPECT_EQ(m_playback.playhead(), (Playhead{m_story.size(), 0}));
}

TEST_F(PlaybackTest, pausingStandsOnAnEvent)
{
    m_playback.play();
    runFor(m_story.moment(2, TimeAxis::Story) + 0.05);
    ASSERT_FALSE(m_playback.playhead().exact());
    m_playback.pause();
    EXPECT_TRUE(m_playback.playhead().exact());
    EXPECT_EQ(event(), 3U) << "what happened last was the send";
    runFor(1);
    EXPECT_EQ(event(), 3U);
}

TEST_F(PlaybackTest, playingOnContinuesWhereItStopped)
{
    m_playback.scrub({3, 0});
    m_playback.play();
    EXPECT_EQ(m_playback.advance().event, 3U);
    runFor(0.05);
    EXPECT_EQ(event(), 3U);
    EXPECT_GT(m_playback.playhead().toNext, 0);
}

TEST_F(PlaybackTest, playingFromTheEndBeginsAgain)
{
    m_playback.toEnd();
    m_playback.play();
    EXPECT_EQ(event(), 0U);
    EXPECT_EQ(m_playback.state(), State::Playing);
}

TEST_F(PlaybackTest, stepsGoFromStopToStopAndBack)
{
    std::vector<std::uint32_t> forward, back;
    while (event() < m_story.size()) {
        m_playback.stepForward();
        forward.push_back(event());
    }
    while (event() > 0) {
        back.insert(back.begin(), event());
        m_playback.stepBack();
    }
    EXPECT_EQ(forward, back);
    EXPECT_LT(forward.size(), m_story.size()) << "housekeeping is no stop";
}

TEST_F(PlaybackTest, steppingBackOnTheWayReturnsToTheEventBehind)
{
    m_playback.play();
    runFor(m_story.moment(2, TimeAxis::Story) + 0.05);
    m_playback.stepBack();
    EXPECT_EQ(m_playback.playhead(), (Playhead{3, 0}));
    EXPECT_EQ(m_playback.state(), State::Stopped);
}

TEST_F(PlaybackTest, scrubbingStopsExactlyOnAnEvent)
{
    m_playback.play();
    m_playback.scrub({2, 0.7});
    EXPECT_EQ(m_playback.playhead(), (Playhead{2, 0}));
    EXPECT_EQ(m_playback.state(), State::Stopped);
}

TEST_F(PlaybackTest, aCallIsNeverShownWithoutWhatItWasGiven)
{
    m_playback.scrub({4, 0});
    EXPECT_EQ(event(), 5U) << "behind the buffer";
    m_playback.stepBack();
    EXPECT_EQ(event(), 3U);
    m_playback.stepForward();
    EXPECT_EQ(event(), 5U) << "where a step leads to";
}

TEST_F(PlaybackTest, pausingBetweenACallAndItsBufferGoesBehindBoth)
{
    // On the clock they are a nanosecond apart.
    m_playback.setAxis(TimeAxis::Clock);
    m_playback.scrub({3, 0});
    m_playback.setRate(1e-3);
    m_playback.play();
    runFor(0.992);
    m_playback.setRate(0.5e-9); // half a nanosecond a second
    for (int second = 0; second < 40'000 && event() < 4; ++second) {
        m_clock.advance(1'000'000'000);
        m_playback.advance();
    }
    ASSERT_EQ(event(), 4U);
    m_playback.pause();
    EXPECT_EQ(m_playback.playhead(), (Playhead{5, 0}));
}

TEST_F(PlaybackTest, theRateStretchesTime)
{
    m_playback.setRate(2);
    m_playback.play();
    runFor(m_story.length(TimeAxis::Story) / 4);
    EXPECT_EQ(m_playback.playhead(), m_story.at(m_story.length(TimeAxis::Story) / 2, TimeAxis::Story));
}

TEST_F(PlaybackTest, changingTheRateDoesNotJump)
{
    m_playback.play();
    runFor(1);
    const double before = m_story.second(m_playback.playhead(), TimeAxis::Story);
    m_playback.setRate(8);
    EXPECT_NEAR(m_story.second(m_playback.advance(), TimeAxis::Story), before, 1e-6);
}

TEST_F(PlaybackTest, clockTimeRunsSlowed)
{
    m_playback.setAxis(TimeAxis::Clock);
    m_playback.setRate(0.001);
    m_playback.play();
    runFor(2.5); // 2.5 ms of the trace
    EXPECT_EQ(event(), 3U);
}

TEST_F(PlaybackTest, reducedMotionHasNoInBetween)
{
    m_playback.setReducedMotion(true);
    m_playback.play();
    for (int i = 0; i < 200; ++i) {
        runFor(0.016);
        EXPECT_TRUE(m_playback.playhead().exact());
    }
    EXPECT_EQ(event(), m_story.size());
}

TEST_F(PlaybackTest, aQuestionHoldsPlayingUntilItIsAnswered)
{
    m_playback.setGates({2});
    m_playback.play();
    runFor(20);
    EXPECT_EQ(m_playback.state(), State::Held);
    EXPECT_EQ(m_playback.playhead(), (Playhead{2, 0}));
    m_playback.play();
    EXPECT_EQ(m_playback.state(), State::Held) << "playing does not get past it";
    m_playback.setGates({});
    EXPECT_EQ(m_playback.state(), State::Playing) << "it goes on where it was held";
    runFor(20);
    EXPECT_EQ(event(), m_story.size());
}

TEST_F(PlaybackTest, aQuestionHoldsSteppingAndTheAnswerDoesNotStartPlaying)
{
    m_playback.setGates({2});
    for (int i = 0; i < 5; ++i)
        m_playback.stepForward();
    EXPECT_EQ(m_playback.state(), State::Held);
    EXPECT_EQ(event(), 2U);
    m_playback.setGates({});
    EXPECT_EQ(m_playback.state(), State::Stopped);
    m_playback.stepForward();
    EXPECT_GT(event(), 2U);
}

TEST_F(PlaybackTest, steppingBackLeavesAQuestion)
{
    m_playback.setGates({3});
    m_playback.play();
    runFor(20);
    m_playback.stepBack();
    EXPECT_EQ(m_playback.state(), State::Stopped);
    EXPECT_LT(event(), 3U);
}

TEST_F(PlaybackTest, scrubbingIsNotHeld)
{
    m_playback.setGates({2});
    m_playback.scrub({3, 0});
    EXPECT_EQ(event(), 3U);
    m_playback.play();
    runFor(20);
    EXPECT_EQ(event(), m_story.size()) << "a question that was passed holds no more";
}

TEST_F(PlaybackTest, liveStaysAtTheGrowingEndUntilAStepBack)
{
    m_playback.setGrowing(true);
    m_playback.goLive();
    EXPECT_EQ(m_playback.state(), State::Live);
    m_trace.at(5'000'000).sent(s, "more");
    m_story.extend(m_trace.snapshot());
    EXPECT_EQ(m_playback.advance().event, m_story.size());
    m_playback.stepBack();
    EXPECT_EQ(m_playback.state(), State::Stopped);
    const std::uint32_t stood = event();
    m_trace.at(6'000'000).sent(s, "and more");
    m_story.extend(m_trace.snapshot());
    m_playback.advance();
    EXPECT_EQ(event(), stood);
}

TEST_F(PlaybackTest, liveEndsWhenNothingGrowsAnyMore)
{
    m_playback.setGrowing(true);
    m_playback.goLive();
    m_playback.setGrowing(false);
    EXPECT_EQ(m_playback.state(), State::Stopped);
    EXPECT_EQ(event(), m_story.size());
}

TEST_F(PlaybackTest, playingWaitsAtTheEndOfWhatStillGrows)
{
    m_playback.setGrowing(true);
    m_playback.play();
    runFor(60);
    EXPECT_EQ(m_playback.state(), State::Playing);
    EXPECT_EQ(event(), m_story.size());
    m_trace.at(9'000'000).sent(s, "late");
    m_story.extend(m_trace.snapshot());
    runFor(0.05);
    EXPECT_LT(event(), m_story.size()) << "what comes is told from its beginning";
    runFor(5);
    EXPECT_EQ(event(), m_story.size());
}

TEST(PlaybackWithoutAStory, everythingMayBePressed)
{
    const test::ManualClock clock;
    Playback playback(clock);
    playback.play();
    playback.stepForward();
    playback.stepBack();
    playback.toEnd();
    playback.toStart();
    playback.goLive();
    playback.pause();
    EXPECT_EQ(playback.advance(), Playhead{});
}

} // namespace
} // namespace recvscope::gui
