// Connections whose link dies under them: the peer is there and hears nothing any more. A real one ends in about two
// seconds, of which the kernel keeps the time.

#include "receiving.h"

namespace recvscope::test {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds briefly(1000);

} // namespace

class DeadLinkRules : public Receiving {
protected:
    /// An adopted socket that notices a dead link, and whose link is dead. @param unacknowledged it had just sent
    void cutOff(bool unacknowledged)
    {
        Result<net::ConnectedPair> pair = net::connectedPair(net::SocketKind::Tcp);
        ASSERT_TRUE(pair) << pair.error().message();
        ASSERT_TRUE(pair->receiver.setKeepAlive(briefly));
        if (unacknowledged) {
            ASSERT_TRUE(pair->receiver.setUserTimeout(briefly));
        }
        const Outcome cut = pair->peer.dropArrivals();
        if (!cut)
            GTEST_SKIP() << cut.error().message();
        if (unacknowledged) {
            ASSERT_TRUE(pair->receiver.send(std::as_bytes(std::span("lost"))));
        }
        adopt(std::move(pair->receiver), {});
        m_peer = std::move(pair->peer);
    }

    void failsAtTheCallEveryTime(Status status)
    {
        arriveEnd();
        for (int i = 0; i < 2; ++i) {
            Call call({8});
            overlapped(call.withEvent());
            EXPECT_EQ(call.result, wsp::socketError);
            EXPECT_EQ(call.error, status);
            EXPECT_FALSE(call.event.isSet());
        }
        finish();
    }

    void failsEveryPendingReceive(Status status)
    {
        Call first({8});
        Call second({8});
        overlapped(first.withEvent());
        overlapped(second.withEvent());
        EXPECT_EQ(second.error, Status::WsaIoPending);
        second.event.wait();
        EXPECT_EQ(result(first, false), status);
        EXPECT_EQ(result(second, false), status);
        EXPECT_EQ(first.bytes, 0U);
        finish();
    }
};

RULE_TEST("wsp.close.keep-alive", DeadLinkRules, anIdleConnectionIsFoundBrokenAtTheCall)
{
    cutOff(false);
    failsAtTheCallEveryTime(Status::WsaEnetreset);
}

RULE_TEST("wsp.close.keep-alive", DeadLinkRules, anIdleConnectionIsFoundBrokenByEveryPendingReceive)
{
    cutOff(false);
    failsEveryPendingReceive(Status::WsaEnetreset);
}

RULE_TEST("wsp.close.keep-alive", DeadLinkRules, aBlockedCallIsToldToo)
{
    cutOff(false);
    Call call({8});
    nonoverlapped(call);
    EXPECT_EQ(call.error, Status::WsaEnetreset);
    finish();
}

RULE_TEST("wsp.close.aborted", DeadLinkRules, unacknowledgedDataAbortsTheConnectionAtTheCall)
{
    cutOff(true);
    failsAtTheCallEveryTime(Status::WsaEconnaborted);
}

RULE_TEST("wsp.close.aborted", DeadLinkRules, unacknowledgedDataAbortsTheConnectionUnderEveryPendingReceive)
{
    cutOff(true);
    failsEveryPendingReceive(Status::WsaEconnaborted);
}

RULE_TEST("wsp.close.aborted", DeadLinkRules, aSendThatMeetsAClosedPeerAbortsTheConnection)
{
    Result<net::ConnectedPair> pair = net::connectedPair(net::SocketKind::Tcp);
    ASSERT_TRUE(pair) << pair.error().message();
    pair->peer.close();
    waitUntil([&] { return pair->receiver.endArrived(); }, "the peer's FIN is here");
    ASSERT_TRUE(pair->receiver.send(std::as_bytes(std::span("nobody reads this"))));
    // The FIN alone is a graceful end; the reset that our send drew comes behind it.
    waitUntil([&] { return pair->receiver.hungUp(); }, "the reset is here");
    adopt(std::move(pair->receiver), {});
    for (int i = 0; i < 2; ++i) {
        Call call({8});
        overlapped(call);
        EXPECT_EQ(call.result, wsp::socketError);
        EXPECT_EQ(call.error, Status::WsaEconnaborted);
    }
    finish();
}

} // namespace recvscope::test
