#include "base/pages.h"

#include <cstdint>
#include <sys/mman.h>

namespace recvscope {

Pages::Pages(std::size_t bytes)
{
    // Mapped with room to spare, since the system aligns to small pages only; the ends are given back.
    const std::size_t mapped = bytes + unit;
    void *start = ::mmap(nullptr, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED)
        return;
    auto *first = static_cast<std::byte *>(start);
    const std::size_t before = (unit - reinterpret_cast<std::uintptr_t>(start) % unit) % unit;
    if (before > 0)
        ::munmap(first, before);
    if (before < unit)
        ::munmap(first + before + bytes, unit - before);
    m_data = first + before;
    m_bytes = bytes;
#ifdef MADV_HUGEPAGE
    ::madvise(m_data, bytes, MADV_HUGEPAGE); // advice: without it the memory is the same, and slower at first
#endif
}

Pages::~Pages()
{
    if (m_data)
        ::munmap(m_data, m_bytes);
}

} // namespace recvscope
