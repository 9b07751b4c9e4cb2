// The wsk.event rules: the receive event callback, the disconnect event callback, and what they keep.

#include "driving.h"

#include <span>

namespace recvscope::test {

using trace::EventType;

class KernelEventRules : public Driving {
protected:
    using Answer = Callback::Answer;

    void awaitCalls(Callback &callback, std::size_t count)
    {
        waitUntil([&] { return callback.calls == count && m_provider->state(m_socket).busy == 0; },
                  "the callback has been called");
    }
    /// Everything the engine's thread could do by now is done: a receive of another socket has gone round it.
    void letItSettle()
    {
        Result<net::ConnectedPair> pair = net::connectedPair(net::SocketKind::Tcp);
        ASSERT_TRUE(pair);
        const wsk::SocketHandle other = m_provider->adopt(std::move(pair->receiver));
        for (int i = 0; i < 3; ++i) {
            Packet packet({8});
            EXPECT_EQ(m_provider->receive(other, &packet.buffer, 0, &packet.irp), Status::NtPending);
            ASSERT_TRUE(pair->peer.send(std::as_bytes(std::span("x", 1))));
            waitUntil([&] { return packet.done(); }, "the other receive completes");
        }
    }
    Callback m_callback; // outlives the calls: ~Driving ends the provider, so it is destroyed there
    void TearDown() override
    {
        m_provider.reset();
        Driving::TearDown();
    }
};

TEST_F(KernelEventRules, whatNobodyWaitsForIsIndicatedInChainedDescriptors)
{
    connect();
    enable(m_callback, wsk::event::Receive, 4);
    send("0123456789");
    waitUntil([&] { return m_provider->state(m_socket).taken == 10; }, "all of it is accepted");
    std::string all;
    for (const std::string &heard : m_callback.heard)
        all += heard;
    EXPECT_EQ(all, "0123456789");
    EXPECT_GE(m_callback.descriptors.front(), (m_callback.heard.front().size() + 3) / 4);
    EXPECT_EQ(m_provider->state(m_socket).available, 0U);
    send("more");
    waitUntil([&] { return m_provider->state(m_socket).taken == 14; }, "and what follows");
}

RULE_TEST("wsk.event.pending-irp-first", KernelEventRules, theIrpThatWaitsGetsTheData)
{
    connect();
    enable(m_callback);
    Packet packet({16});
    EXPECT_EQ(receive(packet), Status::NtPending);
    send("abc");
    awaitDone(packet);
    EXPECT_EQ(packet.text(packet.information()), "abc");
    EXPECT_EQ(m_callback.calls, 0U);
    send("def");
    awaitCalls(m_callback, 1);
    EXPECT_EQ(m_callback.heard.front(), "def");
    finish();
}

RULE_TEST("wsk.event.race", KernelEventRules, onRequestTheCallbackIsCalledThoughAnIrpWaits)
{
    connect();
    enable(m_callback);
    Packet packet({16});
    EXPECT_EQ(receive(packet), Status::NtPending);
    m_provider->provokeRace(m_socket);
    send("abc");
    awaitCalls(m_callback, 1);
    EXPECT_FALSE(packet.done());
    const auto began = events(EventType::IndicationBegan);
    ASSERT_EQ(began.size(), 1U);
    EXPECT_EQ(began.front().provenance, trace::Provenance::Injected);
    send("def");
    awaitDone(packet);
    EXPECT_EQ(packet.text(packet.information()), "def");
    finish();
}

TEST_F(KernelEventRules, aRaceAskedForWhileTheCallbackRunsIsNotLostToTheReceive)
{
    connect();
    Packet packet({16});
    m_callback.during = [&] {
        if (m_callback.calls > 0)
            return;
        EXPECT_EQ(receive(packet), Status::NtPending);
        m_provider->provokeRace(m_socket);
        sendAndArrive("race"); // behind what it is called with
    };
    enable(m_callback);
    send("abc");
    awaitCalls(m_callback, 2);
    EXPECT_FALSE(packet.done());
    EXPECT_EQ(m_callback.heard.back(), "race");
    send("def");
    awaitDone(packet);
    EXPECT_EQ(packet.text(packet.information()), "def");
    finish();
}

TEST_F(KernelEventRules, aRaceThatNothingComesForEndsWithTheConnection)
{
    connect();
    enable(m_callback);
    Packet packet({16});
    EXPECT_EQ(receive(packet), Status::NtPending);
    m_provider->provokeRace(m_socket);
    m_peer.close();
    awaitDone(packet);
    EXPECT_EQ(packet.status(), Status::Success);
    EXPECT_EQ(packet.information(), 0U);
    finish();
}

RULE_TEST("wsk.event.disable-is-sure", KernelEventRules, afterwardsItIsNotCalled)
{
    connect();
    enable(m_callback);
    EXPECT_EQ(m_provider->controlEvents(m_socket, wsk::event::Receive | wsk::event::Disable, nullptr), Status::Success);
    sendAndArrive("abc");
    letItSettle();
    EXPECT_EQ(m_callback.calls, 0U);
    EXPECT_EQ(m_provider->state(m_socket).available, 3U);
    finish();
}

RULE_TEST("wsk.event.disable-is-sure", KernelEventRules, whileOneRunsDisablingIsPendingOrSaysSo)
{
    connect();
    std::atomic<bool> inside{false};
    std::atomic<bool> go{false};
    m_callback.during = [&] {
        inside = true;
        waitUntil([&] { return go.load(); }, "it may go on");
    };
    enable(m_callback);
    send("abc");
    waitUntil([&] { return inside.load(); }, "the callback runs");
    EXPECT_EQ(m_provider->controlEvents(m_socket, wsk::event::Receive | wsk::event::Disable, nullptr),
              Status::NtEventPending);
    Packet disabling({});
    EXPECT_EQ(m_provider->controlEvents(m_socket, wsk::event::Receive | wsk::event::Disable, &disabling.irp),
              Status::NtPending);
    EXPECT_FALSE(disabling.done());
    go = true;
    awaitDone(disabling);
    EXPECT_EQ(disabling.status(), Status::Success);
    sendAndArrive("def");
    letItSettle();
    EXPECT_EQ(m_callback.calls, 1U);
    // Sure only when the one that ran has returned.
    for (const trace::Event &set : events(EventType::CallbackSet))
        EXPECT_EQ(set.rule, RuleId::None);
    EXPECT_EQ(events(EventType::IndicationEnded).front().rule, RuleId::WskEventDisableIsSure);
    EXPECT_EQ(events(EventType::IrpCompleted).front().rule, RuleId::WskEventDisableIsSure);
    finish();
}

TEST_F(KernelEventRules, disablingInsideTheDisconnectCallbackCompletesWhenThatHasReturned)
{
    connect();
    Packet disabling({});
    wsk::ClientDispatch dispatch;
    Status inside = Status::Success;
    dispatch.disconnectEvent = [&](std::uint32_t) {
        inside = m_provider->controlEvents(m_socket, wsk::event::Disconnect | wsk::event::Disable, &disabling.irp);
        return Status::Success;
    };
    m_provider->setDispatch(m_socket, std::move(dispatch), 4096);
    EXPECT_EQ(m_provider->controlEvents(m_socket, wsk::event::Disconnect, nullptr), Status::Success);
    m_peer.close();
    awaitDone(disabling);
    EXPECT_EQ(inside, Status::NtPending);
    EXPECT_EQ(disabling.status(), Status::Success);
}

RULE_TEST("wsk.event.not-accepted", KernelEventRules, theDataStaysAndNoFurtherCallsCome)
{
    connect();
    m_callback.answers = {{Status::NtDataNotAccepted, 2}}; // its count is ignored
    enable(m_callback);
    sendAndArrive("abc");
    awaitCalls(m_callback, 1);
    sendAndArrive("def");
    letItSettle();
    EXPECT_EQ(m_callback.calls, 1U);
    EXPECT_EQ(m_provider->state(m_socket).available, 6U);
    finish();
}

RULE_TEST("wsk.event.not-accepted", KernelEventRules, enablingItAgainDoesNotHaveItCalledAgain)
{
    connect();
    m_callback.answers = {{Status::NtDataNotAccepted}, {}};
    enable(m_callback);
    send("abc");
    awaitCalls(m_callback, 1);
    EXPECT_EQ(m_provider->controlEvents(m_socket, wsk::event::Receive, nullptr), Status::Success);
    EXPECT_EQ(m_provider->controlEvents(m_socket, wsk::event::Receive | wsk::event::Disable, nullptr), Status::Success);
    EXPECT_EQ(m_provider->controlEvents(m_socket, wsk::event::Receive, nullptr), Status::Success);
    sendAndArrive("def");
    letItSettle();
    EXPECT_EQ(m_callback.calls, 1U);
    EXPECT_FALSE(m_provider->state(m_socket).listening);
    Packet none({});
    EXPECT_EQ(receive(none), Status::Success);
    awaitCalls(m_callback, 2);
    EXPECT_EQ(m_callback.heard.back(), "abcdef");
    finish();
}

TEST_F(KernelEventRules, aReceiveWhileItIsDisabledLetsItBeCalledOnceItIsEnabled)
{
    connect();
    m_callback.answers = {{Status::NtDataNotAccepted}, {}};
    enable(m_callback);
    send("abc");
    awaitCalls(m_callback, 1);
    EXPECT_EQ(m_provider->controlEvents(m_socket, wsk::event::Receive | wsk::event::Disable, nullptr), Status::Success);
    Packet none({});
    EXPECT_EQ(receive(none), Status::Success);
    ASSERT_EQ(events(EventType::CallbackResumed).size(), 1U);
    EXPECT_EQ(events(EventType::CallbackResumed).front().a, 1U); // and not yet
    letItSettle();
    EXPECT_EQ(m_callback.calls, 1U);
    EXPECT_EQ(m_provider->controlEvents(m_socket, wsk::event::Receive, nullptr), Status::Success);
    awaitCalls(m_callback, 2);
}

RULE_TEST("wsk.event.reenable", KernelEventRules, aReceiveOfNothingHasItCalledAgain)
{
    connect();
    m_callback.answers = {{Status::NtDataNotAccepted}, {}};
    enable(m_callback);
    send("abc");
    awaitCalls(m_callback, 1);
    Packet none({});
    EXPECT_EQ(receive(none), Status::Success);
    awaitCalls(m_callback, 2);
    EXPECT_EQ(m_callback.heard.back(), "abc");
    finish();
}

RULE_TEST("wsk.event.reenable", KernelEventRules, byTheOtherPolicyOnlyWhenThatReceiveHasCompleted)
{
    for (const bool whenCompleted : {false, true}) {
        engine::Policy policy;
        policy.reenableWhenCompleted = whenCompleted;
        connect(net::SocketKind::Tcp, policy);
        Callback callback;
        callback.answers = {{Status::Success, 3}, {}};
        enable(callback);
        send("abcd");
        awaitCalls(callback, 1);
        ASSERT_EQ(callback.heard.front(), "abcd");
        // Too large for what is left: it waits, and with it, by the other policy, the callback.
        Packet packet({8});
        EXPECT_EQ(receive(packet, wsk::flag::WaitAll), Status::NtPending);
        const auto resumed = [&] { return events(EventType::CallbackResumed).size(); };
        EXPECT_EQ(resumed(), whenCompleted ? 0U : 1U);
        send("efghijk");
        awaitDone(packet);
        EXPECT_EQ(packet.text(packet.information()), "defghijk");
        EXPECT_EQ(resumed(), 1U);
        send("later");
        awaitCalls(callback, 2);
        finish();
        m_provider.reset();
    }
}

TEST_F(KernelEventRules, theOtherPolicyOpensItBehindTheCompletionOfTheIrp)
{
    engine::Policy policy;
    policy.reenableWhenCompleted = true;
    for (const bool atOnce : {true, false}) {
        connect(net::SocketKind::Tcp, policy);
        Callback callback;
        callback.answers = {{Status::NtDataNotAccepted}, {}};
        enable(callback);
        send("abcd");
        awaitCalls(callback, 1);
        Packet packet({atOnce ? 2U : 5U});
        EXPECT_EQ(receive(packet, atOnce ? 0 : wsk::flag::WaitAll), atOnce ? Status::Success : Status::NtPending);
        if (!atOnce)
            send("ef");
        awaitDone(packet);
        awaitCalls(callback, 2); // with what is left
        const auto completed = events(EventType::IrpCompleted);
        const auto resumed = events(EventType::CallbackResumed);
        ASSERT_EQ(completed.size(), 1U);
        ASSERT_EQ(resumed.size(), 1U);
        EXPECT_LT(completed.front().socketSequence, resumed.front().socketSequence);
        m_provider.reset();
    }
}

RULE_TEST("wsk.event.accept-part", KernelEventRules, theRestIsTheNextReceivesAndTheCallbackSilent)
{
    connect();
    m_callback.answers = {{Status::Success, 4}, {}};
    enable(m_callback);
    send("abcdef");
    awaitCalls(m_callback, 1);
    letItSettle();
    EXPECT_EQ(m_callback.calls, 1U);
    EXPECT_EQ(m_provider->state(m_socket).available, 2U);
    Packet rest({8});
    EXPECT_EQ(receive(rest), Status::Success);
    EXPECT_EQ(rest.text(rest.information()), "ef");
    send("gh");
    awaitCalls(m_callback, 2);
    EXPECT_EQ(m_callback.heard.back(), "gh");
    finish();
}

RULE_TEST("wsk.event.retain", KernelEventRules, whatIsKeptIsGivenBackByItsFirstNode)
{
    connect();
    m_callback.answers = {{Status::NtPending}};
    enable(m_callback, wsk::event::Receive, 2);
    send("abcd");
    awaitCalls(m_callback, 1);
    send("ef");
    awaitCalls(m_callback, 2); // indications go on
    EXPECT_EQ(m_provider->retained(m_socket), 2U);
    wsk::DataIndication *const list = m_callback.kept.front();
    ASSERT_NE(list->next, nullptr);
    EXPECT_EQ(m_provider->release(m_socket, list->next), Status::NtInvalidParameter);
    EXPECT_EQ(std::string(reinterpret_cast<const char *>(list->next->buffer.mdl->address()), 2), "cd");
    EXPECT_EQ(m_provider->release(m_socket, list), Status::Success);
    EXPECT_EQ(m_provider->release(m_socket, list), Status::NtInvalidParameter);
    EXPECT_EQ(m_provider->retained(m_socket), 1U);
    EXPECT_TRUE(events(EventType::Diagnostic).empty());
    Packet closing({});
    EXPECT_EQ(m_provider->close(m_socket, &closing.irp), Status::Success);
    EXPECT_EQ(events(EventType::Diagnostic).size(), 1U); // one was still kept
    finish();
}

RULE_TEST("engine.indication.first", KernelEventRules, aReceiveAskedForInsideWaitsForTheAnswer)
{
    connect();
    m_callback.answers = {{Status::Success, 2}, {}};
    Packet inside({8});
    m_callback.during = [&] {
        if (inside.irp.completions() == 0 && !inside.irp.pending()) {
            EXPECT_EQ(receive(inside), Status::NtPending);
        }
    };
    enable(m_callback);
    send("abcd");
    awaitCalls(m_callback, 1);
    awaitDone(inside);
    EXPECT_EQ(inside.text(inside.information()), "cd");
    finish();
}

TEST_F(KernelEventRules, closingInsideACallbackWaitsForItsReturn)
{
    connect();
    Packet closing({});
    m_callback.during = [&] { EXPECT_EQ(m_provider->close(m_socket, &closing.irp), Status::NtPending); };
    enable(m_callback);
    send("abcd");
    waitUntil([&] { return closing.done(); }, "the close completes");
    EXPECT_EQ(m_callback.calls, 1U);
    EXPECT_FALSE(m_provider->state(m_socket).open);
    const auto ended = events(EventType::IndicationEnded);
    const auto closed = events(EventType::SocketClosed);
    ASSERT_EQ(ended.size(), 1U);
    ASSERT_EQ(closed.size(), 1U);
    EXPECT_LT(ended.front().socketSequence, closed.front().socketSequence);
}

TEST_F(KernelEventRules, aResetIsIndicatedAsNothingAndToldAsAbortive)
{
    connect();
    enable(m_callback, wsk::event::Receive | wsk::event::Disconnect);
    m_peer.closeAbortively();
    waitUntil([&] { return m_callback.aborted == 1 && m_callback.lost == 1; }, "both callbacks are told");
    EXPECT_EQ(m_callback.graceful, 0U);
    EXPECT_EQ(m_callback.calls, 0U);
    EXPECT_EQ(events(EventType::CloseDue).size(), 1U);
}

RULE_TEST("engine.disconnect.event", KernelEventRules, theGracefulEndIsToldBehindTheData)
{
    connect();
    m_callback.answers = {{Status::NtDataNotAccepted}, {}};
    enable(m_callback, wsk::event::Receive | wsk::event::Disconnect);
    send("abc");
    awaitCalls(m_callback, 1);
    ASSERT_TRUE(m_peer.shutdown(net::Direction::Send));
    arriveEnd();
    letItSettle();
    EXPECT_EQ(m_callback.graceful, 0U);
    Packet packet({8});
    EXPECT_EQ(receive(packet), Status::Success);
    waitUntil([&] { return m_callback.graceful == 1; }, "the end is told");
    EXPECT_EQ(m_callback.lost, 0U);
    Packet sending({2});
    EXPECT_EQ(m_provider->send(m_socket, &sending.buffer, &sending.irp), Status::Success); // still allowed
    finish();
}

TEST_F(KernelEventRules, whatCameBeforeAResetThatASendMetIsIndicatedFirst)
{
    connect();
    sendAndArrive("abcd");
    m_peer.closeAbortively();
    arriveEnd();
    Packet data({2});
    EXPECT_EQ(m_provider->send(m_socket, &data.buffer, &data.irp), Status::NtFileForcedClosed);
    enable(m_callback, wsk::event::Receive | wsk::event::Disconnect);
    waitUntil([&] { return m_callback.aborted == 1; }, "the end is told");
    EXPECT_EQ(m_callback.calls, 1U);
    EXPECT_EQ(m_callback.heard.front(), "abcd");
    EXPECT_EQ(m_callback.lost, 1U);
}

TEST_F(KernelEventRules, callbacksThatAreEnabledBeforeTheConnectionAreCalledWithWhatComesOverIt)
{
    begin();
    Result<net::Socket> listening = net::Socket::open(net::SocketKind::Tcp);
    Result<net::Socket> socket = net::Socket::open(net::SocketKind::Tcp);
    ASSERT_TRUE(listening && socket && listening->bind(net::Address::loopback(net::AddressFamily::IPv4)) &&
                listening->listen(1));
    wsk::SocketTraits unconnected = traits();
    unconnected.connectedBy = engine::ConnectedBy::Any;
    m_socket = m_provider->adopt(std::move(*socket), unconnected);
    enable(m_callback, wsk::event::Receive | wsk::event::Disconnect);
    letItSettle();
    EXPECT_EQ(m_callback.lost + m_callback.graceful + m_callback.aborted, 0U); // what is not connected has not ended
    Packet connected({});
    EXPECT_EQ(m_provider->connect(m_socket, listening->localAddress(), &connected.irp), Status::Success);
    Result<net::Socket> peer = listening->accept();
    ASSERT_TRUE(peer);
    m_peer = std::move(*peer);
    send("hello");
    awaitCalls(m_callback, 1);
    ASSERT_TRUE(m_peer.shutdown(net::Direction::Send));
    waitUntil([&] { return m_callback.graceful == 1; }, "the end is told");
    EXPECT_EQ(m_callback.lost, 0U);
}

RULE_TEST("engine.disconnect.abortive", KernelEventRules, anAbortiveDisconnectEndsAPlainReceive)
{
    connect();
    Packet waiting({8});
    EXPECT_EQ(receive(waiting), Status::NtPending);
    Packet disconnect({});
    EXPECT_EQ(m_provider->disconnect(m_socket, nullptr, wsk::abortive, &disconnect.irp), Status::Success);
    EXPECT_TRUE(waiting.done());
    EXPECT_EQ(waiting.status(), Status::NtLocalDisconnect);
    std::byte got{};
    const net::Slice slice{&got, 1};
    EXPECT_EQ(m_peer.receive({&slice, 1}, {.wait = true}).kind, net::Received::Kind::Failed);
    finish();
}

} // namespace recvscope::test
