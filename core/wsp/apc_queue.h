// What is queued to one thread, and runs while that thread waits alertably.
//
// Threads: post(), takeBack(), wake() and resting() may be called from any thread; close() and the waits belong to the
// thread the queue was made for. Nothing that is queued runs, and nothing is discarded, with a lock held.

#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>

namespace recvscope::wsp {

/// What WPUQueueApc takes: a function with one context value.
using UserApc = void (*)(std::uintptr_t context);

class ApcQueue {
public:
    struct Apc {
        UserApc run = nullptr;
        std::uintptr_t context = 0;
        UserApc discard = nullptr; ///< called instead when it can never run; may be null
        const void *owner = nullptr;
        bool newestFirst = false; ///< it runs before what was queued earlier
    };

    /// @param told is called when it is about to be queued, before it can run; may be empty
    /// @return false when the thread has exited: nothing was queued, and the context is still the caller's.
    bool post(const Apc &apc, const std::function<void()> &told = {});
    /// Discards what @p owner has queued.
    void takeBack(const void *owner);
    /// The thread exits: discards everything, and takes nothing more.
    void close();

    /// Waits until something is queued, and runs all there is, what comes meanwhile included.
    /// @return how many ran, at least one
    std::size_t waitAlertably();

    /// Runs what is queued until @p done holds, which wake() announces, or for @p atMost (zero: no limit).
    void waitUntil(const std::atomic<bool> &done, std::chrono::milliseconds atMost);
    void wake();
    /// Its thread waits in here, and nothing is queued.
    [[nodiscard]] bool resting() const;

private:
    [[nodiscard]] Apc take();
    std::size_t runAll(std::unique_lock<std::mutex> &lock);

    mutable std::mutex m_mutex;
    std::condition_variable m_news;
    std::deque<Apc> m_queue;
    bool m_resting = false;
    bool m_closed = false;
};

} // namespace recvscope::wsp
