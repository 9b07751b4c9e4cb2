// The engine's thread: waits for sockets to become ready and says which.
//
// Threads: every function from any thread; onReady runs on the reactor's own, without a lock of the reactor's.

#pragma once

#include "net/poller.h"

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

namespace recvscope::engine {

class Reactor {
public:
    /// @p started runs first on the new thread (to name it, say); either function may be empty but not onReady.
    Reactor(std::unique_ptr<net::Poller> poller, std::function<void(std::uint64_t token)> onReady,
            std::function<void()> started);
    ~Reactor();
    Reactor(const Reactor &) = delete;
    Reactor &operator=(const Reactor &) = delete;

    /// Returns when onReady runs no more and never will again. For an owner whose other parts it uses. Any thread but
    /// its own, one at a time.
    void stop();

    [[nodiscard]] net::Poller &poller() { return *m_poller; }

private:
    void run();

    std::unique_ptr<net::Poller> m_poller;
    std::function<void(std::uint64_t)> m_onReady;
    std::function<void()> m_started;
    std::atomic<bool> m_stopping{false};
    std::thread m_thread;
};

} // namespace recvscope::engine
