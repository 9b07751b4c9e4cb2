// The one kernel call of most receives, inline: a stream's bytes into one piece of memory.
//
// Inline because each function that stays open across a system call costs some 6 ns more: kernels that guard returns
// leave the processor's memory of return addresses useless behind them.
//
// Threads: as Socket.

#pragma once

#include "net/socket.h"

namespace recvscope::net {

/// As Socket::receive with one slice. Only of streams.
[[nodiscard]] Received receiveNow(int descriptor, Slice slice, ReceiveOptions options);

} // namespace recvscope::net

// On Windows a call of Winsock costs far more than a function that stays open, and is not inline.
#ifndef _WIN32
#include "net/posix/receive_now.h"
#endif
