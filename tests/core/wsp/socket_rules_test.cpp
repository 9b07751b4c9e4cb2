// The wsp.socket rules: which sockets may receive.

#include "receiving.h"

namespace recvscope::test {

class SocketRules : public Receiving {};

RULE_TEST("wsp.socket.connected-or-bound", SocketRules, aConnectedStreamReceives)
{
    onEveryStream([&] {
        sendAndArrive("hello");
        Call call({16});
        overlapped(call);
        EXPECT_EQ(call.result, 0);
        EXPECT_EQ(call.text(call.bytes), "hello");
    });
}

RULE_TEST("wsp.socket.not-overlapped", SocketRules, anOverlappedReceiveOnAPlainSocketIsAnError)
{
    connect(net::SocketKind::Tcp, {.overlapped = false});
    sendAndArrive("hello");
    Call call({16});
    overlapped(call);
    EXPECT_EQ(call.result, wsp::socketError);
    EXPECT_EQ(call.error, Status::WsaEinval);
    EXPECT_EQ(m_provider->available(m_socket), 5U);
    finish();
}

RULE_TEST("wsp.socket.not-connected", SocketRules, aStreamThatNeverConnectedIsRefusedBoundOrNot)
{
    for (const bool bound : {false, true}) {
        Result<net::Socket> fresh = net::Socket::open(net::SocketKind::Tcp);
        ASSERT_TRUE(fresh);
        if (bound) {
            ASSERT_TRUE(fresh->bind(net::Address::loopback(net::AddressFamily::IPv4)));
        }
        adopt(std::move(fresh).value(), {.connected = false});
        Call waiting({16});
        overlapped(waiting);
        EXPECT_EQ(waiting.error, Status::WsaEnotconn);
        Call blocking({16});
        nonoverlapped(blocking);
        EXPECT_EQ(blocking.error, Status::WsaEnotconn);
        finish();
    }
}

RULE_TEST("wsp.socket.not-a-socket", SocketRules, aHandleThatNamesNoOpenSocketIsRefused)
{
    connect();
    Status error = Status::Success;
    const wsp::SocketHandle stale = m_socket;
    ASSERT_EQ(m_provider->closeSocket(m_socket, &error), 0);
    for (const wsp::SocketHandle handle : {wsp::SocketHandle::Invalid, wsp::SocketHandle{12345}, stale}) {
        m_socket = handle;
        Call call({16});
        overlapped(call);
        EXPECT_EQ(call.result, wsp::socketError);
        EXPECT_EQ(call.error, Status::WsaEnotsock);
    }
    finish();
}

RULE_TEST("wsp.socket.receive-shut-down", SocketRules, afterShuttingReceivingDownEveryReceiveFails)
{
    for (const net::Direction direction : {net::Direction::Receive, net::Direction::Both}) {
        connect();
        Status error = Status::Success;
        ASSERT_EQ(m_provider->shutdown(m_socket, direction, &error), 0);
        if (direction == net::Direction::Receive)
            send("late"); // stays readable for the system, not for the program
        for (int i = 0; i < 3; ++i) {
            Call waiting({16});
            overlapped(waiting);
            EXPECT_EQ(waiting.error, Status::WsaEshutdown);
            Call blocking({16});
            nonoverlapped(blocking);
            EXPECT_EQ(blocking.error, Status::WsaEshutdown);
        }
        finish();
    }
}

RULE_TEST("wsp.socket.receive-shut-down", SocketRules, whatWaitsIsEndedByTheShutdown)
{
    connect();
    Call pending({16});
    overlapped(pending.withEvent());
    ASSERT_EQ(pending.error, Status::WsaIoPending);
    Status error = Status::Success;
    ASSERT_EQ(m_provider->shutdown(m_socket, net::Direction::Receive, &error), 0);
    pending.event.wait();
    EXPECT_EQ(result(pending, false), Status::WsaEshutdown);
    finish();
}

RULE_TEST("wsp.socket.receive-shut-down", SocketRules, aBlockedCallIsEndedByTheShutdownAndSeesNoEnd)
{
    connect();
    Call blocked({16});
    std::thread caller([&] { nonoverlapped(blocked); });
    waitUntil([&] { return m_provider->blocked(caller.get_id()); }, "the call blocks");
    Status error = Status::Success;
    ASSERT_EQ(m_provider->shutdown(m_socket, net::Direction::Receive, &error), 0);
    caller.join();
    EXPECT_EQ(blocked.error, Status::WsaEshutdown);
    finish();
}

RULE_TEST("wsp.socket.send-shut-down", SocketRules, shuttingSendingDownLeavesReceivingAsItWas)
{
    connect();
    Status error = Status::Success;
    ASSERT_EQ(m_provider->shutdown(m_socket, net::Direction::Send, &error), 0);
    sendAndArrive("still");
    Call call({16});
    overlapped(call);
    EXPECT_EQ(call.text(call.bytes), "still");
    finish();
}

} // namespace recvscope::test
