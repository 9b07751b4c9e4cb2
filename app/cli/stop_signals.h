// Ctrl-C and a polite kill, as a call on a thread of its own instead of the end of the process.
//
// Threads: made and destroyed by one thread; one at a time in a process.

#pragma once

#include <functional>
#include <thread>

namespace recvscope::cli {

class StopSignals {
public:
    /// @p stop is called once, on another thread, at the first SIGINT or SIGTERM. The second one ends the process.
    explicit StopSignals(std::function<void()> stop);
    ~StopSignals();
    StopSignals(const StopSignals &) = delete;
    StopSignals &operator=(const StopSignals &) = delete;

private:
    std::thread m_thread;
};

} // namespace recvscope::cli
