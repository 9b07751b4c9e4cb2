#include "schedule.h"

#include "schedule_writer.h"

namespace recvscope::checker {

using namespace scenario;

bool ScheduleWriter::Line::stream() const
{
    const net::Protocol protocol = protocolOf(declared);
    return !protocol.has(net::xp1::MessageOriented) || protocol.has(net::xp1::PseudoStream);
}

Scenario ScheduleWriter::write()
{
    declare();
    const std::uint32_t steps = 3 + m_dice.below(22);
    for (std::uint32_t i = 0; i < steps; ++i)
        act(m_lines[m_dice.below(static_cast<std::uint32_t>(m_lines.size()))]);
    for (Line &line : m_lines)
        finish(line);
    releaseThreads();
    return std::move(m_scenario);
}

void ScheduleWriter::declare()
{
    const std::uint32_t sockets = m_dice.chance(25) ? 2 : 1;
    m_lines.reserve(sockets);
    for (std::uint32_t i = 0; i < sockets; ++i) {
        Line line;
        line.declared.name = line.name = i == 0 ? "s" : "u";
        declare(line);
        m_scenario.sockets.push_back(line.declared);
        if (line.udp())
            m_scenario.peers = {"friend", "stranger"};
        m_lines.push_back(std::move(line));
    }
    for (const char *name : {"t1", "t2", "t3"}) {
        m_scenario.threads.emplace_back(name);
        m_threads.push_back({name});
    }
    m_scenario.policy.overlappedPeekAllowed = m_dice.chance(20);
    m_scenario.policy.overlappedOnPlainSocketAllowed = m_dice.chance(20);
    m_scenario.policy.closeAbortsWithConnAborted = m_dice.chance(15);
    m_scenario.policy.routinesNewestFirst = m_dice.chance(20);
    if (m_dice.chance(15))
        m_scenario.policy.maxOutstanding = 1 + m_dice.below(3);
}

void ScheduleWriter::declare(Line &line)
{
    SocketDeclaration &socket = line.declared;
    socket.kind = m_dice.oneOf({net::SocketKind::Tcp, net::SocketKind::Tcp, net::SocketKind::Unix, net::SocketKind::Udp,
                                net::SocketKind::SeqPacket, net::SocketKind::Framed, net::SocketKind::Framed});
    socket.nonblocking = m_dice.chance(30);
    socket.overlapped = !m_dice.chance(10);
    if (m_dice.chance(25)) {
        const bool messages = !net::isStream(socket.kind);
        Profile profile;
        if (m_dice.chance(4))
            profile.set = net::xp1::UniSend;
        else if (socket.kind == net::SocketKind::Framed && m_dice.chance(40))
            profile.cleared = net::xp1::PartialMessage;
        else if (messages && m_dice.chance(50))
            profile.set = net::xp1::PseudoStream;
        else if (messages)
            profile.cleared = net::xp1::MessageOriented;
        else
            profile.cleared = net::xp1::ExpeditedData;
        socket.profile = profile;
    }
    if (socket.kind == net::SocketKind::Tcp)
        socket.oobInline = m_dice.chance(20);
    if (socket.kind == net::SocketKind::Udp)
        socket.connected = socket.profile || m_dice.chance(50);
}

void ScheduleWriter::act(Line &line)
{
    const std::uint32_t what = m_dice.below(106);
    if (what < 50)
        receive(line);
    else if (line.udp() && what < 58)
        sendWithRoutine(line);
    else if (what < 84)
        send(line);
    else if (what < 88)
        ask(line);
    else if (what < 91)
        line.byHand() ? byHand(line) : sendUrgent(line);
    else if (what < 94)
        endPeer(line);
    else if (what < 96)
        shutDownOwn(line);
    else if (what < 97)
        close(line);
    else if (what < 99)
        cancel();
    else if (what < 105)
        waitAlertably();
    else
        leaveThread();
}

/// Mostly everything is received to its end first, so that nothing that was lost stays unseen.
void ScheduleWriter::finish(Line &line)
{
    if (line.closed || m_dice.chance(30))
        return close(line);
    if (!line.peerEnded && !line.byHand()) {
        line.peerEnded = true;
        line.peerGone = true;
        add(PeerClose{line.name});
        if (!line.udp())
            released(line);
    }
    const std::uint32_t times = line.stream() && !line.udp() ? 2 + m_dice.below(2) : line.messages + 2;
    for (std::uint32_t i = 0; i < times; ++i) {
        WspRecv recv;
        recv.socket = line.name;
        recv.op = "r" + std::to_string(++m_receives);
        recv.buffers = {{100000, false, 1}};
        if (line.udp() && line.declared.overlapped)
            recv.overlapped = "o" + std::to_string(m_receives); // its end is told to nobody
        else if (line.udp() && !line.declared.nonblocking)
            break;
        add(std::move(recv));
    }
    close(line);
}

ScheduleWriter::Thread *ScheduleWriter::freeThread()
{
    for (Thread &thread : m_threads)
        if (thread.free())
            return &thread;
    return nullptr;
}

void ScheduleWriter::released(Line &line)
{
    line.mayWait = false;
    for (Thread &thread : m_threads)
        if (thread.in == &line)
            thread.in = nullptr;
}

Scenario schedule(std::uint64_t seed)
{
    return ScheduleWriter(seed).write();
}

} // namespace recvscope::checker
