// Reach, for the calls of WskReceive's interface and what stands beside both.

#include "scenario/flags.h"
#include "scenario/reach.h"

#include <algorithm>

namespace recvscope::scenario {

/// Anything that might be refused, or that takes nothing, is not plain: nothing is claimed of it.
bool Reach::isPlain(const WskReceive &receive) const
{
    constexpr std::uint8_t dispatchLevel = 2;
    const SocketDeclaration *socket = m_scenario.socket(receive.socket);
    if (!isOpenStream(socket) || m_irpFault || receive.irql > dispatchLevel)
        return false;
    if (socket->category != Category::Connection && socket->category != Category::Stream)
        return false;
    if (receive.irp.empty() || m_irps.contains(receive.irp) || !isWellFormed(receive))
        return false;
    if (receive.flags != 0 && socket->kind != net::SocketKind::Tcp)
        return false; // its transport refuses flags
    if (receive.flags == wskFlagDrain)
        return lengthOf(receive) == 0;
    return (receive.flags == 0 || receive.flags == wskFlagWaitAll) && lengthOf(receive) > 0;
}

bool Reach::isPlain(const NativeRecv &recv) const
{
    constexpr std::uint32_t waitAll = 0x8;
    const SocketDeclaration *socket = m_scenario.socket(recv.socket);
    const bool good = roomIn(recv.buffers) > 0 && std::none_of(recv.buffers.begin(), recv.buffers.end(),
                                                               [](const Buffer &each) { return each.invalid; });
    return isOpenStream(socket) && good && (recv.flags & ~waitAll) == 0 && !socket->nonblocking &&
           socket->receiveTimeout == 0;
}

void Reach::passWsk(const Step &step)
{
    if (const auto *receive = std::get_if<WskReceive>(&step.action)) {
        // Its call never waits for data, so receives queue in the order of their steps, whatever thread makes them.
        const bool waitAll = receive->flags == wskFlagWaitAll;
        add(receive->op,
            {receive->socket, 0, isPlain(*receive), 0, waitAll ? lengthOf(*receive) : 1,
             receive->flags == wskFlagDrain},
            true);
        m_irpFault = false;
    } else if (const auto *connect = std::get_if<WskConnect>(&step.action)) {
        m_stories[connect->socket].accepted = true;
    } else if (const auto *made = std::get_if<WskSocketConnect>(&step.action)) {
        m_stories[made->socket].accepted = true;
    } else if (const auto *accept = std::get_if<WskAccept>(&step.action)) {
        m_stories[accept->as].accepted = true;
    } else if (const auto *disconnect = std::get_if<WskDisconnect>(&step.action)) {
        m_stories[disconnect->socket].receiveShutDown |= disconnect->abortive;
    } else if (const auto *close = std::get_if<WskClose>(&step.action)) {
        m_stories[close->socket].closed = true;
    } else if (std::holds_alternative<WskCancel>(step.action) || std::holds_alternative<MdlUnlock>(step.action) ||
               std::holds_alternative<MdlFree>(step.action) || std::holds_alternative<IrpReuse>(step.action)) {
        mayHaveEndedAny();
    }
    if (const std::string *irp = irpIn(step.action))
        m_irps.insert(*irp);
}

void Reach::passBeside(const Step &step)
{
    if (const auto *recv = std::get_if<NativeRecv>(&step.action)) {
        const bool all = recv->flags != 0;
        add(recv->op, {recv->socket, 0, isPlain(*recv), 0, all ? roomIn(recv->buffers) : 1}, recv->on.empty());
    } else if (const auto *fault = std::get_if<Fault>(&step.action)) {
        if (fault->what == Fault::What::IrpStatus) {
            m_irpFault = true;
        } else {
            m_down = fault->on;
            mayHaveEndedAny();
        }
    }
}

} // namespace recvscope::scenario
