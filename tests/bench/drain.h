// Times a receiver that drains what a Supply holds ready.
//
// Threads: the caller's; it is kept on one core while the clock runs.

#pragma once

#include "receivers.h"
#include "supply.h"

#include <functional>

namespace recvscope::benchmarks {

using MakeReceiver = std::function<std::unique_ptr<Receiver>(net::Socket socket, const BufferSizes &sizes)>;

struct Drained {
    net::SocketKind kind = net::SocketKind::Tcp;
    BufferSizes buffers;            ///< of one receive; together they hold one message
    std::size_t perFill = 1000;     ///< messages that are laid ready each time
    std::size_t receives = 100'000; ///< at least so many in all
};

/// On a fresh connection. @return nanoseconds a receive: the median of the fills, which a stretch of time that the
/// machine gave to somebody else does not move.
[[nodiscard]] double drainTime(const Drained &what, const MakeReceiver &make);

} // namespace recvscope::benchmarks
