// wsk.socket.forced-closed, wsk.*.abort-*, wsk.*.cancel, wsk.close.*: failures only after their causes, cancelling
// never over data that had arrived, and nothing after the close.

#include "checks.h"

#include <algorithm>

namespace recvscope::checker {

using trace::EventType;

namespace {

bool cancelAsked(const Account &account, const Receive &receive, std::size_t at)
{
    return std::any_of(receive.events.begin(), receive.events.end(), [&](std::size_t place) {
        return place < at && account.events[place].event.type == EventType::CancelAsked;
    });
}

void cancelled(const Case &it, const Receive &receive, std::size_t at)
{
    const Account &account = it.account;
    const std::string_view rule = receive.drains()                ? "wsk.drain.cancel"
                                  : receive.has(wskflag::WaitAll) ? "wsk.waitall.cancel"
                                                                  : "engine.irp.cancelled";
    if (!cancelAsked(account, receive, at) && !account.before(at, EventType::CloseAsked))
        it.refuse(rule, receive, "it was cancelled, and nobody asked for that");
    if (account.layAt(at) && account.firstInLine(receive, at) && !account.indicatingAt(at))
        it.refuse("engine.cancel.data-wins", receive, "it was cancelled, though data had arrived for it");
}

void cause(const Case &it, const Receive &receive, std::size_t at)
{
    const Account &account = it.account;
    const Status status = account.statusAt(at);
    const std::string_view remote = receive.drains()                ? "wsk.drain.abort-remote"
                                    : receive.has(wskflag::WaitAll) ? "wsk.waitall.abort-remote"
                                                                    : "wsk.socket.forced-closed";
    switch (status) {
    case Status::Success:
        return;
    case Status::NtCancelled:
        return cancelled(it, receive, at);
    case Status::NtAccessViolation:
        return; // lockedMemory()
    case Status::NtConnectionReset:
    case Status::NtFileForcedClosed: {
        const scenario::PolicyChoices &policy = account.socket.policy ? *account.socket.policy : it.setup.policy;
        if (!account.before(at, EventType::PeerReset))
            it.refuse(remote, receive, "it failed by a reset, and the peer had made none");
        if ((status == Status::NtFileForcedClosed) != policy.pendingResetForcedClosed)
            it.refuse("wsk.socket.forced-closed", receive,
                      "the policy gives another status to a receive that was pending than " +
                          std::string(nameOf(status)));
        return;
    }
    case Status::NtLocalDisconnect:
        if (!account.abortedHereBefore(at))
            it.refuse("engine.disconnect.abortive", receive, "the application had not broken the connection off");
        return;
    default:
        it.refuse("wsk.complete.other-error", receive,
                  "nothing makes a receive end with " + std::string(nameOf(status)));
    }
}

/// What our side broke off is told so, and not as the peer's doing or as cancelled.
void brokenOff(const Case &it, const Receive &receive, std::size_t at)
{
    const Account &account = it.account;
    const auto asked = std::find_if(account.events.begin(), account.events.end(), [](const Told &told) {
        return told.event.type == EventType::DisconnectAsked && told.event.a == 1;
    });
    if (asked == account.events.end())
        return;
    const auto abort = static_cast<std::size_t>(asked - account.events.begin());
    const bool waited = receive.queued && *receive.queued < abort && at > abort;
    const bool broken = account.before(abort, EventType::PeerReset) || account.before(abort, EventType::CloseAsked);
    if (waited && !broken && account.statusAt(at) != Status::NtLocalDisconnect &&
        account.statusAt(at) != Status::Success)
        it.refuse("engine.disconnect.abortive", receive, "the connection was broken off here, and it ended otherwise");
}

} // namespace

void wskEnds(const Case &it)
{
    for (const Receive &receive : it.account.receives) {
        if (!receive.completed)
            continue;
        cause(it, receive, *receive.completed);
        brokenOff(it, receive, *receive.completed);
    }
    std::size_t due = 0;
    for (std::size_t at = 0; at < it.account.events.size(); ++at)
        if (it.account.events[at].event.type == EventType::CloseDue) {
            if (!it.account.brokenBefore(at))
                it.refuse("wsk.socket.must-close", "it is due to be closed, and nothing broke it");
            if (++due > 1)
                it.refuse("wsk.socket.must-close", "it became due to be closed twice");
        }
}

void wskClosing(const Case &it)
{
    const Account &account = it.account;
    bool asked = false;
    bool closed = false;
    std::size_t place = account.events.size();
    StepId step;
    for (std::size_t at = 0; at < account.events.size(); ++at) {
        const Told &told = account.events[at];
        const EventType type = told.event.type;
        if (type == EventType::CloseAsked) {
            asked = true;
            step = told.event.step;
        } else if (type == EventType::SocketClosed) {
            if (!asked)
                it.refuse("wsk.close.completes-pending", "it was closed, and nobody asked for that");
            if (closed)
                it.refuse("wsk.close.completes-pending", "it was closed twice");
            if (account.indicatingAt(at))
                it.refuse("wsk.event.disable-is-sure", "it was closed while its callback ran");
            closed = true;
            place = at;
        } else if (closed && (trace::takesBytes(type) || type == EventType::IndicationBegan ||
                              type == EventType::Disconnected || type == EventType::Completed)) {
            it.refuse("wsk.close.completes-pending",
                      "after it was closed there is " + std::string(trace::nameOf(type)));
        } else if (type == EventType::IrpCompleted && !told.event.operation && asked && !closed &&
                   told.event.step == step) {
            // A step's callbacks may have made the close, and other calls before it.
            if (const auto owed = it.setup.otherIrps.find(step);
                owed != it.setup.otherIrps.end() && owed->second.own == 1 && owed->second.inside == 0)
                it.refuse("wsk.close.completes-pending", "the close completed before it was done");
        }
    }
    if (!closed)
        return;
    for (const Receive &receive : account.receives)
        if (receive.queued && *receive.queued < place && (!receive.irpCompleted || *receive.irpCompleted > place))
            it.refuse("wsk.close.completes-pending", receive, "the socket was closed before its IRP had completed");
}

} // namespace recvscope::checker
