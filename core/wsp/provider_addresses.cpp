// WSPBind, WSPConnect, WSPSendTo, joining a group, WSPListen and WSPAccept: what gives a socket its address.

#include "engine/receive_queue.h"
#include "wsp/provider_impl.h"

#include <utility>

namespace recvscope::wsp {

engine::ReceiveQueue *Provider::queueOf(SocketHandle socket, std::uint32_t &generation) const
{
    const SocketTable::Place place = m_impl->table.find(socket);
    generation = place.generation;
    return place.queue;
}

template <class Act>
Outcome Provider::onQueue(SocketHandle socket, Act act)
{
    std::uint32_t generation = 0;
    engine::ReceiveQueue *queue = queueOf(socket, generation);
    if (queue == nullptr)
        return Error{"use the socket", {}, "this is not a socket", 0};
    return act(*queue, generation);
}

Outcome Provider::bind(SocketHandle socket, const net::Address &address, CallTag tag)
{
    return onQueue(socket, [&](auto &queue, std::uint32_t which) { return queue.bind(which, address, tag.step); });
}

Outcome Provider::connect(SocketHandle socket, const net::Address &address, CallTag tag)
{
    return onQueue(socket, [&](auto &queue, std::uint32_t which) { return queue.connect(which, address, tag.step); });
}

Outcome Provider::sendTo(SocketHandle socket, std::span<const std::byte> bytes, const net::Address &address,
                         CallTag tag)
{
    return onQueue(socket,
                   [&](auto &queue, std::uint32_t which) { return queue.sendTo(which, bytes, address, tag.step); });
}

Outcome Provider::join(SocketHandle socket, const net::Address &group, CallTag tag)
{
    return onQueue(socket, [&](auto &queue, std::uint32_t which) { return queue.join(which, group, tag.step); });
}

Outcome Provider::listen(SocketHandle socket, CallTag tag)
{
    return onQueue(socket, [&](auto &queue, std::uint32_t which) { return queue.listen(which, tag.step); });
}

Result<SocketHandle> Provider::accept(SocketHandle listener, const net::Address &from, SocketTraits traits, CallTag tag)
{
    SocketHandle made = SocketHandle::Invalid;
    const Outcome done = onQueue(listener, [&](auto &queue, std::uint32_t which) -> Outcome {
        Result<net::Socket> accepted = queue.accept(which, from);
        if (!accepted)
            return accepted.error();
        made = adopt(std::move(*accepted), traits);
        return Done{};
    });
    if (!done)
        return done.error();
    std::uint32_t generation = 0;
    if (engine::ReceiveQueue *queue = queueOf(made, generation))
        queue->tellAccepted(generation, tag.step);
    return made;
}

net::Address Provider::localAddress(SocketHandle socket) const
{
    std::uint32_t generation = 0;
    const engine::ReceiveQueue *queue = queueOf(socket, generation);
    return queue != nullptr ? queue->localAddress(generation) : net::Address();
}

} // namespace recvscope::wsp
