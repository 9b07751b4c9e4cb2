// Sockets by hand, and peers that are no socket's own.

#include "net/ip_fragments.h"
#include "scenario/checker.h"
#include "scenario/words.h"

#include <algorithm>

namespace recvscope::scenario {

/// The socket when it is one that no peer was connected to, else a refusal.
const SocketDeclaration *Checker::handMade(const std::string &socketName, std::string_view does)
{
    const SocketDeclaration *declared = socket(socketName);
    if (declared == nullptr)
        return nullptr;
    if (declared->face != Face::Wsp) {
        refuse("socket", "'" + socketName + "' is a socket of face " + std::string(nameOf(declared->face)) +
                             ": what the socket verbs do by hand is for face wsp.");
        return nullptr;
    }
    const bool inet = declared->kind == net::SocketKind::Tcp || declared->kind == net::SocketKind::Udp;
    if (declared->invalid || declared->connected || !inet || declared->family != net::AddressFamily::IPv4) {
        refuse("socket", "'" + socketName + "' " + std::string(does) +
                             " by hand only when it is tcp or udp over IPv4 and says 'connected: false'.");
        return nullptr;
    }
    if (m_reach.story(socketName).closed) {
        refuse("socket", "'" + socketName + "' was closed by an earlier step.");
        return nullptr;
    }
    if (declared->kind == net::SocketKind::Udp && does == "binds")
        m_addressed.insert(socketName);
    return declared;
}

const SocketDeclaration *Checker::handMadeDatagram(const std::string &socketName, std::string_view does)
{
    const SocketDeclaration *declared = handMade(socketName, does);
    if (declared != nullptr && declared->kind != net::SocketKind::Udp)
        refuse("socket", "'" + socketName + "' " + std::string(does) + " by hand only as a udp socket.");
    else if (declared != nullptr)
        m_addressed.insert(socketName);
    return m_error ? nullptr : declared;
}

void Checker::furtherPeer(const std::string &name, std::string_view word)
{
    const auto &peers = m_scenario.peers;
    if (std::find(peers.begin(), peers.end(), name) == peers.end())
        refuse(word, "there is no peer '" + name + "': name it under peers.", nearestWord(name, peers));
}

void Checker::visit(const SocketListen &listen)
{
    const SocketDeclaration *declared = handMade(listen.socket, "listens");
    if (declared != nullptr && declared->kind != net::SocketKind::Tcp)
        refuse("socket", "'" + listen.socket + "' is a udp socket: it has no connections to listen for.");
    else if (declared != nullptr && !m_listening.insert(listen.socket).second)
        refuse("socket", "'" + listen.socket + "' listens already.");
}

void Checker::visit(const SocketAccept &accept)
{
    if (handMade(accept.socket, "accepts") == nullptr)
        return;
    if (!m_listening.contains(accept.socket)) {
        refuse("socket", "'" + accept.socket + "' does not listen before this step (socket.listen).");
        return;
    }
    const SocketDeclaration *made = handMade(accept.as, "comes from accepting");
    if (made == nullptr)
        return;
    if (made->kind != net::SocketKind::Tcp)
        refuse("as", "what comes from accepting on a tcp socket is a tcp socket, and '" + accept.as + "' is none.");
    else if (m_listening.contains(accept.as) || m_reach.story(accept.as).accepted)
        refuse("as", "'" + accept.as + "' is in use already; each connection is a socket of its own.");
}

void Checker::visit(const SocketConnect &connect)
{
    if (handMadeDatagram(connect.socket, "connects") != nullptr)
        furtherPeer(connect.to, "to");
}

void Checker::visit(const SocketSendTo &send)
{
    if (handMadeDatagram(send.socket, "sends") == nullptr)
        return;
    furtherPeer(send.to, "to");
    constexpr std::uint64_t largestDatagram = 65'507;
    if (sizeOf(send.data) > largestDatagram)
        refuse("data", "a datagram holds " + std::to_string(largestDatagram) + " bytes at most.");
}

void Checker::visit(const SocketJoin &join)
{
    (void)handMadeDatagram(join.socket, "joins a group");
}

/// peer.send with `from`.
void Checker::sentFromFurther(const PeerSend &send)
{
    furtherPeer(send.from, "from");
    const SocketDeclaration *declared = socket(send.socket);
    if (declared == nullptr)
        return;
    if (declared->kind != net::SocketKind::Udp || declared->invalid || declared->family != net::AddressFamily::IPv4)
        refuse("socket", "'" + send.socket + "' has one peer alone; several speak to a udp socket over IPv4.");
    else if (!declared->connected && !m_addressed.contains(send.socket))
        refuse("socket", "'" + send.socket +
                             "' has no address before this step that anybody could send to (socket.bind, "
                             "socket.connect, socket.send-to or socket.join).");
    else if (m_reach.story(send.socket).closed)
        refuse("socket", "'" + send.socket + "' was closed by an earlier step.");
    else if (!send.fragments.empty())
        refuse("fragments", "fragments cut a byte stream; a message is sent in one piece.");
    else if (send.part)
        refuse("part", "messages are sent in parts on a socket of kind framed alone.");
    cutBelow(send);
}

void Checker::cutBelow(const PeerSend &send)
{
    if (send.ipFragments == 0 || m_error)
        return;
    const SocketDeclaration &declared = *m_scenario.socket(send.socket);
    constexpr std::uint64_t largestDatagram = 65'507;
    if (declared.kind != net::SocketKind::Udp || declared.family != net::AddressFamily::IPv4)
        refuse("ip-fragments", "IP fragments are shown with a udp socket over IPv4.");
    else if (sizeOf(send.data) > largestDatagram)
        refuse("data", "a datagram holds " + std::to_string(largestDatagram) + " bytes at most.");
    else if (net::fragmentsOf(sizeOf(send.data)) < send.ipFragments)
        refuse("ip-fragments", "a fragment holds eight bytes at least, so this datagram makes " +
                                   std::to_string(net::fragmentsOf(sizeOf(send.data))) + " at most.");
}

} // namespace recvscope::scenario
