// The wsp.close rules of byte streams: how the end is seen.

#include "receiving.h"

namespace recvscope::test {

class CloseRules : public Receiving {};

RULE_TEST("wsp.close.stream-zero-bytes", CloseRules, zeroBytesAreTheGracefulEnd)
{
    onEveryStream([&] {
        sendAndArrive("last");
        ASSERT_TRUE(m_peer.shutdown(net::Direction::Send));
        arriveEnd();
        Call data({8});
        nonoverlapped(data);
        EXPECT_EQ(data.text(data.bytes), "last");
        Call end({8});
        nonoverlapped(end);
        EXPECT_EQ(end.result, 0);
        EXPECT_EQ(end.bytes, 0U);
    });
}

RULE_TEST("wsp.close.stream-zero-bytes", CloseRules, aPendingReceiveSeesTheEndToo)
{
    connect();
    Call call({8});
    overlapped(call.withEvent());
    ASSERT_TRUE(m_peer.shutdown(net::Direction::Send));
    call.event.wait();
    EXPECT_EQ(result(call, false), Status::Success);
    EXPECT_EQ(call.bytes, 0U);
    finish();
}

RULE_TEST("wsp.close.stream-zero-bytes", CloseRules, dataAndTheEndInOneGoAreSeenOneAfterTheOther)
{
    connect();
    Call first({8});
    Call second({8});
    overlapped(first.withEvent());
    overlapped(second.withEvent());
    send("abc");
    ASSERT_TRUE(m_peer.shutdown(net::Direction::Send));
    second.event.wait();
    EXPECT_EQ(result(first, false), Status::Success);
    EXPECT_EQ(first.bytes, 3U);
    EXPECT_EQ(result(second, false), Status::Success);
    EXPECT_EQ(second.bytes, 0U);
    finish();
}

RULE_TEST("engine.end.latched", CloseRules, everyReceiveAfterTheEndReportsItAlike)
{
    onEveryStream([&] {
        ASSERT_TRUE(m_peer.shutdown(net::Direction::Send));
        arriveEnd();
        for (int i = 0; i < 3; ++i) {
            Call call({8});
            overlapped(call);
            EXPECT_EQ(call.result, 0);
            EXPECT_EQ(call.bytes, 0U);
        }
    });
}

RULE_TEST("wsp.close.reset", CloseRules, aResetIsReportedAtTheCall)
{
    connect();
    m_peer.closeAbortively();
    arriveEnd();
    for (int i = 0; i < 3; ++i) {
        Call call({8});
        overlapped(call.withEvent());
        EXPECT_EQ(call.result, wsp::socketError);
        EXPECT_EQ(call.error, Status::WsaEconnreset);
        EXPECT_FALSE(call.event.isSet());
    }
    finish();
}

RULE_TEST("wsp.close.reset", CloseRules, aResetIsReportedToWhoAsksForUrgentDataToo)
{
    connect();
    ASSERT_TRUE(m_peer.sendOob(std::byte{'!'}));
    m_peer.closeAbortively();
    arriveEnd();
    for (int i = 0; i < 2; ++i) {
        Call urgent({4});
        urgent.flags = wsp::msg::Oob;
        nonoverlapped(urgent);
        EXPECT_EQ(urgent.error, Status::WsaEconnreset);
    }
    finish();
}

RULE_TEST("wsp.close.reset", CloseRules, aResetBehindTheEndIsReportedAsOne)
{
    connect();
    ASSERT_TRUE(m_peer.shutdown(net::Direction::Send));
    arriveEnd();
    m_peer.closeAbortively();
    waitUntil([&] { return m_provider->state(m_socket).hungUp; }, "the reset is here");
    for (int i = 0; i < 2; ++i) {
        Call call({8});
        nonoverlapped(call);
        EXPECT_EQ(call.error, Status::WsaEconnreset); // and not aborted: nothing of ours drew it
    }
    finish();
}

RULE_TEST("wsp.close.reset", CloseRules, aResetIsReportedToEveryPendingReceive)
{
    connect();
    Call first({8});
    Call second({8});
    overlapped(first.withEvent());
    overlapped(second.withEvent());
    m_peer.closeAbortively();
    first.event.wait();
    second.event.wait();
    EXPECT_EQ(result(first, false), Status::WsaEconnreset);
    EXPECT_EQ(result(second, false), Status::WsaEconnreset);
    finish();
}

RULE_TEST("wsp.close.reset", CloseRules, aBlockedCallSeesTheReset)
{
    connect();
    Call call({8});
    std::thread caller([&] { nonoverlapped(call); });
    waitUntil([&] { return m_provider->blocked(caller.get_id()); }, "the call blocks");
    m_peer.closeAbortively();
    caller.join();
    EXPECT_EQ(call.error, Status::WsaEconnreset);
    finish();
}

} // namespace recvscope::test
