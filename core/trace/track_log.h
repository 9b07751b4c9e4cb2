// What one thread recorded, for good: events in chunks that never move, and the payload bytes they point to.
//
// Threads: events are appended by the recorder's thread, payload by the recording thread; a payload is published by the
// event that names it. Any thread reads events below a size it was given, without locks.

#pragma once

#include "trace/event.h"
#include "trace/slots.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>

namespace recvscope::trace {

/// The bytes a trace may take. Shared by everything that allocates for it.
class Budget {
public:
    explicit Budget(std::size_t limit) : m_limit(limit) {}

    /// @return false, and nothing is taken, when it would go over the limit.
    [[nodiscard]] bool take(std::size_t bytes);

    [[nodiscard]] std::size_t limit() const { return m_limit; }
    [[nodiscard]] std::size_t used() const { return m_used.load(std::memory_order_relaxed); }

private:
    const std::size_t m_limit;
    std::atomic<std::size_t> m_used{0};
};

/// Payload bytes of one track: numbered by where they stand, in units of 8 bytes.
class PayloadLog {
public:
    static constexpr std::size_t chunkBytes = std::size_t{256} << 10;
    static constexpr std::size_t longest = chunkBytes - sizeof(std::uint32_t);

    /// Room for @p size bytes (at most `longest`), to be filled before its number is recorded.
    /// @return the number, or noPayload when the budget is spent; @p bytes is then null.
    [[nodiscard]] std::uint32_t make(std::uint32_t size, Budget &budget, std::byte *&bytes);

    [[nodiscard]] std::span<const std::byte> bytes(std::uint32_t number) const;

private:
    static constexpr std::size_t unit = 8;
    struct alignas(unit) Chunk {
        std::byte bytes[chunkBytes]; // left uninitialised: pages are touched as they fill
    };

    Slots<Chunk> m_chunks;
    std::size_t m_used = 0; ///< bytes handed out, the rests of chunks included; the recording thread's own
};

class TrackLog {
public:
    static constexpr std::uint32_t chunkEvents = 4096;

    /// Appends what the budget allows and publishes it. Times never run backwards within a track: a stamp older than
    /// the one before is raised to it.
    /// @return how many were appended.
    std::size_t append(std::span<const Event> events, Budget &budget);

    [[nodiscard]] std::uint32_t size() const { return m_size.load(std::memory_order_acquire); }
    /// @p index below a size() that was read before.
    [[nodiscard]] const Event &event(std::uint32_t index) const
    {
        return m_chunks.get(index / chunkEvents)->events()[index % chunkEvents];
    }

    [[nodiscard]] PayloadLog &payload() { return m_payload; }
    [[nodiscard]] const PayloadLog &payload() const { return m_payload; }

private:
    /// Raw memory: an event is copied in once and no page is touched before.
    struct Chunk {
        alignas(Event) std::byte memory[chunkEvents * sizeof(Event)];

        [[nodiscard]] Event *events() { return std::launder(reinterpret_cast<Event *>(memory)); }
        [[nodiscard]] const Event *events() const { return std::launder(reinterpret_cast<const Event *>(memory)); }
    };

    Slots<Chunk> m_chunks;
    std::atomic<std::uint32_t> m_size{0};
    Nanoseconds m_lastTime = 0;
    PayloadLog m_payload;
};

} // namespace recvscope::trace
