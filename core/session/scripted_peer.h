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
#include <vector>

namespace recvscope::session {

class ScriptedPeer {
public:
    /// @p recorder must outlive it.
    ScriptedPeer(net::Socket socket, SocketId of, trace::Recorder &recorder);

    /// Announces in the trace that @p bytes will be sent now. @p part more of the message follows (framed).
    void beginSend(std::span<const std::byte> bytes, bool part, StepId step);
    /// The same of bytes that go another way than through its socket.
    void announce(std::span<const std::byte> bytes, StepId step);
    /// Hands the kernel what it takes at once. @return true when it has all, false when it is full.
    [[nodiscard]] Result<bool> sendSome();
    /// One urgent byte.
    [[nodiscard]] Outcome sendUrgent(std::byte byte, StepId step);
    [[nodiscard]] Outcome shutDown(StepId step);
    void reset(StepId step);
    void close(StepId step);
    /// From now on nothing reaches it, acknowledgements included.
    [[nodiscard]] Outcome cutLink(StepId step);

    [[nodiscard]] std::uint64_t sent() const { return m_sent; } ///< bytes the kernel took, headers included
    [[nodiscard]] std::size_t left() const { return m_out.size() - m_outSent; } ///< of the send that has begun
    /// Its urgent bytes stand in the receiver's stream.
    void setUrgentInline() { m_urgentInline = true; }
    [[nodiscard]] bool finished() const { return m_finished; } ///< it half closed, closed or reset
    [[nodiscard]] bool wasReset() const { return m_reset; }
    [[nodiscard]] bool open() const { return static_cast<bool>(m_socket); }
    [[nodiscard]] net::SocketKind kind() const { return m_kind; }
    [[nodiscard]] net::Address address() const { return m_socket.localAddress(); }

private:
    void record(trace::EventType type, StepId step, std::uint32_t a = 0, std::uint32_t b = 0,
                RuleId rule = RuleId::None);

    net::Socket m_socket;
    const net::SocketKind m_kind;
    const SocketId m_of;
    trace::Recorder &m_recorder;
    std::vector<std::byte> m_out; ///< what is being sent, with its header
    std::size_t m_outSent = 0;
    std::uint64_t m_sent = 0;
    bool m_urgentInline = false;
    bool m_finished = false;
    bool m_reset = false;
};

} // namespace recvscope::session
