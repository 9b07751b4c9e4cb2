// The wsp rules of message-oriented sockets: datagrams, and unix sequenced packets as the reliable transport.

#include "receiving.h"

#include "trace/story.h"

#include <functional>
#include <span>

namespace recvscope::test {

class MessageRules : public Receiving {
protected:
    template <class Body>
    void onEveryMessageSocket(Body body)
    {
        for (const net::SocketKind kind : {net::SocketKind::Udp, net::SocketKind::SeqPacket}) {
            SCOPED_TRACE(std::string(net::nameOf(kind)));
            connect(kind);
            body();
            finish();
        }
    }

    /// Posted before the message comes when @p first.
    void receiveEachWay(net::SocketKind kind, std::string_view message, std::vector<std::size_t> sizes,
                        const std::function<void(Call &, Status)> &judge)
    {
        for (const bool first : {false, true}) {
            SCOPED_TRACE(first ? "pending" : "at once");
            connect(kind);
            Call call(sizes);
            if (!first)
                send(message);
            overlapped(call.withEvent());
            Status status = call.error;
            if (first) {
                ASSERT_EQ(call.error, Status::WsaIoPending);
                send(message);
                call.event.wait();
                status = result(call, false);
            }
            judge(call, status);
            finish();
        }
    }
};

RULE_TEST("wsp.socket.connected-or-bound", MessageRules, aConnectedDatagramSocketReceives)
{
    connect(net::SocketKind::Udp);
    send("hello");
    Call call({16});
    overlapped(call);
    EXPECT_EQ(call.result, 0);
    EXPECT_EQ(call.text(call.bytes), "hello");
    finish();
}

RULE_TEST("wsp.socket.address-by-bind", MessageRules, aBoundDatagramSocketReceivesFromAnybody)
{
    Result<net::Socket> bound = net::Socket::open(net::SocketKind::Udp);
    ASSERT_TRUE(bound && bound->bind(net::Address::loopback(net::AddressFamily::IPv4)));
    const net::Address address = bound->localAddress();
    adopt(std::move(bound).value(), {.connected = false});
    for (const char *text : {"one", "two"}) {
        Result<net::Socket> sender = net::Socket::open(net::SocketKind::Udp);
        ASSERT_TRUE(sender && sender->connect(address));
        ASSERT_TRUE(sender->send(std::as_bytes(std::span(std::string_view(text)))));
        Call call({16});
        overlapped(call);
        EXPECT_EQ(call.text(call.bytes), text);
    }
    finish();
}

RULE_TEST("wsp.socket.unbound", MessageRules, aDatagramSocketWithoutAnAddressIsRefused)
{
    Result<net::Socket> fresh = net::Socket::open(net::SocketKind::Udp);
    ASSERT_TRUE(fresh);
    adopt(std::move(fresh).value(), {.connected = false});
    Call waiting({16});
    overlapped(waiting);
    EXPECT_EQ(waiting.error, Status::WsaEinval);
    Call blocking({16});
    nonoverlapped(blocking);
    EXPECT_EQ(blocking.error, Status::WsaEinval);
    finish();
}

RULE_TEST("wsp.socket.connected-datagram-filter", MessageRules, whatWasQueuedByOthersBeforeConnectingIsThrownAway)
{
    Result<net::Socket> receiver = net::Socket::open(net::SocketKind::Udp);
    Result<net::Socket> peer = net::Socket::open(net::SocketKind::Udp);
    Result<net::Socket> stranger = net::Socket::open(net::SocketKind::Udp);
    const net::Address anywhere = net::Address::loopback(net::AddressFamily::IPv4);
    ASSERT_TRUE(receiver && receiver->bind(anywhere) && peer && peer->bind(anywhere) && stranger);
    ASSERT_TRUE(stranger->connect(receiver->localAddress()) && peer->connect(receiver->localAddress()));
    ASSERT_TRUE(stranger->send(std::as_bytes(std::span(std::string_view("not for you")))));
    ASSERT_TRUE(receiver->connect(peer->localAddress()));
    ASSERT_TRUE(peer->send(std::as_bytes(std::span(std::string_view("for you")))));
    adopt(std::move(receiver).value(), {});
    Call peek({16});
    peek.flags = wsp::msg::Peek;
    nonoverlapped(peek);
    EXPECT_EQ(peek.text(peek.bytes), "for you");
    Call call({16});
    nonoverlapped(call);
    EXPECT_EQ(call.text(call.bytes), "for you");
    finish();
}

RULE_TEST("wsp.message.one-per-receive", MessageRules, twoMessagesNeedTwoReceives)
{
    onEveryMessageSocket([&] {
        send("one");
        send("two");
        for (const char *text : {"one", "two"}) {
            Call call({2, 16});
            overlapped(call);
            EXPECT_EQ(call.result, 0);
            EXPECT_EQ(call.bytes, 3U);
            EXPECT_EQ(call.text(3), text);
        }
    });
}

RULE_TEST("wsp.message.zero-length", MessageRules, anEmptyMessageIsSuccessAndNotTheEnd)
{
    onEveryMessageSocket([&] {
        send("");
        send("after");
        Call empty({16});
        overlapped(empty);
        EXPECT_EQ(empty.result, 0);
        EXPECT_EQ(empty.bytes, 0U);
        Call after({16});
        overlapped(after);
        EXPECT_EQ(after.text(after.bytes), "after");
    });
}

RULE_TEST("wsp.message.reliable-too-large", MessageRules, aReliableMessageStaysUntilABufferHoldsIt)
{
    receiveEachWay(net::SocketKind::SeqPacket, "a message of some length", {2, 4}, [&](Call &call, Status status) {
        EXPECT_EQ(status, Status::WsaEmsgsize);
        EXPECT_EQ(call.text(6), "a mess");
        Call large({64});
        overlapped(large);
        EXPECT_EQ(large.result, 0);
        EXPECT_EQ(large.text(large.bytes), "a message of some length");
    });
}

RULE_TEST("wsp.message.too-large-fills", MessageRules, moreBuffersThanTheSystemTakesAreFilledAndNoMoreIsTold)
{
    const std::string message(3100, 'm');
    for (const net::SocketKind kind : {net::SocketKind::SeqPacket, net::SocketKind::Udp}) {
        connect(kind);
        Call call(std::vector<std::size_t>(3000, 1));
        overlapped(call.withEvent());
        send(message);
        call.event.wait();
        EXPECT_EQ(result(call, true), Status::WsaEmsgsize);
        EXPECT_EQ(call.bytes, 3000U);
        finish();
    }
}

RULE_TEST("wsp.message.unreliable-too-large", MessageRules, aDatagramsExcessIsGone)
{
    receiveEachWay(net::SocketKind::Udp, "a message of some length", {2, 4}, [&](Call &call, Status status) {
        EXPECT_EQ(status, Status::WsaEmsgsize);
        EXPECT_EQ(call.text(6), "a mess");
        send("next");
        Call next({64});
        nonoverlapped(next);
        EXPECT_EQ(next.text(next.bytes), "next");
    });
}

RULE_TEST("wsp.flag.peek", MessageRules, aLookAtADatagramThatIsTooLargeLosesNothing)
{
    connect(net::SocketKind::Udp);
    send("abcdef");
    Call look({3});
    look.flags = wsp::msg::Peek;
    nonoverlapped(look);
    EXPECT_EQ(look.error, Status::WsaEmsgsize);
    EXPECT_EQ(look.text(3), "abc");
    Call all({8});
    nonoverlapped(all);
    EXPECT_EQ(all.text(all.bytes), "abcdef");
    const trace::Story story(snapshot());
    for (std::uint32_t i = 0; i < story.size(); ++i)
        EXPECT_NE(story.event(i).type, trace::EventType::MessageLost);
    finish();
}

RULE_TEST("engine.flag.not-performed", MessageRules, askingForAPartWhereThereAreNoneIsRefused)
{
    onEveryMessageSocket([&] {
        send("abcdef");
        Call call({3});
        call.flags = wsp::msg::Partial;
        nonoverlapped(call);
        EXPECT_EQ(call.error, Status::WsaEopnotsupp);
        Call all({8});
        nonoverlapped(all);
        EXPECT_EQ(all.text(all.bytes), "abcdef");
    });
}

RULE_TEST("wsp.message.too-large-fills", MessageRules, theBuffersAreFilledWithTheFirstPart)
{
    for (const net::SocketKind kind : {net::SocketKind::Udp, net::SocketKind::SeqPacket})
        receiveEachWay(kind, "0123456789", {3, 0, 4}, [&](Call &call, Status status) {
            EXPECT_EQ(status, Status::WsaEmsgsize);
            EXPECT_EQ(call.in(0, 3), "012");
            EXPECT_EQ(call.in(2, 4), "3456");
        });
}

RULE_TEST("wsp.call.whole-message-unblocks", MessageRules, aBlockedCallGetsOneWholeMessage)
{
    onEveryMessageSocket([&] {
        Call call({16});
        std::thread caller([&] { nonoverlapped(call); });
        waitUntil([&] { return m_provider->blocked(caller.get_id()); }, "the call blocks");
        send("whole");
        caller.join();
        EXPECT_EQ(call.result, 0);
        EXPECT_EQ(call.text(call.bytes), "whole");
    });
}

RULE_TEST("wsp.close.message-discon", MessageRules, theGracefulEndIsAnErrorOfItsOwnEachTime)
{
    connect(net::SocketKind::SeqPacket);
    Call pending({16});
    overlapped(pending.withEvent());
    ASSERT_EQ(pending.error, Status::WsaIoPending);
    m_peer.close();
    pending.event.wait();
    EXPECT_EQ(result(pending, false), Status::WsaEdiscon);
    Call again({16});
    nonoverlapped(again);
    EXPECT_EQ(again.error, Status::WsaEdiscon);
    finish();
}

RULE_TEST("wsp.call.would-block", MessageRules, aNonblockingSocketWithoutAMessageSaysSo)
{
    for (const net::SocketKind kind : {net::SocketKind::Udp, net::SocketKind::SeqPacket}) {
        connect(kind, {.nonblocking = true});
        Call call({16});
        nonoverlapped(call);
        EXPECT_EQ(call.error, Status::WsaEwouldblock);
        finish();
    }
}

RULE_TEST("wsp.flag.oob-not-stream", MessageRules, urgentDataOfAMessageSocketIsRefused)
{
    onEveryMessageSocket([&] {
        Call call({16});
        call.flags = wsp::msg::Oob;
        nonoverlapped(call);
        EXPECT_EQ(call.error, Status::WsaEopnotsupp);
    });
}

RULE_TEST("wsp.flag.waitall-refused", MessageRules, waitingForAllOfMessagesIsRefused)
{
    onEveryMessageSocket([&] {
        Call call({16});
        call.flags = wsp::msg::WaitAll;
        nonoverlapped(call);
        EXPECT_EQ(call.error, Status::WsaEopnotsupp);
    });
}

RULE_TEST("wsp.buffer.any-number", MessageRules, aMessageFillsMoreBuffersThanTheSystemTakes)
{
    onEveryMessageSocket([&] {
        const std::string message(3000, 'm');
        Call call(std::vector<std::size_t>(3000, 1));
        send(message);
        overlapped(call);
        EXPECT_EQ(call.bytes, 3000U);
        EXPECT_EQ(call.text(3000), message);
    });
}

} // namespace recvscope::test
