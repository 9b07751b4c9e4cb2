// Operations as spans in lanes, for timelines of any length: range-and-width queries over a ×16 pyramid.
//
// A lane is a socket. A span is one receive from its call to its completion, or to its return where that refused it; an
// open one ends at "now", the snapshot's end. Events that arrive late from another thread find their place.
// The pyramid is built here, by the thread that looks, and not by the recorder's: a trace nobody looks at costs
// nothing. Takes about 20 bytes a receive and 11 a transfer: 5 to 8 an event. Threads: SpanIndex belongs to one thread;
// extend() takes a longer snapshot of the same store.

#pragma once

#include "trace/store.h"

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace recvscope::trace {

struct Span {
    Nanoseconds begin = 0;
    Nanoseconds end = 0; ///< 0 while open
    OperationId operation;
    Status status = Status::Success; ///< how it completed
    bool wasPending = false;         ///< it was pending, or blocked; false: completed at once
    bool isEnd = false;              ///< it saw the graceful end (0 bytes)

    friend bool operator==(const Span &, const Span &) = default;
};

/// What one pixel column of a lane shows.
struct Column {
    std::uint32_t spans = 0;  ///< spans that touch the column
    std::uint32_t began = 0;  ///< spans that began in it
    std::uint32_t failed = 0; ///< of those that began in it; the graceful end is no failure
    bool pending = false;     ///< some span that was pending touches it
    OperationId some;         ///< one span in it, for selecting: the one with the largest end, the oldest of equals

    friend bool operator==(const Column &, const Column &) = default;
};

/// What the kernel held within a pixel column, and the totals at its end, in bytes.
/// What an outside peer sent is known when it is seen. Urgent bytes stand beside the stream and do not count.
struct LevelColumn {
    std::uint64_t low = 0, high = 0, last = 0;
    std::uint64_t sent = 0, received = 0;

    friend bool operator==(const LevelColumn &, const LevelColumn &) = default;
};

class SpanIndex {
public:
    SpanIndex();
    ~SpanIndex();
    SpanIndex(SpanIndex &&) noexcept;
    SpanIndex &operator=(SpanIndex &&) noexcept;

    void extend(const Snapshot &snapshot);

    [[nodiscard]] std::vector<SocketId> lanes() const; ///< those with receives or transfers, by their numbers
    [[nodiscard]] std::uint64_t spanCount(SocketId lane) const;

    /// The spans of a lane that touch [begin, end], oldest first; at most @p limit (then the answer is empty and
    /// the caller draws columns).
    [[nodiscard]] std::vector<Span> spans(SocketId lane, Nanoseconds begin, Nanoseconds end, std::size_t limit) const;
    /// The lane over [begin, end) in @p width columns of equal length. Costs O(width · log n), whatever n is.
    [[nodiscard]] std::vector<Column> columns(SocketId lane, Nanoseconds begin, Nanoseconds end, int width) const;
    /// The same for the kernel's level and the totals.
    [[nodiscard]] std::vector<LevelColumn> levels(SocketId lane, Nanoseconds begin, Nanoseconds end, int width) const;

    /// Bytes this index takes beside the store.
    [[nodiscard]] std::size_t memoryUsed() const;

private:
    struct Lane;
    /// A receive that was called and has not ended.
    struct Open {
        SocketId socket;
        std::uint32_t callWord = 0; ///< Called's b
        bool sawEnd = false;
        Nanoseconds begin = 0;
    };

    [[nodiscard]] Lane &laneOf(SocketId socket);
    [[nodiscard]] const Lane *find(SocketId socket) const;
    void apply(const Event &event);
    void applyTo(Open &open, const Event &event);
    void transfer(const Event &event, std::uint32_t callWord);
    void keepEarly(const Event &event);
    void called(const Event &event);

    std::vector<std::uint32_t> m_read;          ///< per track: events seen
    std::vector<std::unique_ptr<Lane>> m_lanes; ///< by socket
    std::vector<Lane *> m_changed;
    std::unordered_map<OperationId, Open> m_open;
    std::unordered_map<OperationId, std::vector<Event>>
        m_early; ///< seen before their call, which another thread recorded
    Nanoseconds m_now = 0;
};

} // namespace recvscope::trace
