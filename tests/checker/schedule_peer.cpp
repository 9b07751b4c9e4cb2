// What the peers of a random schedule do.

#include "schedule_writer.h"

#include <algorithm>

namespace recvscope::checker {

using namespace scenario;

std::string ScheduleWriter::bytes(Line &line, std::uint32_t count)
{
    // 61 letters: a prime, so that a shift by any size of buffer shows. The urgent '!' is none of them.
    static constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ012345678";
    std::string text;
    for (std::uint32_t i = 0; i < count; ++i)
        text += letters[line.sent++ % letters.size()];
    return text;
}

void ScheduleWriter::send(Line &line)
{
    if (line.byHand() || (line.udp() && m_dice.chance(20)))
        return sendFromFurther(line);
    // A unix peer cannot send into a direction that was shut down; and of what lies behind the place of an urgent
    // byte the kernel says nothing (FIONREAD), so the runner would wait for it.
    if (line.urgent || line.peerEnded || line.closed || line.shutDown || line.messages > 50)
        return;
    PeerSend send;
    send.socket = line.name;
    const bool inPieces = net::isStream(line.declared.kind);
    std::uint32_t size = m_dice.chance(40) ? m_dice.below(9) : m_dice.below(65);
    if (m_dice.chance(2))
        size = 1100 + m_dice.below(100);
    if (inPieces)
        size = std::max(size, 1U);
    if (line.declared.kind == net::SocketKind::Framed && m_dice.chance(30)) {
        send.part = true;
        size = std::max(size, 1U);
    }
    send.data = TextBytes{bytes(line, size)};
    for (std::uint32_t rest = size; inPieces && m_dice.chance(40) && rest > 1;) {
        send.fragments.push_back(1 + m_dice.below(std::min(rest - 1, 64U)));
        rest -= send.fragments.back();
    }
    ++line.messages;
    add(std::move(send));
}

/// To whoever has an address; a socket that is connected to another never hears of it.
void ScheduleWriter::sendFromFurther(Line &line)
{
    if (line.closed || line.shutDown || line.messages > 50)
        return;
    if (line.byHand() && !line.bound)
        return byHand(line);
    PeerSend send;
    send.socket = line.name;
    send.from = m_dice.oneOf({"friend", "friend", "stranger"});
    send.data = TextBytes{bytes(line, m_dice.below(65))};
    ++line.messages;
    add(std::move(send));
}

void ScheduleWriter::sendUrgent(Line &line)
{
    const bool inLine = line.declared.oobInline;
    if (line.declared.kind != net::SocketKind::Tcp || line.declared.profile || line.peerEnded || line.closed ||
        line.shutDown || line.urgent)
        return;
    // A call that blocks in the kernel passes the byte's place when it comes, and the kernel throws it away.
    if (!inLine &&
        std::any_of(m_threads.begin(), m_threads.end(), [&](const Thread &each) { return each.in == &line; }))
        return;
    line.urgent = !inLine;
    add(PeerSendOob{line.name, TextBytes{"!"}});
    // Receives that wait take no urgent byte; one that asks for it now finds it.
    for (int i = 0; i < 2 && !line.mayWait && m_dice.chance(70); ++i)
        receive(line, flag::Oob);
}

void ScheduleWriter::endPeer(Line &line)
{
    if (line.peerGone || line.closed || line.byHand())
        return;
    if (!line.udp() && !line.peerEnded && m_dice.chance(45)) {
        add(PeerShutdown{line.name});
    } else if (net::isTcpBelow(line.declared.kind) && m_dice.chance(50)) {
        line.peerGone = true;
        add(PeerReset{line.name});
    } else {
        line.peerGone = true;
        add(PeerClose{line.name});
    }
    line.peerEnded = true;
    if (!line.udp())
        released(line);
}

} // namespace recvscope::checker
