#include "supply.h"

#include <sys/ioctl.h>
#include <unistd.h>

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

std::size_t Supply::fill(std::size_t messages)
{
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
