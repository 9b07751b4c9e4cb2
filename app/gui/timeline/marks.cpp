#include "gui/timeline/marks.h"

#include "net/kind.h"

#include <algorithm>

namespace recvscope::gui {

using trace::Event;
using trace::EventType;

namespace {
/// MSG_OOB and MSG_PEEK, as Called carries them.
constexpr std::uint32_t urgentFlag = 0x1;
constexpr std::uint32_t peekFlag = 0x2;
} // namespace

void Marks::extend(const trace::Story &story)
{
    while (m_size < story.size())
        add(m_size, story.event(m_size));
}

void Marks::add(std::uint32_t index, const Event &event)
{
    m_size = index + 1;
    if (event.socket && event.type == EventType::SocketOpened)
        socket(event.socket).stream = net::isStream(static_cast<net::SocketKind>(event.a));
    switch (event.type) {
    case EventType::Called:
    case EventType::ResultAsked:
    case EventType::CancelAsked:
    case EventType::WaitBegan:
    case EventType::SocketShutDown:
    case EventType::SocketClosed:
        m_calls.push_back({index, event.type, event.operation, event.socket});
        break;
    default:
        break;
    }
    addToPeer(index, event);
    if (event.operation)
        addToReceive(index, event);
}

const ReceiveMark *Marks::receive(OperationId operation) const
{
    const auto found = m_byOperation.find(operation);
    return found == m_byOperation.end() ? nullptr : &m_receives[found->second];
}

SocketMarks &Marks::socket(SocketId id)
{
    const auto [found, isNew] = m_bySocket.try_emplace(id, static_cast<std::uint32_t>(m_sockets.size()));
    if (isNew) {
        m_sockets.emplace_back().socket = id;
        // An outside peer until a send proves that it is ours.
        m_sockets.back().outside = true;
    }
    return m_sockets[found->second];
}

void Marks::addToPeer(std::uint32_t index, const Event &event)
{
    const auto mark = [&](PeerMark::Kind kind, std::uint32_t bytes) -> SocketMarks & {
        SocketMarks &marks = socket(event.socket);
        const bool isSend =
            kind == PeerMark::Kind::Send || kind == PeerMark::Kind::Urgent || kind == PeerMark::Kind::Observed;
        marks.peer.push_back(
            {index, kind, bytes, isSend ? marks.sends : 0, event.provenance == trace::Provenance::Injected});
        if (isSend)
            ++marks.sends;
        return marks;
    };
    const auto totals = [](const SocketMarks &marks) {
        return marks.levels.empty() ? LevelMark{} : marks.levels.back();
    };

    switch (event.type) {
    case EventType::PeerSend:
    case EventType::PeerSendOob: {
        SocketMarks &marks =
            mark(event.type == EventType::PeerSend ? PeerMark::Kind::Send : PeerMark::Kind::Urgent, event.a);
        marks.outside = false;
        LevelMark now = totals(marks);
        now.sent += event.a;
        now.held += event.a;
        level(marks, index, now);
        break;
    }
    case EventType::PeerShutDown:
        mark(PeerMark::Kind::HalfClose, 0);
        break;
    case EventType::PeerReset:
        mark(PeerMark::Kind::Reset, 0);
        break;
    case EventType::PeerClosed:
        mark(PeerMark::Kind::Close, 0);
        break;
    case EventType::KernelReceived: {
        const ReceiveMark *receive = this->receive(event.operation);
        if (receive != nullptr && receive->peek)
            break;
        SocketMarks &marks = socket(event.socket);
        if (marks.outside)
            mark(PeerMark::Kind::Observed, event.a);
        LevelMark now = totals(marks);
        now.received += event.a;
        now.held -= std::min<std::uint64_t>(now.held, event.a);
        level(marks, index, now);
        break;
    }
    case EventType::KernelHolds: {
        // The ledger knows better where the sends are ours; an outside peer's bytes are known by asking alone.
        SocketMarks &marks = socket(event.socket);
        if (marks.outside) {
            LevelMark now = totals(marks);
            now.held = event.a;
            level(marks, index, now);
        }
        break;
    }
    case EventType::Completed: {
        const ReceiveMark *receive = this->receive(event.operation);
        if (event.a == 0 || event.a == trace::leftAlone || (receive != nullptr && receive->peek))
            break;
        SocketMarks &marks = socket(event.socket);
        LevelMark now = totals(marks);
        now.consumed += event.a;
        level(marks, index, now);
        break;
    }
    default:
        break;
    }
}

void Marks::level(SocketMarks &marks, std::uint32_t index, const LevelMark &totals)
{
    marks.levels.push_back(totals);
    marks.levels.back().index = index;
    marks.highest = std::max(marks.highest, totals.held);
}

void Marks::addToReceive(std::uint32_t index, const Event &event)
{
    if (event.type == EventType::Called) {
        if (m_byOperation.contains(event.operation))
            return;
        const auto number = static_cast<std::uint32_t>(m_receives.size());
        m_byOperation.emplace(event.operation, number);
        socket(event.socket).receives.push_back(number);
        const std::uint32_t flags = event.b & 0xFFFF;
        m_receives.push_back({.operation = event.operation,
                              .socket = event.socket,
                              .called = index,
                              .ended = {},
                              .calledAt = event.time,
                              .urgent = (flags & urgentFlag) != 0,
                              .peek = (flags & peekFlag) != 0,
                              .behind = {}});
        return;
    }
    const auto found = m_byOperation.find(event.operation);
    if (found == m_byOperation.end())
        return;
    ReceiveMark &mark = m_receives[found->second];
    mark.injected = mark.injected || event.provenance == trace::Provenance::Injected;
    std::vector<OperationId> &waiting = m_waiting[mark.socket];
    switch (event.type) {
    case EventType::Queued:
        if (!waiting.empty() && event.a > 0)
            mark.behind = waiting.back();
        waiting.push_back(mark.operation);
        mark.pending = true;
        break;
    case EventType::Blocked:
        mark.pending = true;
        mark.blocked = true;
        break;
    case EventType::BufferGiven:
        mark.room += event.b;
        break;
    case EventType::KernelEnd:
        mark.end = true;
        break;
    case EventType::Returned:
        if (mark.ended)
            break;
        if (trace::statusOf(event.b) == Status::WsaIoPending || trace::statusOf(event.b) == Status::NtPending)
            mark.pending = true;
        else if (trace::statusOf(event.b) != Status::Success) {
            mark.refused = true;
            end(mark, index, event);
        }
        break;
    case EventType::Completed:
        if (!mark.ended)
            end(mark, index, event);
        break;
    default:
        break;
    }
}

void Marks::end(ReceiveMark &mark, std::uint32_t index, const Event &event)
{
    mark.ended = index;
    mark.endedAt = event.time;
    mark.status = trace::statusOf(event.b);
    mark.bytes = event.a == trace::leftAlone ? 0 : event.a;
    // An end that was seen before is told again to every later receive, without asking the kernel.
    if (mark.bytes == 0 && mark.room > 0 && !mark.failed() && m_sockets[m_bySocket[mark.socket]].stream)
        mark.end = true;
    std::erase(m_waiting[mark.socket], mark.operation);
}

} // namespace recvscope::gui
