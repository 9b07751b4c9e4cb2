#include "supply.h"

#include <linux/sock_diag.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace recvscope::benchmarks {

namespace {
constexpr std::size_t kernelBuffer = std::size_t{4} << 20; // the system gives less where its limit is lower
}

void giveUp(const std::string &why)
{
    std::fprintf(stderr, "recvscope-bench: %s\n", why.c_str());
    std::exit(1);
}

Supply::Supply(net::SocketKind kind, std::size_t messageSize) : m_message(messageSize)
{
    Result<net::ConnectedPair> pair = net::connectedPair(kind);
    if (!pair)
        giveUp(pair.error().message());
    m_receiver = std::move(pair->receiver);
    m_peer = std::move(pair->peer);
    m_watch = net::Handle(::dup(m_receiver.descriptor()));
    for (const Outcome &set : {m_receiver.setReceiveBuffer(kernelBuffer), m_peer.setSendBuffer(kernelBuffer)})
        if (!set)
            giveUp(set.error().message());
    for (std::size_t i = 0; i < messageSize; ++i)
        m_message[i] = static_cast<std::byte>(i);
}

std::size_t Supply::arrived() const
{
    int bytes = 0;
    return ::ioctl(m_watch.get(), FIONREAD, &bytes) == 0 ? static_cast<std::size_t>(bytes) : 0;
}

std::uint32_t Supply::dropped() const
{
    std::array<std::uint32_t, SK_MEMINFO_VARS> memory{};
    socklen_t size = sizeof memory;
    if (::getsockopt(m_watch.get(), SOL_SOCKET, SO_MEMINFO, memory.data(), &size) != 0)
        giveUp("the kernel does not say how many datagrams it dropped");
    return memory[SK_MEMINFO_DROPS];
}

std::size_t Supply::fillDatagrams(std::size_t messages)
{
    const std::uint32_t before = dropped();
    std::size_t sent = 0;
    while (sent < messages && dropped() == before) { // over loopback each is there, or dropped, when the send returns
        const auto taken = m_peer.trySend(m_message);
        if (!taken)
            giveUp(taken.error().message());
        if (!taken->has_value())
            break;
        ++sent;
    }
    const std::size_t whole = sent - (dropped() - before);
    if (whole == 0)
        giveUp("the kernel takes not one datagram of " + std::to_string(m_message.size()) + " bytes");
    return whole;
}

std::size_t Supply::fill(std::size_t messages)
{
    if (m_peer.kind() == net::SocketKind::Udp)
        return fillDatagrams(messages);
    const std::size_t size = m_message.size();
    const std::size_t held = arrived();
    std::size_t left = messages * size - std::min(held, messages * size);
    while (left > 0) {
        const std::size_t from = m_unsent > 0 ? size - m_unsent : 0;
        const std::size_t length = std::min(size - from, left);
        const auto sent = m_peer.trySend(std::span(m_message).subspan(from, length));
        if (!sent)
            giveUp(sent.error().message());
        if (!sent->has_value())
            break; // full
        m_unsent = (size - (from + **sent) % size) % size;
        left -= **sent;
    }
    const std::size_t whole = arrived() / size;
    if (whole == 0)
        giveUp("the kernel takes not one message of " + std::to_string(size) + " bytes");
    return whole;
}

} // namespace recvscope::benchmarks
