// Completion routines: where they run, when, in which order, and with what.

#include "routine_rules.h"


namespace recvscope::test {

RULE_TEST("wsp.complete.immediate-queues-routine", RoutineRules, anImmediateCompletionHasQueuedItsRoutineAndNotRunIt)
{
    connect();
    sendAndArrive("hello");
    Call call({8});
    withRoutine(call);
    EXPECT_EQ(call.result, 0);
    EXPECT_EQ(call.bytes, 5U);
    EXPECT_TRUE(toldHere.empty()) << "it ran within the call";
    EXPECT_EQ(m_provider->alertableWait(), 1U) << "it was not queued";
    ASSERT_EQ(toldHere.size(), 1U);
    EXPECT_EQ(toldHere[0].bytes, 5U);
    finish();
}

RULE_TEST("wsp.indicate.routine-on-initiating-thread", RoutineRules, theRoutineRunsOnTheThreadThatStartedTheReceive)
{
    connect();
    Call call({8});
    withRoutine(call);
    EXPECT_EQ(call.error, Status::WsaIoPending);
    send("hello");
    EXPECT_EQ(m_provider->alertableWait(), 1U);
    ASSERT_EQ(toldHere.size(), 1U);
    EXPECT_EQ(toldHere[0].thread, std::this_thread::get_id());
    EXPECT_EQ(call.text(5), "hello");
    finish();
}

RULE_TEST("wsp.indicate.alertable-wait-only", RoutineRules, aRoutineDoesNotRunWhileItsThreadAsksForAnotherResult)
{
    connect();
    Call first({5}), second({5});
    withRoutine(first);
    overlapped(second);
    send("helloworld");
    EXPECT_EQ(result(second, true), Status::Success); // blocks, and is no alertable wait
    EXPECT_TRUE(toldHere.empty());
    completes(first);
    EXPECT_EQ(result(second, true), Status::Success); // nor is it with the routine queued for sure
    EXPECT_TRUE(toldHere.empty());
    wsp::Event set;
    set.set();
    EXPECT_TRUE(m_provider->waitForEvent(set, nullptr)); // neither is this
    EXPECT_TRUE(toldHere.empty());
    EXPECT_EQ(m_provider->alertableWait(), 1U);
    EXPECT_EQ(toldHere.size(), 1U);
    finish();
}

RULE_TEST("wsp.indicate.routine-arguments", RoutineRules, theRoutineIsToldStatusCountStructureAndFlags)
{
    connect(net::SocketKind::SeqPacket);
    Call fits({8});
    withRoutine(fits);
    send("hello");
    completes(fits);
    Call tooSmall({2});
    withRoutine(tooSmall);
    send("world");
    completes(tooSmall);
    EXPECT_EQ(m_provider->alertableWait(), 2U);
    ASSERT_EQ(toldHere.size(), 2U);
    EXPECT_EQ(toldHere[0].error, Status::Success);
    EXPECT_EQ(toldHere[0].bytes, 5U);
    EXPECT_EQ(toldHere[0].overlapped, &fits.overlapped);
    EXPECT_EQ(toldHere[0].flags, 0U);
    EXPECT_EQ(toldHere[1].error, Status::WsaEmsgsize);
    EXPECT_EQ(toldHere[1].overlapped, &tooSmall.overlapped);
    finish();
}

RULE_TEST("wsp.complete.late-failure", RoutineRules, aRoutineIsToldOfAFailureLikeOfAnyCompletion)
{
    connect();
    Call call({8});
    withRoutine(call);
    m_peer.closeAbortively();
    EXPECT_EQ(m_provider->alertableWait(), 1U);
    ASSERT_EQ(toldHere.size(), 1U);
    EXPECT_EQ(toldHere[0].error, Status::WsaEconnreset);
    EXPECT_EQ(toldHere[0].bytes, 0U);
    finish();
}

TEST_F(RoutineRules, ARefusedCallQueuesNoRoutine)
{
    connect();
    Call call({});
    withRoutine(call);
    EXPECT_EQ(call.error, Status::WsaEinval);
    EXPECT_TRUE(eventsOf(trace::EventType::RoutineQueued).empty());
}

RULE_TEST("wsp.indicate.event-ignored-with-routine", RoutineRules, withARoutineTheEventMemberIsNeverLookedAt)
{
    connect();
    Call call({8});
    // The caller's context, and no event at all.
    call.overlapped.hEvent = reinterpret_cast<wsp::Event *>(std::uintptr_t{42}); // NOLINT
    withRoutine(call);
    send("hello");
    EXPECT_EQ(m_provider->alertableWait(), 1U);
    ASSERT_EQ(toldHere.size(), 1U);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(toldHere[0].overlapped->hEvent), 42U);
    Call real({8});
    real.withEvent();
    withRoutine(real);
    send("world");
    EXPECT_EQ(m_provider->alertableWait(), 1U);
    EXPECT_FALSE(real.event.isSet());
    finish();
}

RULE_TEST("wsp.indicate.wait-with-routine", RoutineRules, waitingForAResultThatGoesToARoutineIsNamedAndReturns)
{
    connect();
    Call call({8});
    withRoutine(call);
    EXPECT_EQ(result(call, true), Status::WsaEinval);
    EXPECT_EQ(result(call, false), Status::WsaIoIncomplete); // asking is allowed
    ASSERT_EQ(eventsOf(trace::EventType::Diagnostic).size(), 1U);
    send("hello");
    EXPECT_EQ(m_provider->alertableWait(), 1U);
    EXPECT_EQ(result(call, false), Status::Success);
    finish();
}

RULE_TEST("wsp.indicate.wait-event-with-routine", RoutineRules, waitingForTheSilencedEventIsNamedAndReturns)
{
    connect();
    Call call({8});
    call.withEvent();
    withRoutine(call);
    Status error = Status::Success;
    EXPECT_FALSE(m_provider->waitForEvent(call.event, &error));
    EXPECT_EQ(error, Status::WsaEinval);
    send("hello");
    EXPECT_EQ(m_provider->alertableWait(), 1U);
    // The same structure and event without a routine can be waited for again.
    overlapped(call);
    send("again");
    EXPECT_TRUE(m_provider->waitForEvent(call.event, &error));
    finish();
}

RULE_TEST("wsp.indicate.recv-inside-routine", RoutineRules, aRoutineMayStartTheNextReceive)
{
    connect();
    Call first({5}), second({5});
    withinIt = [&](const wsp::Overlapped *which) {
        if (which == &first.overlapped)
            withRoutine(second);
    };
    withRoutine(first);
    send("hello");
    EXPECT_EQ(m_provider->alertableWait(), 1U);
    EXPECT_EQ(second.error, Status::WsaIoPending);
    send("world");
    EXPECT_EQ(m_provider->alertableWait(), 1U);
    EXPECT_EQ(second.text(5), "world");
    finish();
}

RULE_TEST("wsp.indicate.recv-inside-sibling", RoutineRules, theRoutineOfASendMayStartAReceive)
{
    connect();
    Call received({5});
    wsp::Overlapped ofSend;
    withinIt = [&](const wsp::Overlapped *which) {
        if (which == &ofSend)
            overlapped(received);
    };
    Status error = Status::Success;
    std::uint32_t sent = 0;
    const std::string_view text = "question";
    EXPECT_EQ(m_provider->send(m_socket, std::as_bytes(std::span(text)), &sent, &ofSend, routine, nullptr, &error), 0);
    EXPECT_EQ(sent, 8U);
    EXPECT_TRUE(toldHere.empty());
    EXPECT_EQ(m_provider->alertableWait(), 1U);
    EXPECT_EQ(received.error, Status::WsaIoPending);
    send("reply");
    EXPECT_EQ(result(received, true), Status::Success);
    EXPECT_EQ(received.text(5), "reply");
    finish();
}

RULE_TEST("wsp.indicate.no-nesting", RoutineRules, routinesOfOneSocketDoNotNestWhenARoutineWaitsAlertably)
{
    connect();
    Call first({5}), second({5});
    std::vector<std::string> order;
    int depth = 0;
    withinIt = [&](const wsp::Overlapped *which) {
        EXPECT_EQ(++depth, 1) << "a routine ran inside another one";
        order.emplace_back(which == &first.overlapped ? "first" : "second");
        if (which == &first.overlapped)
            m_provider->alertableWait(); // the second one's turn has come, and is put off
        order.emplace_back("end");
        --depth;
    };
    withRoutine(first);
    withRoutine(second);
    send("helloworld");
    completes(second);
    EXPECT_EQ(m_provider->alertableWait(), 1U);
    EXPECT_EQ(order, (std::vector<std::string>{"first", "end", "second", "end"}));
    finish();
}

RULE_TEST("wsp.indicate.routine-order-free", RoutineRules, routinesMayRunInAnotherOrderAndTheDataKeepsIts)
{
    connect(net::SocketKind::Tcp, {}, {.routinesNewestFirst = true});
    Call first({5}), second({5});
    withRoutine(first);
    withRoutine(second);
    send("helloworld");
    completes(second);
    EXPECT_EQ(m_provider->alertableWait(), 2U);
    ASSERT_EQ(toldHere.size(), 2U);
    EXPECT_EQ(toldHere[0].overlapped, &second.overlapped);
    EXPECT_EQ(toldHere[1].overlapped, &first.overlapped);
    EXPECT_EQ(first.text(5) + second.text(5), "helloworld");
    for (const trace::Event &event : eventsOf(trace::EventType::RoutineBegan))
        EXPECT_EQ(event.provenance, trace::Provenance::Injected);
    finish();
}

RULE_TEST("wsp.call.network-down", RoutineRules, aFailedNetworkIsToldAtTheCallAndWhenPending)
{
    connect();
    Call pending({5}), asked({5}), blocking({5});
    overlapped(pending);
    m_provider->injectNetworkDown(true);
    EXPECT_EQ(result(pending, false), Status::WsaEnetdown);
    nonoverlapped(asked);
    EXPECT_EQ(asked.error, Status::WsaEnetdown);
    m_provider->injectNetworkDown(false);
    std::thread fault([&, caller = std::this_thread::get_id()] {
        waitUntil([&] { return m_provider->blocked(caller); }, "the call blocks");
        m_provider->injectNetworkDown(true);
    });
    nonoverlapped(blocking);
    fault.join();
    EXPECT_EQ(blocking.error, Status::WsaEnetdown);
    for (const trace::Event &event : eventsOf(trace::EventType::Completed))
        EXPECT_EQ(event.provenance, trace::Provenance::Injected);
    finish();
}

RULE_TEST("wsp.call.routine-without-overlapped", RoutineRules, aRoutineWithoutAStructureIsNamedAndNeverCalled)
{
    connect();
    sendAndArrive("hello");
    Call call({8});
    call.result = m_provider->recv(m_socket, call.buffers.data(), 1, &call.bytes, &call.flags, nullptr, routine,
                                   nullptr, &call.error);
    EXPECT_EQ(call.result, 0);
    EXPECT_EQ(call.bytes, 5U);
    EXPECT_EQ(eventsOf(trace::EventType::Diagnostic).size(), 1U);
    EXPECT_TRUE(eventsOf(trace::EventType::RoutineQueued).empty());
    finish();
}

RULE_TEST("wsp.indicate.overlapped-stays-valid", RoutineRules, aStructureThatIsGoneIsNamedAndNotWritten)
{
    connect();
    Call call({8});
    auto gone = std::make_unique<wsp::Overlapped>();
    call.result = m_provider->recv(m_socket, call.buffers.data(), 1, &call.bytes, &call.flags, gone.get(), nullptr,
                                   nullptr, &call.error);
    EXPECT_EQ(call.error, Status::WsaIoPending);
    gone.reset(); // the sanitizers would see a write into it
    send("hello");
    waitUntil([&] { return !eventsOf(trace::EventType::Diagnostic).empty(); }, "it is named");
    EXPECT_EQ(call.text(5), "hello");
    finish();
}

} // namespace recvscope::test
