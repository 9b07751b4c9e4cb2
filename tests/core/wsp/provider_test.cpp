// The provider under many threads and sockets, and over the poll() poller.

#include "receiving.h"

#include <atomic>
#include <random>
#include <span>

namespace recvscope::test {

namespace {

std::string numbered(std::size_t size)
{
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        text[i] = static_cast<char>('a' + i * 7 % 26);
    return text;
}

/// Receives a whole text with several overlapped receives in flight, while another thread sends it in pieces.
std::string receiveAll(wsp::Provider &provider, std::size_t inFlight, std::size_t bufferSize)
{
    Result<net::ConnectedPair> pair = net::connectedPair(net::SocketKind::Tcp);
    const wsp::SocketHandle socket = provider.adopt(std::move(pair->receiver));
    const std::string text = numbered(300'000);
    std::thread sender([&] {
        std::mt19937 random(7);
        std::size_t at = 0;
        while (at < text.size()) {
            const std::size_t piece = std::min<std::size_t>(text.size() - at, 1 + random() % 900);
            EXPECT_TRUE(pair->peer.send(std::as_bytes(std::span(text).subspan(at, piece))));
            at += piece;
        }
        EXPECT_TRUE(pair->peer.shutdown(net::Direction::Send));
    });

    std::string received;
    std::vector<std::unique_ptr<Call>> calls(inFlight);
    bool ended = false;
    const auto post = [&](std::unique_ptr<Call> &call) {
        call = std::make_unique<Call>(std::vector<std::size_t>{bufferSize / 3, bufferSize - bufferSize / 3});
        call->result = provider.recv(socket, call->buffers.data(), 2, &call->bytes, &call->flags, &call->overlapped,
                                     nullptr, nullptr, &call->error);
        EXPECT_TRUE(call->result == 0 || call->error == Status::WsaIoPending) << nameOf(call->error);
    };
    for (auto &call : calls)
        post(call);
    for (std::size_t i = 0; !ended; i = (i + 1) % inFlight) {
        Call &call = *calls[i];
        Status error = Status::Success;
        EXPECT_TRUE(provider.getOverlappedResult(socket, &call.overlapped, &call.bytes, true, &call.flags, &error));
        received += call.text(call.bytes);
        ended = call.bytes == 0;
        if (!ended)
            post(calls[i]);
    }
    sender.join();
    Status error = Status::Success;
    EXPECT_EQ(provider.closeSocket(socket, &error), 0);
    return received;
}

} // namespace

TEST(Provider, everyByteArrivesInOrderWithAnyNumberInFlight)
{
    wsp::Provider provider;
    for (const std::size_t inFlight : {1U, 2U, 7U})
        EXPECT_EQ(receiveAll(provider, inFlight, 100), numbered(300'000)) << inFlight;
}

TEST(Provider, thePollPollerDoesTheSame)
{
    wsp::Provider provider({nullptr, {}, true, {}});
    EXPECT_EQ(receiveAll(provider, 3, 1000), numbered(300'000));
}

TEST(Provider, severalSocketsAndThreadsDoNotDisturbOneAnother)
{
    wsp::Provider provider;
    std::vector<std::thread> threads;
    std::atomic<int> right{0};
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] { right += receiveAll(provider, 2, 256) == numbered(300'000) ? 1 : 0; });
    for (std::thread &thread : threads)
        thread.join();
    EXPECT_EQ(right, 4);
}

TEST(Provider, closingWhileDataArrivesCompletesEachReceiveExactlyOnce)
{
    for (int round = 0; round < 200; ++round) {
        wsp::Provider provider;
        Result<net::ConnectedPair> pair = net::connectedPair(net::SocketKind::Tcp);
        ASSERT_TRUE(pair);
        const wsp::SocketHandle socket = provider.adopt(std::move(pair->receiver));
        std::vector<std::unique_ptr<Call>> calls;
        for (int i = 0; i < 8; ++i) {
            calls.push_back(std::make_unique<Call>(std::vector<std::size_t>{4}));
            Call &call = calls.back()->withEvent();
            provider.recv(socket, call.buffers.data(), 1, &call.bytes, &call.flags, &call.overlapped, nullptr, nullptr,
                          &call.error);
            ASSERT_EQ(call.error, Status::WsaIoPending);
        }
        std::thread sender([&] {
            for (int i = 0; i < 4; ++i)
                (void)pair->peer.send(std::as_bytes(std::span("abcd", 4)));
        });
        Status error = Status::Success;
        EXPECT_EQ(provider.closeSocket(socket, &error), 0);
        sender.join();
        // Data first, then aborted, and nothing in between or after.
        bool aborted = false;
        for (const auto &call : calls) {
            call->event.wait();
            const bool failed = call->overlapped.offsetHigh.load() != 0;
            EXPECT_TRUE(failed || !aborted);
            aborted = aborted || failed;
        }
        EXPECT_TRUE(aborted);
    }
}

TEST(Provider, anUnrecordedBlockingCallIsCancelledToo)
{
    wsp::Provider provider;
    Result<net::ConnectedPair> pair = net::connectedPair(net::SocketKind::Tcp);
    ASSERT_TRUE(pair);
    const wsp::SocketHandle socket = provider.adopt(std::move(pair->receiver));
    Call call({8});
    std::thread caller([&] {
        call.result = provider.recv(socket, call.buffers.data(), 1, &call.bytes, &call.flags, nullptr, nullptr, nullptr,
                                    &call.error);
    });
    waitUntil([&] { return provider.blocked(caller.get_id()); }, "the call blocks");
    EXPECT_TRUE(provider.cancelBlockingCall(caller.get_id()));
    caller.join();
    EXPECT_EQ(call.error, Status::WsaEintr);
}

} // namespace recvscope::test
