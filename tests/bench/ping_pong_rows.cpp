// One message there and back between two threads on one core: what blocking in a receive costs.

#include "pinned.h"
#include "receivers.h"
#include "sections.h"
#include "supply.h"

#include <unistd.h>

#include <array>
#include <chrono>
#include <thread>

namespace recvscope::benchmarks {

namespace {

using MakeBlocking = std::unique_ptr<Receiver> (*)(net::Socket socket, const BufferSizes &sizes);

constexpr std::size_t ballSize = 64;

/// One end: receives as the candidate does, sends through a socket of its own on the same connection.
struct Player {
    net::Socket sending;
    std::unique_ptr<Receiver> receiving;

    Player(net::Socket socket, MakeBlocking make)
    {
        sending = net::Socket(net::Handle(::dup(socket.descriptor())), socket.kind());
        receiving = make(std::move(socket), {ballSize});
    }

    void send()
    {
        const std::array<std::byte, ballSize> ball{};
        if (!sending.send(ball))
            giveUp("sending failed");
    }
};

struct Exchange {
    double p50 = 0, p99 = 0;
};

Exchange play(MakeBlocking make, std::size_t balls)
{
    Result<net::ConnectedPair> pair = net::connectedPair(net::SocketKind::Tcp);
    if (!pair)
        giveUp(pair.error().message());
    Player here(std::move(pair->receiver), make);
    Player there(std::move(pair->peer), make);

    const std::size_t warmUp = balls / 10;
    std::thread other([&] {
        const Pinned pinned;
        for (std::size_t i = 0; i < warmUp + balls; ++i) {
            there.receiving->receiveBlocking();
            there.send();
        }
    });
    const Pinned pinned;
    std::vector<double> times;
    times.reserve(balls);
    for (std::size_t i = 0; i < warmUp + balls; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        here.send();
        here.receiving->receiveBlocking();
        const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - begin;
        if (i >= warmUp)
            times.push_back(spent.count());
    }
    other.join();
    return {percentile(times, 0.50), percentile(times, 0.99)};
}

std::unique_ptr<Receiver> wspBlocking(net::Socket socket, const BufferSizes &sizes)
{
    return wspReceiver(std::move(socket), sizes, WspCall::Blocking);
}

} // namespace

std::vector<Row> pingPongRows(const Effort &effort)
{
    const std::size_t balls = effort.amount(10'000);
    struct Side {
        const char *name;
        MakeBlocking make;
    };
    const std::array<Side, 4> sides{
        {{"plain", plainReceiver}, {"plain again", plainReceiver}, {"wsp", wspBlocking}, {"asio", asioSyncReceiver}}};
    Rounds middle, tail;
    alternate(sides.size(), effort, [&](std::size_t side, bool counts) {
        const Exchange exchange = play(sides[side].make, balls);
        if (counts) {
            middle.add(sides[side].name, exchange.p50);
            tail.add(sides[side].name, exchange.p99);
        }
    });

    const std::string name = "same-core ping-pong, 64 bytes, blocking, ";
    Row noise50 = compare(middle, {name + "p50", "plain again", "plain", "plain (A/A)", Reading::Time, Goal::none()});
    Row noise99 = compare(tail, {name + "p99", "plain again", "plain", "plain (A/A)", Reading::Time, Goal::none()});
    noise50.verdict = noise99.verdict = Row::Verdict::Noise;
    return {
        noise50,
        noise99,
        compare(middle, {name + "p50", "wsp", "plain", "plain", Reading::Time, Goal::atMost(1.08)}),
        compare(tail, {name + "p99", "wsp", "plain", "plain", Reading::Time, Goal::atMost(1.12)}),
        compare(middle, {name + "p50", "wsp", "asio", "Asio receive", Reading::Time, Goal::none()}),
    };
}

} // namespace recvscope::benchmarks
