// Times in ascending order at 4.5 bytes each, and how many lie before a moment, whatever their number.
//
// Blocks of 16 keep their first time and the others' distance from it; over the first times stands a pyramid of every
// 16th, every 256th, ... A block that spans more than 4.29 seconds keeps its times as they are.
// Threads: a value; belongs to one thread.

#pragma once

#include "base/clock.h"
#include "trace/pyramid.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace recvscope::trace {

class TimeColumn {
public:
    static constexpr std::uint32_t blockSize = pyramidWidth;

    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(m_distances.size()); }
    [[nodiscard]] Nanoseconds operator[](std::uint32_t index) const;

    /// @p time must not be before the last one.
    void append(Nanoseconds time);
    void removeLast();

    /// How many are before @p time.
    [[nodiscard]] std::uint32_t before(Nanoseconds time) const;
    /// The same for many moments in ascending order; much cheaper than one by one when the column is long.
    void before(std::span<const Nanoseconds> times, std::span<std::uint32_t> counts) const;

    [[nodiscard]] std::size_t memoryUsed() const;

private:
    using Wide = std::array<Nanoseconds, blockSize>;
    static constexpr std::uint32_t tooFar = ~std::uint32_t{0}; ///< in a block's first place: the block is wide

    void walk(std::uint32_t count, std::span<const Nanoseconds> times, std::span<std::uint32_t> counts) const;
    void search(std::span<const Nanoseconds> times, std::span<std::uint32_t> counts) const;
    [[nodiscard]] std::uint32_t beforeInBlock(std::uint32_t block, Nanoseconds time) const;
    void appendFirst(std::uint32_t place, Nanoseconds time);
    void widen(std::uint32_t block);

    std::vector<std::uint32_t> m_distances; ///< from the block's first time
    Pyramid<Nanoseconds> m_firsts;          ///< of each block, then every 16th of those below
    std::unordered_map<std::uint32_t, Wide> m_wide;
};

} // namespace recvscope::trace
