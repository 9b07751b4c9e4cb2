// What the platform's sockets do, as the engine relies on it.

#include "net/interrupt.h"
#include "net/memory.h"
#include "net/socket.h"

#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace recvscope::net {

namespace {

std::span<const std::byte> bytesOf(std::string_view text)
{
    return std::as_bytes(std::span(text));
}

struct Memory {
    explicit Memory(std::size_t size) : bytes(size) {}
    [[nodiscard]] Slice slice() { return {reinterpret_cast<std::byte *>(bytes.data()), bytes.size()}; }
    std::vector<char> bytes;
};

Received receiveInto(Socket &socket, Memory &memory, ReceiveOptions options = {})
{
    const Slice slice = memory.slice();
    return socket.receive({&slice, 1}, options);
}

} // namespace

class EveryStream : public testing::TestWithParam<std::pair<SocketKind, AddressFamily>> {
protected:
    void SetUp() override
    {
        Result<ConnectedPair> pair = connectedPair(GetParam().first, GetParam().second);
        ASSERT_TRUE(pair) << pair.error().message();
        m_receiver = std::move(pair->receiver);
        m_peer = std::move(pair->peer);
    }
    Socket m_receiver, m_peer;
};

TEST_P(EveryStream, nothingThereIsSaid)
{
    Memory memory(8);
    EXPECT_EQ(receiveInto(m_receiver, memory).kind, Received::Kind::Empty);
    EXPECT_EQ(m_receiver.available(), 0U);
    EXPECT_FALSE(m_receiver.endArrived());
}

TEST_P(EveryStream, bytesComeScattered)
{
    ASSERT_TRUE(m_peer.send(bytesOf("hello world")));
    Memory first(5);
    Memory second(16);
    const std::array slices = {first.slice(), second.slice()};
    const Received received = m_receiver.receive(slices, {.wait = true});
    EXPECT_EQ(received.kind, Received::Kind::Bytes);
    EXPECT_EQ(received.bytes, 11U);
    EXPECT_EQ(std::string(second.bytes.data(), 6), " world");
}

TEST_P(EveryStream, aPeekLeavesTheBytes)
{
    ASSERT_TRUE(m_peer.send(bytesOf("abc")));
    Memory memory(8);
    EXPECT_EQ(receiveInto(m_receiver, memory, {.peek = true, .wait = true}).bytes, 3U);
    EXPECT_EQ(m_receiver.available(), 3U);
}

TEST_P(EveryStream, theEndComesAfterTheBytes)
{
    ASSERT_TRUE(m_peer.send(bytesOf("abc")));
    ASSERT_TRUE(m_peer.shutdown(Direction::Send));
    Memory memory(8);
    EXPECT_EQ(receiveInto(m_receiver, memory, {.wait = true}).bytes, 3U);
    EXPECT_EQ(receiveInto(m_receiver, memory, {.wait = true}).kind, Received::Kind::End);
    EXPECT_TRUE(m_receiver.endArrived());
}

TEST_P(EveryStream, moreThanTheKernelTakesIsSentInParts)
{
    Memory all(1U << 20);
    std::size_t taken = 0;
    for (;;) {
        const auto sent = m_peer.trySend(std::as_bytes(std::span(all.bytes)));
        ASSERT_TRUE(sent);
        if (!sent->has_value())
            break;
        taken += **sent;
    }
    EXPECT_GT(taken, 0U);
}

INSTANTIATE_TEST_SUITE_P(Net, EveryStream,
                         testing::Values(std::pair{SocketKind::Tcp, AddressFamily::IPv4},
                                         std::pair{SocketKind::Tcp, AddressFamily::IPv6},
                                         std::pair{SocketKind::Unix, AddressFamily::IPv4}));

TEST(Socket, aResetIsAnErrorAndTheConnectionIsClosed)
{
    Result<ConnectedPair> pair = connectedPair(SocketKind::Tcp);
    ASSERT_TRUE(pair);
    pair->peer.closeAbortively();
    Memory memory(8);
    const Received received = receiveInto(pair->receiver, memory, {.wait = true});
    EXPECT_EQ(received.kind, Received::Kind::Failed);
    EXPECT_EQ(received.systemCode, ECONNRESET);
    EXPECT_EQ(pair->receiver.tcpState(), TcpState::Closed);
}

TEST(Socket, afterTheEndTheConnectionWaitsForItsClose)
{
    Result<ConnectedPair> pair = connectedPair(SocketKind::Tcp);
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->receiver.tcpState(), TcpState::Established);
    ASSERT_TRUE(pair->peer.shutdown(Direction::Send));
    Memory memory(8);
    EXPECT_EQ(receiveInto(pair->receiver, memory, {.wait = true}).kind, Received::Kind::End);
    EXPECT_EQ(pair->receiver.tcpState(), TcpState::CloseWait);
}

TEST(Socket, aPortInUseIsSaidInWords)
{
    Result<Socket> first = Socket::open(SocketKind::Tcp);
    ASSERT_TRUE(first);
    ASSERT_TRUE(first->bind(Address::loopback(AddressFamily::IPv4)));
    ASSERT_TRUE(first->listen(1));
    Result<Socket> second = Socket::open(SocketKind::Tcp);
    ASSERT_TRUE(second);
    const Outcome bound = second->bind(first->localAddress());
    ASSERT_FALSE(bound);
    EXPECT_EQ(bound.error().systemCode, EADDRINUSE);
    EXPECT_NE(bound.error().message().find(first->localAddress().text()), std::string::npos);
}

TEST(Socket, aBlockedReceiveIsInterrupted)
{
    Result<ConnectedPair> pair = connectedPair(SocketKind::Tcp);
    ASSERT_TRUE(pair);
    std::mutex mutex;
    std::condition_variable changed;
    const ThreadInterrupt *interrupt = nullptr;
    bool left = false;
    std::thread blocked([&] {
        const ThreadInterrupt own;
        const auto tell = [&](auto what) {
            const std::lock_guard lock(mutex);
            what();
            changed.notify_all();
        };
        tell([&] { interrupt = &own; });
        Memory memory(8);
        EXPECT_EQ(receiveInto(pair->receiver, memory, {.wait = true}).kind, Received::Kind::Interrupted);
        tell([&] { left = true; });
    });
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return interrupt != nullptr; });
    interrupt->interruptUntil(lock, changed, [&] { return left; });
    lock.unlock();
    blocked.join();
}

TEST(Memory, whatCannotBeWrittenIsKnown)
{
    Memory good(100'000);
    EXPECT_TRUE(isWritable(good.slice()));
    EXPECT_TRUE(isWritable({nullptr, 0}));
    EXPECT_FALSE(isWritable({nullptr, 1}));
    static const char constant[] = "constant";
    EXPECT_FALSE(isWritable({reinterpret_cast<std::byte *>(const_cast<char *>(constant)), 8}));
}

} // namespace recvscope::net
