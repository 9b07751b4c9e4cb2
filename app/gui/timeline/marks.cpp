#include "gui/timeline/marks.h"

#include <algorithm>

namespace recvscope::gui {

using trace::Event;
using trace::EventType;

namespace {

/// An end that was seen before is told again: what stays of a reset fails, and of an orderly end succeeds.
bool namesTheEnd(RuleId rule, Status status)
{
    return rule == RuleId::WspCloseStreamZeroBytes || rule == RuleId::WspCloseMessageDiscon ||
           rule == RuleId::WskCloseGracefulZero || (rule == RuleId::EngineEndLatched && status == Status::Success);
}
} // namespace

void Marks::extend(const trace::Story &story)
{
    if (story.unchanged() < m_size)
        *this = Marks();
    for (trace::StoryWalk walk(story, m_size); !walk.atEnd(); walk.next())
        add(Place::of(walk), walk.event());
}

void Marks::add(const Place &place, const Event &event)
{
    m_size = place.index + 1;
    m_ledger.add(place, event);
    switch (event.type) {
    case EventType::Called:
    case EventType::ResultAsked:
    case EventType::CancelAsked:
    case EventType::WaitBegan:
    case EventType::SocketShutDown:
    case EventType::SocketClosed:
    case EventType::CallbackSet:
    case EventType::DisconnectAsked:
    case EventType::CloseAsked: {
        const KernelMarks *marks = kernel(event.socket);
        const bool wsk = marks != nullptr && marks->wsk;
        if (!wsk || event.type != EventType::SocketClosed) // WskCloseSocket was called before
            m_calls.push_back({place, event.type, event.operation, event.socket, wsk});
        break;
    }
    default:
        break;
    }
    addToKernel(place, event);
    addToPeer(place, event);
    if (event.operation)
        addToReceive(place, event);
}

const ReceiveMark *Marks::receive(OperationId operation) const
{
    const auto found = m_byOperation.find(operation);
    return found == m_byOperation.end() ? nullptr : &m_receives[found->second];
}

const SocketMarks *Marks::of(SocketId socket) const
{
    const auto found = m_bySocket.find(socket);
    return found == m_bySocket.end() ? nullptr : &m_sockets[found->second];
}

const KernelMarks *Marks::kernel(SocketId socket) const
{
    const auto found = m_kernel.find(socket);
    return found == m_kernel.end() ? nullptr : &found->second;
}

bool Marks::compared() const
{
    constexpr std::size_t mostReceives = 64;
    const bool other = std::any_of(m_sockets.begin(), m_sockets.end(), [&](const SocketMarks &socket) {
        return m_kernel.contains(socket.socket) != m_kernel.contains(m_sockets.front().socket);
    });
    return m_otherFaces && other && !m_overlaps && m_receives.size() <= mostReceives;
}

void Marks::addToKernel(const Place &place, const Event &event)
{
    if (event.type == EventType::FaceGiven) {
        m_kernel[event.socket].add(place, event);
        m_otherFaces = true;
        return;
    }
    if (!event.socket || (event.type < EventType::FaceGiven && event.type != EventType::SocketClosed))
        return;
    const auto found = m_kernel.find(event.socket);
    if (found == m_kernel.end())
        return;
    found->second.add(place, event);
    if (found->second.shown)
        static_cast<void>(socket(event.socket)); // it has a lane
}

SocketMarks &Marks::socket(SocketId id)
{
    const auto [found, isNew] = m_bySocket.try_emplace(id, static_cast<std::uint32_t>(m_sockets.size()));
    if (isNew)
        m_sockets.emplace_back().socket = id;
    return m_sockets[found->second];
}

void Marks::addToPeer(const Place &place, const Event &event)
{
    using Kind = PeerMark::Kind;
    const auto mark = [&](Kind kind, std::uint32_t bytes) {
        SocketMarks &marks = socket(event.socket);
        const bool isSend = kind == Kind::Send || kind == Kind::Urgent || kind == Kind::Observed;
        marks.peer.push_back(
            {place, kind, bytes, isSend ? marks.sends : 0, event.provenance == trace::Provenance::Injected});
        if (isSend)
            ++marks.sends;
    };
    switch (event.type) {
    case EventType::PeerSend:
    case EventType::PeerSendOob:
        socket(event.socket).outside = false;
        socket(event.socket).sent += event.type == EventType::PeerSend ? event.a : 0;
        mark(event.type == EventType::PeerSend ? Kind::Send : Kind::Urgent, event.a);
        break;
    case EventType::PeerShutDown:
        mark(Kind::HalfClose, 0);
        break;
    case EventType::PeerReset:
        mark(Kind::Reset, 0);
        break;
    case EventType::PeerClosed:
        mark(Kind::Close, 0);
        break;
    case EventType::PeerLinkCut:
        mark(Kind::LinkCut, 0);
        break;
    case EventType::KernelReceived:
    case EventType::KernelCopied:
    case EventType::Discarded:
    case EventType::IndicationEnded:
    case EventType::MessageLost: {
        const ReceiveMark *taker = receive(event.operation);
        if (taker != nullptr && taker->urgent)
            break;
        // What nobody told the sending of is an outside peer's, known when it is first seen.
        SocketMarks &marks = socket(event.socket);
        const std::uint64_t to = marks.taken + event.a;
        if (to > marks.sent) {
            mark(Kind::Observed, static_cast<std::uint32_t>(to - marks.sent));
            marks.sent = to;
        }
        if ((taker == nullptr || !taker->peek) && trace::takesBytes(event.type))
            marks.taken = to;
        break;
    }
    default:
        break;
    }
}

void Marks::addToReceive(const Place &place, const Event &event)
{
    if (event.type == EventType::Called) {
        if (m_byOperation.contains(event.operation))
            return;
        const auto number = static_cast<std::uint32_t>(m_receives.size());
        const std::vector<std::uint32_t> &earlier = socket(event.socket).receives;
        m_overlaps = m_overlaps || (!earlier.empty() && !m_receives[earlier.back()].ended);
        m_byOperation.emplace(event.operation, number);
        socket(event.socket).receives.push_back(number);
        m_receives.push_back({.operation = event.operation,
                              .socket = event.socket,
                              .called = place,
                              .ended = {},
                              .urgent = trace::asksUrgent(event.b),
                              .peek = trace::peeks(event.b),
                              .behind = {},
                              .wsk = (event.b >> 16 & trace::CallWsk) != 0,
                              .drain = trace::drains(event.b),
                              .face = (event.b >> 16 & trace::CallWsk) != 0      ? trace::Interface::Wsk
                                      : (event.b >> 16 & trace::CallNative) != 0 ? trace::Interface::Native
                                                                                 : trace::Interface::Wsp});
        return;
    }
    const auto found = m_byOperation.find(event.operation);
    if (found == m_byOperation.end())
        return;
    ReceiveMark &mark = m_receives[found->second];
    if (event.provenance == trace::Provenance::Injected)
        (trace::tellsOfRoutine(event.type) ? mark.routineInjected : mark.injected) = true;
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
            end(mark, place, event);
        }
        break;
    case EventType::IrpCompleted:
        mark.irp = true;
        break;
    case EventType::RoutineQueued:
        mark.routineQueued = place;
        break;
    case EventType::RoutineBegan:
        mark.routineBegan = place;
        break;
    case EventType::RoutineEnded:
        mark.routineEnded = place;
        break;
    case EventType::Discarded:
        mark.drained += event.a;
        mark.drainedAt = place;
        break;
    case EventType::Completed:
        if (!mark.ended)
            end(mark, place, event);
        break;
    default:
        break;
    }
}

void Marks::end(ReceiveMark &mark, const Place &place, const Event &event)
{
    mark.ended = place;
    mark.status = trace::statusOf(event.b);
    mark.bytes = event.a == trace::leftAlone ? 0 : event.a;
    // An end that was seen before is told again to every later receive, without asking the kernel: the rule says so.
    mark.end =
        mark.bytes == 0 && (mark.end || namesTheEnd(event.rule, mark.status) || mark.status == Status::WsaEdiscon);
    std::erase(m_waiting[mark.socket], mark.operation);
}

} // namespace recvscope::gui
