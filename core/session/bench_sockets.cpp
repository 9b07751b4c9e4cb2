// A scenario's sockets: made, connected, recorded and given to the provider whose face they have.

#include "session/bench.h"
#include "session/socket_making.h"

#include <algorithm>
#include <utility>

namespace recvscope::session {

namespace {

wsp::SocketTraits traitsOf(const BenchSocket &socket)
{
    const scenario::SocketDeclaration &declared = *socket.declared;
    wsp::SocketTraits traits;
    traits.overlapped = declared.overlapped;
    traits.nonblocking = declared.nonblocking;
    traits.connected = declared.connected || socket.fromAccepting;
    if (declared.profile)
        traits.protocol = scenario::protocolOf(declared);
    if (declared.policy)
        traits.policy = policyOf(*declared.policy);
    traits.id = socket.id;
    return traits;
}

} // namespace

Outcome Bench::openOne(BenchSocket &socket)
{
    const scenario::SocketDeclaration &declared = *socket.declared;
    Result<net::ConnectedPair> made = makeSockets(declared);
    if (!made)
        return made.error();
    recordOpened(socket, made->receiver.receiveBufferSize());
    if (declared.profile)
        record(trace::EventType::ProtocolGiven, socket, scenario::protocolOf(declared).bits);
    if (declared.connected) {
        record(trace::EventType::SocketConnected, socket);
        socket.peer = std::make_unique<ScriptedPeer>(std::move(made->peer), socket.id, m_recorder);
        if (declared.oobInline)
            socket.peer->setUrgentInline();
    }
    if (declared.face == scenario::Face::Native) {
        socket.handle = m_native->adopt(std::move(made->receiver), {socket.id, declared.nonblocking});
        return Done{};
    }
    if (declared.face == scenario::Face::Wsp) {
        socket.handle = m_provider.adopt(std::move(made->receiver), traitsOf(socket));
        return Done{};
    }
    socket.handle = m_kernel->adopt(std::move(made->receiver), kernelTraits(socket));
    return declared.category == scenario::Category::Listening ? m_kernel->listen(socket.handle) : Outcome(Done{});
}

void Bench::recordOpened(const BenchSocket &socket, std::size_t receiveBuffer)
{
    record(trace::EventType::SocketOpened, socket, static_cast<std::uint32_t>(socket.declared->kind),
           trace::packOpened(socket.declared->overlapped, receiveBuffer));
    if (socket.declared->face != scenario::Face::Wsp)
        record(trace::EventType::FaceGiven, socket, static_cast<std::uint32_t>(socket.declared->face));
}

Result<net::Socket> Bench::create(BenchSocket &socket)
{
    Result<net::Socket> made = net::Socket::open(socket.declared->kind, socket.declared->family);
    if (made)
        recordOpened(socket, made->receiveBufferSize());
    return made;
}

wsk::SocketTraits Bench::kernelTraits(const BenchSocket &socket) const
{
    const scenario::SocketDeclaration &declared = *socket.declared;
    wsk::SocketTraits traits;
    traits.id = socket.id;
    traits.category = static_cast<wsk::Category>(declared.category);
    traits.connectedBy = declared.connected ? engine::ConnectedBy::Creation : engine::ConnectedBy::Any;
    if (declared.policy)
        traits.policy = policyOf(*declared.policy);
    return traits;
}

engine::SocketView Bench::state(const BenchSocket &socket) const
{
    if (socket.declared->face == scenario::Face::Wsk) {
        engine::SocketView view = m_kernel->state(socket.handle);
        view.indications = socket.indications = std::max(socket.indications, view.indications);
        view.drained = socket.drained = std::max(socket.drained, view.drained);
        return view;
    }
    if (socket.declared->face == scenario::Face::Native)
        return m_native->state(socket.handle);
    return m_provider.state(socket.handle);
}

net::Address Bench::localAddress(const BenchSocket &socket) const
{
    return socket.declared->face == scenario::Face::Native ? m_native->localAddress(socket.handle)
                                                           : m_provider.localAddress(socket.handle);
}

Status Bench::acceptInKernel(BenchSocket &listener, BenchSocket &as, wsk::Irp *irp, wsk::CallTag tag)
{
    Result<net::Socket> peer = net::Socket::open(net::SocketKind::Tcp);
    if (!peer || !peer->connect(m_kernel->localAddress(listener.handle)) || !peer->setNoDelay(true))
        return Status::NtInsufficientResources;
    recordOpened(as, 0);
    wsk::SocketHandle accepted = wsk::SocketHandle::Invalid;
    const Status status = m_kernel->accept(listener.handle, peer->localAddress(), kernelTraits(as), accepted, irp, tag);
    as.handle = accepted;
    if (status != Status::Success)
        return status;
    as.peer = std::make_unique<ScriptedPeer>(std::move(*peer), as.id, m_recorder);
    return Status::Success;
}

Outcome Bench::accept(BenchSocket &listener, BenchSocket &as, StepId step)
{
    Result<net::Socket> peer = net::Socket::open(net::SocketKind::Tcp);
    if (!peer)
        return peer.error();
    if (Outcome connected = peer->connect(m_provider.localAddress(listener.handle)); !connected)
        return connected;
    if (Outcome set = peer->setNoDelay(true); !set)
        return set;
    recordOpened(as, 0);
    Result<wsp::SocketHandle> accepted =
        m_provider.accept(listener.handle, peer->localAddress(), traitsOf(as), {OperationId{}, step});
    if (!accepted)
        return accepted.error();
    as.handle = *accepted;
    as.peer = std::make_unique<ScriptedPeer>(std::move(*peer), as.id, m_recorder);
    return Done{};
}

} // namespace recvscope::session
