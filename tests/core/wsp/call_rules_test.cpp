// The wsp.call rules: nonoverlapped calls.

#include "receiving.h"

namespace recvscope::test {

class CallRules : public Receiving {};

RULE_TEST("wsp.call.nonoverlapped", CallRules, withoutAnOverlappedStructureTheCallIsNonoverlapped)
{
    connect(); // an overlapped socket
    sendAndArrive("abc");
    Call call({8});
    nonoverlapped(call);
    EXPECT_EQ(call.result, 0);
    EXPECT_EQ(call.bytes, 3U);
    EXPECT_EQ(call.flags, 0U);
    finish();
}

RULE_TEST("wsp.call.buffered-data-returned", CallRules, whatIsBufferedIsCopiedAndTheCallReturns)
{
    onEveryStream([&] {
        sendAndArrive("abc");
        Call call({8});
        nonoverlapped(call);
        EXPECT_EQ(call.text(call.bytes), "abc");
    });
}

RULE_TEST("wsp.call.as-much-as-fits", CallRules, asMuchAsFitsIsReturnedAndTheRestStays)
{
    onEveryStream([&] {
        sendAndArrive("abcdefgh");
        Call call({2, 3});
        nonoverlapped(call);
        EXPECT_EQ(call.text(call.bytes), "abcde");
        EXPECT_EQ(m_provider->available(m_socket), 3U);
    });
}

RULE_TEST("wsp.call.blocks-until-data", CallRules, aCallWithNothingBufferedBlocks)
{
    onEveryStream([&] {
        Call call({8});
        std::thread caller([&] { nonoverlapped(call); });
        waitUntil([&] { return m_provider->blocked(caller.get_id()); }, "the call blocks");
        EXPECT_EQ(call.bytes, 0xDEADU);
        send("abc");
        caller.join();
        EXPECT_EQ(call.text(call.bytes), "abc");
    });
}

RULE_TEST("wsp.call.one-byte-unblocks", CallRules, oneByteUnblocksTheCaller)
{
    connect();
    Call call({8});
    std::thread caller([&] { nonoverlapped(call); });
    waitUntil([&] { return m_provider->blocked(caller.get_id()); }, "the call blocks");
    send("a");
    caller.join();
    EXPECT_EQ(call.bytes, 1U);
    finish();
}

RULE_TEST("wsp.call.would-block", CallRules, aNonblockingSocketSaysThatItWouldBlock)
{
    connect(net::SocketKind::Tcp, {.nonblocking = true});
    Call call({8});
    nonoverlapped(call);
    EXPECT_EQ(call.result, wsp::socketError);
    EXPECT_EQ(call.error, Status::WsaEwouldblock);
    EXPECT_EQ(call.bytes, 0xDEADU);
    finish();
}

RULE_TEST("wsp.call.would-block", CallRules, aNonblockingCallBehindAPendingReceiveMayNotOvertakeIt)
{
    connect(net::SocketKind::Tcp, {.nonblocking = true});
    Call pending({8});
    overlapped(pending.withEvent());
    ASSERT_EQ(pending.error, Status::WsaIoPending);
    Call call({8});
    nonoverlapped(call);
    EXPECT_EQ(call.error, Status::WsaEwouldblock);
    send("abc");
    pending.event.wait();
    EXPECT_EQ(result(pending, false), Status::Success);
    EXPECT_EQ(pending.text(pending.bytes), "abc");
    finish();
}

RULE_TEST("wsp.call.too-many-outstanding", CallRules, moreThanTheLimitIsRefused)
{
    connect(net::SocketKind::Tcp, {}, {.maxOutstanding = 2});
    Call first({4});
    Call second({4});
    Call third({4});
    overlapped(first);
    overlapped(second);
    overlapped(third);
    EXPECT_EQ(second.error, Status::WsaIoPending);
    EXPECT_EQ(third.error, Status::WsaEwouldblock);
    EXPECT_EQ(m_provider->outstanding(m_socket), 2U);
    finish();
    Status error = Status::Success;
    m_provider->closeSocket(m_socket, &error);
}

RULE_TEST("wsp.call.cancelled-blocking", CallRules, aBlockedCallEndsWhenItIsCancelled)
{
    onEveryStream([&] {
        Call call({8});
        std::thread caller([&] { nonoverlapped(call); });
        waitUntil([&] { return m_provider->blocked(caller.get_id()); }, "the call blocks");
        EXPECT_TRUE(m_provider->cancelBlockingCall(caller.get_id()));
        caller.join();
        EXPECT_EQ(call.error, Status::WsaEintr);
        EXPECT_EQ(call.bytes, 0xDEADU);
    });
}

RULE_TEST("wsp.call.cancelled-blocking", CallRules, aCallBlockedBehindAPendingReceiveIsCancelledToo)
{
    connect();
    Call pending({8});
    overlapped(pending.withEvent());
    Call call({8});
    std::thread caller([&] { nonoverlapped(call); });
    waitUntil([&] { return m_provider->blocked(caller.get_id()); }, "the call blocks");
    EXPECT_TRUE(m_provider->cancelBlockingCall(caller.get_id()));
    caller.join();
    EXPECT_EQ(call.error, Status::WsaEintr);
    send("abc");
    pending.event.wait();
    EXPECT_EQ(result(pending, false), Status::Success);
    finish();
}

TEST_F(Receiving, cancellingAThreadThatIsNotBlockedSaysSo)
{
    begin("wsp.call.nonoverlapped");
    connect();
    EXPECT_FALSE(m_provider->cancelBlockingCall(std::this_thread::get_id()));
    sendAndArrive("abc");
    Call call({8});
    nonoverlapped(call);
    EXPECT_EQ(call.bytes, 3U);
    finish();
}

RULE_TEST("engine.cancel.data-wins", CallRules, dataThatArrivesWhileACancelIsUnderWayIsDelivered)
{
    // The cancel and the data race; whichever wins, the call ends once and no byte is lost. Until data has won once.
    bool dataWon = false;
    for (int i = 0; i < 100'000 && !dataWon; ++i) {
        connect();
        Call call({8});
        std::thread caller([&] { nonoverlapped(call); });
        waitUntil([&] { return m_provider->blocked(caller.get_id()); }, "the call blocks");
        std::thread sender([&] { send("abc"); });
        m_provider->cancelBlockingCall(caller.get_id());
        caller.join();
        sender.join();
        if (call.result == 0) {
            EXPECT_EQ(call.text(call.bytes), "abc");
            const trace::Snapshot seen = snapshot();
            for (std::uint16_t track = 0; track < seen.trackCount(); ++track)
                for (std::uint32_t j = 0; j < seen.trackSize(track); ++j)
                    dataWon = dataWon || seen.event({track, j}).rule == RuleId::EngineCancelDataWins;
        } else {
            EXPECT_EQ(call.error, Status::WsaEintr);
            waitUntil([&] { return m_provider->available(m_socket) == 3; }, "the bytes are still there");
        }
    }
    finish();
}

RULE_TEST("engine.call.socket-closed-while-blocked", CallRules, closingEndsABlockedCall)
{
    onEveryStream([&] {
        Call call({8});
        std::thread caller([&] { nonoverlapped(call); });
        waitUntil([&] { return m_provider->blocked(caller.get_id()); }, "the call blocks");
        Status error = Status::Success;
        EXPECT_EQ(m_provider->closeSocket(m_socket, &error), 0);
        caller.join();
        EXPECT_EQ(call.error, Status::WsaEintr);
    });
}

} // namespace recvscope::test
