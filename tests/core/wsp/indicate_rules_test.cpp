// The wsp.indicate rules that need no routine: events, and asking for the result.

#include "receiving.h"

namespace recvscope::test {

class IndicateRules : public Receiving {};

RULE_TEST("wsp.indicate.event", IndicateRules, completionSetsTheEvent)
{
    onEveryStream([&] {
        Call call({8});
        overlapped(call.withEvent());
        EXPECT_FALSE(call.event.isSet());
        send("abc");
        call.event.wait();
        EXPECT_EQ(result(call, false), Status::Success);
    });
}

RULE_TEST("wsp.indicate.no-event", IndicateRules, withoutAnEventAskingForTheResultStillWorks)
{
    connect();
    Call call({8});
    overlapped(call);
    send("abc");
    waitUntil([&] { return call.overlapped.internal.load() != wsp::Overlapped::inProgress; }, "it completed");
    EXPECT_EQ(result(call, false), Status::Success);
    EXPECT_EQ(call.bytes, 3U);
    finish();
}

RULE_TEST("wsp.indicate.result-wait", IndicateRules, askingWithWaitWaits)
{
    connect();
    Call call({8});
    overlapped(call);
    Status asked = Status::WsaEinval;
    std::thread asker([&] { asked = result(call, true); });
    waitUntil([&] { return m_provider->blocked(asker.get_id()); }, "the asking thread waits");
    send("abc");
    asker.join();
    EXPECT_EQ(asked, Status::Success);
    EXPECT_EQ(call.bytes, 3U);
    finish();
}

RULE_TEST("wsp.indicate.result-poll-early", IndicateRules, askingTooEarlyFailsAndTouchesNothing)
{
    connect();
    Call call({8});
    overlapped(call);
    EXPECT_EQ(result(call, false), Status::WsaIoIncomplete);
    EXPECT_EQ(call.bytes, 0xDEADU);
    send("a");
    EXPECT_EQ(result(call, true), Status::Success);
    finish();
}

RULE_TEST("wsp.indicate.result-poll-late", IndicateRules, askingLateGivesCountAndFlagsOrTheError)
{
    connect();
    Call good({8});
    overlapped(good.withEvent());
    send("abc");
    good.event.wait();
    EXPECT_EQ(result(good, false), Status::Success);
    EXPECT_EQ(good.bytes, 3U);
    Call bad({8});
    overlapped(bad.withEvent());
    m_peer.closeAbortively();
    bad.event.wait();
    EXPECT_EQ(result(bad, false), Status::WsaEconnreset);
    finish();
}

RULE_TEST("wsp.indicate.one-overlapped-each", IndicateRules, aStructureInUseIsNamedAndTheFirstReceiveIsUnharmed)
{
    connect();
    Call call({8});
    overlapped(call.withEvent());
    Call again({8});
    again.result = m_provider->recv(m_socket, again.buffers.data(), 1, &again.bytes, &again.flags, &call.overlapped,
                                    nullptr, nullptr, &again.error);
    EXPECT_EQ(again.error, Status::WsaEinval);
    send("abc");
    call.event.wait();
    EXPECT_EQ(result(call, false), Status::Success);
    EXPECT_EQ(call.text(call.bytes), "abc");
    finish();
}

} // namespace recvscope::test
