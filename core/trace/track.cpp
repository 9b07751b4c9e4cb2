#include "trace/track.h"

#include "trace/drain.h"

#include <cstring>

namespace recvscope::trace {

Track::Track(Drain &drain, const Clock &clock, std::size_t number, std::size_t ringEvents, std::uint32_t keepAtMost)
    : m_clock(clock),
      m_drain(drain),
      m_drainSleeps(drain.sleeps()),
      m_number(number),
      m_keepAtMost(keepAtMost),
      m_mask(ringEvents - 1),
      m_halfMask(ringEvents / 2 - 1),
      m_ring(std::make_unique<Event[]>(ringEvents))
{
}

void Track::waitForRoom(std::uint64_t head)
{
    m_tailSeen = m_tail.load(std::memory_order_acquire);
    if (head - m_tailSeen <= m_mask)
        return;
    m_drain.waitForRoom(*this, head);
    m_tailSeen = m_tail.load(std::memory_order_acquire);
}

void Track::wakeDrain()
{
    m_drain.wake();
}

std::byte *Track::makePayload(std::size_t size, std::uint32_t &number)
{
    std::byte *to = nullptr;
    number = noPayload;
    TrackLog *log = m_drain.log().track(m_number);
    if (size > 0 && m_keepAtMost > 0 && log)
        number = log->payload().make(static_cast<std::uint32_t>(std::min<std::size_t>(size, m_keepAtMost)),
                                     m_drain.log().memory(), to);
    return to;
}

std::uint32_t Track::keep(std::span<const std::byte> bytes)
{
    return keep({&bytes, 1}, bytes.size());
}

std::uint32_t Track::keep(std::span<const std::span<const std::byte>> pieces, std::size_t total)
{
    std::uint32_t number = noPayload;
    std::byte *to = makePayload(total, number);
    if (!to)
        return noPayload;
    std::size_t left = std::min<std::size_t>(total, m_keepAtMost);
    for (const std::span<const std::byte> piece : pieces) {
        const std::size_t count = std::min(left, piece.size());
        if (count > 0)
            std::memcpy(to, piece.data(), count);
        to += count;
        left -= count;
    }
    std::memset(to, 0, left); // only when the pieces hold less than the caller said
    return number;
}

} // namespace recvscope::trace
