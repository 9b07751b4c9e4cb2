// The posix half of net/receive_now.h, which includes it.

#pragma once

#include "net/socket.h"

#include <sys/socket.h>

#include <cerrno>

namespace recvscope::net {

/// A read of 0 where there was room: the peer's end, or what came behind it. After a FIN our own send may have met a
/// reset, of which the system's reads say nothing.
[[nodiscard]] Received endOf(int descriptor);
/// @p code as the failed call left it in errno.
[[nodiscard]] Received failureOf(int descriptor, int code);

/// What a kernel call's return value says. @p messageFlags as the call left them, 0 where it has none.
[[nodiscard]] inline Received receivedOf(int descriptor, ssize_t result, int messageFlags, bool stream, bool anyRoom,
                                         bool waits)
{
    Received received;
    if (result > 0 || (result == 0 && !(stream && anyRoom))) [[likely]] {
        received.kind = Received::Kind::Bytes;
        received.bytes = static_cast<std::size_t>(result);
        received.truncated = (messageFlags & MSG_TRUNC) != 0;
        return received;
    }
    if (result == 0)
        return endOf(descriptor);
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
        received.timedOut = waits;
        return received;
    }
    return failureOf(descriptor, errno);
}

[[nodiscard]] inline int systemFlagsOf(ReceiveOptions options)
{
    return (options.wait ? 0 : MSG_DONTWAIT) | (options.peek ? MSG_PEEK : 0) | (options.oob ? MSG_OOB : 0) |
           (options.wholeSize ? MSG_TRUNC : 0);
}

// A stream has no message flags to tell, and the kernel is some 100 ns faster without a header to read.
inline Received receiveNow(int descriptor, Slice slice, ReceiveOptions options)
{
    const ssize_t result = ::recv(descriptor, slice.data, slice.size, systemFlagsOf(options));
    return receivedOf(descriptor, result, 0, true, slice.size != 0, options.wait);
}

} // namespace recvscope::net
