// Gets a thread out of a kernel call that it blocks in.
//
// The signal may come just before the thread enters the kernel and is lost then; so it is repeated until the thread has
// answered. Not faster than once a millisecond: signals that come quicker than a thread handles them keep it from ever
// doing anything else.
//
// Threads: construct on the thread to be interrupted; interruptUntil() from any other, while that thread lives.

#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace recvscope::net {

class ThreadInterrupt {
public:
    ThreadInterrupt(); ///< of the calling thread; installs the process' handler at the first use

    /// Until @p left holds, which is asked under @p lock. The thread notifies @p answered when it makes it true.
    template <typename Left>
    void interruptUntil(std::unique_lock<std::mutex> &lock, std::condition_variable &answered, Left left) const
    {
        while (!left()) {
            interrupt();
            answered.wait_for(lock, std::chrono::milliseconds(1), left);
        }
    }

private:
    void interrupt() const;

    std::uintptr_t m_thread;
};

} // namespace recvscope::net
