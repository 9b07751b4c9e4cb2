// The receive time-out of a socket (SO_RCVTIMEO): of blocking calls alone.

#include "receiving.h"

#include <functional>
#include <thread>

namespace recvscope::test {

class TimeoutRules : public Receiving {
protected:
    void connectWithTimeout(net::SocketKind kind = net::SocketKind::Tcp)
    {
        Result<net::ConnectedPair> pair = net::connectedPair(kind);
        ASSERT_TRUE(pair) << pair.error().message();
        ASSERT_TRUE(pair->receiver.setReceiveTimeout(std::chrono::milliseconds(20)));
        adopt(std::move(pair->receiver), {});
        m_peer = std::move(pair->peer);
    }

    /// On a thread that blocks in the kernel, or on one to which routines may be queued, which blocks in the engine's
    /// queue.
    void onBothKindsOfThreads(const std::function<void()> &body)
    {
        for (const bool alertable : {false, true}) {
            SCOPED_TRACE(alertable ? "blocks in the queue" : "blocks in the kernel");
            std::thread([&] {
                connectWithTimeout();
                if (alertable)
                    static_cast<void>(m_provider->openCurrentThread());
                body();
                finish();
            }).join();
        }
    }
};

RULE_TEST("wsarecv.timeout.blocking-only", TimeoutRules, aBlockingCallEndsWithTheTimeOut)
{
    for (const net::SocketKind kind :
         {net::SocketKind::Tcp, net::SocketKind::Unix, net::SocketKind::Udp, net::SocketKind::SeqPacket}) {
        SCOPED_TRACE(std::string(net::nameOf(kind)));
        connectWithTimeout(kind);
        Call call({8});
        nonoverlapped(call);
        EXPECT_EQ(call.result, wsp::socketError);
        EXPECT_EQ(call.error, Status::WsaEtimedout);
        send("late");
        Call next({8});
        nonoverlapped(next);
        EXPECT_EQ(next.text(next.bytes), "late");
        finish();
    }
}

RULE_TEST("wsarecv.timeout.blocking-only", TimeoutRules, anOverlappedReceiveWaitsOnWhileABlockingOneBehindItGivesUp)
{
    connectWithTimeout();
    Call waiting({8});
    overlapped(waiting.withEvent());
    Call behind({8});
    nonoverlapped(behind);
    EXPECT_EQ(behind.error, Status::WsaEtimedout);
    EXPECT_FALSE(waiting.event.isSet());
    EXPECT_EQ(result(waiting, false), Status::WsaIoIncomplete);
    send("it waited");
    waiting.event.wait();
    EXPECT_EQ(result(waiting, false), Status::Success);
    EXPECT_EQ(waiting.text(waiting.bytes), "it waite");
    finish();
}

RULE_TEST("wsarecv.timeout.blocking-only", TimeoutRules, whicheverWayItBlocksACallEndsWithTheTimeOut)
{
    onBothKindsOfThreads([&] {
        Call call({8});
        nonoverlapped(call);
        EXPECT_EQ(call.error, Status::WsaEtimedout);
    });
}

RULE_TEST("wsarecv.timeout.blocking-only", TimeoutRules, whatAWaitAllHasWhenItsTimeIsOverIsNotLost)
{
    onBothKindsOfThreads([&] {
        sendAndArrive("half");
        Call call({8});
        call.flags = wsp::msg::WaitAll;
        nonoverlapped(call);
        EXPECT_EQ(call.result, 0);
        EXPECT_EQ(call.text(call.bytes), "half");
    });
}

} // namespace recvscope::test
