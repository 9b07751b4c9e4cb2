// Reliable messages: unix SOCK_SEQPACKET. The message is sized first, since a short read would lose the rest.

#include "engine/request.h"
#include "engine/transport_of.h"

#include <algorithm>
#include <vector>

namespace recvscope::engine {

namespace {

using net::Received;

class SeqPacketTransport final : public Transport {
public:
    Attempt take(net::Socket &socket, std::span<const net::Slice> buffers, std::uint64_t room,
                 TakeOptions options) override
    {
        Attempt sized{socket.receive({}, {.peek = true, .wait = options.wait, .wholeSize = true})};
        if (sized.answer.kind != Received::Kind::Bytes)
            return sized;
        // A message comes with a control record and the end does not (Socket::setMarkMessages()).
        if (sized.answer.bytes == 0 && !sized.answer.control)
            return {{Received::Kind::End}};
        const bool fits = sized.answer.bytes <= room;
        Attempt attempt{receive(socket, buffers, sized.answer.bytes, options.peek || !fits)};
        if (attempt.answer.kind == Received::Kind::Bytes)
            attempt.part = fits ? MessagePart::Whole : MessagePart::Kept;
        return attempt;
    }

private:
    static Received receive(net::Socket &socket, std::span<const net::Slice> buffers, std::size_t size, bool peek)
    {
        if (buffers.size() <= net::Socket::maxSlices())
            return socket.receive(buffers, {.peek = peek});
        std::vector<std::byte> staged(size);
        const net::Slice all{staged.data(), staged.size()};
        Received received = socket.receive({&all, 1}, {.peek = peek});
        scatter(staged, buffers);
        received.bytes = static_cast<std::size_t>(std::min<std::uint64_t>(received.bytes, roomOf(buffers)));
        return received;
    }
};

} // namespace

std::unique_ptr<Transport> makeSeqPacketTransport()
{
    return std::make_unique<SeqPacketTransport>();
}

} // namespace recvscope::engine
