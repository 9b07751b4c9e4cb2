// A thread that blocks in a receive: in the kernel while nothing waits before it, else on the queue.
//
// Threads: made on the blocking thread's stack; every field under the socket's lock.

#pragma once

#include "engine/request.h"
#include "net/interrupt.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <optional>
#include <thread>

namespace recvscope::engine {

/// A thread that does something of its own while it waits: in WSP, it runs what is queued to it.
class Alertable {
public:
    /// Returns when @p done holds, or after @p atMost (zero: no limit). On the thread that waits, without a lock.
    virtual void waitUntil(const std::atomic<bool> &done, std::chrono::milliseconds atMost) = 0;
    /// What it waits for was made true. Any thread, under the socket's lock.
    virtual void wake() = 0;
    /// It waits and has nothing to do.
    [[nodiscard]] virtual bool resting() const = 0;

protected:
    ~Alertable() = default;
};

struct BlockedCall {
    std::thread::id thread = std::this_thread::get_id();
    net::ThreadInterrupt interrupt;       ///< gets it out of the kernel
    std::optional<Decision> takenAway;    ///< cancelled or closed: how it ends unless data came first
    std::optional<Completion> completion; ///< waiting on the queue: what it came to
    std::condition_variable changed;      ///< one of the two is there
    Alertable *alertable = nullptr;       ///< null: it waits on `changed`
    std::atomic<bool> done = false;       ///< the same as `completion`, for who waits without the lock

    /// Ends the wait on the queue.
    void end(const Completion &with)
    {
        completion = with;
        done.store(true, std::memory_order_release);
        if (alertable != nullptr)
            alertable->wake();
        else
            changed.notify_all();
    }
};

} // namespace recvscope::engine
