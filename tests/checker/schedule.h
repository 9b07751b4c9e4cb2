// Random schedules: from a seed a scenario that the runner can execute on real sockets and that never hangs by itself.
//
// Every kind of socket; overlapped, nonblocking and blocking receives, several at a time; from no buffer to sixteen,
// empty ones, invalid ones and long rows; all flags; sends in pieces, empty messages, urgent bytes; shutting down,
// resetting, closing, cancelling. At its end every socket is closed, so every receive must have completed.
//
// Threads: a function of its argument.

#pragma once

#include "scenario/scenario.h"

#include <cstdint>

namespace recvscope::checker {

/// The same scenario for the same seed, on every machine; scenario::check() has nothing against it.
[[nodiscard]] scenario::Scenario schedule(std::uint64_t seed);

} // namespace recvscope::checker
