// Operations as spans in lanes, for timelines of any length: range-and-width queries over a ×16 pyramid.
//
// A lane is a socket. A span is one receive from its call to its completion; an open one ends at "now".
// Threads: SpanIndex belongs to one thread; extend() takes a longer snapshot of the same store.

#pragma once

#include "trace/store.h"

#include <cstdint>
#include <vector>

namespace recvscope::trace {

struct Span {
    Nanoseconds begin = 0;
    Nanoseconds end = 0;        ///< 0 while open
    OperationId operation;
    Status status = Status::Success; ///< how it completed
    bool wasPending = false;    ///< false: completed at once
    bool isEnd = false;         ///< it saw the graceful end (0 bytes)

    friend bool operator==(const Span &, const Span &) = default;
};

/// What one pixel column of a lane shows.
struct Column {
    std::uint32_t spans = 0;      ///< spans that touch the column
    std::uint32_t began = 0;      ///< spans that began in it
    std::uint32_t failed = 0;     ///< of those that began in it
    bool pending = false;         ///< some span that was pending touches it
    OperationId some;             ///< one span in it, for selecting: the one with the largest end

    friend bool operator==(const Column &, const Column &) = default;
};

/// What the kernel held within a pixel column, and the totals at its end, in bytes.
struct LevelColumn {
    std::uint64_t low = 0, high = 0, last = 0;
    std::uint64_t sent = 0, received = 0;

    friend bool operator==(const LevelColumn &, const LevelColumn &) = default;
};

class SpanIndex {
public:
    void extend(const Snapshot &snapshot);

    [[nodiscard]] std::vector<SocketId> lanes() const;
    [[nodiscard]] std::uint64_t spanCount(SocketId lane) const;

    /// The spans of a lane that touch [begin, end], oldest first; at most @p limit (then the answer is empty and
    /// the caller draws columns).
    [[nodiscard]] std::vector<Span> spans(SocketId lane, Nanoseconds begin, Nanoseconds end, std::size_t limit) const;
    /// The lane over [begin, end) in @p width columns of equal length. Costs O(width · log n), whatever n is.
    [[nodiscard]] std::vector<Column> columns(SocketId lane, Nanoseconds begin, Nanoseconds end, int width) const;
    /// The same for the kernel's level and the totals.
    [[nodiscard]] std::vector<LevelColumn> levels(SocketId lane, Nanoseconds begin, Nanoseconds end, int width) const;
};

} // namespace recvscope::trace
