#include "pinned.h"

#include <cstddef>

namespace recvscope::benchmarks {

Pinned::Pinned()
{
    CPU_ZERO(&m_before);
    sched_getaffinity(0, sizeof m_before, &m_before);
    std::size_t last = 0;
    for (std::size_t core = 0; core < CPU_SETSIZE; ++core)
        if (CPU_ISSET(core, &m_before))
            last = core;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(last, &one);
    sched_setaffinity(0, sizeof one, &one);
}

Pinned::~Pinned()
{
    sched_setaffinity(0, sizeof m_before, &m_before);
}

} // namespace recvscope::benchmarks
