#include "engine/transport_of.h"

namespace recvscope::engine {

std::unique_ptr<Transport> makeTransport(net::Socket &socket, bool filtered)
{
    switch (socket.kind()) {
    case net::SocketKind::Udp:
        return makeDatagramTransport(filtered ? socket.peerAddress() : net::Address());
    case net::SocketKind::SeqPacket:
        return makeSeqPacketTransport();
    default:
        return makeStreamTransport();
    }
}

} // namespace recvscope::engine
