// A trace of any length as a lively session leaves it: several sockets, bytes that come in bursts, receives that find
// them and receives that wait.
//
// Threads: one; nothing else may write to the store.

#pragma once

#include "trace/store.h"

#include <cstdint>

namespace recvscope::benchmarks {

/// Writes at least so many events, ending with a whole receive.
void writeLongTrace(trace::Store &store, std::uint64_t events);

} // namespace recvscope::benchmarks
