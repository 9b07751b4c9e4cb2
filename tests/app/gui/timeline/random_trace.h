// Small random traces whose events never stand on a pixel column's edge, and what a column of them must show, worked
// out the slow way.

#pragma once

#include "trace/spans.h"
#include "trace/store.h"

#include "lesson_events.h"

#include <algorithm>
#include <map>
#include <random>

namespace recvscope::test {

/// Nanoseconds between two possible times of events; columns begin and end halfway between them.
inline constexpr Nanoseconds grain = 1000;

inline std::vector<trace::Event> randomTrace(std::mt19937 &random, std::size_t receives)
{
    using enum trace::EventType;
    std::vector<trace::Event> events;
    std::uint32_t sequence = 0, operation = 0;
    std::vector<std::uint32_t> open;
    std::uint64_t held = 0;
    Nanoseconds now = 0;
    const auto add = [&](trace::EventType type, std::uint32_t id, std::uint32_t a = 0, std::uint32_t b = 0) {
        now += grain * (1 + (random() % 4 == 0 ? random() % 400 : random() % 6));
        trace::Event event;
        event.time = now;
        event.operation = OperationId{id};
        event.socketSequence = ++sequence;
        event.socket = SocketId{1};
        event.type = type;
        event.a = a;
        event.b = b;
        events.push_back(event);
    };
    add(SocketOpened, 0, 0, 1);
    add(PeerSend, 0, 1, trace::noPayload); // so that nobody takes the peer for an outside one
    ++held;
    while (operation < receives || (!open.empty() && random() % 10 != 0)) {
        switch (random() % 4) {
        case 0: {
            const auto bytes = static_cast<std::uint32_t>(1 + random() % 500);
            add(PeerSend, 0, bytes, trace::noPayload);
            held += bytes;
            break;
        }
        case 1:
            if (operation < receives) {
                add(Called, ++operation, 1, 0);
                if (random() % 3 != 0) {
                    add(Queued, operation, static_cast<std::uint32_t>(open.size()));
                    open.push_back(operation);
                } else {
                    add(Completed, operation, 0,
                        trace::packOutcome(random() % 4 == 0 ? Status::WsaEinval : Status::Success, 0));
                }
            }
            break;
        default:
            if (!open.empty()) {
                const std::size_t which = random() % open.size();
                const auto bytes = static_cast<std::uint32_t>(std::min<std::uint64_t>(held, 1 + random() % 300));
                if (bytes > 0)
                    add(KernelReceived, open[which], bytes, trace::noPayload);
                held -= bytes;
                add(Completed, open[which], bytes,
                    trace::packOutcome(random() % 8 == 0 ? Status::WsaEconnreset : Status::Success, 0));
                open.erase(open.begin() + static_cast<std::ptrdiff_t>(which));
            }
            break;
        }
    }
    return events;
}

struct SlowSpan {
    Nanoseconds begin = 0, end = 0;
    OperationId operation;
    bool pending = false, failed = false, open = true;
};

inline std::vector<SlowSpan> slowSpans(const std::vector<trace::Event> &events)
{
    std::vector<SlowSpan> spans;
    for (const trace::Event &call : events) {
        if (call.type != trace::EventType::Called)
            continue;
        SlowSpan span{call.time, events.back().time, call.operation};
        for (const trace::Event &event : events) {
            if (event.operation != call.operation)
                continue;
            span.pending = span.pending || event.type == trace::EventType::Queued;
            if (event.type == trace::EventType::Completed) {
                span.end = event.time;
                span.open = false;
                span.failed = trace::statusOf(event.b) != Status::Success;
            }
        }
        spans.push_back(span);
    }
    return spans;
}

inline trace::Column slowColumn(const std::vector<SlowSpan> &spans, Nanoseconds from, Nanoseconds to)
{
    trace::Column column;
    Nanoseconds largest = 0;
    for (const SlowSpan &span : spans) {
        if (span.begin >= to || span.end < from)
            continue;
        ++column.spans;
        column.pending = column.pending || span.pending;
        if (span.begin >= from) {
            ++column.began;
            column.failed += span.failed ? 1U : 0U;
        }
        if (const Nanoseconds rank = span.open ? ~Nanoseconds{0} : span.end; rank > largest) {
            largest = rank;
            column.some = span.operation;
        }
    }
    return column;
}

/// The lowest and the highest level within a column, and the last.
struct SlowLevel {
    std::uint64_t low = 0, high = 0, last = 0;
};
inline SlowLevel slowLevel(const std::vector<trace::Event> &events, Nanoseconds from, Nanoseconds to)
{
    std::uint64_t held = 0;
    SlowLevel level;
    bool inside = false;
    const auto include = [&] {
        level.low = inside ? std::min(level.low, held) : held;
        level.high = inside ? std::max(level.high, held) : held;
        level.last = held;
        inside = true;
    };
    for (const trace::Event &event : events) {
        if (event.time >= to)
            break;
        if (event.time >= from && !inside)
            include(); // what it was when the column began
        if (event.type == trace::EventType::PeerSend)
            held += event.a;
        else if (event.type == trace::EventType::KernelReceived)
            held -= event.a;
        else
            continue;
        if (event.time >= from)
            include();
    }
    if (!inside)
        include();
    return level;
}

} // namespace recvscope::test
