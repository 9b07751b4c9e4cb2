#include "trace/spans.h"
#include "trace/story.h"

#include "trace_builder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace recvscope::trace {

using test::TraceBuilder;

namespace {

constexpr SocketId s{1};
constexpr OperationId r1{1}, r2{2}, r3{3};

SpanIndex indexOf(const TraceBuilder &trace)
{
    SpanIndex index;
    index.extend(trace.snapshot());
    return index;
}

} // namespace

TEST(SpanIndex, aReceiveIsASpanFromItsCallToItsCompletion)
{
    TraceBuilder trace;
    trace.at(10).called(r1, s, {8}, CallOverlapped);
    trace.add(EventType::Queued, s, 0, 0, r1);
    trace.at(15).returnedPending(r1, s);
    trace.at(20).called(r2, s, {8});
    trace.at(30).completed(r2, s, 5);
    trace.at(40).completed(r1, s, 0, Status::WsaEconnreset);
    EXPECT_EQ(indexOf(trace).spans(s, 0, 100, 10), (std::vector<Span>{{10, 40, r1, Status::WsaEconnreset, true, false},
                                                                      {20, 30, r2, Status::Success, false, false}}));
}

TEST(SpanIndex, aCallThatIsRefusedEndsWithItsReturnAndAPendingOneStaysOpen)
{
    TraceBuilder trace;
    trace.at(10).called(r1, s, {8});
    trace.at(12).returned(r1, s, leftAlone, Status::WsaEwouldblock, flagsLeftAlone);
    trace.at(20).called(r2, s, {8}, CallOverlapped);
    trace.at(21).returnedPending(r2, s);
    trace.at(30).sent(s, "now");
    const SpanIndex index = indexOf(trace);
    EXPECT_EQ(index.spans(s, 0, 100, 10), (std::vector<Span>{{10, 12, r1, Status::WsaEwouldblock, false, false},
                                                             {20, 0, r2, Status::Success, true, false}}));
    EXPECT_EQ(index.spans(s, 30, 30, 10).size(), 1U) << "it reaches to now";
    EXPECT_TRUE(index.spans(s, 31, 40, 10).empty()) << "and not beyond";
}

TEST(SpanIndex, zeroBytesAfterTheKernelsEndAreTheEndAndNoFailure)
{
    TraceBuilder trace;
    trace.at(10).called(r1, s, {8});
    trace.add(EventType::KernelEnd, s, 0, 0, r1);
    trace.at(20).completed(r1, s, 0);
    trace.at(30).called(r2, s, {8});
    trace.at(40).completed(r2, s, 0, Status::WsaEdiscon, 0, RuleId::WspCloseMessageDiscon);
    trace.at(50).called(r3, s, {0});
    trace.at(60).completed(r3, s, 0);
    const SpanIndex index = indexOf(trace);
    const std::vector<Span> spans = index.spans(s, 0, 100, 10);
    ASSERT_EQ(spans.size(), 3U);
    EXPECT_TRUE(spans[0].isEnd);
    EXPECT_TRUE(spans[1].isEnd);
    EXPECT_FALSE(spans[2].isEnd);
    EXPECT_EQ(index.columns(s, 0, 100, 1)[0].failed, 0U);
}

TEST(SpanIndex, aReceiveThatIsPendingForLongIsFoundUnderAMillionLaterOnes)
{
    TraceBuilder trace;
    trace.at(1).called(r1, s, {8}, CallOverlapped);
    trace.returnedPending(r1, s);
    for (std::uint32_t i = 2; i < 100'000; ++i) {
        trace.at(i * 1000).called({i}, s, {8});
        trace.after(10).completed({i}, s, 1);
    }
    const SpanIndex index = indexOf(trace);
    const Nanoseconds quiet = 50'000'500;
    const std::vector<Span> found = index.spans(s, quiet, quiet + 10, 10);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].operation, r1);
    const Column column = index.columns(s, quiet, quiet + 10, 1)[0];
    EXPECT_EQ(column.spans, 1U);
    EXPECT_TRUE(column.pending);
    EXPECT_EQ(column.some, r1);
    EXPECT_TRUE(index.spans(s, 0, 100'000'000, 1000).empty()) << "too many for the caller";
}

TEST(SpanIndex, anOutsidePeersBytesAreSentWhenSeenAndAPeekTakesNothing)
{
    TraceBuilder trace;
    trace.at(10).called(r1, s, {4}, 0, 0x2);
    trace.at(11).received(r1, s, "abc", {{0, 3}});
    trace.at(20).called(r2, s, {8});
    trace.at(21).received(r2, s, "abcde", {{0, 5}});
    const SpanIndex index = indexOf(trace);
    const std::vector<LevelColumn> levels = index.levels(s, 0, 30, 3);
    EXPECT_EQ(levels[0], LevelColumn{});
    EXPECT_EQ(levels[1], (LevelColumn{0, 3, 3, 3, 0}));
    EXPECT_EQ(levels[2], (LevelColumn{0, 3, 0, 5, 5}));
}

TEST(SpanIndex, aTransferOfGigabytesKeepsItsSize)
{
    TraceBuilder trace;
    trace.at(10).add(EventType::PeerSend, s, 0xFFFF'FFFF, noPayload);
    trace.at(20).add(EventType::KernelReceived, s, 0xFFFF'FFFE, noPayload);
    EXPECT_EQ(indexOf(trace).levels(s, 0, 100, 1)[0], (LevelColumn{0, 0xFFFF'FFFF, 1, 0xFFFF'FFFF, 0xFFFF'FFFE}));
}

TEST(SpanIndex, aLaneThatDoesNotExistIsEmpty)
{
    const SpanIndex index;
    EXPECT_TRUE(index.lanes().empty());
    EXPECT_EQ(index.spanCount(s), 0U);
    EXPECT_TRUE(index.spans(s, 0, 10, 10).empty());
    EXPECT_EQ(index.columns(s, 0, 10, 4), std::vector<Column>(4));
    EXPECT_EQ(index.levels(s, 0, 10, 4), std::vector<LevelColumn>(4));
}

TEST(SpanIndex, tenThousandLanesCostWhatTheyHold)
{
    TraceBuilder trace;
    for (std::uint32_t i = 1; i <= 10'000; ++i)
        trace.at(i).called({i}, {static_cast<std::uint16_t>(i)}, {8});
    const SpanIndex index = indexOf(trace);
    EXPECT_EQ(index.lanes().size(), 10'000U);
    EXPECT_EQ(index.spanCount({777}), 1U);
    EXPECT_LT(index.memoryUsed(), 20'000'000U);
}

TEST(SpanIndex, takesWithTheStoryAtMostEightBytesAnEvent)
{
    TraceBuilder trace;
    for (std::uint32_t i = 1; i <= 20'000; ++i) {
        trace.on(1).sent(s, "");
        trace.on(0).called({i}, s, {64});
        trace.received({i}, s, "", {{0, 64}});
        trace.completed({i}, s, 64);
        trace.returned({i}, s, 64);
    }
    const Snapshot snapshot = trace.snapshot();
    SpanIndex index;
    index.extend(snapshot);
    const Story story(snapshot);
    EXPECT_LE(index.memoryUsed() + story.memoryUsed(), 8 * snapshot.eventCount());
}

/// A random trace of several sockets and threads, read in random portions, against plain answers from all spans.
class RandomSpans : public testing::TestWithParam<unsigned> {
protected:
    struct Plain {
        Span span;
        bool open = true;
        std::uint64_t order = 0;
    };
    struct Point {
        Nanoseconds time;
        char change; ///< 's'ent, 'r'eceived, 'p'eeked
        std::uint64_t bytes;
    };

    std::uint64_t upTo(std::uint64_t most) { return std::uniform_int_distribution<std::uint64_t>(0, most)(m_random); }

    /// One more event of the model, on whichever thread. Times are distinct, so that the order is total.
    void happen()
    {
        m_now += 1 + (upTo(m_longGaps) == 0 ? upTo(9'000'000'000) : upTo(100));
        const SocketId socket{static_cast<std::uint16_t>(1 + upTo(m_sockets - 1))};
        std::vector<Plain *> open;
        for (auto &[operation, one] : m_spans[socket])
            if (one.open)
                open.push_back(&one);
        m_trace.at(m_now).on(static_cast<std::uint16_t>(upTo(m_tracks - 1)));
        if (open.empty() || (open.size() < m_mostOpen && upTo(1) == 0)) {
            const OperationId operation{++m_operations};
            const bool peek = upTo(9) == 0;
            m_trace.add(EventType::Called, socket, 0, peek ? 2 : 0, operation);
            m_peeks[operation] = peek;
            m_spans[socket][operation] = {{m_now, 0, operation, Status::Success, false, false}, true, m_operations};
            return;
        }
        Plain &one = *open[upTo(1) == 0 ? 0 : upTo(open.size() - 1)];
        const OperationId operation = one.span.operation;
        const auto bytes = static_cast<std::uint32_t>(upTo(1000));
        switch (upTo(5)) {
        case 0:
            m_trace.add(EventType::Queued, socket, 0, 0, operation);
            one.span.wasPending = true;
            break;
        case 1:
            m_trace.add(EventType::PeerSend, socket, bytes, noPayload);
            m_points[socket].push_back({m_now, 's', bytes});
            break;
        case 2:
            m_trace.add(EventType::KernelReceived, socket, bytes, noPayload, operation);
            m_points[socket].push_back({m_now, m_peeks[operation] ? 'p' : 'r', bytes});
            break;
        case 3:
            m_trace.returned(operation, socket, 0, Status::WsaEnotconn);
            ended(one, Status::WsaEnotconn);
            break;
        default: {
            const Status status = upTo(3) == 0 ? Status::WsaOperationAborted : Status::Success;
            m_trace.completed(operation, socket, 1, status);
            ended(one, status);
        }
        }
    }

    void ended(Plain &one, Status status)
    {
        one.open = false;
        one.span.end = m_now;
        one.span.status = status;
    }

    [[nodiscard]] Nanoseconds plainEnd(const Plain &one) const { return one.open ? m_now : one.span.end; }

    [[nodiscard]] std::vector<Span> plainSpans(SocketId socket, Nanoseconds begin, Nanoseconds end)
    {
        std::vector<Span> touching;
        for (const auto &[operation, one] : m_spans[socket])
            if (one.span.begin <= end && plainEnd(one) >= begin)
                touching.push_back(one.span);
        return touching;
    }

    [[nodiscard]] Column plainColumn(SocketId socket, Nanoseconds begin, Nanoseconds end)
    {
        Column column;
        const Plain *longest = nullptr;
        for (const auto &[operation, one] : m_spans[socket]) {
            const bool began = one.span.begin >= begin && one.span.begin < end;
            column.began += began ? 1 : 0;
            column.failed += began && one.span.status != Status::Success ? 1 : 0;
            if (one.span.begin >= end || plainEnd(one) < begin)
                continue;
            ++column.spans;
            column.pending = column.pending || one.span.wasPending;
            const auto reach = [&](const Plain &of) { return of.open ? ~Nanoseconds{0} : of.span.end; };
            if (!longest || reach(one) > reach(*longest))
                longest = &one;
        }
        column.some = longest ? longest->span.operation : OperationId{};
        return column;
    }

    [[nodiscard]] LevelColumn plainLevel(SocketId socket, Nanoseconds begin, Nanoseconds end)
    {
        LevelColumn column;
        const auto level = [&] { return column.sent - column.received; };
        bool first = true;
        const auto include = [&] {
            column.low = first ? level() : std::min(column.low, level());
            column.high = first ? level() : std::max(column.high, level());
            first = false;
        };
        const auto &points = m_points[socket];
        for (std::size_t i = 0; i <= points.size(); ++i) {
            if (i == points.size() || points[i].time >= begin)
                include();
            if (i == points.size() || points[i].time >= end)
                break;
            if (points[i].change == 's')
                column.sent += points[i].bytes;
            if (points[i].change == 'r')
                column.received += points[i].bytes;
            column.sent = std::max(column.sent, column.received + (points[i].change == 'p' ? points[i].bytes : 0));
        }
        column.last = level();
        return column;
    }

    void check(const SpanIndex &index)
    {
        for (int query = 0; query < 6; ++query) {
            const SocketId socket{static_cast<std::uint16_t>(1 + upTo(m_sockets - 1))};
            const Nanoseconds begin = upTo(m_now + m_now / 4);
            const Nanoseconds end = begin + (upTo(1) == 0 ? upTo(m_now) : upTo(300));
            ASSERT_EQ(index.spanCount(socket), m_spans[socket].size());
            ASSERT_EQ(index.spans(socket, begin, end, m_spans[socket].size()), plainSpans(socket, begin, end));
            const int width = static_cast<int>(1 + upTo(40));
            const std::vector<Column> columns = index.columns(socket, begin, end, width);
            const std::vector<LevelColumn> levels = index.levels(socket, begin, end, width);
            ASSERT_EQ(columns.size(), static_cast<std::size_t>(width));
            const auto edge = [&](int i) {
                return begin + (end - begin) * static_cast<Nanoseconds>(i) / static_cast<Nanoseconds>(width);
            };
            for (int i = 0; i < width; ++i) {
                const auto at = static_cast<std::size_t>(i);
                ASSERT_EQ(columns[at], plainColumn(socket, edge(i), edge(i + 1))) << i << " of " << width;
                ASSERT_EQ(levels[at], plainLevel(socket, edge(i), edge(i + 1))) << i << " of " << width;
            }
        }
    }

    std::mt19937 m_random{GetParam()};
    std::uint64_t m_sockets = 1 + upTo(3);
    std::uint64_t m_tracks = 1 + upTo(4);
    std::uint64_t m_mostOpen = GetParam() % 4 == 0 ? 300 : 1 + upTo(5);
    std::uint64_t m_longGaps = GetParam() % 3 == 0 ? 20 : 5000;
    Nanoseconds m_now = 0;
    std::uint32_t m_operations = 0;
    TraceBuilder m_trace;
    std::map<SocketId, std::map<OperationId, Plain>> m_spans; ///< operations count up, so they stand by their begin
    std::map<SocketId, std::vector<Point>> m_points;
    std::map<OperationId, bool> m_peeks;
};

TEST_P(RandomSpans, answersAreThoseOfAPlainLookAtAll)
{
    SpanIndex grown;
    const std::uint64_t portions = 1 + upTo(20);
    for (std::uint64_t portion = 0; portion < portions; ++portion) {
        const std::uint64_t count = upTo(3) == 0 ? upTo(5) : upTo(400);
        for (std::uint64_t i = 0; i < count; ++i)
            happen();
        grown.extend(m_trace.snapshot());
        if (m_now > 0)
            check(grown);
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomSpans, testing::Range(0U, 60U));

/// Threads that are drained one after the other: the call may be seen after what follows it.
class LateSpans : public testing::TestWithParam<unsigned> {};

TEST_P(LateSpans, eventsThatArriveLateFindTheirPlace)
{
    std::mt19937 random(GetParam());
    const auto upTo = [&](std::uint32_t most) { return std::uniform_int_distribution<std::uint32_t>(0, most)(random); };
    // Three threads' events, all of one story: peer (0), callers (1), completions (2).
    std::vector<std::pair<std::uint16_t, Event>> story;
    Nanoseconds now = 0;
    const auto add = [&](std::uint16_t track, EventType type, OperationId operation, std::uint32_t a, std::uint32_t b) {
        Event event;
        event.time = now += 1 + upTo(20);
        event.socket = s;
        event.socketSequence = static_cast<std::uint32_t>(story.size() + 1);
        event.type = type;
        event.operation = operation;
        event.a = a;
        event.b = b;
        story.emplace_back(track, event);
    };
    for (std::uint32_t i = 1; i <= 300; ++i) {
        const bool peek = upTo(4) == 0;
        add(0, EventType::PeerSend, {}, 1 + upTo(50), noPayload);
        add(1, EventType::Called, {i}, 1, peek ? 2 : 0);
        if (upTo(1) == 0)
            add(2, EventType::Queued, {i}, 0, 0);
        add(2, EventType::KernelReceived, {i}, upTo(50), noPayload);
        if (upTo(5) > 0)
            add(2, EventType::Completed, {i}, 1, packOutcome(upTo(4) == 0 ? Status::WsaEintr : Status::Success, 0));
    }

    // Each track is drained by itself, up to places that lie apart.
    TraceBuilder late, whole;
    std::size_t drained[3] = {};
    SpanIndex grown;
    while (*std::min_element(drained, drained + 3) < story.size()) {
        const std::uint16_t track = static_cast<std::uint16_t>(upTo(2));
        const std::size_t to = std::min<std::size_t>(drained[track] + upTo(200), story.size());
        for (; drained[track] < to; ++drained[track])
            if (const auto &[of, event] = story[drained[track]]; of == track)
                late.on(track).add(event);
        grown.extend(late.snapshot());
    }
    for (const auto &[track, event] : story)
        whole.on(track).add(event);
    SpanIndex fresh;
    fresh.extend(whole.snapshot());

    EXPECT_EQ(grown.spans(s, 0, now, 1000), fresh.spans(s, 0, now, 1000));
    for (const int width : {1, 7, 300}) {
        EXPECT_EQ(grown.columns(s, 0, now, width), fresh.columns(s, 0, now, width));
        EXPECT_EQ(grown.levels(s, 0, now, width), fresh.levels(s, 0, now, width));
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, LateSpans, testing::Range(0U, 20U));

} // namespace recvscope::trace
