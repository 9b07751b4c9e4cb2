// What a receive costs when ten thousand sockets are open.

#include "pinned.h"
#include "sections.h"
#include "supply.h"

#include "wsp/provider.h"

#include <sys/resource.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <memory>

namespace recvscope::benchmarks {

namespace {

constexpr std::size_t messageSize = 64;
constexpr std::size_t manySockets = 10'000;
constexpr std::size_t perSocket = 20;

/// As many as the descriptor limit lets be open, raised as far as it goes.
std::size_t socketsToOpen(std::size_t descriptorsEach)
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    const std::size_t spare = limit.rlim_cur > 128 ? limit.rlim_cur - 128 : 1;
    return std::min(manySockets, spare / descriptorsEach);
}

net::ConnectedPair unixPair()
{
    Result<net::ConnectedPair> pair = net::connectedPair(net::SocketKind::Unix);
    if (!pair)
        giveUp(pair.error().message());
    return std::move(pair).value();
}

/// A unix stream socket that holds @p messages; its peer has sent them and closed, which keeps them readable and costs
/// no descriptor.
net::Socket filled(std::size_t messages)
{
    net::ConnectedPair pair = unixPair();
    const std::array<std::byte, messageSize> message{};
    for (std::size_t i = 0; i < messages; ++i)
        if (!pair.peer.send(message))
            giveUp("filling a socket failed");
    return std::move(pair.receiver);
}

double nanosecondsSince(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count();
}

/// Receives one message from each socket in turn, until each is empty. @return nanoseconds a receive.
double plainInTurn(std::size_t sockets)
{
    std::vector<net::Socket> open;
    const std::size_t each = sockets == 1 ? 100 : perSocket;
    for (std::size_t i = 0; i < sockets; ++i)
        open.push_back(filled(each));
    std::array<char, messageSize> into;
    const Pinned pinned;
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t turn = 0; turn < each; ++turn)
        for (const net::Socket &socket : open) {
            iovec piece{into.data(), into.size()};
            msghdr header{};
            header.msg_iov = &piece;
            header.msg_iovlen = 1;
            if (::recvmsg(socket.descriptor(), &header, 0) != static_cast<ssize_t>(messageSize))
                giveUp("recvmsg did not give a whole message");
        }
    return nanosecondsSince(begin) / static_cast<double>(each * sockets);
}

class Receiving {
public:
    void adopt(net::Socket socket) { m_sockets.push_back(m_provider.adopt(std::move(socket))); }
    [[nodiscard]] std::size_t count() const { return m_sockets.size(); }

    void receive(std::size_t index)
    {
        if (call(index, m_overlapped) != 0 || m_overlapped.internalHigh != messageSize)
            giveUp("WSPRecv did not give a whole message at once");
    }

    /// Leaves a receive waiting on that socket.
    void pend(std::size_t index)
    {
        m_waiting.push_back(std::make_unique<wsp::Overlapped>());
        if (call(index, *m_waiting.back()) == 0)
            giveUp("a receive that should wait did not");
    }

private:
    int call(std::size_t index, wsp::Overlapped &overlapped)
    {
        const wsp::Wsabuf buffer{messageSize, m_into.data()};
        std::uint32_t bytes = 0, flags = 0;
        Status error{};
        return m_provider.recv(m_sockets[index], &buffer, 1, &bytes, &flags, &overlapped, nullptr, nullptr, &error);
    }

    std::array<char, messageSize> m_into{};
    wsp::Overlapped m_overlapped;
    std::vector<std::unique_ptr<wsp::Overlapped>> m_waiting;
    std::vector<wsp::SocketHandle> m_sockets;
    wsp::Provider m_provider; ///< ends what waits before its memory goes
};

double wspInTurn(std::size_t sockets)
{
    Receiving receiving;
    const std::size_t each = sockets == 1 ? 100 : perSocket;
    for (std::size_t i = 0; i < sockets; ++i)
        receiving.adopt(filled(each));
    const Pinned pinned;
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t turn = 0; turn < each; ++turn)
        for (std::size_t i = 0; i < receiving.count(); ++i)
            receiving.receive(i);
    return nanosecondsSince(begin) / static_cast<double>(each * sockets);
}

/// Receives from one socket while all the others have a receive waiting. @return nanoseconds a receive.
double wspOnOneOf(std::size_t sockets, std::size_t receives)
{
    std::vector<net::Socket> peers; // those of sockets that wait stay open, else nothing would wait
    Receiving receiving;
    Supply supply(net::SocketKind::Unix, messageSize);
    receiving.adopt(supply.takeReceiver());
    for (std::size_t i = 1; i < sockets; ++i) {
        net::ConnectedPair pair = unixPair();
        receiving.adopt(std::move(pair.receiver));
        receiving.pend(i);
        peers.push_back(std::move(pair.peer));
    }
    const Pinned pinned;
    double spent = 0;
    std::size_t done = 0;
    while (done < receives) {
        const std::size_t ready = supply.fill(1000);
        const auto begin = std::chrono::steady_clock::now();
        for (std::size_t i = 0; i < ready; ++i)
            receiving.receive(0);
        spent += nanosecondsSince(begin);
        done += ready;
    }
    return spent / static_cast<double>(done);
}

} // namespace

std::vector<Row> socketRows(const Effort &effort)
{
    const std::size_t pairs = socketsToOpen(2), singles = socketsToOpen(1);
    const std::size_t receives = effort.amount(100'000);
    const auto repeated = [](double (*inTurn)(std::size_t)) {
        return [inTurn] {
            double sum = 0;
            for (int i = 0; i < 200; ++i) // one socket holds few messages: many short runs make one round
                sum += inTurn(1);
            return sum / 200;
        };
    };
    const Rounds rounds = alternate({{"one", [&] { return wspOnOneOf(1, receives); }},
                                     {"one again", [&] { return wspOnOneOf(1, receives); }},
                                     {"many", [&] { return wspOnOneOf(pairs, receives); }},
                                     {"plain in turn, one", repeated(plainInTurn)},
                                     {"plain in turn", [&] { return plainInTurn(singles); }},
                                     {"wsp in turn, one", repeated(wspInTurn)},
                                     {"wsp in turn", [&] { return wspInTurn(singles); }}},
                                    effort);
    const std::string waiting = "a receive on one of " + std::to_string(pairs) + " sockets, the others waiting";
    const std::string inTurn = "receives on " + std::to_string(singles) + " sockets in turn";
    Row noise = compare(rounds, {waiting, "one again", "one", "one socket (A/A)", Reading::Time, Goal::none()});
    noise.verdict = Row::Verdict::Noise;
    return {
        noise,
        compare(rounds, {waiting, "many", "one", "one socket", Reading::Time, Goal::atMost(1.08)}),
        compare(rounds, {inTurn, "wsp in turn", "wsp in turn, one", "one socket", Reading::Time, Goal::none()}),
        compare(rounds, {inTurn + ", plain", "plain in turn", "plain in turn, one", "one socket: the kernel's part",
                         Reading::Time, Goal::none()}),
        compare(rounds, {inTurn, "wsp in turn", "plain in turn", "plain, the same way", Reading::Speed, Goal::none()}),
    };
}

} // namespace recvscope::benchmarks
