#include "trace/track_log.h"

#include <cstring>
#include <limits>

namespace recvscope::trace {

std::uint32_t PayloadLog::make(std::uint32_t size, ChunkSource &memory, std::byte *&bytes)
{
    bytes = nullptr;
    const std::size_t needed = (sizeof(size) + size + unit - 1) / unit * unit;
    std::size_t place = m_used;
    if (place % chunkBytes == 0 || place % chunkBytes + needed > chunkBytes) {
        place = (place + chunkBytes - 1) / chunkBytes * chunkBytes;
        std::byte *chunk = place / unit < noPayload ? memory.take(chunkBytes) : nullptr;
        if (!chunk)
            return noPayload;
        m_chunks.set(place / chunkBytes, chunk);
    }
    if ((place + needed) / unit >= noPayload)
        return noPayload;
    m_used = place + needed;
    std::byte *start = m_chunks.get(place / chunkBytes) + place % chunkBytes;
    std::memcpy(start, &size, sizeof(size));
    bytes = start + sizeof(size);
    return static_cast<std::uint32_t>(place / unit);
}

std::span<const std::byte> PayloadLog::bytes(std::uint32_t number) const
{
    const std::size_t place = std::size_t{number} * unit;
    const std::byte *chunk = number == noPayload ? nullptr : m_chunks.get(place / chunkBytes);
    if (!chunk)
        return {};
    const std::byte *start = chunk + place % chunkBytes;
    std::uint32_t size = 0;
    std::memcpy(&size, start, sizeof(size));
    return {start + sizeof(size), size};
}

std::size_t TrackLog::append(std::span<const Event> events, ChunkSource &memory)
{
    std::uint32_t size = m_size.load(std::memory_order_relaxed);
    std::size_t done = 0;
    while (done < events.size() && size < std::numeric_limits<std::uint32_t>::max()) {
        const std::uint32_t within = size % chunkEvents;
        if (within == 0) {
            std::byte *chunk = memory.take(chunkEvents * sizeof(Event), chunkEvents * besideEvent);
            if (!chunk)
                break;
            // Bytes hold events from the moment they are copied in; constructing them first would touch all twice.
            m_chunks.set(size / chunkEvents, reinterpret_cast<Event *>(chunk));
        }
        Event *to = m_chunks.get(size / chunkEvents) + within;
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
