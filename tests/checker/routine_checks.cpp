// wsp.indicate.*, wsp.complete.immediate-queues-routine: the completion routine of a receive is queued once and runs
// once, on the thread that started it, and is told what the receive completed with. When it may run is judged along the
// threads (wait_checks.cpp).

#include "checks.h"

#include <algorithm>

namespace recvscope::checker {

using trace::EventType;

namespace {

constexpr std::string_view queuedOnce = "wsp.indicate.apc-single-context";
constexpr std::string_view onItsThread = "wsp.indicate.routine-on-initiating-thread";

std::optional<std::size_t> first(const Account &account, const Receive &receive, EventType type)
{
    const auto found = std::find_if(receive.events.begin(), receive.events.end(),
                                    [&](std::size_t at) { return account.events[at].event.type == type; });
    return found == receive.events.end() ? std::nullopt : std::optional(*found);
}

/// It has none that could be called.
void judgeWithout(const Case &it, const Receive &receive)
{
    const bool named = std::any_of(receive.events.begin(), receive.events.end(), [&](std::size_t at) {
        return it.account.events[at].event.type == EventType::Diagnostic &&
               ruleOf(it.account.events[at].event.rule).name == "wsp.call.routine-without-overlapped";
    });
    if (receive.hasRoutine() && !named && !receive.refused)
        it.refuse("wsp.call.routine-without-overlapped", receive, "its routine will never run, and nothing said so");
    for (const EventType type : {EventType::RoutineQueued, EventType::RoutineBegan})
        if (it.account.count(receive, type) != 0)
            it.refuse(receive.hasRoutine() ? "wsp.call.routine-without-overlapped" : onItsThread, receive,
                      "a routine is told of it, and it is owed none");
}

void judgeTold(const Case &it, const Receive &receive, std::size_t at)
{
    const Told &told = it.account.events[at];
    if (told.ref.track != receive.track)
        it.refuse(onItsThread, receive, "its routine ran on another thread than the one that started it");
    if (!receive.completed || *receive.completed > at)
        return it.refuse("wsp.indicate.routine-arguments", receive, "its routine ran before it had completed");
    const trace::Event &completed = it.account.events[*receive.completed].event;
    if (told.event.a != completed.a || told.event.b != completed.b)
        it.refuse("wsp.indicate.routine-arguments", receive,
                  "its routine was told " + std::string(nameOf(trace::statusOf(told.event.b))) + ", " +
                      std::to_string(told.event.a) + " bytes and flags " +
                      std::to_string(trace::flagsOf(told.event.b)) + ", which is not what it completed with");
}

/// What stood on the routine's own stack.
void judgeMemory(const Case &it, const Receive &receive)
{
    const auto seen = it.setup.seen.find(receive.id);
    if (seen == it.setup.seen.end() || !seen->second.routine || !receive.completed)
        return;
    const session::RoutineTold &told = *seen->second.routine;
    const trace::Event &completed = it.account.events[*receive.completed].event;
    if (told.bytes != completed.a || told.status != trace::statusOf(completed.b) ||
        told.flags != trace::flagsOf(completed.b))
        it.refuse("wsp.indicate.routine-arguments", receive,
                  "its routine was handed " + std::string(nameOf(told.status)) + " and " + std::to_string(told.bytes) +
                      " bytes, and the trace says otherwise");
}

} // namespace

void routines(const Case &it)
{
    const Account &account = it.account;
    for (const Receive &receive : account.receives) {
        if (!receive.hasRoutine() || !receive.overlapped()) {
            judgeWithout(it, receive);
            continue;
        }
        const Status returned = receive.returned ? account.statusAt(*receive.returned) : Status::WsaIoPending;
        const bool started = returned == Status::Success || returned == Status::WsaIoPending;
        const std::size_t queued = account.count(receive, EventType::RoutineQueued);
        const std::size_t began = account.count(receive, EventType::RoutineBegan);
        if (!started && queued + began != 0)
            it.refuse("wsp.complete.failed-never-indicates", receive, "its call failed, and its routine is told");
        if (queued > 1)
            it.refuse(queuedOnce, receive, "its routine was queued " + std::to_string(queued) + " times");
        if (began > queued)
            it.refuse(queuedOnce, receive,
                      "its routine ran " + std::to_string(began) + " times and was queued " + std::to_string(queued));
        if (began != account.count(receive, EventType::RoutineEnded))
            it.refuse(queuedOnce, receive, "its routine began and did not end");
        const std::optional<std::uint32_t> exited = it.threads[receive.track].exitedAt;
        if (started && receive.completed && queued == 0 && !exited)
            it.refuse(returned == Status::Success ? "wsp.complete.immediate-queues-routine" : onItsThread, receive,
                      "it completed, and its routine was never queued");

        const std::optional<std::size_t> queuedAt = first(account, receive, EventType::RoutineQueued);
        const std::optional<std::size_t> beganAt = first(account, receive, EventType::RoutineBegan);
        if (queuedAt && (!receive.completed || *queuedAt < *receive.completed))
            it.refuse(queuedOnce, receive, "its routine was queued before it completed");
        if (queuedAt && account.events[*queuedAt].event.a != receive.track)
            it.refuse(onItsThread, receive, "its routine was queued to another thread than the one that started it");
        if (returned == Status::Success && receive.returned) {
            if (queuedAt && *queuedAt > *receive.returned)
                it.refuse("wsp.complete.immediate-queues-routine", receive,
                          "it returned 0, and its routine was not queued yet");
            if (beganAt && *beganAt < *receive.returned)
                it.refuse("wsp.complete.immediate-queues-routine", receive, "its routine ran before the call returned");
        }
        for (const std::size_t at : receive.events)
            if (account.events[at].event.type == EventType::RoutineBegan ||
                account.events[at].event.type == EventType::RoutineEnded)
                judgeTold(it, receive, at);
        judgeMemory(it, receive);
    }
}

} // namespace recvscope::checker
