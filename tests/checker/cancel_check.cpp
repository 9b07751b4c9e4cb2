// wsp.cancel.socket-closed, thread-exit, wsp.call.cancelled-blocking, engine.cancel.data-wins: what ends a receive from
// our side, with which status, and that it never wins over data that had arrived.

#include "checks.h"

#include <algorithm>

namespace recvscope::checker {

using trace::EventType;

namespace {

/// Its thread's exit cancelled it: nothing but such endings stands between on the thread.
bool byThreadExit(const Case &it, const Receive &receive, std::size_t place)
{
    const ThreadAccount &thread = it.threads[receive.track];
    const trace::EventRef ref = it.account.events[place].ref;
    if (ref.track != receive.track || !thread.exitedAt || *thread.exitedAt < ref.index)
        return false;
    return std::none_of(thread.events.begin() + ref.index, thread.events.begin() + *thread.exitedAt,
                        [](const trace::Event &event) {
                            return event.type == EventType::Called || event.type == EventType::Returned ||
                                   event.type == EventType::WaitBegan || event.type == EventType::RoutineBegan;
                        });
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
        const bool torn = status == Status::WsaEconnaborted && account.tornBefore(*at);
        const bool exited = byThreadExit(it, receive, *at);
        if (torn)
            continue;
        if (aborted) {
            if (!pending)
                it.refuse("wsp.cancel.socket-closed", receive, "it was not pending, and was told as aborted");
            if (!closing && !shutting && !exited)
                it.refuse("wsp.cancel.socket-closed", receive, "it was told as aborted, and the socket was not closed");
            if (exited && status != Status::WsaOperationAborted)
                it.refuse("wsp.cancel.thread-exit", receive, "its thread's exit gives another status");
            const bool aborts =
                it.setup.policy.closeAbortsWithConnAborted && account.socket.kind == net::SocketKind::Tcp;
            if (closing && !exited && status != (aborts ? Status::WsaEconnaborted : Status::WsaOperationAborted))
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
        if (!receive.has(flag::Oob) && account.layAt(*at) && account.firstInLine(receive, *at))
            it.refuse("engine.cancel.data-wins", receive, "it was cancelled, though data had arrived for it");
    }
}

void threadExits(const Case &it)
{
    const Account &account = it.account;
    for (const Receive &receive : account.receives) {
        const ThreadAccount &thread = it.threads[receive.track];
        if (!thread.exitedAt || !receive.overlapped())
            continue;
        const trace::Event &exit = thread.events[*thread.exitedAt];
        const std::optional<std::size_t> decided = receive.decided();
        if (account.events[receive.calledAt].ref.index > *thread.exitedAt)
            it.refuse("trace", receive, "it was called by a thread that had exited");
        else if (!decided || account.events[*decided].event.time > exit.time)
            it.refuse("wsp.cancel.thread-exit", receive, "its thread exited, and it was not cancelled");
    }
}

} // namespace recvscope::checker
