// Keeps the calling thread on one core while it lives. Threads started meanwhile would stay there too.
//
// Threads: destroyed on the thread that made it.

#pragma once

#include <sched.h>

namespace recvscope::benchmarks {

class Pinned {
public:
    Pinned(); ///< on the last core that the process may use: the first often serves the machine's interrupts
    ~Pinned();
    Pinned(const Pinned &) = delete;
    Pinned &operator=(const Pinned &) = delete;

private:
    cpu_set_t m_before;
};

} // namespace recvscope::benchmarks
