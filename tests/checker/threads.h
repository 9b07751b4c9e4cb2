// What a trace tells of each thread, in the thread's own order.
//
// Threads: a value; it reads the snapshot it was made of, which must outlive it.

#pragma once

#include "trace/store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace recvscope::checker {

struct ThreadAccount {
    std::string name;
    std::vector<trace::Event> events;      ///< at the index that they have in the trace
    std::optional<std::uint32_t> exitedAt; ///< index of its ThreadExited
};

/// One for each track of the trace, at the track's number.
[[nodiscard]] std::vector<ThreadAccount> threadsOf(const trace::Snapshot &snapshot);

} // namespace recvscope::checker
