// The engine.native rules: what this system's own receive does, on real sockets.

#include "rule_test.h"
#include "wait_until.h"

#include "native/provider.h"
#include "net/system_receive.h"
#include "trace/recorder.h"

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace recvscope::test {

using native::Received;
using native::SocketHandle;
using testing::ElementsAre;
using trace::EventType;

/// A receive that another thread makes.
struct Blocking {
    std::vector<std::byte> memory;
    Received received;
    std::thread thread;

    Blocking(native::Provider &provider, SocketHandle socket, std::size_t room, std::uint32_t flags)
        : memory(room), thread([&provider, socket, flags, this] {
              const net::Slice slice{memory.data(), memory.size()};
              received = provider.receive(socket, {&slice, 1}, flags);
          })
    {
    }
    [[nodiscard]] std::string text() const { return {reinterpret_cast<const char *>(memory.data()), received.bytes}; }
};

class NativeRules : public RuleTest {
protected:
    using RuleTest::begin;

    void connect(net::SocketKind kind = net::SocketKind::Tcp, bool nonblocking = false)
    {
        m_store = std::make_shared<trace::Store>();
        m_recorder = std::make_unique<trace::Recorder>(*m_store, m_clock);
        m_provider = std::make_unique<native::Provider>(native::ProviderSettings{m_recorder.get(), {}});
        Result<net::ConnectedPair> pair = net::connectedPair(kind);
        ASSERT_TRUE(pair) << pair.error().message();
        m_socket = m_provider->adopt(std::move(pair->receiver), {SocketId{1}, nonblocking});
        m_peer = std::move(pair->peer);
    }
    void send(std::string_view text)
    {
        const auto sent = m_peer.send(std::as_bytes(std::span(text)));
        ASSERT_TRUE(sent) << sent.error().message();
        ASSERT_EQ(*sent, text.size());
    }
    void sendAndArrive(std::string_view text)
    {
        const std::size_t before = state().available;
        send(text);
        waitUntil([&] { return state().available == before + text.size(); }, "the bytes arrive");
    }
    void resetAndArrive()
    {
        m_peer.closeAbortively();
        waitUntil([&] { return state().hungUp; }, "the reset arrives");
    }
    void finishPeer()
    {
        m_peer.close();
        waitUntil([&] { return state().endArrived; }, "the end arrives");
    }
    Received receive(std::size_t room, std::uint32_t flags = 0)
    {
        m_memory.assign(room, std::byte{'.'});
        const net::Slice slice{m_memory.data(), room};
        return m_provider->receive(m_socket, {&slice, 1}, flags);
    }
    [[nodiscard]] std::string text(std::size_t bytes) const
    {
        return {reinterpret_cast<const char *>(m_memory.data()), bytes};
    }
    [[nodiscard]] engine::SocketView state() const { return m_provider->state(m_socket); }
    void awaitBlocked(const Blocking &call)
    {
        waitUntil([&] { return m_provider->blocked(call.thread.get_id()); }, "the call blocks");
    }

    [[nodiscard]] std::vector<trace::Event> events()
    {
        m_recorder->flush();
        const trace::Snapshot all = m_store->snapshot();
        std::vector<trace::Event> found;
        for (std::uint16_t track = 0; track < all.trackCount(); ++track)
            for (std::uint32_t i = 0; i < all.trackSize(track); ++i)
                found.push_back(all.event({track, i}));
        return found;
    }
    [[nodiscard]] std::vector<EventType> types()
    {
        std::vector<EventType> found;
        for (const trace::Event &event : events())
            found.push_back(event.type);
        return found;
    }
    [[nodiscard]] trace::Event last(EventType type)
    {
        trace::Event found;
        for (const trace::Event &event : events())
            if (event.type == type)
                found = event;
        EXPECT_EQ(found.type, type) << "there is none";
        return found;
    }
    void finish()
    {
        for (const trace::Event &event : events())
            EXPECT_EQ(event.provenance, trace::Provenance::Measured) << nameOf(event.type);
        provedBy(m_store->snapshot());
    }

    std::shared_ptr<trace::Store> m_store;
    SteadyClock m_clock;
    std::unique_ptr<trace::Recorder> m_recorder;
    std::unique_ptr<native::Provider> m_provider;
    SocketHandle m_socket = SocketHandle::Invalid;
    net::Socket m_peer;
    std::vector<std::byte> m_memory;
};

RULE_TEST("engine.native.asked", NativeRules, oneCallIsToldFromItsBeginningToItsReturn)
{
    connect();
    sendAndArrive("hello");
    const Received received = receive(8);
    EXPECT_EQ(received.status, Status::Success);
    EXPECT_EQ(received.bytes, 5U);
    EXPECT_EQ(text(5), "hello");
    EXPECT_THAT(types(), ElementsAre(EventType::Called, EventType::BufferGiven, EventType::KernelReceived,
                                     EventType::Placed, EventType::Completed, EventType::Returned));
    EXPECT_EQ(last(EventType::Called).b >> 16, trace::CallNative) << "neither WSPRecv's nor WskReceive's";
    EXPECT_EQ(last(EventType::Returned).a, 5U);
    finish();
}

RULE_TEST("engine.native.bytes", NativeRules, itGivesWhatIsThereAndNoMoreThanFits)
{
    connect();
    sendAndArrive("hello world");
    EXPECT_EQ(receive(8).bytes, 8U);
    EXPECT_EQ(state().taken, 8U);
    EXPECT_EQ(receive(8).bytes, 3U);
    EXPECT_EQ(text(3), "rld");
    finish();
}

RULE_TEST("engine.native.scatter", NativeRules, piecesAreFilledInOrder)
{
    connect();
    sendAndArrive("abcdef");
    std::byte first[2];
    std::byte second[8];
    const net::Slice slices[] = {{first, sizeof first}, {second, sizeof second}};
    EXPECT_EQ(m_provider->receive(m_socket, slices, 0).bytes, 6U);
    EXPECT_EQ(first[1], std::byte{'b'});
    EXPECT_EQ(second[0], std::byte{'c'});
    std::vector<std::uint32_t> placed;
    for (const trace::Event &event : events())
        if (event.type == EventType::Placed)
            placed.push_back(event.b);
    EXPECT_THAT(placed, ElementsAre(2U, 4U));
    finish();
}

RULE_TEST("engine.native.blocks", NativeRules, aCallWithNothingThereWaitsInTheKernelUntilBytesCome)
{
    connect();
    Blocking call(*m_provider, m_socket, 8, 0);
    awaitBlocked(call);
    EXPECT_EQ(state().blocked, 1U);
    send("!");
    call.thread.join();
    EXPECT_EQ(call.text(), "!");
    EXPECT_EQ(state().blocked, 0U);
    EXPECT_THAT(types(), testing::Contains(EventType::Blocked));
    finish();
}

RULE_TEST("engine.native.would-block", NativeRules, aNonblockingSocketSaysThatNothingIsThere)
{
    connect(net::SocketKind::Tcp, true);
    EXPECT_EQ(receive(8).status, Status::WsaEwouldblock);
    EXPECT_EQ(last(EventType::Returned).a, trace::leftAlone);
    EXPECT_THAT(types(), testing::Not(testing::Contains(EventType::Blocked)));
    sendAndArrive("x");
    EXPECT_EQ(receive(8).bytes, 1U);
    finish();
}

RULE_TEST("engine.native.peek", NativeRules, aPeekLeavesTheBytesWhereTheyAre)
{
    connect();
    sendAndArrive("same");
    EXPECT_EQ(receive(8, native::flag::Peek).bytes, 4U);
    EXPECT_EQ(state().taken, 0U);
    EXPECT_EQ(state().available, 4U);
    EXPECT_EQ(receive(8).bytes, 4U);
    EXPECT_EQ(text(4), "same");
    finish();
}

RULE_TEST("engine.native.waitall", NativeRules, theKernelKeepsTheCallUntilItsMemoryIsFull)
{
    connect();
    Blocking call(*m_provider, m_socket, 8, native::flag::WaitAll);
    awaitBlocked(call);
    send("abcde");
    waitUntil([&] { return state().read == 5 && state().unread == 0; }, "the call has read the part");
    EXPECT_TRUE(m_provider->blocked(call.thread.get_id()));
    send("fgh");
    call.thread.join();
    EXPECT_EQ(call.text(), "abcdefgh");
    finish();
}

RULE_TEST("engine.native.waitall", NativeRules, aResetMakesItReturnWhatItHasAndIsToldToTheNext)
{
    connect();
    Blocking call(*m_provider, m_socket, 8, native::flag::WaitAll);
    awaitBlocked(call);
    send("abc");
    waitUntil([&] { return state().read == 3 && state().unread == 0; }, "the call has read the part");
    m_peer.closeAbortively();
    call.thread.join();
    EXPECT_EQ(call.received.status, Status::Success);
    EXPECT_EQ(call.text(), "abc");
    finish();
}

RULE_TEST("engine.native.peek", NativeRules, aPeekThatWaitsForAllLeavesThePartInTheKernel)
{
    connect();
    Blocking call(*m_provider, m_socket, 4, native::flag::WaitAll | native::flag::Peek);
    awaitBlocked(call);
    send("ab");
    waitUntil([&] { return state().available == 2; }, "the part arrives");
    EXPECT_TRUE(m_provider->blocked(call.thread.get_id()));
    EXPECT_EQ(state().read, 2U);
    send("cd");
    call.thread.join();
    EXPECT_EQ(call.text(), "abcd");
    EXPECT_EQ(state().available, 4U);
    finish();
}

RULE_TEST("engine.native.message-cut", NativeRules, aDatagramThatDoesNotFitIsASuccessAndItsRestIsGone)
{
    connect(net::SocketKind::Udp);
    send("too large");
    waitUntil([&] { return state().readable; }, "the datagram arrives");
    const Received received = receive(3);
    EXPECT_EQ(received.status, Status::Success);
    EXPECT_EQ(received.bytes, 3U);
    EXPECT_EQ(text(3), "too");
    EXPECT_FALSE(state().readable);
    EXPECT_EQ(last(EventType::MessageLost).a, 6U);
    EXPECT_EQ(received.flags, native::flag::Truncated) << "only a flag of its answer says so";
    EXPECT_EQ(trace::flagsOf(last(EventType::Completed).b), native::flag::Truncated);
    EXPECT_EQ(trace::flagsOf(last(EventType::Returned).b), native::flag::Truncated);
    finish();
}

TEST_F(NativeRules, aPeekAtALargeDatagramLosesNothing)
{
    connect(net::SocketKind::Udp);
    send("too large");
    waitUntil([&] { return state().readable; }, "the datagram arrives");
    const Received peeked = receive(3, native::flag::Peek);
    EXPECT_EQ(peeked.bytes, 3U);
    EXPECT_EQ(peeked.flags, native::flag::Truncated);
    EXPECT_THAT(types(), testing::Not(testing::Contains(EventType::MessageLost)));
    const Received whole = receive(16);
    EXPECT_EQ(whole.bytes, 9U);
    EXPECT_EQ(whole.flags, 0U);
}

RULE_TEST("engine.native.end", NativeRules, theEndIsZeroEachTime)
{
    connect();
    sendAndArrive("bye");
    finishPeer();
    EXPECT_EQ(receive(8).bytes, 3U);
    for (int i = 0; i < 2; ++i) {
        const Received received = receive(8);
        EXPECT_EQ(received.status, Status::Success);
        EXPECT_EQ(received.bytes, 0U);
        EXPECT_EQ(last(EventType::KernelEnd).rule, RuleId::EngineNativeEnd);
    }
    finish();
}

RULE_TEST("engine.native.no-room", NativeRules, withoutRoomItReturnsZeroAndTakesNothing)
{
    connect();
    sendAndArrive("x");
    EXPECT_EQ(receive(0).bytes, 0U);
    EXPECT_EQ(state().available, 1U);
    EXPECT_THAT(types(), testing::Not(testing::Contains(EventType::KernelEnd)));
    finish();
}

RULE_TEST("engine.native.zero-of-messages", NativeRules, anEmptyMessageAndTheEndAreTheSameZero)
{
    connect(net::SocketKind::SeqPacket);
    send("");
    waitUntil([&] { return state().readable; }, "the empty message arrives");
    const Received empty = receive(8);
    finishPeer();
    const Received end = receive(8);
    EXPECT_EQ(empty.status, end.status);
    EXPECT_EQ(empty.bytes, end.bytes);
    EXPECT_EQ(end.bytes, 0U);
    finish();
}

RULE_TEST("engine.native.error-once", NativeRules, theDataThenTheResetOnceThenZeroForEver)
{
    connect();
    sendAndArrive("kept");
    resetAndArrive();
    EXPECT_EQ(receive(8).bytes, 4U) << "what arrived before the reset";
    EXPECT_EQ(receive(8).status, Status::WsaEconnreset);
    EXPECT_EQ(last(EventType::KernelError).a, static_cast<std::uint32_t>(Status::WsaEconnreset));
    for (int i = 0; i < 3; ++i) {
        const Received received = receive(8);
        EXPECT_EQ(received.status, Status::Success);
        EXPECT_EQ(received.bytes, 0U);
        EXPECT_EQ(last(EventType::KernelEnd).rule, RuleId::EngineNativeErrorOnce) << "it looks like the end";
    }
    finish();
}

RULE_TEST("engine.error.system", NativeRules, memoryThatMayNotBeWrittenIsTheSystemsError)
{
    connect();
    sendAndArrive("x");
    const net::Slice nowhere{reinterpret_cast<std::byte *>(std::uintptr_t{64}), 8};
    EXPECT_EQ(m_provider->receive(m_socket, {&nowhere, 1}, 0).status, Status::WsaEfault);
    finish();
}

RULE_TEST("engine.native.interrupted", NativeRules, closingGetsABlockedCallOut)
{
    connect();
    Blocking call(*m_provider, m_socket, 8, 0);
    awaitBlocked(call);
    EXPECT_TRUE(m_provider->close(m_socket));
    call.thread.join();
    EXPECT_EQ(call.received.status, Status::WsaEintr);
    EXPECT_FALSE(state().open);
    EXPECT_FALSE(m_provider->close(m_socket));
    EXPECT_EQ(receive(8).status, Status::WsaEnotsock);
    EXPECT_THAT(types(), testing::Contains(EventType::SocketClosed));
    finish();
}

RULE_TEST("engine.native.interrupted", NativeRules, aSignalGetsOneThreadOutAndTheSocketGoesOn)
{
    connect();
    EXPECT_FALSE(m_provider->interrupt(std::this_thread::get_id())) << "it blocks in nothing";
    Blocking call(*m_provider, m_socket, 8, 0);
    awaitBlocked(call);
    EXPECT_TRUE(m_provider->interrupt(call.thread.get_id()));
    call.thread.join();
    EXPECT_EQ(call.received.status, Status::WsaEintr);
    sendAndArrive("on");
    EXPECT_EQ(receive(8).bytes, 2U);
    finish();
}

RULE_TEST("engine.native.waitall", NativeRules, aCallThatWantsMoreThanThereIsWaitsForTheRest)
{
    connect();
    sendAndArrive("a");
    for (const std::uint32_t peek : {native::flag::Peek, 0U}) {
        Blocking call(*m_provider, m_socket, 4, native::flag::WaitAll | peek);
        awaitBlocked(call);
        EXPECT_EQ(last(EventType::Blocked).rule, RuleId::EngineNativeWaitall) << "the kernel had something";
        if (peek != 0)
            EXPECT_TRUE(m_provider->interrupt(call.thread.get_id()));
        else
            send("bcd");
        call.thread.join();
    }
    finish();
}

RULE_TEST("engine.native.would-block", NativeRules, aCallThatHasWaitedAsLongAsItsSocketAllowsWasStartedAndFails)
{
    m_store = std::make_shared<trace::Store>();
    m_recorder = std::make_unique<trace::Recorder>(*m_store, m_clock);
    m_provider = std::make_unique<native::Provider>(native::ProviderSettings{m_recorder.get(), {}});
    Result<net::ConnectedPair> pair = net::connectedPair(net::SocketKind::Tcp);
    ASSERT_TRUE(pair) << pair.error().message();
    ASSERT_TRUE(pair->receiver.setReceiveTimeout(std::chrono::milliseconds(5)));
    m_socket = m_provider->adopt(std::move(pair->receiver), {SocketId{1}, false});
    m_peer = std::move(pair->peer);
    EXPECT_EQ(receive(8).status, Status::WsaEwouldblock);
    EXPECT_THAT(types(), testing::Contains(EventType::Blocked));
    EXPECT_THAT(types(), testing::Not(testing::Contains(EventType::Refused))) << "it waited, so something was started";
    EXPECT_EQ(last(EventType::Completed).rule, RuleId::EngineNativeWouldBlock);
    EXPECT_EQ(trace::statusOf(last(EventType::Completed).b), Status::WsaEwouldblock);
    finish();
}

TEST_F(NativeRules, aSignalMakesACallThatWaitsForAllReturnWhatItHas)
{
    connect();
    Blocking call(*m_provider, m_socket, 8, native::flag::WaitAll);
    awaitBlocked(call);
    send("abc");
    waitUntil([&] { return state().read == 3 && state().unread == 0; }, "the call has read the part");
    EXPECT_TRUE(m_provider->interrupt(call.thread.get_id()));
    call.thread.join();
    EXPECT_EQ(call.received.status, Status::Success);
    EXPECT_EQ(call.text(), "abc");
}

TEST_F(NativeRules, closingACallThatWaitsForAllGivesWhatItHas)
{
    connect();
    Blocking call(*m_provider, m_socket, 8, native::flag::WaitAll);
    awaitBlocked(call);
    send("ab");
    waitUntil([&] { return state().read == 2 && state().unread == 0; }, "the call has read the part");
    m_provider->closeAll();
    call.thread.join();
    EXPECT_EQ(call.text(), "ab");
}

TEST_F(NativeRules, whatNobodyRecordsIsReceivedAllTheSame)
{
    m_provider = std::make_unique<native::Provider>();
    Result<net::ConnectedPair> pair = net::connectedPair(net::SocketKind::Tcp);
    ASSERT_TRUE(pair);
    m_socket = m_provider->adopt(std::move(pair->receiver));
    m_peer = std::move(pair->peer);
    sendAndArrive("quiet");
    EXPECT_EQ(receive(8).bytes, 5U);
    EXPECT_EQ(text(5), "quiet");
}

} // namespace recvscope::test
