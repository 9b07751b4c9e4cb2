#include "trace/log.h"

namespace recvscope::trace {

std::size_t Log::addTrack()
{
    const std::lock_guard lock(m_addMutex);
    const std::size_t number = m_trackCount.load(std::memory_order_relaxed);
    if (number == maxTracks)
        return maxTracks;
    m_tracks.set(number, std::make_unique<TrackLog>());
    m_trackCount.store(number + 1, std::memory_order_release);
    return number;
}

void Log::append(std::size_t track, std::span<const Event> events)
{
    SocketId last;
    for (const Event &event : events) {
        if (event.socket == last || m_full)
            continue;
        last = event.socket;
        if (!last || m_socketSeen.test(last.value))
            continue;
        m_socketSeen.set(last.value);
        const std::size_t count = m_socketCount.load(std::memory_order_relaxed);
        m_sockets.set(count, std::make_unique<SocketId>(last));
        m_socketCount.store(count + 1, std::memory_order_release);
    }

    TrackLog *log = m_tracks.get(track);
    const std::size_t kept = m_full || !log ? 0 : log->append(events, m_memory);
    if (kept < events.size()) {
        m_full = true;
        drop(events.size() - kept);
    }
}

} // namespace recvscope::trace
