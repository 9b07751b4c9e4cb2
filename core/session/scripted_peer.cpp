#include "session/scripted_peer.h"

#include <utility>

namespace recvscope::session {

ScriptedPeer::ScriptedPeer(net::Socket socket, SocketId of, trace::Recorder &recorder)
    : m_socket(std::move(socket)), m_kind(m_socket.kind()), m_of(of), m_recorder(recorder)
{
}

void ScriptedPeer::beginSend(std::span<const std::byte> bytes, StepId step)
{
    const std::uint32_t payload = m_recorder.track().keep(bytes);
    record(trace::EventType::PeerSend, step, static_cast<std::uint32_t>(bytes.size()), payload);
}

Result<std::optional<std::size_t>> ScriptedPeer::sendSome(std::span<const std::byte> bytes)
{
    Result<std::optional<std::size_t>> taken = m_socket.trySend(bytes);
    if (taken)
        m_sent += taken->value_or(0);
    return taken;
}

Outcome ScriptedPeer::sendUrgent(std::byte byte, StepId step)
{
    const std::uint32_t payload = m_recorder.track().keep(std::span(&byte, 1));
    record(trace::EventType::PeerSendOob, step, 1, payload);
    return m_socket.sendOob(byte);
}

Outcome ScriptedPeer::shutDown(StepId step)
{
    record(trace::EventType::PeerShutDown, step);
    m_finished = true;
    return m_socket.shutdown(net::Direction::Send);
}

void ScriptedPeer::reset(StepId step)
{
    record(trace::EventType::PeerReset, step);
    m_finished = true;
    m_reset = true;
    m_socket.closeAbortively();
}

void ScriptedPeer::close(StepId step)
{
    record(trace::EventType::PeerClosed, step);
    m_finished = true;
    m_socket.close();
}

Outcome ScriptedPeer::cutLink(StepId step)
{
    record(trace::EventType::PeerLinkCut, step);
    return m_socket.dropArrivals();
}

void ScriptedPeer::record(trace::EventType type, StepId step, std::uint32_t a, std::uint32_t b)
{
    trace::Track &track = m_recorder.track();
    trace::Event event;
    event.time = track.now();
    event.socket = m_of;
    event.socketSequence = m_recorder.nextSequence(m_of);
    event.step = step;
    event.type = type;
    event.a = a;
    event.b = b;
    track.record(event);
}

} // namespace recvscope::session
