// wsp.stream.posted-order, engine.queue.behind-others, wsp.call.too-many-outstanding: the line in which receives wait.

#include "checks.h"

#include <algorithm>

namespace recvscope::checker {

using trace::EventType;

void postedOrder(const Case &it)
{
    const Account &account = it.account;
    for (const Receive &receive : account.receives) {
        const bool wantsNothing = account.socket.wsk() && !receive.drains() && receive.length() == 0;
        if (receive.has(flag::Oob) || wantsNothing)
            continue;
        for (const std::size_t at : receive.events) {
            const trace::Event &event = account.events[at].event;
            const bool served = trace::copiesBytes(event.type) || event.type == EventType::Discarded ||
                                (event.type == EventType::Completed && trace::statusOf(event.b) == Status::Success);
            if (!served)
                continue;
            const auto earlier =
                std::find_if(account.receives.begin(), account.receives.end(), [&](const Receive &other) {
                    return other.calledAt < receive.calledAt && !other.has(flag::Oob) &&
                           (!other.decided() || *other.decided() > at);
                });
            if (earlier == account.receives.end())
                continue;
            it.refuse("wsp.stream.posted-order", receive,
                      "it was served while " + earlier->name + ", which was posted before it, was waiting");
            break;
        }
    }
}

void outstanding(const Case &it)
{
    const Account &account = it.account;
    const std::uint32_t limit = it.setup.policy.maxOutstanding;
    for (const Receive &receive : account.receives) {
        if (!receive.overlapped() || !receive.returned || receive.has(flag::Oob))
            continue; // an urgent byte that is not there is told by the same status
        std::uint32_t pending = 0;
        std::uint32_t blocked = 0;
        for (const Receive &other : account.receives) {
            if (other.calledAt >= receive.calledAt || (other.decided() && *other.decided() < receive.calledAt))
                continue;
            ++(other.overlapped() ? pending : blocked);
        }
        const bool tooMany = receive.refused && account.statusAt(*receive.refused) == Status::WsaEwouldblock;
        const bool goesOn = !receive.refused && account.statusAt(*receive.returned) == Status::WsaIoPending;
        if (tooMany && pending + blocked < limit)
            it.refuse("wsp.call.too-many-outstanding", receive,
                      "it was refused with " + std::to_string(pending) + " outstanding of " + std::to_string(limit));
        if (goesOn && pending >= limit)
            it.refuse("wsp.call.too-many-outstanding", receive,
                      "it was taken with " + std::to_string(pending) + " outstanding of " + std::to_string(limit));
    }
}

} // namespace recvscope::checker
