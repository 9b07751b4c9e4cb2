// Answers to calls that make no sense, and what is told of routines and other APCs that can never run.

#include "receiving.h"

#include "wsp/apc_inbox.h"

#include <thread>

namespace recvscope::test {

namespace {

thread_local std::size_t ranHere = 0;
void routine(Status, std::uint32_t, wsp::Overlapped *, std::uint32_t)
{
    ++ranHere;
}
void apc(std::uintptr_t)
{
    ++ranHere;
}

} // namespace

class Misuse : public Receiving {
protected:
    Misuse() { ranHere = 0; }

    void withRoutine(Call &call)
    {
        call.result = m_provider->recv(m_socket, call.buffers.data(), static_cast<std::uint32_t>(call.buffers.size()),
                                       &call.bytes, &call.flags, &call.overlapped, routine, nullptr, &call.error);
    }
    Status sends(std::string_view text)
    {
        Status error = Status::Success;
        m_provider->send(m_socket, std::as_bytes(std::span(text)), nullptr, nullptr, nullptr, nullptr, &error);
        return error;
    }
    [[nodiscard]] std::size_t count(trace::EventType type, RuleId rule)
    {
        const trace::Snapshot seen = snapshot();
        std::size_t found = 0;
        for (std::uint16_t track = 0; track < seen.trackCount(); ++track)
            for (std::uint32_t i = 0; i < seen.trackSize(track); ++i)
                found += seen.event({track, i}).type == type && seen.event({track, i}).rule == rule ? 1U : 0U;
        return found;
    }
};

RULE_TEST("engine.result.nothing-started", Misuse, aRefusedReceiveHasNoResult)
{
    connect();
    Call call({});
    overlapped(call);
    ASSERT_EQ(call.error, Status::WsaEinval);
    for (const bool wait : {false, true})
        EXPECT_EQ(result(call, wait), Status::WsaEinval);
    EXPECT_EQ(count(trace::EventType::Diagnostic, RuleId::EngineResultNothingStarted), 2U);
    finish();
}

TEST_F(Misuse, ARefusedReceiveLeavesTheResultOfTheOneBefore)
{
    connect();
    sendAndArrive("hello");
    Call call({8});
    overlapped(call);
    ASSERT_EQ(call.error, Status::Success);
    call.flags = wsp::msg::Peek; // refused: not for overlapped calls
    overlapped(call);
    ASSERT_EQ(call.error, Status::WsaEopnotsupp);
    EXPECT_EQ(result(call, false), Status::Success);
    EXPECT_EQ(call.overlapped.internalHigh.load(), 5U);
}

RULE_TEST("wsp.call.routine-without-overlapped", Misuse, aRoutineThatThePolicyIgnoresIsNamed)
{
    connect(net::SocketKind::Tcp, {.overlapped = false}, {.overlappedOnPlainSocketAllowed = true});
    sendAndArrive("hello");
    Call call({8});
    withRoutine(call);
    EXPECT_EQ(call.error, Status::Success);
    EXPECT_EQ(count(trace::EventType::RoutineQueued, RuleId::WspCompleteImmediateQueuesRoutine), 0U);
    EXPECT_EQ(count(trace::EventType::Diagnostic, RuleId::WspCallRoutineWithoutOverlapped), 1U);
    EXPECT_EQ(ranHere, 0U);
    finish();
}

RULE_TEST("wsp.call.network-down", Misuse, sendsFailTooWhileTheNetworkIsDown)
{
    connect();
    m_provider->injectNetworkDown(true);
    EXPECT_EQ(sends("lost"), Status::WsaEnetdown);
    EXPECT_EQ(count(trace::EventType::Sent, RuleId::WspCallNetworkDown), 1U);
    m_provider->injectNetworkDown(false);
    EXPECT_EQ(sends("sent"), Status::Success);
    std::array<std::byte, 8> heard{};
    const net::Slice into{heard.data(), heard.size()};
    EXPECT_EQ(m_peer.receive({&into, 1}, {.wait = true}).bytes, 4U) << "what failed was not sent";
    finish();
}

RULE_TEST("wsp.indicate.one-overlapped-each", Misuse, aSendMayNotTakeTheStructureOfAPendingReceive)
{
    connect();
    Call call({8});
    overlapped(call);
    ASSERT_EQ(call.error, Status::WsaIoPending);
    Status error = Status::Success;
    EXPECT_EQ(m_provider->send(m_socket, {}, nullptr, &call.overlapped, nullptr, nullptr, &error), wsp::socketError);
    EXPECT_EQ(error, Status::WsaEinval);
    EXPECT_EQ(call.overlapped.internal.load(), wsp::Overlapped::inProgress);
    finish();
}

TEST_F(Misuse, AnotherProcessHearsThatTheThreadHasExited)
{
    connect();
    wsp::ThreadId thread;
    std::thread([&] { thread = m_provider->openCurrentThread(); }).join();
    Result<net::Socket> shared = m_provider->shareThread(thread, apc);
    ASSERT_TRUE(shared) << shared.error().message();
    const Result<bool> queued = wsp::ApcInbox::sendFromAnotherProcess(*shared, 7);
    ASSERT_TRUE(queued) << queued.error().message();
    EXPECT_FALSE(*queued);
    EXPECT_EQ(count(trace::EventType::ApcQueued, RuleId::WspIndicateQueueApcAnyProcess), 0U) << "nothing was queued";
}

} // namespace recvscope::test
