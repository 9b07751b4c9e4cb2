#include "trace/track_log.h"

#include <cstring>
#include <limits>

namespace recvscope::trace {

bool Budget::take(std::size_t bytes)
{
    std::size_t used = m_used.load(std::memory_order_relaxed);
    do {
        if (bytes > m_limit - used)
            return false;
    } while (!m_used.compare_exchange_weak(used, used + bytes, std::memory_order_relaxed));
    return true;
}

std::uint32_t PayloadLog::make(std::uint32_t size, Budget &budget, std::byte *&bytes)
{
    bytes = nullptr;
    const std::size_t needed = (sizeof(size) + size + unit - 1) / unit * unit;
    std::size_t place = m_used;
    if (place % chunkBytes == 0 || place % chunkBytes + needed > chunkBytes) {
        place = (place + chunkBytes - 1) / chunkBytes * chunkBytes;
        if (place / unit >= noPayload || !budget.take(chunkBytes))
            return noPayload;
        m_chunks.set(place / chunkBytes, std::unique_ptr<Chunk>(new Chunk));
    }
    if ((place + needed) / unit >= noPayload)
        return noPayload;
    m_used = place + needed;
    std::byte *start = m_chunks.get(place / chunkBytes)->bytes + place % chunkBytes;
    std::memcpy(start, &size, sizeof(size));
    bytes = start + sizeof(size);
    return static_cast<std::uint32_t>(place / unit);
}

std::span<const std::byte> PayloadLog::bytes(std::uint32_t number) const
{
    const std::size_t place = std::size_t{number} * unit;
    const Chunk *chunk = number == noPayload ? nullptr : m_chunks.get(place / chunkBytes);
    if (!chunk)
        return {};
    const std::byte *start = chunk->bytes + place % chunkBytes;
    std::uint32_t size = 0;
    std::memcpy(&size, start, sizeof(size));
    return {start + sizeof(size), size};
}

std::size_t TrackLog::append(std::span<const Event> events, Budget &budget)
{
    std::uint32_t size = m_size.load(std::memory_order_relaxed);
    std::size_t done = 0;
    while (done < events.size() && size < std::numeric_limits<std::uint32_t>::max()) {
        const std::uint32_t within = size % chunkEvents;
        if (within == 0) {
            if (!budget.take(chunkEvents * sizeof(Event)))
                break;
            m_chunks.set(size / chunkEvents, std::unique_ptr<Chunk>(new Chunk));
        }
        Event *to = m_chunks.get(size / chunkEvents)->events() + within;
        const std::size_t count = std::min<std::size_t>(events.size() - done, chunkEvents - within);
        std::memcpy(to, events.data() + done, count * sizeof(Event));
        for (Event *event = to; event != to + count; ++event)
            m_lastTime = event->time = std::max(event->time, m_lastTime);
        done += count;
        size += static_cast<std::uint32_t>(count);
    }
    m_size.store(size, std::memory_order_release);
    return done;
}

} // namespace recvscope::trace
