#include "gui/plots/ledger.h"

#include <algorithm>

namespace recvscope::gui {

using trace::Event;
using trace::EventType;

const SocketLedger *Ledger::of(SocketId socket) const
{
    const auto found = m_bySocket.find(socket);
    return found == m_bySocket.end() ? nullptr : &m_sockets[found->second];
}

SocketLedger &Ledger::ledger(SocketId socket)
{
    const auto [found, isNew] = m_bySocket.try_emplace(socket, m_sockets.size());
    if (isNew)
        m_sockets.emplace_back().socket = socket;
    return m_sockets[found->second];
}

void Ledger::tell(LedgerEntry &now, OperationId receive, std::uint32_t bytes)
{
    if (bytes == trace::leftAlone || !m_told.insert(receive).second)
        return;
    now.consumed += bytes;
    if (const auto completed = m_untold.extract(receive))
        now.untold -= completed.mapped();
}

void Ledger::add(const Place &place, const Event &event)
{
    if (event.type == EventType::Called && (trace::peeks(event.b) || trace::asksUrgent(event.b)))
        m_aside.insert(event.operation);

    switch (event.type) {
    case EventType::PeerSend:
    case EventType::KernelReceived:
    case EventType::MessageLost:
    case EventType::MessageDropped:
    case EventType::MessagesFiltered:
    case EventType::KernelHolds:
    case EventType::Completed:
    case EventType::Discarded:
    case EventType::IndicationEnded:
        break;
    case EventType::Returned:
    case EventType::RoutineBegan:
    case EventType::ResultReturned:
        if (event.a == 0 || event.a == trace::leftAlone || !event.socket || !event.operation ||
            m_told.contains(event.operation))
            return;
        break;
    default:
        return;
    }
    if (event.type != EventType::MessagesFiltered && m_aside.contains(event.operation))
        return; // what is filtered is gone, even where a look met it

    SocketLedger &own = ledger(event.socket);
    LedgerEntry now = own.entries.empty() ? LedgerEntry{} : own.entries.back();
    now.place = place;
    switch (event.type) {
    case EventType::KernelReceived:
        now.received += event.a;
        now.held -= std::min<std::uint64_t>(now.held, event.a);
        break;
    case EventType::IndicationEnded: // what the callback accepted or kept was told to it
        now.received += event.a;
        now.consumed += event.a;
        now.held -= std::min<std::uint64_t>(now.held, event.a);
        break;
    case EventType::Discarded:   // a drain's: nobody received it
    case EventType::MessageLost: // it has left the kernel, and nobody received it
        now.held -= std::min<std::uint64_t>(now.held, event.a);
        break;
    case EventType::MessageDropped: // it never came in: it counts as not sent to this socket
        now.sent -= std::min<std::uint64_t>(now.sent, event.a);
        now.held -= std::min<std::uint64_t>(now.held, event.a);
        break;
    case EventType::MessagesFiltered:
        now.held -= std::min<std::uint64_t>(now.held, event.b);
        break;
    case EventType::KernelHolds:
        // The ledger knows better where the sends are ours.
        if (!own.outside)
            return;
        own.asked = true;
        now.held = event.a;
        break;
    case EventType::Completed:
        if (event.a == 0 || event.a == trace::leftAlone || m_told.contains(event.operation))
            return;
        now.untold += event.a;
        m_untold[event.operation] = event.a;
        break;
    case EventType::Returned:
    case EventType::RoutineBegan:
    case EventType::ResultReturned:
        tell(now, event.operation, event.a);
        break;
    default:
        own.outside = false;
        now.sent += event.a;
        now.held += event.a;
        break;
    }
    own.highest = std::max(own.highest, now.held);
    own.entries.push_back(now);
}

} // namespace recvscope::gui
