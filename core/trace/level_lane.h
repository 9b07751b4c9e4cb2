// How much was sent to one socket, received from it, and held by the kernel in between, over time.
//
// Each change is a point of 4 bytes beside its time; over blocks of 16 stand the running totals, and in a pyramid of
// ×16 the lowest and highest level. About 11 bytes a point. Threads: a value; belongs to one thread.

#pragma once

#include "trace/pyramid.h"
#include "trace/spans.h"
#include "trace/time_column.h"

namespace recvscope::trace {

class LevelLane {
public:
    enum class Change : std::uint8_t {
        Sent,
        Received, ///< what was received without having been sent came from an outside peer: sent when seen
        Peeked,   ///< so was what was only looked at
    };

    void add(Nanoseconds time, Change change, std::uint64_t bytes);
    /// Brings the summaries up to date; to be called after changes and before queries.
    void settle();

    /// @p edges: ascending, one more than there are columns.
    [[nodiscard]] std::vector<LevelColumn> columns(std::span<const Nanoseconds> edges) const;

    [[nodiscard]] std::size_t memoryUsed() const;

private:
    static constexpr std::uint32_t blockSize = TimeColumn::blockSize;
    static constexpr int changeShift = 30; ///< a point: the change in its two high bits, bytes below

    struct Totals {
        std::uint64_t sent = 0, received = 0;
        void apply(std::uint32_t point);
        [[nodiscard]] std::uint64_t level() const { return sent - received; }
    };
    struct Range {
        std::uint64_t low = ~std::uint64_t{0}, high = 0;
        void include(std::uint64_t level);
        void include(const Range &range);
    };

    [[nodiscard]] Totals upTo(std::uint32_t index) const;
    [[nodiscard]] Range pass(Totals &totals, std::uint32_t first, std::uint32_t end) const;
    [[nodiscard]] Range wholeBlocks(std::uint32_t first, std::uint32_t end) const;

    TimeColumn m_times;
    std::vector<std::uint32_t> m_points;
    std::uint32_t m_changedFrom = 0; ///< summaries stand for what is before
    std::vector<Totals> m_before;    ///< per block: totals before it
    Pyramid<Range> m_ranges;         ///< of the levels after each point, over the blocks
};

} // namespace recvscope::trace
