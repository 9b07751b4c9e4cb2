// wsp.cancel.socket-closed, wsp.call.cancelled-blocking, engine.cancel.data-wins: what ends a receive from our side,
// with which status, and that it never wins over data that had arrived.

#include "checks.h"

namespace recvscope::checker {

using trace::EventType;

namespace {

/// What had arrived for the receive that was cancelled: bytes or messages of an earlier step that nobody has taken.
/// A step ends when what it sent has arrived; so KernelHolds, asked at its end, says what lies there.
bool dataLay(const Account &account, std::size_t place)
{
    std::uint32_t holds = 0;
    for (std::size_t at = 0; at < place; ++at) {
        const trace::Event &event = account.events[at].event;
        if (event.type == EventType::KernelHolds)
            holds = event.a;
        else if (trace::takesBytes(event.type))
            holds = 0; // it may have taken all of it
    }
    return holds != 0;
}

bool firstInLine(const Account &account, const Receive &receive, std::size_t place)
{
    for (const Receive &other : account.receives)
        if (other.calledAt < receive.calledAt && (!other.decided() || *other.decided() >= place))
            return false;
    return true;
}

} // namespace

void cancelling(const Case &it)
{
    const Account &account = it.account;
    for (const Receive &receive : account.receives) {
        const std::optional<std::size_t> at = receive.decided();
        if (!at)
            continue;
        const Status status = account.statusAt(*at);
        const bool closing = account.endedBy(*at) == EventType::SocketClosed;
        const bool shutting = account.endedBy(*at) == EventType::SocketShutDown || account.shutDownBefore(*at);
        const bool pending = receive.returned && account.statusAt(*receive.returned) == Status::WsaIoPending;
        const bool aborted = status == Status::WsaOperationAborted || status == Status::WsaEconnaborted;
        if (aborted) {
            if (!pending)
                it.refuse("wsp.cancel.socket-closed", receive, "it was not pending, and was told as aborted");
            if (!closing && !shutting)
                it.refuse("wsp.cancel.socket-closed", receive, "it was told as aborted, and the socket was not closed");
            const bool aborts =
                it.setup.policy.closeAbortsWithConnAborted && account.socket.kind == net::SocketKind::Tcp;
            if (closing && status != (aborts ? Status::WsaEconnaborted : Status::WsaOperationAborted))
                it.refuse("wsp.cancel.socket-closed", receive,
                          "the policy gives another status than " + std::string(nameOf(status)));
        } else if (status == Status::WsaEintr) {
            if (receive.overlapped() || account.count(receive, EventType::Blocked) == 0)
                it.refuse("wsp.call.cancelled-blocking", receive, "it was not blocked, and was interrupted");
            else if (!closing && !shutting && !account.cancelledBefore(receive, *at))
                it.refuse("wsp.call.cancelled-blocking", receive, "it was interrupted, and nobody cancelled it");
        } else {
            continue;
        }
        // The caller of a call that fails is told of no bytes, so they would be lost.
        if (status == Status::WsaEintr && account.count(receive, EventType::Placed) != 0)
            it.refuse("engine.cancel.data-wins", receive, "it was cancelled, and the bytes it had are lost");
        if (receive.completed == at && account.events[*at].event.a != 0 && !receive.has(flag::WaitAll))
            it.refuse("wsp.cancel.socket-closed", receive, "it was cancelled, and has bytes");
        if (!receive.has(flag::Oob) && dataLay(account, *at) && firstInLine(account, receive, *at))
            it.refuse("engine.cancel.data-wins", receive, "it was cancelled, though data had arrived for it");
    }
}

} // namespace recvscope::checker
