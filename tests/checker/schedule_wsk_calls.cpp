// What the driver of a random schedule calls.

#include "account.h"
#include "schedule_wsk.h"

#include <utility>

namespace recvscope::checker {

using namespace scenario;

WskReceive WskScheduleWriter::receive(Line &line)
{
    WskReceive made;
    made.socket = line.name;
    made.op = "r" + std::to_string(++m_receives);
    if (!m_dice.chance(4))
        made.irp = irp();
    if (m_dice.chance(2))
        made.irql = 3;
    const std::uint32_t kind = m_dice.below(100);
    made.flags = kind < 62 ? 0U : kind < 82 ? wskflag::WaitAll : wskflag::Drain;
    if (m_dice.chance(3))
        made.flags |= m_dice.oneOf<std::uint32_t>({wskflag::WaitAll | wskflag::Drain, 0x100U});
    const bool drains = (made.flags & wskflag::Drain) != 0;
    if (drains || m_dice.chance(10))
        made.length = 0;
    if (m_dice.chance(3)) { // no chain, or no buffer at all
        if (m_dice.chance(50))
            made.length.reset();
        return made;
    }
    const std::uint32_t count = 1 + m_dice.below(4);
    std::uint32_t size = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        made.mdl.push_back({1 + (m_dice.chance(60) ? m_dice.below(8) : m_dice.below(64)), false, 1});
        size += static_cast<std::uint32_t>(made.mdl.back().size);
    }
    const auto first = static_cast<std::uint32_t>(made.mdl.front().size);
    if (m_dice.chance(30))
        made.offset = m_dice.chance(90) ? m_dice.below(first) : first + m_dice.below(4);
    if (!made.length && m_dice.chance(25) && made.offset < size)
        made.length = m_dice.chance(90) ? 1 + m_dice.below(size - made.offset) : size - made.offset + 1;
    if (drains && m_dice.chance(5))
        made.length = 1;
    line.chained.push_back(made.op);
    if (m_dice.chance(12) && !made.irp.empty()) {
        WskReceive next;
        next.socket = line.name;
        next.op = "r" + std::to_string(++m_receives);
        next.irp = irp();
        next.mdl = {{8, false, 1}};
        made.onComplete.push_back(stepOf(std::move(next)));
    }
    return made;
}

void WskScheduleWriter::control(Line &line)
{
    WskEvent event;
    event.socket = line.name;
    event.on = thread();
    if (m_dice.chance(60))
        event.irp = irp();
    const bool enable = !line.called || m_dice.chance(65);
    if (enable || m_dice.chance(80))
        event.receive = enable;
    if (!event.receive || m_dice.chance(40))
        event.disconnect = enable;
    if (enable) {
        line.called = true;
        event.descriptor = m_dice.oneOf<std::uint32_t>({0, 0, 1, 3, 8});
        for (std::uint32_t i = m_dice.below(5); i > 0; --i)
            event.onIndicate.push_back(answer(line));
    }
    add(std::move(event));
}

IndicationAnswer WskScheduleWriter::answer(Line &line)
{
    using Kind = IndicationAnswer::Kind;
    IndicationAnswer made;
    made.kind = m_dice.oneOf({Kind::AcceptAll, Kind::AcceptAll, Kind::AcceptPart, Kind::NotAccepted, Kind::Retain});
    if (made.kind == Kind::AcceptPart)
        made.bytes = 1 + m_dice.below(6);
    if (made.kind == Kind::Retain) {
        made.name = "n" + std::to_string(++m_kept);
        line.kept.push_back(made.name);
    }
    if (made.kind != Kind::NotAccepted && m_dice.chance(25))
        made.calls = insideCallback(line);
    return made;
}

std::vector<Step> WskScheduleWriter::insideCallback(Line &line)
{
    std::vector<Step> steps;
    if (m_dice.chance(70)) {
        WskReceive made = receive(line);
        line.chained.clear(); // whether it is ever made nobody knows
        made.onComplete.clear();
        steps.push_back(stepOf(std::move(made)));
    }
    if (m_dice.chance(30)) {
        WskEvent off;
        off.socket = line.name;
        off.receive = false;
        if (m_dice.chance(50))
            off.irp = irp();
        steps.push_back(stepOf(std::move(off)));
    }
    return steps;
}

void WskScheduleWriter::release(Line &line)
{
    if (line.kept.empty())
        return;
    const std::uint32_t which = m_dice.below(static_cast<std::uint32_t>(line.kept.size()));
    WskRelease release;
    release.socket = line.name;
    release.indication = line.kept[which];
    line.kept.erase(line.kept.begin() + which);
    add(std::move(release));
}

void WskScheduleWriter::cancel()
{
    if (!m_irps.empty())
        add(WskCancel{m_irps[m_dice.below(static_cast<std::uint32_t>(m_irps.size()))]});
}

void WskScheduleWriter::takeMemory(Line &line)
{
    if (line.chained.empty())
        return;
    const std::string op = line.chained.back();
    line.chained.pop_back();
    m_dice.chance(50) ? add(MdlUnlock{op}) : add(MdlFree{op});
}

void WskScheduleWriter::sendOwn(Line &line)
{
    if (!line.talks || !line.connected || line.broken || line.gone || line.mute)
        return;
    WskSend send;
    send.socket = line.name;
    send.data = TextBytes{"hello"};
    send.irp = irp();
    add(std::move(send));
}

void WskScheduleWriter::disconnect(Line &line)
{
    if (!line.connected || line.broken || line.mute || line.gone)
        return;
    WskDisconnect end;
    end.socket = line.name;
    end.irp = irp();
    end.abortive = line.tcp() && m_dice.chance(60);
    if (!end.abortive && line.talks && m_dice.chance(50))
        end.data = TextBytes{"bye"};
    (end.abortive ? line.broken : line.mute) = true;
    add(std::move(end));
}

void WskScheduleWriter::close(Line &line)
{
    line.closed = true;
    WskClose close;
    close.socket = line.name;
    close.irp = irp();
    add(std::move(close));
}

/// The callback closes its socket, or breaks the connection off. When an IRP gets the data, a step does it afterwards.
void WskScheduleWriter::closeInside(Line &line)
{
    if (!line.open())
        return close(line);
    WskEvent event;
    event.socket = line.name;
    event.receive = true;
    IndicationAnswer answer;
    answer.kind = m_dice.oneOf({IndicationAnswer::Kind::AcceptAll, IndicationAnswer::Kind::AcceptPart});
    answer.bytes = 1;
    if (line.tcp() && m_dice.chance(40)) {
        WskDisconnect end;
        end.socket = line.name;
        end.abortive = true;
        end.irp = irp();
        answer.calls.push_back(stepOf(std::move(end)));
    } else {
        WskClose close;
        close.socket = line.name;
        close.irp = irp();
        answer.calls.push_back(stepOf(std::move(close)));
    }
    event.onIndicate.push_back(std::move(answer));
    send(line); // into a broken connection it could not
    add(std::move(event));
    close(line);
}

} // namespace recvscope::checker
