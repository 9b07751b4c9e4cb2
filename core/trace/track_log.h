// What one thread recorded, for good: events in chunks that never move, and the payload bytes they point to.
//
// Threads: events are appended by the recorder's thread, payload by the recording thread; a payload is published by the
// event that names it. Any thread reads events below a size it was given, without locks.

#pragma once

#include "trace/chunk_source.h"
#include "trace/event.h"
#include "trace/slots.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

namespace recvscope::trace {

/// Payload bytes of one track: numbered by where they stand, in units of 8 bytes.
class PayloadLog {
public:
    static constexpr std::size_t chunkBytes = std::size_t{256} << 10;
    static constexpr std::size_t longest = chunkBytes - sizeof(std::uint32_t);

    /// Room for @p size bytes (at most `longest`), to be filled before its number is recorded.
    /// @return the number, or noPayload when the memory is spent; @p bytes is then null.
    [[nodiscard]] std::uint32_t make(std::uint32_t size, ChunkSource &memory, std::byte *&bytes);

    [[nodiscard]] std::span<const std::byte> bytes(std::uint32_t number) const;

private:
    static constexpr std::size_t unit = 8;

    Slots<std::byte, false> m_chunks;
    std::size_t m_used = 0; ///< bytes handed out, the rests of chunks included; the recording thread's own
};

class TrackLog {
public:
    static constexpr std::uint32_t chunkEvents = 4096;
    /// What the order and the index of a reader take beside an event, at most (Story, SpanIndex): the limit has room
    /// for it, so that who follows the trace does not take more than was allowed.
    static constexpr std::size_t besideEvent = 10;

    /// Appends what the memory allows and publishes it. Times never run backwards within a track: a stamp older than
    /// the one before is raised to it.
    /// @return how many were appended.
    std::size_t append(std::span<const Event> events, ChunkSource &memory);

    [[nodiscard]] std::uint32_t size() const { return m_size.load(std::memory_order_acquire); }
    /// @p index below a size() that was read before.
    [[nodiscard]] const Event &event(std::uint32_t index) const
    {
        return m_chunks.get(index / chunkEvents)[index % chunkEvents];
    }

    [[nodiscard]] PayloadLog &payload() { return m_payload; }
    [[nodiscard]] const PayloadLog &payload() const { return m_payload; }

private:
    Slots<Event, false> m_chunks;
    std::atomic<std::uint32_t> m_size{0};
    Nanoseconds m_lastTime = 0;
    PayloadLog m_payload;
};

} // namespace recvscope::trace
