#include "net/memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace recvscope::net {

bool isWritable(Slice memory)
{
    if (memory.size == 0)
        return true;
    if (memory.data == nullptr)
        return false;
    const auto begin = reinterpret_cast<std::uintptr_t>(memory.data);
    if (begin + memory.size < begin)
        return false;
#ifdef MADV_POPULATE_WRITE
    static const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
    const std::uintptr_t first = begin & ~(page - 1);
    // Faults every page in for writing, as the copy would, and changes nothing. EINVAL: an older kernel.
    return madvise(reinterpret_cast<void *>(first), begin + memory.size - first, MADV_POPULATE_WRITE) == 0 ||
           errno == EINVAL;
#else
    return true;
#endif
}

} // namespace recvscope::net
