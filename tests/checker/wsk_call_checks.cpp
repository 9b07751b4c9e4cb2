// wsk.flag.*, wsk.buffer.well-formed, zero-length and locked-while-pending, wsk.drain.needs-*, wsk.socket.*,
// wsk.call.irql: what a WskReceive is refused for, and for nothing else.

#include "checks.h"

#include <algorithm>

namespace recvscope::checker {

using trace::EventType;

namespace {

struct Ground { ///< on which a call must be refused
    std::string_view rule;
    std::optional<Status> status{}; ///< where the rule gives one
};

std::vector<Ground> groundsOf(const Case &it, const Receive &receive)
{
    constexpr std::uint32_t dispatchLevel = 2;
    const Account &account = it.account;
    const SocketSetup &socket = account.socket;
    const std::uint16_t flags = receive.flags;
    std::vector<Ground> grounds;
    const auto when = [&](bool so, Ground ground) {
        if (so)
            grounds.push_back(ground);
    };
    when(it.setup.withoutIrp.contains(receive.id), {"wsk.irp.required"});
    when(receive.irql > dispatchLevel, {"wsk.call.irql"});
    when((flags & ~(wskflag::WaitAll | wskflag::Drain)) != 0, {"wsk.flag.unknown", Status::NtInvalidParameter});
    when(receive.has(wskflag::WaitAll) && receive.drains(), {"wsk.flag.exclusive", Status::NtInvalidParameter});
    when(socket.kind != net::SocketKind::Tcp && flags != 0, {"wsk.flag.not-supported", Status::NtNotSupported});
    when(!receive.chain && receive.drains(), {"wsk.drain.needs-buffer"});
    when(!receive.chain && !receive.drains(), {"wsk.buffer.well-formed", Status::NtInvalidParameter});
    when(receive.chain && !receive.chain->wellFormed(), {"wsk.buffer.well-formed", Status::NtInvalidParameter});
    when(receive.drains() && receive.length() != 0, {"wsk.drain.needs-zero-length", Status::NtInvalidParameter});
    const bool receives =
        socket.category == scenario::Category::Connection || socket.category == scenario::Category::Stream;
    when(!receives, {"wsk.socket.stream-dispatch"});
    const bool connected = socket.connected || account.before(receive.calledAt, EventType::SocketConnected) ||
                           account.before(receive.calledAt, EventType::SocketAccepted);
    when(!connected, {"wsk.socket.not-connected", Status::NtInvalidDeviceState});
    when(account.before(receive.calledAt, EventType::CloseDue) || account.abortedHereBefore(receive.calledAt),
         {"wsk.socket.forced-closed", Status::NtFileForcedClosed});
    when(account.before(receive.calledAt, EventType::CloseAsked), {"wsk.close.completes-pending"});
    return grounds;
}

/// It broke down, and this call is the first to see it.
bool seesTheBreak(const Account &account, const Receive &receive)
{
    return account.statusAt(*receive.refused) == Status::NtFileForcedClosed && account.brokenBefore(*receive.refused);
}

bool named(const Account &account, const Receive &receive, RuleId rule)
{
    return std::any_of(receive.events.begin(), receive.events.end(), [&](std::size_t at) {
        return account.events[at].event.type == EventType::Diagnostic && account.events[at].event.rule == rule;
    });
}

} // namespace

void wskRefusals(const Case &it)
{
    const Account &account = it.account;
    for (const Receive &receive : account.receives) {
        const std::vector<Ground> grounds = groundsOf(it, receive);
        if (!receive.refused) {
            if (!grounds.empty())
                it.refuse(grounds.front().rule, receive, "it was not refused");
            continue;
        }
        const trace::Event &event = account.events[*receive.refused].event;
        if (event.provenance == trace::Provenance::Injected)
            continue;
        const Status status = account.statusAt(*receive.refused);
        const bool fits = std::any_of(grounds.begin(), grounds.end(), [&](const Ground &ground) {
            return status != Status::Success && (!ground.status || *ground.status == status);
        });
        if (!fits && !seesTheBreak(account, receive))
            it.refuse(grounds.empty() ? "wsk.complete.other-error" : grounds.front().rule, receive,
                      "it was refused with " + std::string(nameOf(status)) + ", and nothing asks for that");
        if (ruleOf(event.rule).provoke == "misuse" && !named(account, receive, event.rule))
            it.refuse(ruleOf(event.rule).name, receive, "it was refused for a mistake, and that was not named");
    }
}

void lockedMemory(const Case &it)
{
    const Account &account = it.account;
    for (const Receive &receive : account.receives) {
        std::optional<std::size_t> unlocked;
        for (const std::size_t at : receive.events) {
            const trace::Event &event = account.events[at].event;
            if (event.type == EventType::PagesUnlocked && !unlocked && (!receive.decided() || *receive.decided() > at))
                unlocked = at;
            if (unlocked && (event.type == EventType::Placed || event.type == EventType::KernelReceived))
                it.refuse("wsk.buffer.locked-while-pending", receive, "its memory was taken away, and written to");
        }
        if (unlocked && !named(account, receive, RuleId::WskBufferLockedWhilePending))
            it.refuse("wsk.buffer.locked-while-pending", receive, "its memory was taken away, and that was not named");
        const std::optional<std::size_t> decided = receive.decided();
        if (!unlocked && decided && account.statusAt(*decided) == Status::NtAccessViolation)
            it.refuse("wsk.buffer.locked-while-pending", receive, "it failed for its memory, which was left alone");
    }
}

} // namespace recvscope::checker
