#include "session/scripted_peer.h"

#include "net/record.h"

#include <utility>

namespace recvscope::session {

ScriptedPeer::ScriptedPeer(net::Socket socket, SocketId of, trace::Recorder &recorder)
    : m_socket(std::move(socket)), m_kind(m_socket.kind()), m_of(of), m_recorder(recorder)
{
}

void ScriptedPeer::beginSend(std::span<const std::byte> bytes, bool part, StepId step)
{
    m_out.clear();
    m_outSent = 0;
    if (m_kind == net::SocketKind::Framed) {
        const auto header = net::encoded({static_cast<std::uint32_t>(bytes.size()), part});
        m_out.assign(header.begin(), header.end());
    }
    m_out.insert(m_out.end(), bytes.begin(), bytes.end());
    if (part)
        record(trace::EventType::PeerSendsPart, step);
    announce(bytes, step);
}

void ScriptedPeer::announce(std::span<const std::byte> bytes, StepId step)
{
    const std::uint32_t payload = m_recorder.track().keep(bytes);
    record(trace::EventType::PeerSend, step, static_cast<std::uint32_t>(bytes.size()), payload);
}

Result<bool> ScriptedPeer::sendSome()
{
    for (;;) {
        const Result<std::optional<std::size_t>> taken = m_socket.trySend(std::span(m_out).subspan(m_outSent));
        if (!taken)
            return taken.error();
        if (!taken->has_value())
            return false;
        m_outSent += **taken;
        m_sent += **taken;
        if (left() == 0)
            return true;
    }
}

Outcome ScriptedPeer::sendUrgent(std::byte byte, StepId step)
{
    const std::uint32_t payload = m_recorder.track().keep(std::span(&byte, 1));
    // Kept inline it is a byte of the stream like any other.
    if (m_urgentInline)
        record(trace::EventType::PeerSend, step, 1, payload, RuleId::WspSocketOptionsAndFlags);
    else
        record(trace::EventType::PeerSendOob, step, 1, payload);
    Outcome sent = m_socket.sendOob(byte);
    if (sent && m_urgentInline)
        ++m_sent;
    return sent;
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

void ScriptedPeer::record(trace::EventType type, StepId step, std::uint32_t a, std::uint32_t b, RuleId rule)
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
    event.rule = rule;
    track.record(event);
}

} // namespace recvscope::session
