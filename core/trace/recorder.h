// Takes events from many threads and hands them to the store's one writer.
//
// Threads: track() may be called from any thread and gives each its own Track; a Track is used by that thread alone.
// A recorder thread, owned by Recorder, moves what the tracks hold into the Store and is the Store's only writer.
// A track whose ring is full makes its producer wait until the recorder thread caught up: no event is lost, unless the
// store is full (Store::limit), where events are counted instead of kept.

#pragma once

#include "base/clock.h"
#include "trace/event.h"
#include "trace/store.h"

#include <memory>
#include <span>
#include <string_view>

namespace recvscope::trace {

/// How much is recorded.
enum class Detail : std::uint8_t {
    Teaching,  ///< every event; entry and exit of a call stamped, FIONREAD asked
    Measuring, ///< one stamp a kernel crossing, nothing asked of the kernel
};

struct RecorderSettings {
    Detail detail = Detail::Teaching;
    std::uint32_t payloadPerTransfer = 4096; ///< first bytes kept of each transfer; 0 keeps none
    std::size_t ringEvents = 1U << 14;       ///< per track; a power of two
};

class Track {
public:
    virtual ~Track() = default;

    [[nodiscard]] Nanoseconds now() const { return m_clock->now(); }

    /// Stores the event as it is; its time must come from now() of this track, in order.
    void record(const Event &event);

    /// Keeps the first bytes of a transfer for the next record() of this track.
    /// @return what to put into that event's b: a payload number, or noPayload.
    [[nodiscard]] std::uint32_t keep(std::span<const std::byte> bytes);
    /// The same for a scattered transfer: the first @p total bytes of the pieces, in order.
    [[nodiscard]] std::uint32_t keep(std::span<const std::span<const std::byte>> pieces, std::size_t total);

private:
    const Clock *m_clock = nullptr;
    // (the recorder's author completes this class)
};

class Recorder {
public:
    /// @p store and @p clock must outlive the recorder.
    Recorder(Store &store, const Clock &clock, RecorderSettings settings = {});
    ~Recorder(); ///< stores everything that was recorded, then stops

    /// The calling thread's track, made and named at its first call.
    [[nodiscard]] Track &track();
    /// Names the calling thread's track: "t1", "peer", "engine".
    void nameThread(std::string_view name);

    void nameSocket(SocketId socket, std::string_view name);
    void nameOperation(OperationId operation, std::string_view name);

    /// The next Event::socketSequence of that socket, from 1: one counter a socket, shared by the engine and whoever
    /// records for the peer. Any thread; the order of a socket's events is the order of these calls.
    [[nodiscard]] std::uint32_t nextSequence(SocketId socket);

    [[nodiscard]] const RecorderSettings &settings() const;
    [[nodiscard]] const Clock &clock() const;

    /// Returns when everything recorded before the call, by any thread that is not recording now, is in the store.
    void flush();
};

} // namespace recvscope::trace
