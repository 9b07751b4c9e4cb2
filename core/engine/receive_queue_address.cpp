// How a socket comes to its address and to its partner after it was adopted: bind, connect, send-to, joining a group,
// listening.

#include "engine/receive_queue.h"

namespace recvscope::engine {

using trace::EventType;
using trace::Provenance;

namespace {

Error notOpen(const char *what)
{
    return {what, {}, "this is not an open socket", 0};
}

} // namespace

/// It has an address now, and @p how it came to it.
void ReceiveQueue::addressed(trace::AddressedBy how, StepId step)
{
    if (m_state.addressed)
        return;
    m_state.addressed = true;
    const Reason reason = how == trace::AddressedBy::Bind ? Reason::AddressedByBind : Reason::AddressImplied;
    m_journal.write(EventType::SocketBound, {}, step,
                    {m_context.face->rule(reason), static_cast<std::uint32_t>(how), 0, Provenance::Measured});
}

Outcome ReceiveQueue::bind(std::uint32_t generation, const net::Address &address, StepId step)
{
    const Lock lock(m_mutex);
    if (!isOpen(generation))
        return notOpen("bind");
    Outcome done = m_socket.bind(address);
    if (done)
        addressed(trace::AddressedBy::Bind, step);
    return done;
}

Outcome ReceiveQueue::connect(std::uint32_t generation, const net::Address &address, StepId step)
{
    const Lock lock(m_mutex);
    if (!isOpen(generation))
        return notOpen("connect");
    if (m_owner != nullptr)
        return Error{"connect", address.text(), "a receive blocks in it", 0};
    Outcome done = m_socket.connect(address);
    if (!done)
        return done;
    addressed(trace::AddressedBy::Connect, step);
    m_state.connected = true;
    m_state.connectedBy = ConnectedBy::Connect;
    if (m_state.protocol.has(net::xp1::Connectionless))
        m_transport->hearOnly(address);
    m_journal.write(EventType::SocketConnected, {}, step, {RuleId::None, 0, 0, Provenance::Measured});
    watchForListener();
    return done;
}

Outcome ReceiveQueue::sendTo(std::uint32_t generation, std::span<const std::byte> bytes, const net::Address &address,
                             StepId step)
{
    const Lock lock(m_mutex);
    if (!isOpen(generation))
        return notOpen("send");
    if (m_state.networkDown)
        return Error{"send", {}, "the network subsystem is down, by a fault that was injected", 0};
    m_journal.sent(bytes, step);
    Outcome done = m_socket.sendTo(bytes, address);
    if (done)
        addressed(trace::AddressedBy::SendTo, step);
    return done;
}

Outcome ReceiveQueue::join(std::uint32_t generation, const net::Address &group, StepId step)
{
    const Lock lock(m_mutex);
    if (!isOpen(generation))
        return notOpen("join");
    // Joining leaves a Linux socket without an address of its own, so that nothing could reach it: the engine binds.
    if (!m_state.addressed)
        if (Outcome bound = m_socket.bind(group); !bound)
            return bound;
    Outcome done = m_socket.joinGroupOnLoopback(group);
    if (done)
        addressed(trace::AddressedBy::Join, step);
    return done;
}

Outcome ReceiveQueue::listen(std::uint32_t generation, StepId)
{
    const Lock lock(m_mutex);
    return isOpen(generation) ? m_socket.listen(16) : Outcome(notOpen("listen"));
}

recvscope::Result<net::Socket> ReceiveQueue::accept(std::uint32_t generation, const net::Address &from)
{
    const Lock lock(m_mutex);
    if (!isOpen(generation))
        return notOpen("accept");
    for (;;) {
        net::Address who;
        recvscope::Result<net::Socket> accepted = m_socket.accept(&who);
        if (!accepted || who == from)
            return accepted; // else somebody else found the port
    }
}

void ReceiveQueue::tellAccepted(std::uint32_t generation, StepId step) const
{
    const Lock lock(m_mutex);
    if (isOpen(generation))
        m_journal.write(EventType::SocketAccepted, {}, step,
                        {m_context.face->rule(Reason::AddressImplied),
                         static_cast<std::uint32_t>(trace::AddressedBy::Accept), 0, Provenance::Measured});
}

net::Address ReceiveQueue::localAddress(std::uint32_t generation) const
{
    const Lock lock(m_mutex);
    return isOpen(generation) ? m_socket.localAddress() : net::Address();
}

} // namespace recvscope::engine
