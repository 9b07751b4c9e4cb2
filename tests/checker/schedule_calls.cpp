// What the program of a random schedule calls.

#include "schedule_writer.h"

namespace recvscope::checker {

using namespace scenario;

std::vector<Buffer> ScheduleWriter::buffers()
{
    std::vector<Buffer> all;
    if (m_dice.chance(3))
        return all;
    if (m_dice.chance(2))
        return {{1, false, 1000 + m_dice.below(200)}};
    const std::uint32_t count = m_dice.chance(60) ? 1 + m_dice.below(3) : 1 + m_dice.below(16);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t size = m_dice.chance(20)   ? 0
                                   : m_dice.chance(60) ? 1 + m_dice.below(8)
                                                       : 1 + m_dice.below(64);
        all.push_back({size, false, 1});
    }
    if (m_dice.chance(2))
        all[m_dice.below(count)] = {8, true, 1};
    return all;
}

std::uint32_t ScheduleWriter::flags(const Line &line, bool overlapped)
{
    if (line.declared.kind == net::SocketKind::Framed && m_dice.chance(25))
        return flag::Partial;
    if (m_dice.chance(68))
        return 0;
    std::uint32_t flags = m_dice.oneOf<std::uint32_t>(
        {flag::Peek, flag::Peek, flag::WaitAll, flag::WaitAll, flag::Partial, flag::Oob, flag::PushImmediate});
    if (m_dice.chance(12))
        flags |= m_dice.oneOf<std::uint32_t>({flag::Peek, flag::WaitAll, flag::Partial, flag::Oob, 0x100});
    // An urgent byte that is waited for holds up the stream behind it, and the runner would wait for that to settle.
    const bool refusedAtOnce = !net::isStream(line.declared.kind) || line.declared.oobInline || line.declared.profile ||
                               (line.declared.nonblocking && !overlapped);
    if ((flags & flag::Oob) != 0 && !refusedAtOnce && !line.peerEnded)
        flags &= ~std::uint32_t{flag::Oob};
    return flags;
}

void ScheduleWriter::receive(Line &line, std::uint32_t wanted)
{
    WspRecv recv;
    recv.socket = line.name;
    recv.buffers = wanted == flag::Oob ? std::vector<Buffer>{{4, false, 1}} : buffers();
    const bool overlapped = m_dice.chance(60);
    recv.flags = wanted != 0 ? wanted : flags(line, overlapped);
    if (wanted == flag::Oob && !overlapped && m_dice.chance(30))
        recv.flags |= flag::Peek;
    const bool ignored = !line.declared.overlapped && m_scenario.policy.overlappedOnPlainSocketAllowed;
    // After its end a connection lets nobody wait; what a peer of datagrams does is told to nobody.
    const bool mayBlock = (!overlapped || ignored) && !line.declared.nonblocking && !line.over();
    if (mayBlock) {
        Thread *thread = freeThread();
        if (thread == nullptr)
            return;
        thread->in = &line;
        thread->receiving = true;
        recv.on = thread->name;
    }
    recv.op = "r" + std::to_string(++m_receives);
    if (overlapped) {
        recv.overlapped = "o" + std::to_string(m_receives);
        if (m_dice.chance(60))
            recv.event = "e" + std::to_string(m_receives);
        if (!mayBlock && m_dice.chance(40))
            giveRoutine(line, recv);
        line.asked.push_back(recv.op);
    } else if (m_dice.chance(2)) {
        recv.routine = "never"; // without a structure
    }
    line.mayWait = line.mayWait || (!line.over() && wanted != flag::Oob);
    add(std::move(recv));
}

void ScheduleWriter::ask(Line &line)
{
    if (line.asked.empty() || line.closed)
        return;
    WspResult result;
    result.of = line.asked[m_dice.below(static_cast<std::uint32_t>(line.asked.size()))];
    result.op = "g" + std::to_string(++m_results);
    result.wait = m_dice.chance(40);
    if (result.wait) {
        Thread *thread = freeThread();
        if (thread == nullptr)
            return;
        thread->in = &line;
        thread->receiving = false;
        result.on = thread->name;
    }
    add(std::move(result));
}

/// An address first; later it is connected to one of the two who speak to it.
void ScheduleWriter::byHand(Line &line)
{
    if (line.closed || line.joined)
        return;
    if (!line.bound && m_dice.chance(80)) {
        line.bound = true;
        return add(SocketBind{line.name});
    }
    line.bound = line.joined = true;
    add(SocketConnect{line.name, "friend"});
}

void ScheduleWriter::shutDownOwn(Line &line)
{
    if (line.closed || line.shutDown || line.byHand())
        return;
    WspShutdown shutdown;
    shutdown.socket = line.name;
    shutdown.how = m_dice.oneOf({net::Direction::Send, net::Direction::Receive, net::Direction::Both});
    line.shutDown = shutdown.how != net::Direction::Send;
    add(std::move(shutdown));
}

void ScheduleWriter::close(Line &line)
{
    if (line.closed)
        return;
    WspClose close;
    close.socket = line.name;
    close.abortive = line.declared.kind == net::SocketKind::Tcp && m_dice.chance(20);
    line.closed = true;
    add(std::move(close));
    released(line);
}

void ScheduleWriter::cancel()
{
    std::vector<Thread *> blocked;
    for (Thread &thread : m_threads)
        if (thread.in != nullptr && thread.receiving)
            blocked.push_back(&thread);
    if (blocked.empty())
        return;
    Thread *thread = blocked[m_dice.below(static_cast<std::uint32_t>(blocked.size()))];
    add(WspCancelBlocking{thread->name});
    thread->in = nullptr;
}

} // namespace recvscope::checker
