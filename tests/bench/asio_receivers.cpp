#include "receivers.h"
#include "supply.h"

#include <asio/generic/seq_packet_protocol.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/ip/udp.hpp>
#include <asio/local/stream_protocol.hpp>

#include <sys/socket.h>
#include <unistd.h>

#include <type_traits>

namespace recvscope::benchmarks {

namespace {

/// Asio takes the descriptor over and closes it.
int given(const net::Socket &socket)
{
    return ::dup(socket.descriptor());
}

/// Reliable messages: Asio hands over their output flags beside them.
template <class Protocol>
constexpr bool hasOutputFlags = std::is_same_v<Protocol, asio::generic::seq_packet_protocol>;

template <class Protocol>
class AsioReceiver : public Receiver {
public:
    AsioReceiver(const net::Socket &socket, Protocol protocol, const BufferSizes &sizes)
        : m_memory(sizes), m_context(1), m_socket(m_context, protocol, given(socket))
    {
        for (const net::Slice &piece : m_memory.pieces())
            m_buffers.emplace_back(piece.data, piece.size);
    }

protected:
    /// One buffer is given as such, which spares Asio the header.
    template <class Function>
    auto withBuffers(Function function)
    {
        return m_buffers.size() == 1 ? function(m_buffers.front()) : function(m_buffers);
    }

    Memory m_memory;
    std::vector<asio::mutable_buffer> m_buffers;
    asio::socket_base::message_flags m_outputFlags = 0;
    asio::io_context m_context;
    typename Protocol::socket m_socket;
};

template <class Protocol>
class AsioSyncReceiver final : public AsioReceiver<Protocol> {
public:
    using AsioReceiver<Protocol>::AsioReceiver;

    void receive(std::size_t times) override
    {
        for (; times > 0; --times)
            if (once() != this->m_memory.size())
                giveUp("Asio's receive did not give a whole message");
    }

    void receiveBlocking() override
    {
        if (once() == 0)
            giveUp("Asio's receive failed");
    }

private:
    std::size_t once()
    {
        asio::error_code error;
        return this->withBuffers([&](const auto &buffers) {
            if constexpr (hasOutputFlags<Protocol>)
                return this->m_socket.receive(buffers, 0, this->m_outputFlags, error);
            else
                return this->m_socket.receive(buffers, 0, error);
        });
    }
};

template <class Protocol>
class AsioAsyncReceiver final : public AsioReceiver<Protocol> {
public:
    using AsioReceiver<Protocol>::AsioReceiver;

    void receive(std::size_t times) override
    {
        m_left = times;
        next();
        this->m_context.restart();
        this->m_context.run();
    }

private:
    void next()
    {
        const auto received = [this](asio::error_code error, std::size_t bytes) {
            if (error || bytes != this->m_memory.size())
                giveUp("Asio's async_receive did not give a whole message");
            if (--m_left > 0)
                next();
        };
        this->withBuffers([&](const auto &buffers) {
            if constexpr (hasOutputFlags<Protocol>)
                this->m_socket.async_receive(buffers, this->m_outputFlags, received);
            else
                this->m_socket.async_receive(buffers, received);
        });
    }

    std::size_t m_left = 0;
};

template <template <class> class Kind>
std::unique_ptr<Receiver> made(const net::Socket &socket, const BufferSizes &sizes)
{
    if (socket.kind() == net::SocketKind::Unix)
        return std::make_unique<Kind<asio::local::stream_protocol>>(socket, asio::local::stream_protocol(), sizes);
    if (socket.kind() == net::SocketKind::Udp)
        return std::make_unique<Kind<asio::ip::udp>>(socket, asio::ip::udp::v4(), sizes);
    if (socket.kind() == net::SocketKind::SeqPacket) {
        using Messages = asio::generic::seq_packet_protocol;
        return std::make_unique<Kind<Messages>>(socket, Messages(AF_UNIX, 0), sizes);
    }
    return std::make_unique<Kind<asio::ip::tcp>>(socket, asio::ip::tcp::v4(), sizes);
}

} // namespace

std::unique_ptr<Receiver> asioSyncReceiver(net::Socket socket, const BufferSizes &sizes)
{
    return made<AsioSyncReceiver>(socket, sizes);
}

std::unique_ptr<Receiver> asioAsyncReceiver(net::Socket socket, const BufferSizes &sizes)
{
    return made<AsioAsyncReceiver>(socket, sizes);
}

} // namespace recvscope::benchmarks
