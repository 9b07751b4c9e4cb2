// Gets a thread out of a kernel call that it blocks in.
//
// The signal may come just before the thread enters the kernel and is lost then; so the caller repeats interrupt()
// until the thread has answered (engine::BlockedCall does that handshake).
//
// Threads: construct on the thread to be interrupted; interrupt() from any other, while that thread lives.

#pragma once

#include <cstdint>

namespace recvscope::net {

class ThreadInterrupt {
public:
    ThreadInterrupt(); ///< of the calling thread; installs the process' handler at the first use
    void interrupt() const;

private:
    std::uintptr_t m_thread;
};

} // namespace recvscope::net
