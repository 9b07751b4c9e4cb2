// Spans and levels of random traces against a plain look at all of them, and against themselves when threads come late.

#include "trace/spans.h"

#include "trace_builder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace recvscope::trace {

using test::TraceBuilder;

namespace {
constexpr SocketId s{1};
} // namespace

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
