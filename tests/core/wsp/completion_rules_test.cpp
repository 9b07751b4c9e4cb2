// The wsp.complete and wsp.cancel rules: immediate, pending, failed, cancelled.

#include "receiving.h"

#include "trace/story.h"

namespace recvscope::test {

class CompletionRules : public Receiving {};

RULE_TEST("wsp.complete.immediate", CompletionRules, aReceiveThatCompletesAtOnceReturnsZeroWithItsOutputs)
{
    connect();
    sendAndArrive("abc");
    Call call({8});
    overlapped(call);
    EXPECT_EQ(call.result, 0);
    EXPECT_EQ(call.bytes, 3U);
    EXPECT_EQ(call.flags, 0U);
    EXPECT_EQ(call.overlapped.internal.load(), 0U);
    EXPECT_EQ(call.overlapped.internalHigh.load(), 3U);
    finish();
}

RULE_TEST("wsp.complete.immediate-sets-event", CompletionRules, theEventIsSetWhenItReturns)
{
    connect();
    sendAndArrive("abc");
    Call call({8});
    overlapped(call.withEvent());
    EXPECT_TRUE(call.event.isSet());
    finish();
}

RULE_TEST("wsp.complete.pending", CompletionRules, whyAReceiveWaitsIsTold)
{
    connect();
    Call first({4});
    Call second({4});
    overlapped(first);
    overlapped(second);
    const trace::Story story(snapshot());
    std::vector<RuleId> waits;
    for (std::uint32_t i = 0; i < story.size(); ++i)
        if (story.event(i).type == trace::EventType::Queued)
            waits.push_back(story.event(i).rule);
    EXPECT_EQ(waits, (std::vector{RuleId::WspCompletePending, RuleId::WspStreamPostedOrder}));
    send("abcdefgh");
    EXPECT_EQ(result(first, true), Status::Success);
    EXPECT_EQ(result(second, true), Status::Success);
    finish();
}

RULE_TEST("wsp.complete.pending", CompletionRules, nothingThereMeansThatItWillCompleteLater)
{
    onEveryStream([&] {
        Call call({8});
        overlapped(call);
        EXPECT_EQ(call.result, wsp::socketError);
        EXPECT_EQ(call.error, Status::WsaIoPending);
        EXPECT_EQ(call.overlapped.internal.load(), wsp::Overlapped::inProgress);
        send("a");
        EXPECT_EQ(result(call, true), Status::Success);
    });
}

RULE_TEST("wsp.complete.pending-leaves-outputs", CompletionRules, countAndFlagsStayAsTheyWere)
{
    connect();
    Call call({8});
    call.event.set(); // a pending start resets it
    overlapped(call.withEvent());
    EXPECT_EQ(call.bytes, 0xDEADU);
    EXPECT_FALSE(call.event.isSet());
    send("abc");
    call.event.wait();
    EXPECT_EQ(call.bytes, 0xDEADU); // completion does not write them either
    EXPECT_EQ(result(call, false), Status::Success);
    EXPECT_EQ(call.bytes, 3U);
    finish();
}

RULE_TEST("wsp.complete.error-return", CompletionRules, aFailureReturnsSocketErrorWithItsCode)
{
    connect(net::SocketKind::Tcp, {.nonblocking = true});
    Call call({8});
    nonoverlapped(call);
    EXPECT_EQ(call.result, wsp::socketError);
    EXPECT_EQ(call.error, Status::WsaEwouldblock);
    finish();
}

RULE_TEST("wsp.complete.failed-never-indicates", CompletionRules, aFailedCallStartsNothing)
{
    connect();
    Status error = Status::Success;
    m_provider->shutdown(m_socket, net::Direction::Receive, &error);
    Call call({8});
    overlapped(call.withEvent());
    EXPECT_EQ(call.error, Status::WsaEshutdown);
    EXPECT_EQ(m_provider->outstanding(m_socket), 0U);
    EXPECT_FALSE(call.event.isSet());
    finish();
}

RULE_TEST("wsp.complete.late-failure", CompletionRules, aPendingReceiveThatFailsIsIndicatedWithItsError)
{
    connect();
    Call call({8});
    overlapped(call.withEvent());
    ASSERT_EQ(call.error, Status::WsaIoPending);
    m_peer.closeAbortively();
    call.event.wait();
    EXPECT_EQ(result(call, false), Status::WsaEconnreset);
    finish();
}

RULE_TEST("wsp.cancel.socket-closed", CompletionRules, closingCompletesEveryPendingReceiveAsAborted)
{
    onEveryStream([&] {
        Call first({8});
        Call second({8});
        overlapped(first.withEvent());
        overlapped(second.withEvent());
        Status error = Status::Success;
        ASSERT_EQ(m_provider->closeSocket(m_socket, &error), 0);
        for (Call *call : {&first, &second}) {
            EXPECT_TRUE(call->event.isSet());
            EXPECT_EQ(call->overlapped.offsetHigh.load(), numberOf(Status::WsaOperationAborted));
            EXPECT_EQ(call->overlapped.internal.load(), numberOf(Status::NtCancelled));
        }
    });
}

RULE_TEST("wsp.cancel.socket-closed", CompletionRules, byPolicyItIsWindowsWayOnTcpAlone)
{
    for (const net::SocketKind kind : {net::SocketKind::Tcp, net::SocketKind::Unix}) {
        connect(kind, {}, {.closeAbortsWithConnAborted = true});
        Call call({8});
        overlapped(call.withEvent());
        Status error = Status::Success;
        ASSERT_EQ(m_provider->closeSocket(m_socket, &error), 0);
        EXPECT_EQ(call.overlapped.offsetHigh.load(),
                  numberOf(kind == net::SocketKind::Tcp ? Status::WsaEconnaborted : Status::WsaOperationAborted));
        finish();
    }
}

RULE_TEST("wsarecv.arguments.outputs", CompletionRules, theCountMayBeMissingOnlyWithAnOverlappedStructure)
{
    connect();
    sendAndArrive("abc");
    Call call({8});
    Status error = Status::Success;
    EXPECT_EQ(
        m_provider->recv(m_socket, call.buffers.data(), 1, nullptr, &call.flags, nullptr, nullptr, nullptr, &error),
        wsp::socketError);
    EXPECT_EQ(error, Status::WsaEfault);
    EXPECT_EQ(
        m_provider->recv(m_socket, call.buffers.data(), 1, &call.bytes, nullptr, nullptr, nullptr, nullptr, &error),
        wsp::socketError);
    EXPECT_EQ(error, Status::WsaEfault);
    EXPECT_EQ(m_provider->recv(m_socket, call.buffers.data(), 1, nullptr, &call.flags, &call.overlapped, nullptr,
                               nullptr, &error),
              0);
    EXPECT_EQ(call.overlapped.internalHigh.load(), 3U);
    finish();
}

} // namespace recvscope::test
