// A thread as Winsock knows it: its identifier, what is queued to it, and what it is in the middle of.
//
// Threads: a Thread belongs to the thread it was made for and ends with it; the queue in a ThreadId outlives it,
// closed.

#pragma once

#include "engine/blocked_call.h"
#include "wsp/apc_queue.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace recvscope::wsp {

/// WSATHREADID: a value, so that a copy is as good as the original (wsp.indicate.thread-id-copied).
struct ThreadId {
    std::shared_ptr<ApcQueue> queue; ///< null: no thread
    std::uint16_t track = 0;         ///< its track in the trace

    explicit operator bool() const { return queue != nullptr; }
};

/// WPUQueryBlockingCallback's function: runs on a thread whose call is about to block.
using BlockingHook = std::function<void()>;

class RoutineCall;

/// Between threads and who wants to know of their end: either may go first.
class ThreadExits {
public:
    explicit ThreadExits(std::function<void(std::thread::id)> tell) : m_tell(std::move(tell)) {}
    void threadExits()
    {
        const std::lock_guard lock(m_mutex);
        if (m_tell)
            m_tell(std::this_thread::get_id());
    }
    /// Nobody wants to know any more. Returns when nobody is being told.
    void cut()
    {
        const std::lock_guard lock(m_mutex);
        m_tell = nullptr;
    }

private:
    std::mutex m_mutex;
    std::function<void(std::thread::id)> m_tell;
};

/// The thread itself is what its blocking calls wait with: it runs its hook first, and what is queued meanwhile.
class Thread final : private engine::Alertable {
public:
    /// The calling thread's, or null while it never needed one. Inline: every receive asks.
    [[nodiscard]] static Thread *known() { return theKnown; }
    /// The same, made when it is missing.
    [[nodiscard]] static Thread &current();

    Thread() = default;
    Thread(const Thread &) = delete;
    Thread &operator=(const Thread &) = delete;
    ~Thread();

    /// @return its queue, made at the first call
    [[nodiscard]] const std::shared_ptr<ApcQueue> &queue();

    /// @p exits is told once when the thread ends, if it still lives.
    void tellAtExit(const std::shared_ptr<ThreadExits> &exits);

    // -- what it is in the middle of

    /// Runs the client's routine, or puts it off until the one of the same socket that runs now has ended
    /// (wsp.indicate.no-nesting).
    void run(std::unique_ptr<RoutineCall> call);
    /// The routine that runs now, innermost; null: none.
    [[nodiscard]] const RoutineCall *routine() const { return m_running.empty() ? nullptr : m_running.back(); }

    /// How its calls block; null: in the kernel, since nothing can be queued to it.
    [[nodiscard]] engine::Alertable *alertable() { return m_queue ? this : nullptr; }

    BlockingHook blockingHook; ///< may be empty
    bool inBlockingHook = false;

private:
    void waitUntil(const std::atomic<bool> &done, std::chrono::milliseconds atMost) override;
    void wake() override { m_queue->wake(); }
    [[nodiscard]] bool resting() const override { return m_queue->resting(); }
    void runOne(const RoutineCall &call, bool putOff);

    friend struct ThreadOwner;
    /// A plain pointer costs nothing to ask; its owner ends with the thread.
    static inline constinit thread_local Thread *theKnown = nullptr;

    std::shared_ptr<ApcQueue> m_queue;
    std::vector<std::weak_ptr<ThreadExits>> m_atExit;
    std::vector<const RoutineCall *> m_running; ///< innermost last
    std::deque<std::unique_ptr<RoutineCall>> m_putOff;
};

} // namespace recvscope::wsp
