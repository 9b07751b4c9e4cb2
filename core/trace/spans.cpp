#include "trace/spans.h"

#include "trace/event_merge.h"
#include "trace/level_lane.h"
#include "trace/span_lane.h"

#include <algorithm>

namespace recvscope::trace {

namespace {

// An event whose call has not been seen waits for it this long, by the trace's clock: threads are drained together, so
// the call can be late by milliseconds only. Then it belongs to a receive that has ended already.
constexpr Nanoseconds earlyAtMost = 10'000'000'000;
constexpr std::size_t earlyLookedThrough = 4096;

bool isPending(Status status)
{
    return status == Status::WsaIoPending || status == Status::NtPending;
}

/// An end that was seen before is told again: what stays of a reset fails, and of an orderly end succeeds.
bool namesTheEnd(RuleId rule, Status status)
{
    return rule == RuleId::WspCloseStreamZeroBytes || rule == RuleId::WspCloseMessageDiscon ||
           rule == RuleId::WskCloseGracefulZero || (rule == RuleId::EngineEndLatched && status == Status::Success);
}

std::vector<Nanoseconds> edgesOf(Nanoseconds begin, Nanoseconds end, int width)
{
    const auto columns = static_cast<std::uint64_t>(std::max(width, 0));
    const Nanoseconds length = end > begin ? end - begin : 0;
    std::vector<Nanoseconds> edges(columns + 1, begin);
    for (std::uint64_t i = 1; i <= columns; ++i)
        edges[i] = begin + length / columns * i + length % columns * i / columns;
    return edges;
}

} // namespace

struct SpanIndex::Lane {
    SpanLane spans;
    LevelLane levels;
    bool changed = false;
};

SpanIndex::SpanIndex() = default;
SpanIndex::~SpanIndex() = default;
SpanIndex::SpanIndex(SpanIndex &&) noexcept = default;
SpanIndex &SpanIndex::operator=(SpanIndex &&) noexcept = default;

void SpanIndex::extend(const Snapshot &snapshot)
{
    m_read.resize(snapshot.trackCount(), 0);
    for (EventMerge merge(snapshot, m_read); !merge.atEnd(); merge.next()) {
        apply(merge.event());
        ++m_read[merge.ref().track];
    }
    m_now = snapshot.end();
    for (Lane *lane : m_changed) {
        lane->spans.settle();
        lane->levels.settle();
        lane->changed = false;
    }
    m_changed.clear();
    if (m_early.size() > earlyLookedThrough)
        std::erase_if(m_early, [this](const auto &one) { return one.second.back().time + earlyAtMost < m_now; });
}

SpanIndex::Lane &SpanIndex::laneOf(SocketId socket)
{
    if (m_lanes.size() <= socket.value)
        m_lanes.resize(socket.value + std::size_t{1});
    std::unique_ptr<Lane> &lane = m_lanes[socket.value];
    if (!lane)
        lane = std::make_unique<Lane>();
    if (!lane->changed)
        m_changed.push_back(lane.get());
    lane->changed = true;
    return *lane;
}

void SpanIndex::apply(const Event &event)
{
    if (!event.socket)
        return;
    switch (event.type) {
    case EventType::PeerSend:
        laneOf(event.socket).levels.add(event.time, LevelLane::Change::Sent, event.a);
        break;
    case EventType::MessageDropped:
        laneOf(event.socket).levels.add(event.time, LevelLane::Change::Received, event.a);
        break;
    case EventType::MessagesFiltered:
        laneOf(event.socket).levels.add(event.time, LevelLane::Change::Received, event.b);
        break;
    case EventType::Called:
        called(event);
        break;
    case EventType::Queued:
    case EventType::Blocked:
    case EventType::KernelReceived:
    case EventType::KernelCopied:
    case EventType::MessageLost:
    case EventType::Discarded:
    case EventType::IndicationEnded:
    case EventType::KernelEnd:
    case EventType::Completed:
    case EventType::Returned:
        if (!event.operation)
            transfer(event, 0);
        else if (const auto open = m_open.find(event.operation); open != m_open.end())
            applyTo(open->second, event);
        else
            keepEarly(event);
        break;
    default:
        break;
    }
}

void SpanIndex::called(const Event &event)
{
    if (!event.operation || m_open.contains(event.operation))
        return;
    m_open[event.operation] = {event.socket, event.b, false, event.time};
    laneOf(event.socket).spans.open(event.operation, event.time);
    if (const auto early = m_early.find(event.operation); early != m_early.end()) {
        const std::vector<Event> events = std::move(early->second);
        m_early.erase(early);
        for (const Event &one : events)
            apply(one);
    }
}

void SpanIndex::keepEarly(const Event &event)
{
    // Most are no early ones but the return of a receive that has completed.
    if (event.type == EventType::Returned && statusOf(event.b) == Status::Success)
        return;
    m_early[event.operation].push_back(event);
}

void SpanIndex::applyTo(Open &open, const Event &event)
{
    SpanLane &spans = laneOf(open.socket).spans;
    const Status status = statusOf(event.b);
    switch (event.type) {
    case EventType::KernelReceived:
    case EventType::KernelCopied:
    case EventType::MessageLost:
    case EventType::Discarded:
        transfer(event, open.callWord);
        break;
    case EventType::KernelEnd:
        open.sawEnd = true;
        break;
    case EventType::Queued:
    case EventType::Blocked:
        spans.setPending(event.operation, open.begin);
        break;
    case EventType::Returned:
        if (isPending(status))
            spans.setPending(event.operation, open.begin);
        if (isPending(status) || status == Status::Success)
            break;
        [[fallthrough]];
    case EventType::Completed: {
        const bool isEnd = event.a == 0 && (open.sawEnd || namesTheEnd(event.rule, status));
        spans.close(event.operation, open.begin, std::max(event.time, open.begin), status, isEnd);
        m_open.erase(event.operation);
        break;
    }
    default:
        break;
    }
}

void SpanIndex::transfer(const Event &event, std::uint32_t callWord)
{
    if ((!takesBytes(event.type) && !copiesBytes(event.type)) || asksUrgent(callWord))
        return;
    const auto change =
        peeks(callWord) || !takesBytes(event.type) ? LevelLane::Change::Peeked : LevelLane::Change::Received;
    laneOf(event.socket).levels.add(event.time, change, event.a);
}

const SpanIndex::Lane *SpanIndex::find(SocketId socket) const
{
    return socket.value < m_lanes.size() ? m_lanes[socket.value].get() : nullptr;
}

std::vector<SocketId> SpanIndex::lanes() const
{
    std::vector<SocketId> lanes;
    for (std::size_t socket = 0; socket < m_lanes.size(); ++socket)
        if (m_lanes[socket])
            lanes.push_back({static_cast<std::uint16_t>(socket)});
    return lanes;
}

std::uint64_t SpanIndex::spanCount(SocketId socket) const
{
    const Lane *lane = find(socket);
    return lane ? lane->spans.size() : 0;
}

std::vector<Span> SpanIndex::spans(SocketId socket, Nanoseconds begin, Nanoseconds end, std::size_t limit) const
{
    const Lane *lane = find(socket);
    return lane ? lane->spans.spans(begin, end, m_now, limit) : std::vector<Span>();
}

std::vector<Column> SpanIndex::columns(SocketId socket, Nanoseconds begin, Nanoseconds end, int width) const
{
    const Lane *lane = find(socket);
    const std::vector<Nanoseconds> edges = edgesOf(begin, end, width);
    return lane ? lane->spans.columns(edges, m_now) : std::vector<Column>(edges.size() - 1);
}

std::vector<LevelColumn> SpanIndex::levels(SocketId socket, Nanoseconds begin, Nanoseconds end, int width) const
{
    const Lane *lane = find(socket);
    const std::vector<Nanoseconds> edges = edgesOf(begin, end, width);
    return lane ? lane->levels.columns(edges) : std::vector<LevelColumn>(edges.size() - 1);
}

std::size_t SpanIndex::memoryUsed() const
{
    std::size_t bytes = bytesHeld(m_lanes) + m_open.size() * (sizeof(Open) + 32);
    for (const std::unique_ptr<Lane> &lane : m_lanes)
        if (lane)
            bytes += sizeof(Lane) + lane->spans.memoryUsed() + lane->levels.memoryUsed();
    return bytes;
}

} // namespace recvscope::trace
