// Datagrams: one message a receive; what does not fit is gone; a connected socket hears its peer alone.

#include "engine/transport_of.h"

#include <algorithm>
#include <array>
#include <vector>

namespace recvscope::engine {

namespace {

using net::Received;

constexpr std::size_t longestDatagram = 65'536;

class DatagramTransport final : public Transport {
public:
    explicit DatagramTransport(const net::Address &connected) : m_connected(connected) {}

    Attempt take(net::Socket &socket, std::span<const net::Slice> buffers, std::uint64_t room,
                 TakeOptions options) override
    {
        std::uint32_t foreignBytes = 0;
        for (std::uint32_t foreign = 0;; ++foreign) {
            net::Address from;
            const net::ReceiveOptions receive{
                .peek = options.peek, .wait = options.wait, .wholeSize = true, .from = &from};
            Attempt attempt = takeOne(socket, buffers, room, receive);
            attempt.foreign = foreign;
            attempt.foreignBytes = foreignBytes;
            if (attempt.answer.kind != Received::Kind::Bytes || accepts(from))
                return attempt;
            foreignBytes += static_cast<std::uint32_t>(attempt.answer.bytes + attempt.lost);
            // Somebody else's, maybe queued before the socket was connected. A peek has left it there.
            if (options.peek)
                static_cast<void>(socket.receive({}, {}));
        }
    }

    void hearOnly(const net::Address &address) override { m_connected = address; }

private:
    [[nodiscard]] bool accepts(const net::Address &from) const
    {
        return m_connected.family() == net::AddressFamily::Unspecified || from == m_connected;
    }

    Attempt takeOne(net::Socket &socket, std::span<const net::Slice> buffers, std::uint64_t room,
                    const net::ReceiveOptions &options)
    {
        Attempt attempt;
        if (buffers.size() <= net::Socket::maxSlices()) {
            attempt.answer = socket.receive(buffers, options);
        } else {
            m_staged.resize(longestDatagram);
            const net::Slice all{m_staged.data(), m_staged.size()};
            attempt.answer = socket.receive({&all, 1}, options);
            if (attempt.answer.kind == Received::Kind::Bytes)
                scatter({m_staged.data(), std::min(attempt.answer.bytes, m_staged.size())}, buffers);
        }
        if (attempt.answer.kind != Received::Kind::Bytes)
            return attempt;
        const std::uint64_t size = attempt.answer.bytes;
        if (size > room) {
            attempt.part = options.peek ? MessagePart::Kept : MessagePart::Cut;
            attempt.lost = options.peek ? 0 : size - room;
        } else {
            attempt.part = MessagePart::Whole;
        }
        attempt.answer.bytes = static_cast<std::size_t>(std::min(size, room));
        return attempt;
    }

    net::Address m_connected;
    std::vector<std::byte> m_staged;
};

} // namespace

std::unique_ptr<Transport> makeDatagramTransport(const net::Address &connected)
{
    return std::make_unique<DatagramTransport>(connected);
}

} // namespace recvscope::engine
