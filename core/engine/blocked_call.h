// A thread that blocks in a receive: in the kernel while nothing waits before it, else on the queue.
//
// Threads: made on the blocking thread's stack; every field under the socket's lock.

#pragma once

#include "engine/request.h"
#include "net/interrupt.h"

#include <condition_variable>
#include <optional>
#include <thread>

namespace recvscope::engine {

struct BlockedCall {
    std::thread::id thread = std::this_thread::get_id();
    net::ThreadInterrupt interrupt;       ///< gets it out of the kernel
    std::optional<Decision> takenAway;    ///< cancelled or closed: how it ends unless data came first
    std::optional<Completion> completion; ///< waiting on the queue: what it came to
    std::condition_variable changed;      ///< one of the two is there
};

} // namespace recvscope::engine
