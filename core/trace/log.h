// Everything a store holds: the tracks, the names, what was dropped. Shared by the store and its snapshots, so that a
// snapshot outlives its store.
//
// Threads: append() by the recorder's thread alone; all else from any thread. Only adding a track takes a lock.

#pragma once

#include "trace/names.h"
#include "trace/track_log.h"

#include <bitset>
#include <string>
#include <vector>

namespace recvscope::trace {

class Log {
public:
    static constexpr std::size_t maxTracks = 65535;

    explicit Log(std::size_t limit) : m_memory(limit) {}

    /// @return the number of a new track, or maxTracks when there are too many: its events are dropped.
    [[nodiscard]] std::size_t addTrack();
    /// Appends to a track, or counts what the limit does not allow. Once it was reached nothing is kept any more, in
    /// any track, so that the trace ends at one moment.
    void append(std::size_t track, std::span<const Event> events);
    /// Counts events that could not be kept.
    void drop(std::size_t events) { m_dropped.fetch_add(events, std::memory_order_relaxed); }

    [[nodiscard]] std::size_t trackCount() const { return m_trackCount.load(std::memory_order_acquire); }
    [[nodiscard]] TrackLog *track(std::size_t number) { return m_tracks.get(number); }
    [[nodiscard]] const TrackLog *track(std::size_t number) const { return m_tracks.get(number); }
    [[nodiscard]] std::uint64_t dropped() const { return m_dropped.load(std::memory_order_relaxed); }

    /// The sockets of all events, in the order of their first ones.
    [[nodiscard]] std::size_t socketCount() const { return m_socketCount.load(std::memory_order_acquire); }
    [[nodiscard]] SocketId socket(std::size_t index) const { return *m_sockets.get(index); }

    [[nodiscard]] ChunkSource &memory() { return m_memory; }
    [[nodiscard]] const ChunkSource &memory() const { return m_memory; }

    Names trackNames, socketNames, operationNames;

private:
    Slots<TrackLog> m_tracks;
    std::atomic<std::size_t> m_trackCount{0};
    std::mutex m_addMutex;
    ChunkSource m_memory;
    std::atomic<std::uint64_t> m_dropped{0};
    bool m_full = false; ///< the recorder's thread's own

    Slots<SocketId> m_sockets;
    std::atomic<std::size_t> m_socketCount{0};
    std::bitset<65536> m_socketSeen; ///< the recorder's thread's own
};

} // namespace recvscope::trace
