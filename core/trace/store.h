// The trace: append-only tracks of events in immutable chunks (docs/session-file.md has the layout).
//
// Threads: written by the recorder's thread alone. Any thread may take a snapshot at any time; a snapshot never changes
// and is read without locks. Only names may come later than the events they belong to, and are seen at once.

#pragma once

#include "trace/event.h"
#include "trace/log.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace recvscope::trace {

/// Where an event stands: a track and an index in it. Stable for the life of the store.
struct EventRef {
    std::uint16_t track = 0;
    std::uint32_t index = 0;

    friend auto operator<=>(const EventRef &, const EventRef &) = default;
};

/// The store at one moment. Cheap to copy; stays readable when the store is gone.
class Snapshot {
public:
    Snapshot() = default;

    [[nodiscard]] std::size_t trackCount() const { return m_state ? m_state->tracks.size() : 0; }
    [[nodiscard]] std::uint32_t trackSize(std::uint16_t track) const { return m_state->tracks[track].size; }
    /// As the thread was named, or "thread 1".
    [[nodiscard]] std::string trackName(std::uint16_t track) const;
    [[nodiscard]] const Event &event(EventRef ref) const { return m_state->tracks[ref.track].log->event(ref.index); }
    /// The bytes kept with a PeerSend, PeerSendOob or KernelReceived event: its first ones, maybe none.
    [[nodiscard]] std::span<const std::byte> payload(EventRef ref) const;

    [[nodiscard]] std::uint64_t eventCount() const;
    [[nodiscard]] Nanoseconds end() const;       ///< time of the latest event, 0 when empty
    [[nodiscard]] std::uint64_t dropped() const; ///< events that were counted, not kept, since the store was full

    /// "s", or "socket 3" when it was never named.
    [[nodiscard]] std::string socketName(SocketId socket) const;
    /// "r1", or "receive 3".
    [[nodiscard]] std::string operationName(OperationId operation) const;
    [[nodiscard]] std::vector<SocketId> sockets() const; ///< in the order of their numbers

private:
    friend class Store;
    struct Track {
        const TrackLog *log = nullptr;
        std::uint32_t size = 0;
    };
    struct State {
        std::shared_ptr<const Log> log;
        std::vector<Track> tracks;
        std::uint64_t dropped = 0;
        std::size_t sockets = 0;
    };
    std::shared_ptr<const State> m_state;
};

/// Holds a trace up to a limit in bytes: events and payload count, in whole chunks of 128 and 256 KiB, and for each
/// event what a reader's order and index take beside it (TrackLog::besideEvent). When it is reached, the trace ends
/// there and later events are counted only.
class Store {
public:
    static constexpr std::size_t defaultLimit = std::size_t{512} << 20;

    explicit Store(std::size_t limit = defaultLimit) : m_log(std::make_shared<Log>(limit)) {}
    Store(const Store &) = delete;
    Store &operator=(const Store &) = delete;

    [[nodiscard]] Snapshot snapshot() const;

    [[nodiscard]] std::size_t limit() const { return m_log->memory().limit(); }
    [[nodiscard]] std::size_t memoryUsed() const { return m_log->memory().used(); } ///< bytes, without readers

    /// What the recorder, and a reader of session files, writes to.
    [[nodiscard]] const std::shared_ptr<Log> &log() { return m_log; }

private:
    std::shared_ptr<Log> m_log;
};

} // namespace recvscope::trace
