// Takes events from many threads and hands them to the store's one writer.
//
// Threads: track() may be called from any thread and gives each its own Track; a Track is used by that thread alone.
// A recorder thread, owned by Recorder, moves what the tracks hold into the Store and is the Store's only writer.
// A track whose ring is full makes its producer wait until the recorder thread caught up: no event is lost, unless the
// store is full (Store::limit), where events are counted instead of kept.
// A store has one recorder at a time; a process may have several recorders. No thread may record any more when its
// recorder is destroyed; threads that ended before leave their tracks readable.

#pragma once

#include "base/clock.h"
#include "trace/sequences.h"
#include "trace/store.h"
#include "trace/track.h"

#include <memory>
#include <string_view>

namespace recvscope::trace {

/// How much is recorded.
enum class Detail : std::uint8_t {
    Teaching,  ///< every event; entry and exit of a call stamped, FIONREAD asked
    Measuring, ///< one stamp a kernel crossing, shared by what is recorded of it; nothing asked of the kernel
};

struct RecorderSettings {
    Detail detail = Detail::Teaching;
    std::uint32_t payloadPerTransfer =
        4096;                          ///< first bytes kept of each transfer (at most PayloadLog::longest); 0: none
    std::size_t ringEvents = 1U << 14; ///< per track; a power of two, at least 4
};

class Recorder {
public:
    /// @p clock must outlive the recorder.
    Recorder(Store &store, const Clock &clock, RecorderSettings settings = {});
    ~Recorder(); ///< stores everything that was recorded, then stops
    Recorder(const Recorder &) = delete;
    Recorder &operator=(const Recorder &) = delete;

    /// The calling thread's track, made at its first call. A few nanoseconds.
    [[nodiscard]] Track &track();
    /// Names the calling thread's track: "t1", "peer", "engine".
    void nameThread(std::string_view name);

    void nameSocket(SocketId socket, std::string_view name);
    void nameOperation(OperationId operation, std::string_view name);

    /// The next Event::socketSequence of that socket, from 1: one counter a socket, shared by the engine and whoever
    /// records for the peer. Any thread; the order of a socket's events is the order of these calls.
    /// @return the first of @p count numbers in a row
    [[nodiscard]] std::uint32_t nextSequence(SocketId socket, std::uint32_t count = 1)
    {
        return m_sequences.next(socket, count);
    }

    [[nodiscard]] const RecorderSettings &settings() const { return m_settings; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }

    /// Returns when everything recorded before the call, by any thread that is not recording now, is in the store.
    void flush();

private:
    [[nodiscard]] Track &makeTrack();

    const std::uint64_t m_identity; ///< never used twice in a process, unlike an address
    const std::shared_ptr<Log> m_log;
    const Clock &m_clock;
    const RecorderSettings m_settings;
    Sequences m_sequences;
    std::mutex m_mutex; ///< guards m_made
    std::vector<std::shared_ptr<Track>> m_made;
    std::unique_ptr<Drain> m_drain;
};

} // namespace recvscope::trace
