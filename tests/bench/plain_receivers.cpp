#include "receivers.h"
#include "supply.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <array>

namespace recvscope::benchmarks {

Memory::Memory(const BufferSizes &sizes)
{
    std::size_t total = 0;
    for (const std::size_t size : sizes)
        total += size;
    m_bytes.resize(total);
    std::byte *at = m_bytes.data();
    for (const std::size_t size : sizes) {
        m_pieces.push_back({at, size});
        at += size;
    }
}

namespace {

class PlainReceiver final : public Receiver {
public:
    PlainReceiver(net::Socket socket, const BufferSizes &sizes) : m_socket(std::move(socket)), m_memory(sizes)
    {
        for (const net::Slice &piece : m_memory.pieces())
            m_pieces.push_back({piece.data, piece.size});
    }

    void receive(std::size_t times) override
    {
        const auto expected = static_cast<ssize_t>(m_memory.size());
        for (; times > 0; --times)
            if (once() != expected)
                giveUp("recvmsg did not give a whole message");
    }

    void receiveBlocking() override
    {
        if (once() <= 0)
            giveUp("recvmsg failed");
    }

private:
    ssize_t once()
    {
        msghdr header{};
        header.msg_iov = m_pieces.data();
        header.msg_iovlen = m_pieces.size();
        return ::recvmsg(m_socket.descriptor(), &header, 0);
    }

    net::Socket m_socket;
    Memory m_memory;
    std::vector<iovec> m_pieces;
};

/// The same for messages: with room for the sender's address (datagrams) or for the record that tells a message from
/// the end (reliable ones), and with the message's whole size asked for.
class PlainMessageReceiver final : public Receiver {
public:
    PlainMessageReceiver(net::Socket socket, const BufferSizes &sizes) : m_socket(std::move(socket)), m_memory(sizes)
    {
        for (const net::Slice &piece : m_memory.pieces())
            m_pieces.push_back({piece.data, piece.size});
    }

    void receive(std::size_t times) override
    {
        const auto expected = static_cast<ssize_t>(m_memory.size());
        for (; times > 0; --times)
            if (once() != expected)
                giveUp("recvmsg did not give a whole message");
    }

private:
    ssize_t once()
    {
        msghdr header{};
        header.msg_iov = m_pieces.data();
        header.msg_iovlen = m_pieces.size();
        if (m_socket.kind() == net::SocketKind::Udp) {
            header.msg_name = &m_from;
            header.msg_namelen = sizeof m_from;
        } else {
            header.msg_control = m_control.data();
            header.msg_controllen = m_control.size();
        }
        return ::recvmsg(m_socket.descriptor(), &header, MSG_TRUNC);
    }

    net::Socket m_socket;
    Memory m_memory;
    std::vector<iovec> m_pieces;
    sockaddr_storage m_from{};
    alignas(cmsghdr) std::array<char, 64> m_control{};
};

class BareReceiver final : public Receiver {
public:
    BareReceiver(net::Socket socket, const BufferSizes &sizes) : m_socket(std::move(socket)), m_memory(sizes) {}

    void receive(std::size_t times) override
    {
        const net::Slice all = m_memory.pieces().front();
        for (; times > 0; --times)
            if (::recv(m_socket.descriptor(), all.data, all.size, 0) != static_cast<ssize_t>(all.size))
                giveUp("recv did not give a whole message");
    }

private:
    net::Socket m_socket;
    Memory m_memory;
};

} // namespace

std::unique_ptr<Receiver> plainReceiver(net::Socket socket, const BufferSizes &sizes)
{
    if (!net::isStream(socket.kind()))
        return std::make_unique<PlainMessageReceiver>(std::move(socket), sizes);
    return std::make_unique<PlainReceiver>(std::move(socket), sizes);
}

std::unique_ptr<Receiver> bareReceiver(net::Socket socket, const BufferSizes &sizes)
{
    return std::make_unique<BareReceiver>(std::move(socket), sizes);
}

} // namespace recvscope::benchmarks
