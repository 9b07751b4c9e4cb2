// The wsp rules of addresses: how a socket comes to one, and whom it hears.

#include "receiving.h"

#include "net/ip_fragments.h"

#include <array>
#include <span>

namespace recvscope::test {

namespace {

std::span<const std::byte> bytesOf(std::string_view text)
{
    return std::as_bytes(std::span(text));
}

net::Socket opened(net::SocketKind kind)
{
    Result<net::Socket> made = net::Socket::open(kind);
    EXPECT_TRUE(made);
    return std::move(made).value();
}

net::Address loopback()
{
    return net::Address::loopback(net::AddressFamily::IPv4);
}

} // namespace

class AddressRules : public Receiving {
protected:
    void adoptFresh(net::SocketKind kind = net::SocketKind::Udp) { adopt(opened(kind), {.connected = false}); }

    net::Socket peer()
    {
        net::Socket made = opened(net::SocketKind::Udp);
        EXPECT_TRUE(made.bind(loopback()));
        EXPECT_TRUE(made.setGroupsOnLoopback());
        return made;
    }

    void sendFrom(net::Socket &peer, std::string_view text)
    {
        const Outcome sent = peer.sendTo(bytesOf(text), m_provider->localAddress(m_socket));
        ASSERT_TRUE(sent) << sent.error().message();
    }

    std::string received()
    {
        Call call({64});
        overlapped(call);
        EXPECT_EQ(call.error, Status::Success);
        return call.text(call.bytes);
    }

    void expectUnbound()
    {
        Call call({16});
        overlapped(call);
        EXPECT_EQ(call.error, Status::WsaEinval);
    }
};

RULE_TEST("wsp.socket.address-by-bind", AddressRules, bindingMakesASocketReceive)
{
    adoptFresh();
    expectUnbound();
    ASSERT_TRUE(m_provider->bind(m_socket, loopback()));
    net::Socket one = peer();
    net::Socket two = peer();
    sendFrom(one, "one");
    sendFrom(two, "two");
    EXPECT_EQ(received(), "one");
    EXPECT_EQ(received(), "two");
    finish();
}

RULE_TEST("wsp.socket.address-implied", AddressRules, connectingGivesAnAddress)
{
    adoptFresh();
    expectUnbound();
    net::Socket friendly = peer();
    ASSERT_TRUE(m_provider->connect(m_socket, friendly.localAddress()));
    sendFrom(friendly, "hello");
    EXPECT_EQ(received(), "hello");
    finish();
}

RULE_TEST("wsp.socket.address-implied", AddressRules, sendingGivesAnAddressToAnswerTo)
{
    adoptFresh();
    expectUnbound();
    net::Socket friendly = peer();
    ASSERT_TRUE(m_provider->sendTo(m_socket, bytesOf("hello?"), friendly.localAddress()));
    std::array<std::byte, 16> memory{};
    const net::Slice slice{memory.data(), memory.size()};
    net::Address from;
    EXPECT_EQ(friendly.receive({&slice, 1}, {.wait = true, .from = &from}).bytes, 6U);
    ASSERT_TRUE(friendly.sendTo(bytesOf("hello!"), from));
    EXPECT_EQ(received(), "hello!");
    finish();
}

RULE_TEST("wsp.socket.address-implied", AddressRules, joiningAGroupGivesAnAddress)
{
    adoptFresh();
    expectUnbound();
    const Result<net::Address> group = net::Address::parseGroup("239.1.2.3");
    ASSERT_TRUE(group);
    const Outcome joined = m_provider->join(m_socket, *group);
    ASSERT_TRUE(joined) << joined.error().message();
    net::Socket friendly = peer();
    sendFrom(friendly, "to all");
    EXPECT_EQ(received(), "to all");
    finish();
}

RULE_TEST("wsp.socket.address-implied", AddressRules, anAcceptedConnectionHasAnAddress)
{
    adoptFresh(net::SocketKind::Tcp);
    ASSERT_TRUE(m_provider->bind(m_socket, loopback()));
    ASSERT_TRUE(m_provider->listen(m_socket));
    net::Socket client = opened(net::SocketKind::Tcp);
    ASSERT_TRUE(client.connect(m_provider->localAddress(m_socket)));
    const Result<wsp::SocketHandle> accepted = m_provider->accept(m_socket, client.localAddress(), {.id = SocketId{3}});
    ASSERT_TRUE(accepted) << accepted.error().message();
    m_socket = *accepted;
    ASSERT_TRUE(client.send(bytesOf("hello")));
    waitUntil([&] { return m_provider->available(m_socket) == 5; }, "the bytes arrived");
    EXPECT_EQ(received(), "hello");
    finish();
}

RULE_TEST("wsp.socket.not-connected", AddressRules, aBoundSocketWithoutAConnectionIsRefused)
{
    adoptFresh(net::SocketKind::Tcp);
    ASSERT_TRUE(m_provider->bind(m_socket, loopback()));
    for (const bool listens : {false, true}) {
        if (listens) {
            ASSERT_TRUE(m_provider->listen(m_socket));
        }
        Call call({16});
        overlapped(call);
        EXPECT_EQ(call.error, Status::WsaEnotconn);
    }
    finish();
}

RULE_TEST("wsp.socket.unbound", AddressRules, anAddressOfAnotherKindOfCallDoesNotHelp)
{
    adoptFresh();
    expectUnbound();
    EXPECT_FALSE(m_provider->join(m_socket, loopback())); // no group
    finish();
}

RULE_TEST("wsp.socket.connected-datagram-filter", AddressRules, connectingLaterThrowsAwayWhatOthersHadSent)
{
    adoptFresh();
    ASSERT_TRUE(m_provider->bind(m_socket, loopback()));
    net::Socket friendly = peer();
    net::Socket stranger = peer();
    sendFrom(stranger, "early");
    sendFrom(friendly, "hello");
    sendFrom(stranger, "too");
    ASSERT_TRUE(m_provider->connect(m_socket, friendly.localAddress()));
    sendFrom(stranger, "late");
    sendFrom(friendly, "again");
    EXPECT_EQ(received(), "hello");
    EXPECT_EQ(received(), "again");
    finish();
}

RULE_TEST("wsp.socket.connected-datagram-filter", AddressRules, aReceiveThatWaitsHearsThePeerConnectedToAlone)
{
    adoptFresh();
    ASSERT_TRUE(m_provider->bind(m_socket, loopback()));
    net::Socket friendly = peer();
    net::Socket stranger = peer();
    sendFrom(stranger, "early");
    ASSERT_TRUE(m_provider->connect(m_socket, friendly.localAddress()));
    Call call({16});
    overlapped(call.withEvent());
    EXPECT_EQ(call.error, Status::WsaIoPending);
    sendFrom(friendly, "hello");
    call.event.wait();
    EXPECT_EQ(result(call, false), Status::Success);
    EXPECT_EQ(call.text(call.bytes), "hello");
    finish();
}

RULE_TEST("wsp.call.whole-message-unblocks", AddressRules, aDatagramIsThereWithItsLastFragment)
{
    Result<net::RawSender> sender = net::RawSender::open();
    if (!sender)
        GTEST_SKIP() << sender.error().message();
    connect(net::SocketKind::Udp);
    Call call({64});
    std::thread caller([&] { nonoverlapped(call); });
    waitUntil([&] { return m_provider->blocked(caller.get_id()); }, "the call blocks");
    const std::string text = "a datagram in three fragments";
    const auto packets =
        net::ipFragments(m_peer.localAddress(), m_provider->localAddress(m_socket), bytesOf(text), 3, 4711);
    EXPECT_EQ(packets.size(), 3U);
    for (const auto &packet : packets) {
        EXPECT_FALSE(m_provider->state(m_socket).readable);
        const Outcome sent = sender->send(packet, m_provider->localAddress(m_socket));
        EXPECT_TRUE(sent) << sent.error().message();
    }
    caller.join();
    EXPECT_EQ(call.text(call.bytes), text);
    finish();
}

} // namespace recvscope::test
