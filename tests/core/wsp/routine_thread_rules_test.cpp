// The thread a routine is queued to: its queue, its waits, and its exit.

#include "routine_rules.h"


namespace recvscope::test {

TEST_F(RoutineRules, ABlockingNonoverlappedCallIsAnAlertableWait)
{
    connect();
    Call with({5}), blocking({5});
    withRoutine(with);
    std::size_t toldWhileBlocked = 0;
    std::thread sender([&, caller = std::this_thread::get_id()] {
        waitUntil([&] { return m_provider->blocked(caller); }, "the call blocks");
        send("hello"); // completes the receive with the routine; the call goes on blocking
        waitUntil([&] { return m_provider->state(m_socket).blocked == 1 && m_provider->blocked(caller); }, "still");
        waitUntil([&] { return !eventsOf(trace::EventType::RoutineEnded).empty(); }, "the routine ran");
        toldWhileBlocked = m_provider->state(m_socket).blocked;
        send("world");
    });
    nonoverlapped(blocking);
    sender.join();
    EXPECT_EQ(toldWhileBlocked, 1U) << "the call had returned before the routine ran";
    EXPECT_EQ(blocking.result, 0);
    EXPECT_EQ(blocking.text(5), "world");
    EXPECT_EQ(toldHere.size(), 1U);
}

TEST_F(RoutineRules, ABlockedCallOfAThreadWithAQueueIsCancelledAndClosedLikeAnyOther)
{
    connect();
    (void)m_provider->openCurrentThread();
    const auto self = std::this_thread::get_id();
    Call cancelled({5});
    std::thread canceller([&] {
        waitUntil([&] { return m_provider->blocked(self); }, "the call blocks");
        EXPECT_TRUE(m_provider->cancelBlockingCall(self));
    });
    nonoverlapped(cancelled);
    canceller.join();
    EXPECT_EQ(cancelled.error, Status::WsaEintr);
    Call closed({5});
    std::thread closer([&] {
        waitUntil([&] { return m_provider->blocked(self); }, "the call blocks");
        Status error = Status::Success;
        m_provider->closeSocket(m_socket, &error);
    });
    nonoverlapped(closed);
    closer.join();
    EXPECT_EQ(closed.error, Status::WsaEintr);
}

RULE_TEST("wsp.indicate.queue-apc-any-thread", RoutineRules, anyThreadMayQueueToAnother)
{
    connect();
    const wsp::ThreadId self = m_provider->openCurrentThread();
    std::thread other([&] {
        Status error = Status::WsaEinval;
        EXPECT_TRUE(m_provider->queueApc(self, apc, 7, &error));
        EXPECT_EQ(error, Status::Success);
    });
    other.join();
    EXPECT_TRUE(contextsHere.empty());
    EXPECT_EQ(m_provider->alertableWait(), 1U);
    EXPECT_EQ(contextsHere, std::vector<std::uintptr_t>{7});
    finish();
}

RULE_TEST("wsp.indicate.queue-apc-any-process", RoutineRules, anotherProcessMayQueueOverASharedDescriptor)
{
    connect();
    Result<net::Socket> shared = m_provider->shareThread(m_provider->openCurrentThread(), apc);
    ASSERT_TRUE(shared) << shared.error().message();
    for (const std::uint32_t context : {7U, 8U}) {
        const Result<bool> queued = wsp::ApcInbox::sendFromAnotherProcess(*shared, context);
        ASSERT_TRUE(queued) << queued.error().message();
        EXPECT_TRUE(*queued);
    }
    EXPECT_TRUE(contextsHere.empty());
    EXPECT_EQ(m_provider->alertableWait(), 2U);
    EXPECT_EQ(contextsHere, (std::vector<std::uintptr_t>{7, 8}));
    finish();
}

TEST_F(RoutineRules, NothingIsQueuedToAThreadThatHasExited)
{
    connect();
    wsp::ThreadId gone;
    std::thread other([&] { gone = m_provider->openCurrentThread(); });
    other.join();
    Status error = Status::Success;
    EXPECT_FALSE(m_provider->queueApc(gone, apc, 7, &error));
    EXPECT_EQ(error, Status::WsaEinval);
}

RULE_TEST("wsp.indicate.apc-single-context", RoutineRules, whatIsQueuedKnowsItsRoutineByOneValue)
{
    connect();
    Call first({5}), second({5});
    withRoutine(first);
    withRoutine(second);
    send("helloworld");
    completes(second);
    EXPECT_EQ(m_provider->alertableWait(), 2U);
    ASSERT_EQ(toldHere.size(), 2U);
    EXPECT_EQ(toldHere[0].overlapped, &first.overlapped);
    EXPECT_EQ(toldHere[1].overlapped, &second.overlapped);
    EXPECT_EQ(eventsOf(trace::EventType::ApcBegan).size(), 2U);
    finish();
}

RULE_TEST("wsp.indicate.thread-id-copied", RoutineRules, theThreadIdentifierMayBeGoneAtCompletion)
{
    connect();
    Call call({8});
    {
        wsp::ThreadId own = m_provider->openCurrentThread();
        withRoutine(call, &own);
        own = {}; // overwritten, then gone
    }
    send("hello");
    EXPECT_EQ(m_provider->alertableWait(), 1U);
    EXPECT_EQ(toldHere.size(), 1U);
    finish();
}

RULE_TEST("wsp.cancel.thread-exit", RoutineRules, aThreadThatExitsTakesItsReceivesWithIt)
{
    connect();
    Call withEvent({5}), withItsRoutine({5}), ofAnother({5});
    std::thread leaving([&] {
        withRoutine(withItsRoutine);
        withEvent.withEvent();
        overlapped(withEvent);
        EXPECT_EQ(withEvent.error, Status::WsaIoPending);
    });
    leaving.join();
    overlapped(ofAnother);
    EXPECT_EQ(result(withEvent, false), Status::WsaOperationAborted);
    EXPECT_EQ(result(withItsRoutine, false), Status::WsaOperationAborted);
    EXPECT_TRUE(withEvent.event.isSet());
    EXPECT_TRUE(toldHere.empty());
    EXPECT_TRUE(eventsOf(trace::EventType::RoutineBegan).empty());
    send("hello"); // what another thread started goes on
    EXPECT_EQ(result(ofAnother, true), Status::Success);
    EXPECT_EQ(ofAnother.text(5), "hello");
    finish();
}

TEST_F(RoutineRules, ARoutineQueuedToAThreadThatExitsNeverRuns)
{
    connect();
    Call call({5});
    std::thread leaving([&] {
        withRoutine(call);
        send("hello");
        completes(call);
    });
    leaving.join();
    EXPECT_EQ(result(call, false), Status::Success);
    EXPECT_TRUE(eventsOf(trace::EventType::RoutineBegan).empty());
}

TEST_F(RoutineRules, AProviderTakesBackWhatItHasQueued)
{
    connect();
    Call call({5});
    withRoutine(call);
    send("hello");
    completes(call);
    Status error = Status::Success;
    const wsp::ThreadId self = m_provider->openCurrentThread();
    m_provider.reset();
    wsp::Provider another;
    EXPECT_TRUE(another.queueApc(self, apc, 1, &error));
    EXPECT_EQ(another.alertableWait(), 1U); // the other one alone
    EXPECT_TRUE(toldHere.empty());
}

RULE_TEST("wsp.call.in-progress-blocking", RoutineRules, aReceiveFromTheBlockingHookIsRefused)
{
    connect();
    Call inside({5}), blocking({5});
    m_provider->setBlockingHook([&] {
        nonoverlapped(inside);
        send("hello");
    });
    nonoverlapped(blocking);
    m_provider->setBlockingHook({});
    EXPECT_EQ(inside.error, Status::WsaEinprogress);
    EXPECT_EQ(blocking.result, 0);
    EXPECT_EQ(blocking.text(5), "hello");
    finish();
}

RULE_TEST("wsp.call.in-progress-callback", RoutineRules, aReceiveDuringACallbackOfTheProviderIsRefused)
{
    connect();
    sendAndArrive("hello");
    m_provider->injectCallbackInProgress(true);
    Call call({5});
    nonoverlapped(call);
    EXPECT_EQ(call.error, Status::WsaEinprogress);
    m_provider->injectCallbackInProgress(false);
    nonoverlapped(call);
    EXPECT_EQ(call.text(5), "hello");
    for (const trace::Event &event : eventsOf(trace::EventType::Refused))
        EXPECT_EQ(event.provenance, trace::Provenance::Injected);
    finish();
}

} // namespace recvscope::test
