// Where one thread records: a ring of events that the recorder's thread empties.
//
// Threads: a Track is used by the thread that got it from Recorder::track(), until that thread ends or the recorder is
// destroyed. What the recorder's thread uses is private.

#pragma once

#include "base/clock.h"
#include "trace/event.h"
#include "trace/log.h"

#include <atomic>
#include <cstddef>
#include <memory>
#include <span>

namespace recvscope::trace {

class Drain;

class Track {
public:
    Track(const Track &) = delete;
    Track &operator=(const Track &) = delete;

    [[nodiscard]] Nanoseconds now() const { return m_clock.now(); }

    /// Stores the event as it is; its time must come from now() of this track, in order.
    void record(const Event &event)
    {
        const std::uint64_t head = m_head.load(std::memory_order_relaxed);
        if (head - m_tailSeen > m_mask) [[unlikely]]
            waitForRoom(head);
        m_ring[head & m_mask] = event;
        m_head.store(head + 1, std::memory_order_release);
        if (((head + 1) & m_halfMask) == 0 || m_drainSleeps.load(std::memory_order_relaxed)) [[unlikely]]
            wakeDrain();
    }

    /// Keeps the first bytes of a transfer for the next record() of this track.
    /// @return what to put into that event's b: a payload number, or noPayload.
    [[nodiscard]] std::uint32_t keep(std::span<const std::byte> bytes);
    /// The same for a scattered transfer: the first @p total bytes of the pieces, in order.
    [[nodiscard]] std::uint32_t keep(std::span<const std::span<const std::byte>> pieces, std::size_t total);

    /// Its number in snapshots.
    [[nodiscard]] std::uint16_t number() const { return static_cast<std::uint16_t>(m_number); }

private:
    friend class Drain;
    friend class Recorder;
    friend class ThreadTracks;

    Track(Drain &drain, const Clock &clock, std::size_t number, std::size_t ringEvents, std::uint32_t keepAtMost);

    void waitForRoom(std::uint64_t head);
    void wakeDrain();
    [[nodiscard]] std::byte *makePayload(std::size_t size, std::uint32_t &number);

    const Clock &m_clock;
    Drain &m_drain;
    const std::atomic<bool> &m_drainSleeps;
    const std::size_t m_number; ///< of the log it goes to; Log::maxTracks when there was none left
    const std::uint32_t m_keepAtMost;
    const std::uint64_t m_mask;     ///< ring size − 1
    const std::uint64_t m_halfMask; ///< half the ring − 1
    std::unique_ptr<Event[]> m_ring;

    std::uint64_t m_tailSeen = 0;                     ///< the recording thread's last look at m_tail
    alignas(64) std::atomic<std::uint64_t> m_head{0}; ///< events recorded; written by the recording thread
    alignas(64) std::atomic<std::uint64_t> m_tail{0}; ///< events drained; written by the recorder's thread
    std::atomic<bool> m_threadEnded{false};
    std::atomic<bool> m_recorderGone{false};
};

} // namespace recvscope::trace
