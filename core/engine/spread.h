// How received bytes are spread over the caller's buffers: in their order, each filled before the next, empty ones
// passed over (wsp.buffer.in-order, wsp.buffer.packed).
//
// Threads: functions of their arguments.

#pragma once

#include "net/socket.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace recvscope::engine {

/// Copies a message's first bytes over the buffers; what does not fit is left out.
void scatter(std::span<const std::byte> message, std::span<const net::Slice> buffers);

/// What is left of the buffers behind their first @p filled bytes.
[[nodiscard]] std::vector<net::Slice> restOf(std::span<const net::Slice> buffers, std::uint64_t filled);

} // namespace recvscope::engine
