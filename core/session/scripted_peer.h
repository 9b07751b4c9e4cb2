// The other end of a scenario's socket: does what the steps say, each act stamped in the trace before its system call,
// so that arrows never run backwards.
//
// Threads: the runner's alone.

#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "net/socket.h"
#include "trace/recorder.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace recvscope::session {

class ScriptedPeer {
public:
    /// @p recorder must outlive it.
    ScriptedPeer(net::Socket socket, SocketId of, trace::Recorder &recorder);

    /// Announces in the trace that @p bytes will be sent now.
    void beginSend(std::span<const std::byte> bytes, StepId step);
    /// Hands the kernel what it takes at once. @return how many bytes that were, or nothing when it is full.
    [[nodiscard]] Result<std::optional<std::size_t>> sendSome(std::span<const std::byte> bytes);
    /// One urgent byte.
    [[nodiscard]] Outcome sendUrgent(std::byte byte, StepId step);
    [[nodiscard]] Outcome shutDown(StepId step);
    void reset(StepId step);
    void close(StepId step);
    /// From now on nothing reaches it, acknowledgements included.
    [[nodiscard]] Outcome cutLink(StepId step);

    [[nodiscard]] std::uint64_t sent() const { return m_sent; } ///< bytes the kernel took, in all
    [[nodiscard]] bool finished() const { return m_finished; }  ///< it half closed, closed or reset
    [[nodiscard]] bool wasReset() const { return m_reset; }
    [[nodiscard]] bool open() const { return static_cast<bool>(m_socket); }
    [[nodiscard]] net::SocketKind kind() const { return m_kind; }

private:
    void record(trace::EventType type, StepId step, std::uint32_t a = 0, std::uint32_t b = 0);

    net::Socket m_socket;
    const net::SocketKind m_kind;
    const SocketId m_of;
    trace::Recorder &m_recorder;
    std::uint64_t m_sent = 0;
    bool m_finished = false;
    bool m_reset = false;
};

} // namespace recvscope::session
