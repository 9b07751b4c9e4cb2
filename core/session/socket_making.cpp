#include "session/socket_making.h"

#include "net/ip_fragments.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace recvscope::session {

namespace {

constexpr bool onLinux =
#ifdef __linux__
    true;
#else
    false;
#endif
constexpr bool onWindows =
#ifdef _WIN32
    true;
#else
    false;
#endif

/// The window a TCP receiver offers is settled while connecting, so its buffer is set before.
Result<net::ConnectedPair> tcpPairWithBuffer(const scenario::SocketDeclaration &declared, std::uint32_t bytes)
{
    Result<net::Socket> listener = net::Socket::open(declared.kind, declared.family);
    if (!listener)
        return listener.error();
    Result<net::Socket> receiver = net::Socket::open(declared.kind, declared.family);
    if (!receiver)
        return receiver.error();
    for (const Outcome &done : {listener->bind(net::Address::loopback(declared.family)), listener->listen(1),
                                receiver->setReceiveBuffer(bytes)})
        if (!done)
            return done.error();
    if (Outcome done = receiver->connect(listener->localAddress()); !done)
        return done.error();
    Result<net::Socket> peer = listener->accept();
    if (!peer)
        return peer.error();
    for (net::Socket *socket : {&*receiver, &*peer})
        if (Outcome done = socket->setNoDelay(true); !done)
            return done.error();
    return net::ConnectedPair{std::move(*receiver), std::move(*peer)};
}

/// What a socket may be told at any time.
Result<net::ConnectedPair> withTimes(Result<net::ConnectedPair> made, const scenario::SocketDeclaration &declared)
{
    using std::chrono::milliseconds;
    if (!made)
        return made;
    net::Socket &socket = made->receiver;
    Outcome done = Done{};
    if (declared.keepAlive != 0)
        done = socket.setKeepAlive(milliseconds(declared.keepAlive));
    if (done && declared.userTimeout != 0)
        done = socket.setUserTimeout(milliseconds(declared.userTimeout));
    if (done && declared.receiveTimeout != 0)
        done = socket.setReceiveTimeout(milliseconds(declared.receiveTimeout));
    if (!done)
        return done.error();
    return made;
}

Result<net::ConnectedPair> makePair(const scenario::SocketDeclaration &declared)
{
    if (!declared.connected) {
        Result<net::Socket> socket = net::Socket::open(declared.kind, declared.family);
        if (!socket)
            return socket.error();
        return net::ConnectedPair{std::move(*socket), net::Socket()};
    }
    if (declared.receiveBuffer && net::isTcpBelow(declared.kind))
        return tcpPairWithBuffer(declared, *declared.receiveBuffer);
    Result<net::ConnectedPair> pair = net::connectedPair(declared.kind, declared.family);
    // A unix socket has no receive buffer of its own: what it may hold is what its sender may have on the way.
    if (pair && declared.receiveBuffer)
        if (Outcome done = pair->peer.setSendBuffer(*declared.receiveBuffer); !done)
            return done.error();
    return pair;
}

} // namespace

engine::Policy policyOf(const scenario::PolicyChoices &choices)
{
    engine::Policy policy;
    policy.overlappedOnPlainSocketAllowed = choices.overlappedOnPlainSocketAllowed;
    policy.overlappedPeekAllowed = choices.overlappedPeekAllowed;
    policy.closeAbortsWithConnAborted = choices.closeAbortsWithConnAborted;
    policy.resetDiscardsData = choices.resetDiscardsData;
    policy.tooLargeCountReported = choices.tooLargeCountReported;
    policy.routinesNewestFirst = choices.routinesNewestFirst;
    policy.maxOutstanding = choices.maxOutstanding;
    policy.reenableWhenCompleted = choices.reenableWhenCompleted;
    policy.pendingResetForcedClosed = choices.pendingResetForcedClosed;
    return policy;
}

Result<net::ConnectedPair> makeSockets(const scenario::SocketDeclaration &declared)
{
    Result<net::ConnectedPair> pair = makePair(declared);
    if (pair && declared.oobInline)
        if (Outcome done = pair->receiver.setOobInline(true); !done)
            return done.error();
    return withTimes(std::move(pair), declared);
}

std::optional<std::string> notPossibleHere(const scenario::Scenario &scenario)
{
    const bool raw = std::any_of(scenario.steps.begin(), scenario.steps.end(), [](const scenario::Step &step) {
        const auto *send = std::get_if<scenario::PeerSend>(&step.action);
        return send != nullptr && send->ipFragments > 0;
    });
    if (raw)
        if (const Result<net::RawSender> sender = net::RawSender::open(); !sender)
            return "This scenario sends IP fragments, which needs the right to send raw packets (CAP_NET_RAW): " +
                   sender.error().message();
    bool ipv6 = false;
    for (const scenario::Need need : scenario.needs) {
        if (need == scenario::Need::Linux && !onLinux)
            return "This scenario needs Linux: it shows what Linux alone does.";
        if (need == scenario::Need::Windows && !onWindows)
            return "This scenario needs Windows: it shows what Windows alone does.";
        ipv6 = ipv6 || need == scenario::Need::IPv6;
    }
    for (const scenario::SocketDeclaration &socket : scenario.sockets) {
        ipv6 = ipv6 || (!socket.invalid && socket.family == net::AddressFamily::IPv6 &&
                        (net::isTcpBelow(socket.kind) || socket.kind == net::SocketKind::Udp));
        if (socket.invalid || net::isTcpBelow(socket.kind) || socket.kind == net::SocketKind::Udp)
            continue;
        if (const Result<net::Socket> made = net::Socket::open(socket.kind, net::AddressFamily::Unix); !made)
            return "This system has no " + std::string(net::nameOf(socket.kind)) + " sockets, which '" + socket.name +
                   "' is: " + made.error().message();
    }
    if (ipv6) {
        Result<net::Socket> probe = net::Socket::open(net::SocketKind::Tcp, net::AddressFamily::IPv6);
        const Outcome bound =
            probe ? probe->bind(net::Address::loopback(net::AddressFamily::IPv6)) : Outcome(probe.error());
        if (!bound)
            return "This system has no IPv6 loopback, which the scenario needs: " + bound.error().message();
    }
    return std::nullopt;
}

} // namespace recvscope::session
