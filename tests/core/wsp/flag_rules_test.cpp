// The wsp.flag rules of byte streams: urgent data, waiting for all, and what means nothing here.

#include "receiving.h"

#include <span>

namespace recvscope::test {

class FlagRules : public Receiving {
protected:
    void sendUrgent(char byte)
    {
        ASSERT_TRUE(m_peer.sendOob(static_cast<std::byte>(byte)));
        // The socket says that urgent data is there before a receive can find it.
        waitUntil([&] { return m_provider->state(m_socket).urgent; }, "the urgent byte arrived");
    }
};

RULE_TEST("wsp.flag.oob", FlagRules, theUrgentByteComesBesideTheStream)
{
    connect();
    sendAndArrive("ab");
    sendUrgent('!');
    Call urgent({4});
    urgent.flags = wsp::msg::Oob;
    nonoverlapped(urgent);
    EXPECT_EQ(urgent.result, 0);
    EXPECT_EQ(urgent.text(urgent.bytes), "!");
    Call normal({8});
    nonoverlapped(normal);
    EXPECT_EQ(normal.text(normal.bytes), "ab");
    finish();
}

RULE_TEST("wsp.flag.peek", FlagRules, aPeekLeavesTheUrgentByteWhereItIs)
{
    connect();
    sendUrgent('!');
    for (const std::uint32_t flags : {wsp::msg::Oob | wsp::msg::Peek, std::uint32_t{wsp::msg::Oob}}) {
        Call urgent({4});
        urgent.flags = flags;
        nonoverlapped(urgent);
        EXPECT_EQ(urgent.result, 0) << flags;
        EXPECT_EQ(urgent.text(urgent.bytes), "!");
    }
    finish();
}

RULE_TEST("wsp.flag.oob", FlagRules, withNoneThereTheCallWouldBlock)
{
    connect(net::SocketKind::Tcp, {.nonblocking = true});
    sendAndArrive("ab");
    Call urgent({4});
    urgent.flags = wsp::msg::Oob;
    nonoverlapped(urgent);
    EXPECT_EQ(urgent.error, Status::WsaEwouldblock);
    EXPECT_EQ(m_provider->available(m_socket), 2U);
    finish();
}

RULE_TEST("wsp.socket.options-and-flags", FlagRules, keptInlineTheByteStandsInTheStream)
{
    Result<net::ConnectedPair> pair = net::connectedPair(net::SocketKind::Tcp);
    ASSERT_TRUE(pair && pair->receiver.setOobInline(true));
    net::Socket peer = std::move(pair->peer);
    adopt(std::move(pair->receiver), {});
    ASSERT_TRUE(peer.send(std::as_bytes(std::span(std::string_view("ab")))));
    ASSERT_TRUE(peer.sendOob(std::byte{'!'}));
    Call refused({4});
    refused.flags = wsp::msg::Oob;
    nonoverlapped(refused);
    EXPECT_EQ(refused.error, Status::WsaEinval);
    std::string all;
    while (all.size() < 3) {
        Call call({8});
        nonoverlapped(call);
        ASSERT_EQ(call.result, 0);
        all += call.text(call.bytes);
    }
    EXPECT_EQ(all, "ab!");
    finish();
}

RULE_TEST("wsp.flag.waitall", FlagRules, aPendingReceiveCompletesWhenItsBuffersAreFull)
{
    onEveryStream([&] {
        send("abc");
        Call call({2, 4});
        call.flags = wsp::msg::WaitAll;
        overlapped(call.withEvent());
        ASSERT_EQ(call.error, Status::WsaIoPending);
        send("de");
        waitUntil([&] { return m_provider->state(m_socket).taken == 5; }, "what came was placed");
        EXPECT_EQ(result(call, false), Status::WsaIoIncomplete);
        send("fgh");
        call.event.wait();
        EXPECT_EQ(result(call, false), Status::Success);
        EXPECT_EQ(call.bytes, 6U);
        EXPECT_EQ(call.text(6), "abcdef");
        Call rest({8});
        nonoverlapped(rest);
        EXPECT_EQ(rest.text(rest.bytes), "gh");
    });
}

RULE_TEST("wsp.flag.waitall", FlagRules, aBlockedCallReturnsWhenItsBuffersAreFull)
{
    onEveryStream([&] {
        Call call({2, 2});
        call.flags = wsp::msg::WaitAll;
        std::thread caller([&] { nonoverlapped(call); });
        waitUntil([&] { return m_provider->blocked(caller.get_id()); }, "the call blocks");
        for (const char *text : {"a", "bc", "d"})
            send(text);
        caller.join();
        EXPECT_EQ(call.result, 0);
        EXPECT_EQ(call.text(call.bytes), "abcd");
    });
}

RULE_TEST("wsp.flag.waitall", FlagRules, theEndCompletesItEarly)
{
    onEveryStream([&] {
        Call call({8});
        call.flags = wsp::msg::WaitAll;
        overlapped(call.withEvent());
        send("abc");
        m_peer.close();
        call.event.wait();
        EXPECT_EQ(result(call, false), Status::Success);
        EXPECT_EQ(call.text(call.bytes), "abc");
        Call after({8});
        nonoverlapped(after);
        EXPECT_EQ(after.result, 0);
        EXPECT_EQ(after.bytes, 0U);
    });
}

RULE_TEST("wsp.flag.waitall", FlagRules, aCancelledCallReturnsWhatItHas)
{
    connect();
    Call call({8});
    call.flags = wsp::msg::WaitAll;
    std::thread caller([&] { nonoverlapped(call); });
    send("abc");
    waitUntil([&] { return m_provider->state(m_socket).taken == 3; }, "what came was placed");
    waitUntil([&] { return m_provider->cancelBlockingCall(caller.get_id()); }, "the call was cancelled");
    caller.join();
    EXPECT_EQ(call.result, 0);
    EXPECT_EQ(call.text(call.bytes), "abc");
    finish();
}

RULE_TEST("wsp.flag.waitall", FlagRules, closingCompletesItWithAnError)
{
    connect();
    Call call({8});
    call.flags = wsp::msg::WaitAll;
    overlapped(call.withEvent());
    send("abc");
    waitUntil([&] { return m_provider->state(m_socket).taken == 3; }, "what came was placed");
    Status error = Status::Success;
    ASSERT_EQ(m_provider->closeSocket(m_socket, &error), 0);
    call.event.wait();
    EXPECT_EQ(call.overlapped.offsetHigh, numberOf(Status::WsaOperationAborted));
    EXPECT_EQ(call.overlapped.internalHigh, 3U);
    EXPECT_EQ(call.text(3), "abc");
    finish();
}

RULE_TEST("wsp.flag.waitall-refused", FlagRules, itGoesNotWithANonblockingSocketNorWithOtherFlags)
{
    connect(net::SocketKind::Tcp, {.nonblocking = true});
    sendAndArrive("abcd");
    Call call({4});
    call.flags = wsp::msg::WaitAll;
    nonoverlapped(call);
    EXPECT_EQ(call.error, Status::WsaEopnotsupp);
    finish();
    for (const std::uint32_t other : {wsp::msg::Oob, wsp::msg::Peek, wsp::msg::Partial}) {
        connect();
        sendAndArrive("abcd");
        Call both({4});
        both.flags = wsp::msg::WaitAll | other;
        nonoverlapped(both);
        EXPECT_EQ(both.error, Status::WsaEopnotsupp) << other;
        EXPECT_EQ(m_provider->available(m_socket), 4U);
        finish();
    }
}

RULE_TEST("wsp.flag.partial-on-stream", FlagRules, itIsNamedAndTheStreamStaysAStream)
{
    onEveryStream([&] {
        sendAndArrive("abcdef");
        Call call({4});
        call.flags = wsp::msg::Partial;
        overlapped(call);
        EXPECT_EQ(call.result, 0);
        EXPECT_EQ(call.text(call.bytes), "abcd");
        EXPECT_EQ(call.flags, 0U);
    });
}

} // namespace recvscope::test
