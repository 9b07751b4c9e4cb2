// Waiting for causes: whoever changes something says so, and a waiter looks again whether its cause has come.
//
// Threads: every function may be called from any thread. The predicate runs on the waiter's thread, with no lock of
// this class held, so it may take locks of its own.

#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>

namespace recvscope::session {

enum class WaitEnd : std::uint8_t { Came, Stopped, TimedOut };

/// Where the news of a cause comes from.
enum class News : std::uint8_t {
    Announced, ///< whoever brings the cause about calls changed()
    Kernel,    ///< it is the kernel's, which announces no byte count and no state: looked at again every millisecond
};

class Causes {
public:
    explicit Causes(std::chrono::milliseconds watchdog) : m_watchdog(watchdog) {}

    /// Something changed; waiters look again.
    void changed();
    /// Ends every wait, now and later.
    void stop();
    [[nodiscard]] bool stopped() const;

    /// Returns as soon as @p cause holds, or when stopped, or when the watchdog's time has passed without it.
    [[nodiscard]] WaitEnd wait(News news, const std::function<bool()> &cause);

private:
    const std::chrono::milliseconds m_watchdog;
    mutable std::mutex m_mutex;
    std::condition_variable m_news;
    std::uint64_t m_changes = 0;
    bool m_stopped = false;
};

} // namespace recvscope::session
