#include "schedule_wsk.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace recvscope::checker {

using namespace scenario;

Scenario WskScheduleWriter::write()
{
    declare();
    for (Line &line : m_lines)
        if (!line.connected && m_dice.chance(90))
            connect(line);
    const std::uint32_t steps = 3 + m_dice.below(22);
    for (std::uint32_t i = 0; i < steps; ++i)
        act(m_lines[m_dice.below(static_cast<std::uint32_t>(m_lines.size()))]);
    for (Line &line : m_lines)
        finish(line);
    return std::move(m_scenario);
}

void WskScheduleWriter::declare()
{
    const std::uint32_t sockets = m_dice.chance(25) ? 2 : 1;
    m_lines.reserve(sockets);
    for (std::uint32_t i = 0; i < sockets; ++i) {
        Line line;
        line.name = line.declared.name = i == 0 ? "s" : "u";
        SocketDeclaration &socket = line.declared;
        socket.face = Face::Wsk;
        socket.kind = m_dice.chance(80) ? net::SocketKind::Tcp : net::SocketKind::Unix;
        socket.category = m_dice.chance(20) ? Category::Stream : Category::Connection;
        if (line.tcp() && m_dice.chance(30))
            socket.connected = line.connected = false;
        line.talks = m_dice.chance(20);
        if (m_dice.chance(20)) {
            PolicyChoices own;
            own.reenableWhenCompleted = m_dice.chance(50);
            own.pendingResetForcedClosed = m_dice.chance(50);
            socket.policy = own;
        }
        m_scenario.sockets.push_back(socket);
        m_lines.push_back(std::move(line));
    }
    m_scenario.threads.emplace_back("t1");
    m_scenario.policy.reenableWhenCompleted = m_dice.chance(30);
    m_scenario.policy.pendingResetForcedClosed = m_dice.chance(30);
}

void WskScheduleWriter::connect(Line &line)
{
    line.connected = true;
    switch (m_dice.below(3)) {
    case 0:
        return add(WskConnect{line.name, irp(), {}, {}});
    case 1:
        return add(WskSocketConnect{line.name, irp(), {}, {}});
    default:
        break;
    }
    SocketDeclaration listener;
    listener.name = "l" + line.name;
    listener.face = Face::Wsk;
    listener.category = Category::Listening;
    listener.connected = false;
    m_scenario.sockets.push_back(listener);
    add(WskAccept{listener.name, line.name, irp(), {}, {}});
    if (m_dice.chance(10)) { // it receives nothing but connections
        WskReceive wrong = receive(line);
        wrong.socket = listener.name;
        line.chained.clear();
        add(std::move(wrong));
    }
    add(WskClose{listener.name, irp(), {}, {}});
}

void WskScheduleWriter::act(Line &line)
{
    if (line.closed)
        return;
    const std::uint32_t what = m_dice.below(100);
    if (what < 38) {
        WskReceive made = receive(line);
        made.on = thread();
        if (!made.irp.empty())
            m_irps.push_back(made.irp);
        add(std::move(made));
    } else if (what < 66)
        send(line);
    else if (what < 76)
        control(line);
    else if (what < 80)
        release(line);
    else if (what < 86)
        cancel();
    else if (what < 88)
        takeMemory(line);
    else if (what < 90)
        sendOwn(line);
    else if (what < 92)
        disconnect(line);
    else if (what < 94 && line.called)
        add(Provoke{line.name});
    else if (what < 95) {
        Fault fault;
        fault.what = Fault::What::IrpStatus;
        fault.status = Status::NtInsufficientResources;
        add(fault);
    } else if (what < 98)
        endPeer(line);
    else
        m_dice.chance(40) ? closeInside(line) : close(line);
}

/// Mostly everything is received to its end first, so that nothing that was lost stays unseen.
void WskScheduleWriter::finish(Line &line)
{
    if (line.closed)
        return;
    if (!line.connected || m_dice.chance(30))
        return close(line);
    if (line.open()) {
        line.ended = true;
        if (line.talks)
            add(PeerShutdown{line.name});
        else
            add(PeerClose{line.name});
    }
    for (std::uint32_t i = 2 + m_dice.below(2); i > 0; --i) {
        WskReceive all;
        all.socket = line.name;
        all.op = "r" + std::to_string(++m_receives);
        all.irp = irp();
        all.mdl = {{100000, false, 1}};
        add(std::move(all));
    }
    close(line);
}

void WskScheduleWriter::send(Line &line)
{
    static constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ012345678";
    if (!line.open())
        return;
    const std::uint32_t size = 1 + (m_dice.chance(60) ? m_dice.below(9) : m_dice.below(65));
    std::string text;
    for (std::uint32_t i = 0; i < size; ++i)
        text += letters[line.sent++ % letters.size()];
    PeerSend send;
    send.socket = line.name;
    send.data = TextBytes{std::move(text)};
    for (std::uint32_t rest = size; m_dice.chance(40) && rest > 1;) {
        send.fragments.push_back(1 + m_dice.below(std::min(rest - 1, 64U)));
        rest -= send.fragments.back();
    }
    add(std::move(send));
}

void WskScheduleWriter::endPeer(Line &line)
{
    if (!line.connected || line.gone || line.broken || line.closed)
        return;
    if (!line.ended && m_dice.chance(40)) {
        add(PeerShutdown{line.name});
    } else if (line.tcp() && m_dice.chance(60)) {
        line.gone = true;
        add(PeerReset{line.name});
    } else if (!line.talks) {
        line.gone = true;
        add(PeerClose{line.name});
    } else {
        return;
    }
    line.ended = true;
}

std::string WskScheduleWriter::irp()
{
    return "i" + std::to_string(++m_packets);
}

Scenario wskSchedule(std::uint64_t seed)
{
    return WskScheduleWriter(seed).write();
}

} // namespace recvscope::checker
