// The wsk.socket and wsk.call rules: which sockets receive, and from where the call may be made.

#include "driving.h"

#include "wsk/irql.h"

namespace recvscope::test {

class KernelSocketRules : public Driving {
protected:
    /// A listening peer, that a socket can connect to.
    [[nodiscard]] static net::Socket listener()
    {
        Result<net::Socket> socket = net::Socket::open(net::SocketKind::Tcp);
        EXPECT_TRUE(socket && socket->bind(net::Address::loopback(net::AddressFamily::IPv4)) && socket->listen(1));
        return std::move(*socket);
    }
    void receivesNow(std::string_view text)
    {
        sendAndArrive(text);
        Packet packet({16});
        EXPECT_EQ(receive(packet), Status::Success);
        EXPECT_EQ(packet.text(packet.information()), text);
    }
};

RULE_TEST("wsk.socket.connected-by-connect", KernelSocketRules, aSocketThatWasConnectedReceives)
{
    begin();
    net::Socket listening = listener();
    Result<net::Socket> socket = net::Socket::open(net::SocketKind::Tcp);
    ASSERT_TRUE(socket);
    wsk::SocketTraits unconnected = traits();
    unconnected.connectedBy = engine::ConnectedBy::Any;
    m_socket = m_provider->adopt(std::move(*socket), unconnected);
    Packet connected({});
    EXPECT_EQ(m_provider->connect(m_socket, listening.localAddress(), &connected.irp), Status::Success);
    EXPECT_TRUE(connected.done());
    Result<net::Socket> peer = listening.accept();
    ASSERT_TRUE(peer);
    m_peer = std::move(*peer);
    receivesNow("hello");
    finish();
}

RULE_TEST("wsk.socket.connected-at-creation", KernelSocketRules, aSocketMadeConnectedReceives)
{
    begin();
    net::Socket listening = listener();
    Result<net::Socket> socket = net::Socket::open(net::SocketKind::Tcp);
    ASSERT_TRUE(socket);
    Packet made({});
    EXPECT_EQ(m_provider->socketConnect(std::move(*socket), listening.localAddress(), traits(), m_socket, &made.irp),
              Status::Success);
    ASSERT_NE(m_socket, wsk::SocketHandle::Invalid);
    EXPECT_EQ(made.status(), Status::Success);
    Result<net::Socket> peer = listening.accept();
    ASSERT_TRUE(peer);
    m_peer = std::move(*peer);
    receivesNow("hello");
    finish();
}

RULE_TEST("wsk.socket.accepted", KernelSocketRules, anAcceptedSocketReceives)
{
    begin();
    Result<net::Socket> socket = net::Socket::open(net::SocketKind::Tcp);
    ASSERT_TRUE(socket);
    wsk::SocketTraits listening = traits();
    listening.category = wsk::Category::Listening;
    listening.connectedBy = engine::ConnectedBy::Any;
    const wsk::SocketHandle listener = m_provider->adopt(std::move(*socket), listening);
    ASSERT_TRUE(m_provider->listen(listener));
    Result<net::Socket> peer = net::Socket::open(net::SocketKind::Tcp);
    ASSERT_TRUE(peer && peer->connect(m_provider->localAddress(listener)));
    Packet accepted({});
    EXPECT_EQ(m_provider->accept(listener, peer->localAddress(), traits(), m_socket, &accepted.irp), Status::Success);
    ASSERT_NE(m_socket, wsk::SocketHandle::Invalid);
    EXPECT_TRUE(accepted.done());
    m_peer = std::move(*peer);
    receivesNow("hello");
    finish();
}

RULE_TEST("wsk.socket.not-connected", KernelSocketRules, withoutAConnectionTheIrpFails)
{
    begin();
    Result<net::Socket> socket = net::Socket::open(net::SocketKind::Tcp);
    ASSERT_TRUE(socket);
    wsk::SocketTraits unconnected = traits();
    unconnected.connectedBy = engine::ConnectedBy::Any;
    m_socket = m_provider->adopt(std::move(*socket), unconnected);
    Packet packet({8});
    EXPECT_EQ(receive(packet), Status::NtInvalidDeviceState);
    EXPECT_TRUE(packet.done());
    EXPECT_EQ(packet.status(), Status::NtInvalidDeviceState);
    finish();
}

RULE_TEST("wsk.socket.not-connected", KernelSocketRules, withoutAConnectionItsNeighboursFailAlikeAndChangeNothing)
{
    begin();
    net::Socket listening = listener();
    Result<net::Socket> socket = net::Socket::open(net::SocketKind::Tcp);
    ASSERT_TRUE(socket);
    wsk::SocketTraits unconnected = traits();
    unconnected.connectedBy = engine::ConnectedBy::Any;
    m_socket = m_provider->adopt(std::move(*socket), unconnected);
    Packet early({8});
    EXPECT_EQ(receive(early), Status::NtInvalidDeviceState);
    for (const std::uint32_t how : {std::uint32_t{0}, wsk::abortive}) {
        Packet disconnect({});
        EXPECT_EQ(m_provider->disconnect(m_socket, nullptr, how, &disconnect.irp), Status::NtInvalidDeviceState);
        EXPECT_EQ(disconnect.status(), Status::NtInvalidDeviceState);
    }
    Packet data({2});
    EXPECT_EQ(m_provider->send(m_socket, &data.buffer, &data.irp), Status::NtInvalidDeviceState);
    EXPECT_TRUE(events(trace::EventType::SocketShutDown).empty());
    EXPECT_TRUE(events(trace::EventType::DisconnectAsked).empty());

    Packet connected({});
    EXPECT_EQ(m_provider->connect(m_socket, listening.localAddress(), &connected.irp), Status::Success);
    Result<net::Socket> peer = listening.accept();
    ASSERT_TRUE(peer);
    m_peer = std::move(*peer);
    EXPECT_EQ(m_provider->send(m_socket, &data.buffer, &data.irp), Status::Success);
    receivesNow("hello");
    finish();
}

RULE_TEST("wsk.irp.required", KernelSocketRules, connectingAndAcceptingWithoutAnIrpIsNamed)
{
    begin();
    net::Socket listening = listener();
    const auto open = [&](wsk::Category category) {
        wsk::SocketTraits unconnected = traits();
        unconnected.category = category;
        unconnected.connectedBy = engine::ConnectedBy::Any;
        return m_provider->adopt(std::move(*net::Socket::open(net::SocketKind::Tcp)), unconnected);
    };
    m_socket = open(wsk::Category::Connection);
    EXPECT_EQ(m_provider->connect(m_socket, listening.localAddress(), nullptr), Status::NtInvalidParameter);
    wsk::SocketHandle made = m_socket;
    EXPECT_EQ(m_provider->socketConnect(std::move(*net::Socket::open(net::SocketKind::Tcp)), listening.localAddress(),
                                        traits(), made, nullptr),
              Status::NtInvalidParameter);
    EXPECT_EQ(made, wsk::SocketHandle::Invalid);
    EXPECT_EQ(m_provider->accept(open(wsk::Category::Listening), listening.localAddress(), traits(), made, nullptr),
              Status::NtInvalidParameter);
    EXPECT_EQ(made, wsk::SocketHandle::Invalid);
    EXPECT_EQ(events(trace::EventType::Diagnostic).size(), 3U);
    EXPECT_EQ(events(trace::EventType::Refused).size(), 3U);
    finish();
}

RULE_TEST("wsk.socket.stream-dispatch", KernelSocketRules, aDatagramSocketAndAListenerHaveNoSuchCall)
{
    begin();
    for (const auto category : {wsk::Category::Datagram, wsk::Category::Listening}) {
        Result<net::Socket> socket =
            net::Socket::open(category == wsk::Category::Datagram ? net::SocketKind::Udp : net::SocketKind::Tcp);
        ASSERT_TRUE(socket);
        wsk::SocketTraits other = traits();
        other.category = category;
        other.connectedBy = engine::ConnectedBy::Any;
        m_socket = m_provider->adopt(std::move(*socket), other);
        Packet packet({8});
        EXPECT_EQ(receive(packet), Status::NtNotSupported);
        EXPECT_TRUE(packet.done());
    }
    ASSERT_EQ(events(trace::EventType::Diagnostic).size(), 2U);
    finish();
}

RULE_TEST("wsk.socket.forced-closed", KernelSocketRules, whatWaitsIsToldOfTheResetAndWhoCallsLaterOfTheForcedClose)
{
    connect();
    Packet waiting({8});
    EXPECT_EQ(receive(waiting), Status::NtPending);
    m_peer.closeAbortively();
    awaitDone(waiting);
    EXPECT_EQ(waiting.status(), Status::NtConnectionReset);
    EXPECT_EQ(waiting.information(), 0U);
    Packet later({8});
    EXPECT_EQ(receive(later), Status::NtFileForcedClosed);
    EXPECT_TRUE(later.done());
    EXPECT_EQ(later.status(), Status::NtFileForcedClosed);
    finish();
}

RULE_TEST("wsk.socket.forced-closed", KernelSocketRules, aCallThatFindsTheResetItselfSaysSoToo)
{
    connect();
    m_peer.closeAbortively();
    arriveEnd();
    Packet packet({8});
    EXPECT_EQ(receive(packet), Status::NtFileForcedClosed);
    EXPECT_EQ(packet.irp.completions(), 1U);
    finish();
}

RULE_TEST("wsk.socket.forced-closed", KernelSocketRules, byPolicyWhatWaitsIsToldOfTheForcedCloseToo)
{
    engine::Policy policy;
    policy.pendingResetForcedClosed = true;
    connect(net::SocketKind::Tcp, policy);
    Packet waiting({8});
    EXPECT_EQ(receive(waiting), Status::NtPending);
    m_peer.closeAbortively();
    awaitDone(waiting);
    EXPECT_EQ(waiting.status(), Status::NtFileForcedClosed);
    finish();
}

TEST_F(KernelSocketRules, aSendThatMeetsTheResetLosesNothingThatCameBefore)
{
    for (const bool drains : {false, true}) {
        connect();
        sendAndArrive("abcd");
        m_peer.closeAbortively();
        arriveEnd();
        Packet data({2});
        EXPECT_EQ(m_provider->send(m_socket, &data.buffer, &data.irp), Status::NtFileForcedClosed);
        Packet first({3});
        EXPECT_EQ(receive(first), Status::Success);
        EXPECT_EQ(first.text(first.information()), "abc");
        Packet second({8});
        if (drains) {
            EXPECT_EQ(receive(second, wsk::flag::Drain, 0), Status::NtPending); // it threw one away first
            awaitDone(second);
            EXPECT_EQ(second.status(), Status::NtConnectionReset);
            EXPECT_EQ(m_provider->state(m_socket).drained, 1U);
        } else {
            EXPECT_EQ(receive(second), Status::Success);
            EXPECT_EQ(second.text(second.information()), "d");
            Packet third({8});
            EXPECT_EQ(receive(third), Status::NtFileForcedClosed);
        }
        EXPECT_EQ(events(trace::EventType::CloseDue).size(), 1U);
        m_provider.reset();
    }
}

RULE_TEST("wsk.socket.forced-closed", KernelSocketRules, aResetThatThrowsDataAwayIsToldAlike)
{
    engine::Policy policy;
    policy.resetDiscardsData = true;
    connect(net::SocketKind::Tcp, policy);
    sendAndArrive("abcd");
    m_peer.closeAbortively();
    arriveEnd();
    Packet packet({8});
    EXPECT_EQ(receive(packet), Status::NtFileForcedClosed);
    ASSERT_EQ(events(trace::EventType::MessageLost).size(), 1U);
    EXPECT_EQ(events(trace::EventType::MessageLost).front().rule, RuleId::WindowsResetDiscardsData);
    EXPECT_EQ(events(trace::EventType::CloseDue).size(), 1U);
    finish();
}

RULE_TEST("wsk.socket.must-close", KernelSocketRules, untilItIsClosedItIsDueAndEachUseIsNamed)
{
    connect();
    m_peer.closeAbortively();
    arriveEnd();
    Packet first({8});
    EXPECT_EQ(receive(first), Status::NtFileForcedClosed);
    EXPECT_EQ(events(trace::EventType::CloseDue).size(), 1U);
    EXPECT_TRUE(events(trace::EventType::Diagnostic).empty());
    Packet second({8});
    EXPECT_EQ(receive(second), Status::NtFileForcedClosed);
    EXPECT_EQ(events(trace::EventType::CloseDue).size(), 1U);
    ASSERT_EQ(events(trace::EventType::Diagnostic).size(), 1U);
    Packet closing({});
    EXPECT_EQ(m_provider->close(m_socket, &closing.irp), Status::Success);
    EXPECT_TRUE(closing.done());
    EXPECT_EQ(events(trace::EventType::SocketClosed).size(), 1U);
    finish();
}

RULE_TEST("wsk.call.irql", KernelSocketRules, aboveDispatchLevelTheCallIsNamed)
{
    connect();
    sendAndArrive("x");
    {
        const wsk::RaisedIrql dispatch(wsk::dispatchLevel);
        Packet allowed({8});
        EXPECT_EQ(receive(allowed), Status::Success);
    }
    sendAndArrive("y");
    const wsk::RaisedIrql high(wsk::dispatchLevel + 1);
    Packet packet({8});
    EXPECT_EQ(receive(packet), Status::NtInvalidParameter);
    EXPECT_TRUE(packet.done());
    EXPECT_EQ(packet.text(1), ".");
    ASSERT_EQ(events(trace::EventType::Diagnostic).size(), 1U);
    EXPECT_EQ(events(trace::EventType::AtIrql).size(), 2U);
    finish();
}

} // namespace recvscope::test
