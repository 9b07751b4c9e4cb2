#include "net/system_receive.h"

#ifdef __linux__
#include <linux/tcp.h>
#endif
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <cerrno>
#include <cstddef>
#include <vector>

namespace recvscope::net {

bool SystemReceived::nothingThere() const
{
    return result < 0 && (systemCode == EAGAIN || systemCode == EWOULDBLOCK);
}

bool SystemReceived::interrupted() const
{
    return result < 0 && systemCode == EINTR;
}

SystemReceived receiveBySystem(const Socket &socket, std::span<const Slice> slices, SystemReceiveOptions options)
{
    std::vector<iovec> pieces;
    pieces.reserve(slices.size());
    std::size_t room = 0;
    for (const Slice &slice : slices) {
        pieces.push_back({slice.data, slice.size});
        room += slice.size;
    }
    msghdr header{};
    header.msg_iov = pieces.data();
    header.msg_iovlen = pieces.size();
    // Of a message MSG_TRUNC makes the call say how long it was, so that what is lost can be counted. The bytes are the
    // same. (On a stream it would throw them away.)
    const bool messages = !isStreamBelow(socket.kind());
    const int flags = (options.wait ? 0 : MSG_DONTWAIT) | (options.peek ? MSG_PEEK : 0) |
                      (options.waitAll ? MSG_WAITALL : 0) | (messages ? MSG_TRUNC : 0);
    SystemReceived received;
    received.result = ::recvmsg(socket.descriptor(), &header, flags);
    if (received.result < 0) {
        received.systemCode = errno;
    } else if (static_cast<std::size_t>(received.result) > room) {
        received.cut = (header.msg_flags & MSG_TRUNC) != 0;
        received.lost = options.peek ? 0 : static_cast<std::size_t>(received.result) - room;
        received.result = static_cast<std::ptrdiff_t>(room);
    }
    return received;
}

std::uint64_t arrivedSoFar(const Socket &socket)
{
#ifdef __linux__
    tcp_info info{};
    socklen_t size = sizeof info;
    if (!isTcpBelow(socket.kind()) || getsockopt(socket.descriptor(), IPPROTO_TCP, TCP_INFO, &info, &size) != 0 ||
        size < offsetof(tcp_info, tcpi_bytes_received) + sizeof info.tcpi_bytes_received)
        return 0;
    return info.tcpi_bytes_received;
#else
    static_cast<void>(socket);
    return 0;
#endif
}

} // namespace recvscope::net
