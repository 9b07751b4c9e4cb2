// Something done by another process over a socket that both share: the one thing that cannot be shown from within.
//
// Threads: any; the calling thread waits for the other process.

#pragma once

#include "net/socket.h"

#include <cstddef>
#include <span>

namespace recvscope::net {

/// Another process sends @p bytes over its copy of @p socket, waits for an answer of one message, and ends.
/// @return whether it heard yes: the answer's first byte is not zero
/// Fails where no process could be begun, or it could not send or heard no answer.
[[nodiscard]] Result<bool> askFromAnotherProcess(const Socket &socket, std::span<const std::byte> bytes);

} // namespace recvscope::net
