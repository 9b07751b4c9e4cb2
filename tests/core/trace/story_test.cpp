#include "trace/story.h"

#include "trace_builder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace recvscope::trace {

using test::TraceBuilder;

namespace {

constexpr SocketId s{1};
constexpr OperationId r1{1};

std::vector<EventRef> orderOf(const Story &story)
{
    std::vector<EventRef> order;
    for (std::uint32_t i = 0; i < story.size(); ++i)
        order.push_back(story.ref(i));
    return order;
}

/// The documented order, computed plainly: always the first of the tracks' next events.
std::vector<EventRef> plainOrder(const Snapshot &snapshot)
{
    std::vector<EventRef> order;
    std::vector<std::uint32_t> next(snapshot.trackCount(), 0);
    for (;;) {
        std::optional<EventRef> first;
        const auto key = [&](EventRef ref) {
            const Event &event = snapshot.event(ref);
            return std::tuple(event.time, event.socketSequence, ref.track);
        };
        for (std::uint16_t t = 0; t < next.size(); ++t)
            if (next[t] < snapshot.trackSize(t))
                if (const EventRef ref{t, next[t]}; !first || key(ref) < key(*first))
                    first = ref;
        if (!first)
            return order;
        order.push_back(*first);
        ++next[first->track];
    }
}

Snapshot smallTrace()
{
    TraceBuilder trace;
    trace.at(10).opened(s);
    trace.at(1'000).called(r1, s, {8, 8}, CallOverlapped);
    trace.add(EventType::Queued, s, 0, 0, r1);
    trace.returnedPending(r1, s);
    trace.on(1).at(3'000'000).sent(s, "hello");
    trace.on(2).at(3'400'000).received(r1, s, "hello", {{0, 5}});
    trace.completed(r1, s, 5);
    return trace.snapshot();
}

} // namespace

TEST(Story, housekeepingSharesTheMomentOfItsStop)
{
    const Story story(smallTrace());
    // opened, called, given, given, queued, returned, sent, received, placed, completed
    ASSERT_EQ(story.size(), 10U);
    const auto moment = [&](std::uint32_t i) { return story.moment(i, TimeAxis::Story); };
    EXPECT_EQ(moment(0), 0);
    EXPECT_GT(moment(1), 0);
    EXPECT_EQ(moment(2), moment(1));
    EXPECT_EQ(moment(3), moment(1));
    EXPECT_NEAR(moment(4) - moment(1), 0.15, 0.01) << "next to nothing passed";
    EXPECT_GT(moment(6) - moment(5), 0.6) << "three milliseconds passed";
    EXPECT_LT(moment(6) - moment(5), 1.2);
    EXPECT_EQ(moment(8), moment(7));
    EXPECT_EQ(story.length(TimeAxis::Story), moment(9));
}

TEST(Story, aGapOfAnHourIsToldInLittleMoreThanASecond)
{
    TraceBuilder trace;
    trace.at(5).sent(s, "a");
    trace.at(3'600'000'000'000).sent(s, "b");
    const Story story(trace.snapshot());
    EXPECT_DOUBLE_EQ(story.moment(1, TimeAxis::Story) - story.moment(0, TimeAxis::Story), 1.2);
    EXPECT_DOUBLE_EQ(story.moment(1, TimeAxis::Clock), 3600);
}

TEST(Story, steppingStopsBehindAStopAndItsHousekeepingAndComesBackTheSameWay)
{
    const Story story(smallTrace());
    std::vector<std::uint32_t> forward{0};
    while (forward.back() < story.size())
        forward.push_back(story.stepForward(forward.back()));
    EXPECT_EQ(forward, (std::vector<std::uint32_t>{0, 1, 4, 5, 6, 7, 9, 10}));
    EXPECT_EQ(story.stepForward(story.size()), story.size());

    std::vector<std::uint32_t> back{story.size()};
    while (back.back() > 0)
        back.push_back(story.stepBack(back.back()));
    EXPECT_EQ(back, std::vector(forward.rbegin(), forward.rend()));

    EXPECT_FALSE(story.told({1, 0}));
    EXPECT_EQ(story.told({4, 0}), 1U) << "the call, not its last buffer";
}

TEST(Story, aPlayheadIsFoundAgainOnBothAxes)
{
    const Story story(smallTrace());
    for (const TimeAxis axis : {TimeAxis::Story, TimeAxis::Clock}) {
        for (std::uint32_t stop = 0; stop < story.size(); stop = story.stepForward(stop)) {
            if (axis == TimeAxis::Clock && stop == 0)
                continue;
            if (axis == TimeAxis::Story) {
                EXPECT_EQ(story.at(story.second({stop, 0}, axis), axis), (Playhead{std::max(stop, 1U), 0}));
            }
            const Playhead between{std::max(stop, 1U), 0.25};
            const Playhead found = story.at(story.second(between, axis), axis);
            if (story.moment(between.event, axis) > story.moment(between.event - 1, axis)) {
                EXPECT_EQ(found.event, between.event);
                EXPECT_NEAR(found.toNext, 0.25, 1e-6);
            }
        }
        EXPECT_EQ(story.at(-1, axis), Playhead{});
        EXPECT_EQ(story.at(1e9, axis), (Playhead{story.size(), 0}));
    }
}

TEST(Story, anEmptyOneHasNoLength)
{
    for (const Story &story : {Story(), Story(TraceBuilder().snapshot())}) {
        EXPECT_EQ(story.size(), 0U);
        EXPECT_EQ(story.length(TimeAxis::Story), 0);
        EXPECT_EQ(story.at(1, TimeAxis::Story), Playhead{});
        EXPECT_EQ(story.stepForward(0), 0U);
        EXPECT_EQ(story.stepBack(0), 0U);
        EXPECT_FALSE(story.told({}));
    }
}

TEST(Story, eventsOfOneInstantFollowTheSocketsSequence)
{
    TraceBuilder trace;
    Event event;
    event.time = 5;
    event.socket = s;
    for (const auto &[track, sequence] : {std::pair{1, 3}, {1, 4}, {0, 1}, {2, 2}, {0, 5}}) {
        event.socketSequence = static_cast<std::uint32_t>(sequence);
        trace.on(static_cast<std::uint16_t>(track)).add(event);
    }
    const Story story(trace.snapshot());
    for (std::uint32_t i = 0; i < story.size(); ++i)
        EXPECT_EQ(story.event(i).socketSequence, i + 1);
}

/// Random tracks that grow in portions, some events arriving late from another track.
class GrowingStory : public testing::TestWithParam<unsigned> {};

TEST_P(GrowingStory, extendingGivesWhatOneReadingOfAllGives)
{
    std::mt19937 random(GetParam());
    const auto upTo = [&](std::uint32_t most) { return std::uniform_int_distribution<std::uint32_t>(0, most)(random); };
    const std::uint16_t tracks = static_cast<std::uint16_t>(1 + upTo(GetParam() % 3 == 0 ? 200 : 5));
    constexpr EventType types[] = {EventType::PeerSend, EventType::Called, EventType::BufferGiven, EventType::Placed};
    TraceBuilder trace;
    std::vector<Nanoseconds> times(tracks, 1);
    Nanoseconds now = 1;
    Story grown;
    std::uint32_t lastSize = 0;
    for (int portion = 0; portion < 12; ++portion) {
        const std::uint32_t count = upTo(400);
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint16_t track = static_cast<std::uint16_t>(upTo(tracks - 1U));
            now += upTo(3);
            Event event;
            event.time = times[track] = std::max(times[track], now - std::min<Nanoseconds>(now - 1, upTo(40)));
            event.type = types[upTo(3)];
            trace.on(track).add(event);
        }
        const std::vector<EventRef> before = orderOf(grown);
        grown.extend(trace.snapshot());
        const std::vector<EventRef> after = orderOf(grown);
        ASSERT_EQ(after, plainOrder(trace.snapshot()));
        ASSERT_LE(grown.unchanged(), lastSize);
        ASSERT_TRUE(std::equal(before.begin(), before.begin() + grown.unchanged(), after.begin()));
        lastSize = grown.size();
    }

    const Story fresh(trace.snapshot());
    std::vector<double> moments;
    for (std::uint32_t i = 0; i < fresh.size(); ++i) {
        ASSERT_EQ(grown.moment(i, TimeAxis::Story), fresh.moment(i, TimeAxis::Story));
        moments.push_back(fresh.moment(i, TimeAxis::Story));
        ASSERT_EQ(grown.indexOf(grown.ref(i)), i);
    }
    ASSERT_TRUE(std::is_sorted(moments.begin(), moments.end()));
    for (int i = 0; i < 200; ++i) {
        const double second = fresh.length(TimeAxis::Story) * upTo(1000) / 1000.0;
        const Playhead playhead = grown.at(second, TimeAxis::Story);
        const auto behind =
            std::find_if(moments.begin(), moments.end(), [&](double moment) { return moment > second; });
        ASSERT_EQ(playhead.event, behind - moments.begin());
        ASSERT_NEAR(grown.second(playhead, TimeAxis::Story), second, 1e-6);
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, GrowingStory, testing::Range(0U, 24U));

TEST(Story, takesLessThanTwoBytesAnEvent)
{
    TraceBuilder trace;
    for (int i = 0; i < 100'000; ++i)
        trace.on(static_cast<std::uint16_t>(i / 3 % 3)).sent(s, "");
    const Story story(trace.snapshot());
    EXPECT_LT(story.memoryUsed(), 200'000U);
}

} // namespace recvscope::trace
