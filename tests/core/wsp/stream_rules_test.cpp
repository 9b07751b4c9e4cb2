// The wsp.stream and wsp.flag rules of byte streams.

#include "receiving.h"

namespace recvscope::test {

class StreamRules : public Receiving {};

RULE_TEST("wsp.stream.fills-until", StreamRules, aReceiveCompletesWithWhatThereIsFullOrNot)
{
    onEveryStream([&] {
        Call call({4, 16});
        overlapped(call.withEvent());
        ASSERT_EQ(call.error, Status::WsaIoPending);
        send("hello ");
        call.event.wait();
        EXPECT_EQ(result(call, false), Status::Success);
        EXPECT_EQ(call.text(call.bytes), "hello ");
    });
}

RULE_TEST("wsp.stream.posted-order", StreamRules, waitingReceivesFillInPostingOrder)
{
    onEveryStream([&] {
        Call first({16});
        Call second({16});
        Call third({16});
        for (Call *call : {&first, &second, &third}) {
            overlapped(call->withEvent());
            ASSERT_EQ(call->error, Status::WsaIoPending);
        }
        send("0123456789abcdef0123456789ABCDEFend");
        for (Call *call : {&first, &second, &third})
            call->event.wait();
        for (Call *call : {&first, &second, &third})
            ASSERT_EQ(result(*call, false), Status::Success);
        EXPECT_EQ(first.text(first.bytes) + second.text(second.bytes) + third.text(third.bytes),
                  "0123456789abcdef0123456789ABCDEFend");
        EXPECT_EQ(first.bytes, 16U);
    });
}

RULE_TEST("wsp.stream.posted-order", StreamRules, aBlockingCallBehindAPendingReceiveGetsWhatComesAfterIt)
{
    connect();
    Call pending({4});
    overlapped(pending.withEvent());
    Call blocking({4});
    std::thread caller([&] { nonoverlapped(blocking); });
    waitUntil([&] { return m_provider->blocked(caller.get_id()); }, "the call blocks");
    send("abcdefgh");
    caller.join();
    EXPECT_EQ(result(pending, true), Status::Success);
    EXPECT_EQ(pending.text(pending.bytes), "abcd");
    EXPECT_EQ(blocking.text(blocking.bytes), "efgh");
    finish();
}

RULE_TEST("wsp.stream.posted-order", StreamRules, aReceiveBehindABlockedCallGetsWhatComesAfterIt)
{
    connect();
    Call blocking({4});
    std::thread caller([&] { nonoverlapped(blocking); });
    waitUntil([&] { return m_provider->blocked(caller.get_id()); }, "the call blocks");
    Call pending({4});
    overlapped(pending.withEvent());
    ASSERT_EQ(pending.error, Status::WsaIoPending);
    send("abcdefgh");
    pending.event.wait();
    caller.join();
    EXPECT_EQ(blocking.text(blocking.bytes), "abcd");
    EXPECT_EQ(result(pending, false), Status::Success);
    EXPECT_EQ(pending.text(pending.bytes), "efgh");
    finish();
}

RULE_TEST("wsp.flag.peek", StreamRules, aPeekCopiesAndLeavesTheData)
{
    onEveryStream([&] {
        sendAndArrive("abcdef");
        Call look({4});
        look.flags = wsp::msg::Peek;
        nonoverlapped(look);
        EXPECT_EQ(look.text(look.bytes), "abcd");
        EXPECT_EQ(m_provider->available(m_socket), 6U);
        Call take({16});
        nonoverlapped(take);
        EXPECT_EQ(take.text(take.bytes), "abcdef");
    });
}

RULE_TEST("wsp.flag.peek", StreamRules, aBlockingPeekWaitsAndLeavesTheData)
{
    connect();
    Call look({4});
    look.flags = wsp::msg::Peek;
    std::thread caller([&] { nonoverlapped(look); });
    waitUntil([&] { return m_provider->blocked(caller.get_id()); }, "the peek blocks");
    sendAndArrive("abc");
    caller.join();
    EXPECT_EQ(look.text(look.bytes), "abc");
    EXPECT_EQ(m_provider->available(m_socket), 3U);
    finish();
}

RULE_TEST("wsp.flag.peek-nonoverlapped-only", StreamRules, anOverlappedPeekIsRefused)
{
    connect();
    sendAndArrive("abc");
    Call look({4});
    look.flags = wsp::msg::Peek;
    overlapped(look.withEvent());
    EXPECT_EQ(look.error, Status::WsaEopnotsupp);
    EXPECT_FALSE(look.event.isSet());
    finish();
}

RULE_TEST("engine.flag.not-performed", StreamRules, aFlagThatIsNotPerformedIsRefusedAndNotIgnored)
{
    connect();
    sendAndArrive("abc");
    Call call({4});
    call.flags = 0x10; // MSG_INTERRUPT of 16-bit Windows
    overlapped(call);
    EXPECT_EQ(call.error, Status::WsaEopnotsupp);
    EXPECT_EQ(m_provider->available(m_socket), 3U);
    finish();
}

} // namespace recvscope::test
