#include "engine/transport_of.h"

namespace recvscope::engine {

namespace {

std::unique_ptr<Transport> ofMessages(net::Socket &socket, bool parts, bool filtered)
{
    switch (socket.kind()) {
    case net::SocketKind::Udp:
        return makeDatagramTransport(filtered ? socket.peerAddress() : net::Address());
    case net::SocketKind::SeqPacket:
        return makeSeqPacketTransport();
    default:
        return makeFramedTransport(parts);
    }
}

} // namespace

std::unique_ptr<Transport> makeTransport(net::Socket &socket, net::Protocol protocol, bool filtered,
                                         const Policy &policy)
{
    if (net::isStream(socket.kind()))
        return socket.kind() == net::SocketKind::Tcp && policy.resetDiscardsData ? makeDiscardingTransport()
                                                                                 : makeStreamTransport();
    if (net::keepsMessages(protocol))
        return ofMessages(socket, protocol.has(net::xp1::PartialMessage), filtered);
    return makeStreamOverMessages(ofMessages(socket, true, filtered));
}

} // namespace recvscope::engine
