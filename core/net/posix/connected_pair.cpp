#include "net/socket.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace recvscope::net {

namespace {

Result<ConnectedPair> unixPair(SocketKind kind)
{
    std::array<int, 2> ends{};
    const int type = kind == SocketKind::SeqPacket ? SOCK_SEQPACKET : SOCK_STREAM;
    if (socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return Error::system("make a connected pair of kind", std::string(nameOf(kind)), errno);
    ConnectedPair pair{Socket(Handle(ends[0]), kind), Socket(Handle(ends[1]), kind)};
    if (kind == SocketKind::SeqPacket)
        if (Outcome marked = pair.receiver.setMarkMessages(); !marked)
            return marked.error();
    return pair;
}

Result<ConnectedPair> tcpPair(SocketKind kind, AddressFamily family)
{
    Result<Socket> listener = Socket::open(kind, family);
    if (!listener)
        return listener.error();
    if (Outcome bound = listener->bind(Address::loopback(family)); !bound)
        return bound.error();
    if (Outcome listening = listener->listen(1); !listening)
        return listening.error();
    Result<Socket> peer = Socket::open(kind, family);
    if (!peer)
        return peer.error();
    if (Outcome connected = peer->connect(listener->localAddress()); !connected)
        return connected.error();
    const Address expected = peer->localAddress();
    for (;;) {
        Address from;
        Result<Socket> receiver = listener->accept(&from);
        if (!receiver)
            return receiver.error();
        if (from != expected)
            continue; // somebody else found the port first
        for (Socket *end : {&receiver.value(), &peer.value()})
            if (Outcome set = end->setNoDelay(true); !set)
                return set.error();
        return ConnectedPair{std::move(receiver).value(), std::move(peer).value()};
    }
}

Result<ConnectedPair> udpPair(AddressFamily family)
{
    Result<Socket> receiver = Socket::open(SocketKind::Udp, family);
    Result<Socket> peer = Socket::open(SocketKind::Udp, family);
    for (Result<Socket> *end : {&receiver, &peer}) {
        if (!*end)
            return end->error();
        if (Outcome bound = (*end)->bind(Address::loopback(family)); !bound)
            return bound.error();
    }
    if (Outcome connected = receiver->connect(peer->localAddress()); !connected)
        return connected.error();
    if (Outcome connected = peer->connect(receiver->localAddress()); !connected)
        return connected.error();
    return ConnectedPair{std::move(receiver).value(), std::move(peer).value()};
}

} // namespace

Result<ConnectedPair> connectedPair(SocketKind kind, AddressFamily family)
{
    switch (kind) {
    case SocketKind::Tcp:
    case SocketKind::Framed:
        return tcpPair(kind, family);
    case SocketKind::Udp:
        return udpPair(family);
    default:
        return unixPair(kind);
    }
}

} // namespace recvscope::net
