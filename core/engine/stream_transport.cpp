// Byte streams: TCP and unix.

#include "engine/request.h"
#include "engine/transport_of.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

namespace recvscope::engine {

namespace {

using net::Received;

/// More buffers than one kernel call takes: calls over windows of them, until the socket has no more.
Attempt takeInWindows(net::Socket &socket, std::span<const net::Slice> buffers, net::ReceiveOptions options)
{
    std::vector<net::Slice> filled;
    std::copy_if(buffers.begin(), buffers.end(), std::back_inserter(filled),
                 [](const net::Slice &buffer) { return buffer.size > 0; });
    std::span<const net::Slice> rest = filled;
    Attempt attempt{{Received::Kind::Bytes, 0}};
    while (!rest.empty()) {
        const auto window = rest.first(std::min(rest.size(), net::Socket::maxSlices()));
        const Received received = socket.receive(window, options);
        if (received.kind != Received::Kind::Bytes) {
            if (attempt.answer.bytes == 0)
                return {received};
            attempt.behind = endedBy(received); // told now, and never again
            break;
        }
        attempt.answer.bytes += received.bytes;
        if (received.bytes < roomOf(window) || options.peek)
            break;
        rest = rest.subspan(window.size());
        options.wait = false;
    }
    return attempt;
}

/// A receive of nothing waits for anything and takes nothing; a zero-length receive of the system's would take a
/// pending error away.
Attempt look(net::Socket &socket, bool wait)
{
    std::byte one{};
    const net::Slice probe{&one, 1};
    Attempt seen{socket.receive({&probe, 1}, {.peek = true, .wait = wait})};
    seen.answer.bytes = 0;
    return seen;
}

class StreamTransport final : public Transport {
public:
    Attempt take(net::Socket &socket, std::span<const net::Slice> buffers, std::uint64_t room,
                 TakeOptions options) override
    {
        if (options.oob)
            return takeUrgent(socket, buffers, options.peek);
        if (room == 0)
            return look(socket, options.wait);
        const net::ReceiveOptions receive{.peek = options.peek, .wait = options.wait};
        if (buffers.size() <= net::Socket::maxSlices())
            return {socket.receive(buffers, receive)};
        return takeInWindows(socket, buffers, receive);
    }

private:
    static Attempt takeUrgent(net::Socket &socket, std::span<const net::Slice> buffers, bool peek)
    {
        const auto first =
            std::find_if(buffers.begin(), buffers.end(), [](const net::Slice &buffer) { return buffer.size > 0; });
        if (first == buffers.end())
            return look(socket, false);
        Attempt attempt{socket.receive({&*first, 1}, {.peek = peek, .oob = true})};
        // With none queued the system says EINVAL, Winsock that it would block.
        if (attempt.answer.kind == Received::Kind::Failed && attempt.answer.systemCode == EINVAL)
            attempt.answer = {};
        // After a reset it says ENOTCONN; the stream still knows what has become of the connection.
        if (attempt.answer.kind == Received::Kind::Failed && attempt.answer.systemCode == ENOTCONN) {
            attempt = look(socket, false);
            if (attempt.answer.kind == Received::Kind::Bytes)
                attempt.answer = {}; // its last bytes come first
        }
        return attempt;
    }
};

/// As Windows does it: once a reset has arrived, what came before it and was not received is gone.
class DiscardingTransport final : public Transport {
public:
    Attempt take(net::Socket &socket, std::span<const net::Slice> buffers, std::uint64_t room,
                 TakeOptions options) override
    {
        return socket.hasError() ? discarded(socket) : m_stream.take(socket, buffers, room, options);
    }

private:
    static Attempt discarded(net::Socket &socket)
    {
        std::array<std::byte, 4096> waste;
        const net::Slice slice{waste.data(), waste.size()};
        Attempt attempt;
        for (;;) {
            attempt.answer = socket.receive({&slice, 1});
            if (attempt.answer.kind != Received::Kind::Bytes)
                return attempt;
            attempt.lost += attempt.answer.bytes;
        }
    }

    StreamTransport m_stream;
};

} // namespace

std::unique_ptr<Transport> makeDiscardingTransport()
{
    return std::make_unique<DiscardingTransport>();
}

std::unique_ptr<Transport> makeStreamTransport()
{
    return std::make_unique<StreamTransport>();
}

} // namespace recvscope::engine
