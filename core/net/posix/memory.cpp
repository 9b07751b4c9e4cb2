#include "net/memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

namespace recvscope::net {

#ifdef MADV_POPULATE_WRITE

namespace {

/// Faults every page in for writing, as the copy would, and changes nothing.
bool populate(std::uintptr_t begin, std::uintptr_t end)
{
    static const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
    const std::uintptr_t first = begin & ~(page - 1);
    return madvise(reinterpret_cast<void *>(first), end - first, MADV_POPULATE_WRITE) == 0;
}

/// An older kernel answers EINVAL, which means insufficient permissions on a newer one: asked of the stack to know.
bool canTell()
{
    static const bool known = [] {
        const char here = 0;
        const auto address = reinterpret_cast<std::uintptr_t>(&here);
        return populate(address, address + 1);
    }();
    return known;
}

} // namespace

#endif

bool isWritable(Slice memory)
{
    if (memory.size == 0)
        return true;
    const auto begin = reinterpret_cast<std::uintptr_t>(memory.data);
    if (memory.data == nullptr || begin + memory.size < begin)
        return false;
#ifdef MADV_POPULATE_WRITE
    return !canTell() || populate(begin, begin + memory.size);
#else
    return true;
#endif
}

} // namespace recvscope::net
