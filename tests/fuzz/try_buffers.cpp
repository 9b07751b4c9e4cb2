#include "inputs.h"

#include "engine/request.h"
#include "engine/spread.h"
#include "engine/transport.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace recvscope::fuzz {

namespace {

using engine::Attempt;
using engine::MessagePart;
using net::Received;
using net::Slice;
using net::SocketKind;

constexpr std::byte untouched{0xA5};
constexpr std::size_t mostBuffers = 3000; ///< more than one kernel call takes, twice
constexpr std::size_t longestMessage = 9000;

/// Takes numbers off the input's front; behind its end all are 0.
class Source {
public:
    explicit Source(std::span<const std::uint8_t> bytes) : m_bytes(bytes) {}

    std::size_t byte()
    {
        if (m_bytes.empty())
            return 0;
        const std::uint8_t first = m_bytes.front();
        m_bytes = m_bytes.subspan(1);
        return first;
    }
    std::size_t twoBytes()
    {
        const std::size_t low = byte();
        return low + 256 * byte();
    }

private:
    std::span<const std::uint8_t> m_bytes;
};

/// The caller's memory: buffers in one piece with a byte between them that belongs to nobody.
class Memory {
public:
    explicit Memory(Source &source)
    {
        std::vector<std::size_t> sizes;
        for (std::size_t shapes = source.byte(); shapes > 0; --shapes) {
            const std::size_t size = source.byte();
            const std::size_t count = source.byte();
            sizes.insert(sizes.end(), count < 250 ? 1 : (count - 249) * 300, size);
        }
        sizes.resize(std::min(sizes.size(), mostBuffers));
        std::size_t whole = 1;
        for (const std::size_t size : sizes)
            whole += size + 1;
        m_bytes.assign(whole, untouched);
        std::size_t at = 1;
        for (const std::size_t size : sizes) {
            m_buffers.push_back({size == 0 ? nullptr : m_bytes.data() + at, size});
            m_starts.push_back(at);
            at += size + 1;
        }
    }

    [[nodiscard]] const std::vector<Slice> &buffers() const { return m_buffers; }
    [[nodiscard]] std::size_t room() const { return static_cast<std::size_t>(engine::roomOf(m_buffers)); }

    /// These bytes and no others stand in it, from the first buffer on without a gap.
    void requireExactly(std::span<const std::byte> bytes) const
    {
        std::vector<std::byte> expected(m_bytes.size(), untouched);
        for (std::size_t i = 0; i < m_buffers.size() && !bytes.empty(); ++i) {
            const auto piece = bytes.first(std::min(bytes.size(), m_buffers[i].size));
            std::copy(piece.begin(), piece.end(), expected.begin() + static_cast<std::ptrdiff_t>(m_starts[i]));
            bytes = bytes.subspan(piece.size());
        }
        require(bytes.empty(), "no more is taken than there is room for");
        require(m_bytes == expected, "each byte stands where it belongs and no other was touched");
    }

private:
    std::vector<std::byte> m_bytes;
    std::vector<Slice> m_buffers;
    std::vector<std::size_t> m_starts;
};

/// A connected pair of a kind, made once: an input costs its bytes, not two sockets.
struct Connection {
    explicit Connection(SocketKind kind)
    {
        Result<net::ConnectedPair> made = net::connectedPair(kind);
        require(made.ok(), "this machine connects two sockets");
        pair = std::move(*made);
        if (kind == SocketKind::SeqPacket)
            require(pair.receiver.setMarkMessages().ok(), "messages are marked");
        transport = engine::makeTransport(pair.receiver, net::protocolOf(kind), true, {});
    }

    net::ConnectedPair pair;
    std::unique_ptr<engine::Transport> transport;
};

/// Takes what is there, as a receive that goes on with the rest of its buffers (MSG_WAITALL), in @p pieces.
void tryStream(Connection &connection, const Memory &memory, std::span<const std::byte> message, Source &source)
{
    std::size_t sent = 0;
    std::size_t placed = 0;
    while (sent < message.size()) {
        const std::size_t asked = source.twoBytes();
        const std::size_t left = message.size() - sent;
        const auto piece = message.subspan(sent, asked == 0 ? left : std::min(left, asked));
        require(connection.pair.peer.send(piece).ok(), "the bytes are sent");
        sent += piece.size();
        const std::vector<Slice> rest = engine::restOf(memory.buffers(), placed);
        const std::size_t room = memory.room() - placed;
        require(engine::roomOf(rest) == room, "the rest has the room that is left");
        if (room == 0)
            break;
        const bool peek = source.byte() % 4 == 0;
        if (peek) {
            const Attempt seen = connection.transport->take(connection.pair.receiver, rest, room, {.peek = true});
            require(seen.answer.kind == Received::Kind::Bytes, "a peek sees what is there");
        }
        const Attempt tried = connection.transport->take(connection.pair.receiver, rest, room, {});
        require(tried.answer.kind == Received::Kind::Bytes, "a receive gets what is there");
        require(tried.answer.bytes == std::min(room, sent - placed), "as much as fits is taken");
        placed += tried.answer.bytes;
    }
    memory.requireExactly(message.first(placed));
    std::vector<std::byte> left(sent - placed);
    const Slice behind{left.data(), left.size()};
    if (left.empty())
        return;
    const Received received = connection.pair.receiver.receive({&behind, 1});
    require(received.bytes == left.size(), "what did not fit is still there");
    require(std::equal(left.begin(), left.end(), message.begin() + static_cast<std::ptrdiff_t>(placed)),
            "what did not fit comes next");
}

void tryMessage(Connection &connection, const Memory &memory, std::span<const std::byte> message)
{
    net::Socket &receiver = connection.pair.receiver;
    require(connection.pair.peer.send(message).ok(), "the message is sent");
    const std::size_t fits = std::min(message.size(), memory.room());
    const Attempt tried = connection.transport->take(receiver, memory.buffers(), memory.room(), {});
    require(tried.answer.kind == Received::Kind::Bytes, "the message is there");
    require(tried.answer.bytes == fits, "as much as fits is counted");
    const bool reliable = receiver.kind() == SocketKind::SeqPacket;
    const MessagePart tooLarge = reliable ? MessagePart::Kept : MessagePart::Cut;
    require(tried.part == (fits == message.size() ? MessagePart::Whole : tooLarge), "its part is named");
    memory.requireExactly(message.first(fits));
    if (tried.part == MessagePart::Kept) {
        std::vector<std::byte> whole(message.size());
        const Slice all{whole.data(), whole.size()};
        require(receiver.receive({&all, 1}).bytes == message.size(), "a reliable message that did not fit is kept");
    }
    require(!receiver.readable(), "a message is taken once");
}

} // namespace

void tryBuffers(std::span<const std::uint8_t> bytes)
{
    static Connection stream(SocketKind::Unix);
    static Connection datagrams(SocketKind::Udp);
    static Connection messages(SocketKind::SeqPacket);

    Source source(bytes);
    const std::size_t kind = source.byte() % 4;
    std::vector<std::byte> message(std::min(source.twoBytes(), longestMessage));
    // No two places hold the same byte by chance, and none looks untouched.
    for (std::size_t i = 0; i < message.size(); ++i)
        message[i] = static_cast<std::byte>((i * 7 + i / 128) % 128);
    const Memory memory(source);

    switch (kind) {
    case 0:
        return tryStream(stream, memory, message, source);
    case 1:
        return tryMessage(datagrams, memory, message);
    case 2:
        return tryMessage(messages, memory, message);
    default:
        engine::scatter(message, memory.buffers());
        return memory.requireExactly(std::span(message).first(std::min(message.size(), memory.room())));
    }
}

} // namespace recvscope::fuzz
