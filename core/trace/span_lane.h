// The receives of one socket, ordered by when they were called, with what answers for a range without visiting it.
//
// What touches a range is counted, not collected: those that began before its end less those that ended before its
// begin. Over blocks of 16 stand running counts and, in a pyramid of ×16, the largest end, so that a receive that has
// been pending for long is found under a million later ones. About 20 bytes a span.
// Threads: a value; belongs to one thread.

#pragma once

#include "trace/pyramid.h"
#include "trace/spans.h"
#include "trace/time_column.h"

#include <unordered_map>

namespace recvscope::trace {

class SpanLane {
public:
    [[nodiscard]] std::uint32_t size() const { return m_begins.size(); }

    /// A receive was called: its span is open.
    void open(OperationId operation, Nanoseconds begin);
    /// It was found to wait. @p begin as it was opened.
    void setPending(OperationId operation, Nanoseconds begin);
    void close(OperationId operation, Nanoseconds begin, Nanoseconds end, Status status, bool isEnd);
    /// Brings the summaries up to date; to be called after changes and before queries.
    void settle();

    // @p now: where open spans end.
    [[nodiscard]] std::vector<Span> spans(Nanoseconds begin, Nanoseconds end, Nanoseconds now, std::size_t limit) const;
    /// @p edges: ascending, one more than there are columns.
    [[nodiscard]] std::vector<Column> columns(std::span<const Nanoseconds> edges, Nanoseconds now) const;

    [[nodiscard]] std::size_t memoryUsed() const;

private:
    static constexpr std::uint32_t blockSize = TimeColumn::blockSize;
    static constexpr std::uint32_t isLong = ~std::uint32_t{0}; ///< the end stands in m_longEnds, or it is open
    static constexpr Nanoseconds notYet = ~Nanoseconds{0};

    /// What is kept of a span's outcome, in one byte.
    enum How : std::uint8_t { StatusBits = 0x3F, WasPending = 0x40, IsEnd = 0x80 };

    struct Entry {
        Nanoseconds begin;
        std::uint32_t operation;
        std::uint32_t duration;
        std::uint8_t how;
    };
    /// What stands before a block of begins.
    struct Before {
        Nanoseconds end = 0;       ///< the largest
        std::uint32_t longest = 0; ///< whose it is, the oldest of equals
        std::uint32_t pending = 0;
        std::uint32_t failed = 0;
    };

    [[nodiscard]] std::uint32_t indexOf(OperationId operation, Nanoseconds begin) const;
    [[nodiscard]] Nanoseconds endOf(std::uint32_t index) const; ///< notYet while open
    [[nodiscard]] bool failed(std::uint32_t index) const;
    [[nodiscard]] Span span(std::uint32_t index) const;
    void append(const Entry &entry);
    void addEnd(Nanoseconds end, bool wasPending);
    void settleBegins(std::uint32_t block);
    void settleEnds(std::uint32_t block);
    void include(Before &before, std::uint32_t index) const;
    [[nodiscard]] Before upTo(std::uint32_t index) const;
    [[nodiscard]] Before advanced(Before before, std::uint32_t from, std::uint32_t index) const;
    [[nodiscard]] std::uint32_t pendingEnds(std::uint32_t index) const;
    void collect(std::size_t level, std::uint32_t place, std::uint32_t stop, Nanoseconds begin,
                 std::vector<Span> &found) const;

    TimeColumn m_begins;
    std::vector<std::uint32_t> m_operations;
    std::vector<std::uint32_t> m_durations;
    std::vector<std::uint8_t> m_how;
    std::unordered_map<OperationId, Nanoseconds> m_longEnds;
    std::uint32_t m_open = 0;

    TimeColumn m_ends; ///< of all closed spans, in their own order
    std::vector<bool> m_endWasPending;

    std::uint32_t m_changedFrom = 0, m_endsChangedFrom = 0; ///< summaries stand for what is before
    std::vector<Before> m_before;                           ///< per block of begins
    Pyramid<Nanoseconds> m_largestEnd;                      ///< over the blocks of begins
    std::vector<std::uint32_t> m_pendingEnds;               ///< per block of ends: pending ones before it
};

} // namespace recvscope::trace
