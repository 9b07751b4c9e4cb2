#include "trace/chunk_source.h"

#include <new>

namespace recvscope::trace {

std::byte *ChunkSource::take(std::size_t bytes, std::size_t beside)
{
    const std::lock_guard lock(m_mutex);
    if (!fits(beside))
        return nullptr;
    m_beside += beside;
    std::byte *chunk = takeCounted(bytes);
    if (!chunk)
        m_beside -= beside;
    return chunk;
}

std::byte *ChunkSource::takeCounted(std::size_t bytes)
{
    if (used() >= smallTrace && m_slabUsed + bytes > Pages::unit && fits(Pages::unit))
        if (Pages slab(Pages::unit); slab.data()) {
            m_slabs.push_back(std::move(slab));
            m_slabUsed = 0;
            m_used += Pages::unit;
        }
    if (m_slabUsed + bytes > Pages::unit)
        return takeSmall(bytes);
    std::byte *chunk = m_slabs.back().data() + m_slabUsed;
    m_slabUsed += bytes;
    return chunk;
}

std::byte *ChunkSource::takeSmall(std::size_t bytes)
{
    if (!fits(bytes))
        return nullptr;
    std::unique_ptr<std::byte[]> chunk(new (std::nothrow) std::byte[bytes]);
    if (!chunk)
        return nullptr;
    m_used += bytes;
    m_small.push_back(std::move(chunk));
    return m_small.back().get();
}

} // namespace recvscope::trace
