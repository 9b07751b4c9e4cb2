// What Windows does beside its page, each behind its policy: what the policy changes, and that the default is the page.

#include "receiving.h"

namespace recvscope::test {

class PolicyRules : public Receiving {
protected:
    /// The rule that the last event of that type names.
    [[nodiscard]] RuleId ruleOfLast(trace::EventType type)
    {
        const trace::Snapshot seen = snapshot();
        RuleId rule = RuleId::None;
        for (std::uint16_t track = 0; track < seen.trackCount(); ++track)
            for (std::uint32_t i = 0; i < seen.trackSize(track); ++i)
                if (seen.event({track, i}).type == type)
                    rule = seen.event({track, i}).rule;
        return rule;
    }
};

RULE_TEST("windows.reset.discards-data", PolicyRules, aResetThrowsAwayWhatWasNotReceived)
{
    for (const bool asWindows : {false, true}) {
        connect(net::SocketKind::Tcp, {}, {.resetDiscardsData = asWindows});
        sendAndArrive("hello");
        m_peer.closeAbortively();
        waitUntil([&] { return m_provider->state(m_socket).hungUp; }, "the reset arrived");
        Call call({8});
        nonoverlapped(call);
        EXPECT_EQ(call.error, asWindows ? Status::WsaEconnreset : Status::Success);
        EXPECT_EQ(m_provider->state(m_socket).taken, 5U);
        Call again({8});
        nonoverlapped(again);
        EXPECT_EQ(again.error, Status::WsaEconnreset);
    }
    finish();
}

RULE_TEST("windows.message.too-large-count", PolicyRules, aMessageThatIsTooLargeTellsItsCountAtOnce)
{
    for (const bool asWindows : {false, true}) {
        connect(net::SocketKind::Udp, {}, {.tooLargeCountReported = asWindows});
        sendAndArrive("hello world");
        Call call({5});
        nonoverlapped(call);
        EXPECT_EQ(call.error, Status::WsaEmsgsize);
        EXPECT_EQ(call.text(5), "hello");
        EXPECT_EQ(call.bytes, asWindows ? 5U : 0xDEADU);
    }
    finish();
}

RULE_TEST("windows.peek.overlapped", PolicyRules, anOverlappedReceiveMayPeek)
{
    for (const bool asWindows : {false, true}) {
        connect(net::SocketKind::Tcp, {}, {.overlappedPeekAllowed = asWindows});
        sendAndArrive("hello");
        Call call({8});
        call.flags = wsp::msg::Peek;
        overlapped(call);
        EXPECT_EQ(call.error, asWindows ? Status::Success : Status::WsaEopnotsupp);
        EXPECT_EQ(m_provider->available(m_socket), 5U);
    }
    finish();
}

RULE_TEST("windows.close.aborts", PolicyRules, closingTcpReportsAnAbortedConnection)
{
    for (const bool asWindows : {false, true}) {
        connect(net::SocketKind::Tcp, {}, {.closeAbortsWithConnAborted = asWindows});
        Call call({8});
        call.withEvent();
        overlapped(call);
        Status ignored = Status::Success;
        m_provider->closeSocket(m_socket, &ignored);
        EXPECT_EQ(call.overlapped.offsetHigh.load(),
                  numberOf(asWindows ? Status::WsaEconnaborted : Status::WsaOperationAborted));
    }
    finish();
}

RULE_TEST("windows.overlapped.ignored", PolicyRules, anOverlappedReceiveOnAPlainSocketIsAnOrdinaryOne)
{
    for (const bool asWindows : {false, true}) {
        connect(net::SocketKind::Tcp, {.overlapped = false}, {.overlappedOnPlainSocketAllowed = asWindows});
        sendAndArrive("hello");
        Call call({8});
        overlapped(call.withEvent());
        EXPECT_EQ(call.error, asWindows ? Status::Success : Status::WsaEinval);
        EXPECT_FALSE(call.event.isSet()) << "the overlapped arguments are ignored";
    }
    EXPECT_EQ(ruleOfLast(trace::EventType::Called), RuleId::WindowsOverlappedIgnored);
    finish();
}

} // namespace recvscope::test
