// One receive as the program saw it: called, what the call returned, what came later.
//
// Threads: pure functions.

#pragma once

#include "trace/moment.h"

#include <QString>

#include <vector>

namespace recvscope::gui::stage {

enum class StepMood : std::uint8_t {
    Plain,
    Good,
    Caution,
    Failure,
    GoesOn, ///< not over at the playhead
};

struct CallStep {
    QString time;     ///< empty for what still goes on
    QString verb;     ///< "returned"
    QString headline; ///< "WSA_IO_PENDING"
    QString detail;   ///< "bytes and flags: left alone"
    StepMood mood = StepMood::Plain;
    trace::EventRef event;
    QString shortDetail{}; ///< where there is no room for the whole; may be empty

    friend bool operator==(const CallStep &, const CallStep &) = default;
};

/// What has happened to @p receive so far, and last what it still waits for.
[[nodiscard]] std::vector<CallStep> callSteps(const trace::Story &story, const trace::SocketMoment &socket,
                                              const trace::ReceiveMoment &receive);

/// "bytes and flags: left alone", "bytes 6, flags 0", "bytes 0, flags: left alone".
[[nodiscard]] QString outputs(const trace::CallReturn &outcome);

/// "from send 1", "from sends 1 and 2", "from sends 1 to 4"; observed ones are chunks; empty where nothing was placed.
[[nodiscard]] QString fromSends(const trace::SocketMoment &socket, const std::vector<trace::BufferMoment> &buffers);

/// Counts the socket's sends from 0: colours and names go by it.
[[nodiscard]] std::uint32_t sendNumber(const trace::SocketMoment &socket, std::size_t send);

/// It completed with 0 bytes although it had room: the end of a byte stream.
[[nodiscard]] bool sawTheEnd(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive);

/// The buffers with what the kernel has copied so far, told or not: the kernel fills all buffers in one call, and the
/// trace tells it buffer by buffer after that.
[[nodiscard]] std::vector<trace::BufferMoment>
copiedBuffers(const trace::Story &story, const trace::SocketMoment &socket, const trace::ReceiveMoment &receive);

/// Fills buffers on from where they are with @p length bytes of the stream at @p offset.
void fillOn(const trace::SocketMoment &socket, std::vector<trace::BufferMoment> &buffers, std::uint64_t offset,
            std::uint64_t length);

} // namespace recvscope::gui::stage
