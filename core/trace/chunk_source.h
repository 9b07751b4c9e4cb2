// The memory of a trace, in chunks, up to a limit. A chunk lives as long as its source.
//
// A small trace takes its chunks one by one; a growing one cuts them from slabs of huge pages, since touching new
// memory was most of what storing an event cost. Threads: any.

#pragma once

#include "base/pages.h"

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace recvscope::trace {

class ChunkSource {
public:
    explicit ChunkSource(std::size_t limit) : m_limit(limit) {}

    /// @p bytes at most a slab; aligned for any type. @p beside what others will take for it: counted, not given.
    /// @return null when it would go over the limit or the system has no memory left.
    [[nodiscard]] std::byte *take(std::size_t bytes, std::size_t beside = 0);

    [[nodiscard]] std::size_t limit() const { return m_limit; }
    [[nodiscard]] std::size_t used() const { return m_used.load(std::memory_order_relaxed); } ///< given
    [[nodiscard]] std::size_t beside() const { return m_beside.load(std::memory_order_relaxed); }

private:
    static constexpr std::size_t smallTrace = std::size_t{4} << 20;

    [[nodiscard]] bool fits(std::size_t bytes) const { return used() + beside() + bytes <= m_limit; }
    [[nodiscard]] std::byte *takeCounted(std::size_t bytes);
    [[nodiscard]] std::byte *takeSmall(std::size_t bytes);

    const std::size_t m_limit;
    std::atomic<std::size_t> m_used{0}; ///< this and the next are written under the mutex
    std::atomic<std::size_t> m_beside{0};
    std::mutex m_mutex; ///< guards what follows
    std::vector<std::unique_ptr<std::byte[]>> m_small;
    std::vector<Pages> m_slabs;
    std::size_t m_slabUsed = Pages::unit; ///< of the last slab
};

} // namespace recvscope::trace
