// One thread of the scenario's application: makes the calls it is handed, one after the other, and blocks where they
// block.
//
// Threads: everything but the constructor, the destructor and start() may be called from any thread; those belong to
// the runner.

#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace recvscope::session {

class ApplicationThread {
public:
    /// @param begin runs on the thread before the first call; the constructor returns after it
    /// @param changed is called on the thread whenever it became idle
    ApplicationThread(std::string name, const std::function<void()> &begin, std::function<void()> changed);
    /// Waits for the call in progress: whoever destroys it has seen to it that the call ends.
    ~ApplicationThread();
    ApplicationThread(const ApplicationThread &) = delete;
    ApplicationThread &operator=(const ApplicationThread &) = delete;

    [[nodiscard]] const std::string &name() const { return m_name; }
    [[nodiscard]] std::thread::id id() const { return m_id; }
    /// It ends for good; returns when it has. Only while idle(), by who made it.
    void exit();
    [[nodiscard]] bool exited() const;

    /// Hands it a call. Only while idle().
    void start(std::function<void()> call);
    /// It has returned from every call, and all that the call wrote can be read.
    [[nodiscard]] bool idle() const;

private:
    void live(const std::function<void()> &begin);

    const std::string m_name;
    const std::function<void()> m_changed;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::function<void()> m_call;
    bool m_busy = true; ///< until it has begun
    bool m_ending = false;
    std::thread m_thread;
    std::thread::id m_id;
};

} // namespace recvscope::session
