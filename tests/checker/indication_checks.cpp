// wsp.indicate.*: the event is set once for each overlapped completion, and for nothing else; asking for the result.

#include "checks.h"

#include <algorithm>

namespace recvscope::checker {

using trace::EventType;

void indications(const Case &it)
{
    const Account &account = it.account;
    for (const Receive &receive : account.receives) {
        const std::size_t set = account.count(receive, EventType::EventSet);
        const bool hasEvent = (receive.traits & (trace::CallHasEvent | trace::CallHasRoutine)) == trace::CallHasEvent &&
                              receive.overlapped(); // with a routine hEvent is the caller's own
        const Status returned = receive.returned ? account.statusAt(*receive.returned) : Status::WsaIoPending;
        const bool started = returned == Status::Success || returned == Status::WsaIoPending;
        if (!hasEvent && set != 0)
            it.refuse(receive.hasRoutine() ? "wsp.indicate.event-ignored-with-routine" : "wsp.indicate.no-event",
                      receive, "an event was set, and it has none of its own");
        if (set > 1)
            it.refuse("wsp.indicate.event", receive, "its event was set " + std::to_string(set) + " times");
        if (hasEvent && !started && set != 0)
            it.refuse("wsp.complete.failed-never-indicates", receive, "its call failed, and its event was set");
        if (hasEvent && started && receive.completed && set == 0 && it.setup.finished)
            it.refuse(returned == Status::Success ? "wsp.complete.immediate-sets-event" : "wsp.indicate.event", receive,
                      "it completed and its event was never set");
        for (const std::size_t at : receive.events)
            if (account.events[at].event.type == EventType::EventSet && (!receive.completed || at < *receive.completed))
                it.refuse("wsp.indicate.event", receive, "its event was set before it completed");
    }
}

namespace {

void judgeResult(const Case &it, const Receive &receive, std::size_t asked, std::size_t answered)
{
    const Account &account = it.account;
    const bool waits = account.events[asked].event.a == 1;
    const trace::Event &result = account.events[answered].event;
    const Status status = account.statusAt(answered);
    if (!receive.overlapped())
        return; // its structure was ignored
    if (receive.returned && *receive.returned < asked) {
        const Status returned = account.statusAt(*receive.returned);
        if (returned != Status::WsaIoPending && returned != Status::Success)
            return; // it was never started: what is told of its structure is nobody's promise
    }
    const bool named = std::any_of(receive.events.begin(), receive.events.end(), [&](std::size_t at) {
        return at > asked && at < answered && account.events[at].event.type == EventType::Diagnostic &&
               ruleOf(account.events[at].event.rule).name == "wsp.indicate.wait-with-routine";
    });
    if (receive.hasRoutine() && waits) {
        if (!named)
            it.refuse("wsp.indicate.wait-with-routine", receive, "waiting for it is not allowed, and nothing said so");
        return;
    }
    const bool before = !receive.completed || *receive.completed > answered;
    if (status == Status::WsaIoIncomplete) {
        if (waits)
            it.refuse("wsp.indicate.result-wait", receive, "a result that was waited for is not there");
        else if (!before && *receive.completed < asked)
            it.refuse("wsp.indicate.result-poll-late", receive, "it had completed, and was told as incomplete");
        return;
    }
    if (before) {
        it.refuse(waits ? "wsp.indicate.result-wait" : "wsp.indicate.result-poll-early", receive,
                  "its result was told before it completed");
        return;
    }
    const trace::Event &completed = account.events[*receive.completed].event;
    if (status != trace::statusOf(completed.b) || result.a != completed.a ||
        trace::flagsOf(result.b) != trace::flagsOf(completed.b))
        it.refuse(waits ? "wsp.indicate.result-wait" : "wsp.indicate.result-poll-late", receive,
                  "its result differs from its completion: " + std::string(nameOf(status)) + " and " +
                      std::to_string(result.a) + " bytes");
}

} // namespace

void results(const Case &it)
{
    for (const Receive &receive : it.account.receives)
        for (const std::size_t at : receive.events) {
            if (it.account.events[at].event.type != EventType::ResultReturned)
                continue;
            // A question and its answer have the same step; two threads may ask at once.
            for (const std::size_t asked : receive.events)
                if (asked < at && it.account.events[asked].event.type == EventType::ResultAsked &&
                    it.account.events[asked].event.step == it.account.events[at].event.step) {
                    judgeResult(it, receive, asked, at);
                    break;
                }
        }
}

} // namespace recvscope::checker
