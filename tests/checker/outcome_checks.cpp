// wsp.complete.*: one outcome for each call, told once; a failed call never indicates; what a return touches.

#include "checks.h"

namespace recvscope::checker {

using trace::EventType;

void soundTrace(const Case &it)
{
    if (!it.account.id)
        return;
    std::uint32_t expected = 1;
    for (const Told &told : it.account.events) {
        if (told.event.socketSequence != expected)
            it.refuse("trace", "event " + std::to_string(expected) + " of the socket is missing or stands twice");
        expected = told.event.socketSequence + 1;
    }
}

void oneOutcomeEach(const Case &it)
{
    const Account &account = it.account;
    for (const Receive &receive : account.receives) {
        const std::size_t refused = account.count(receive, EventType::Refused);
        const std::size_t completed = account.count(receive, EventType::Completed);
        const std::size_t returned = account.count(receive, EventType::Returned);
        if (account.count(receive, EventType::Called) != 1 ||
            account.events[receive.calledAt].event.type != EventType::Called)
            it.refuse("trace", receive, "its story does not begin with its one call");
        if (completed > 1)
            it.refuse("wsp.complete.pending", receive, "it completed " + std::to_string(completed) + " times");
        if (refused > 1)
            it.refuse("wsp.complete.error-return", receive, "it was refused " + std::to_string(refused) + " times");
        if (refused != 0 && completed != 0)
            it.refuse("wsp.complete.failed-never-indicates", receive, "it was refused, and completed too");
        if (returned > 1)
            it.refuse("wsp.complete.immediate", receive, "its call returned " + std::to_string(returned) + " times");
        if (it.setup.finished && refused + completed == 0)
            it.refuse("wsp.cancel.socket-closed", receive, "it never completed, though the socket was closed");
        if (it.setup.finished && returned == 0)
            it.refuse("wsp.call.nonoverlapped", receive, "its call never returned");
        if (!receive.returned)
            continue;
        const Status status = account.statusAt(*receive.returned);
        if (status == Status::WsaIoPending) {
            if (!receive.overlapped())
                it.refuse("wsp.call.nonoverlapped", receive, "a nonoverlapped call returned WSA_IO_PENDING");
            if (refused != 0)
                it.refuse("wsp.complete.failed-never-indicates", receive, "it returned pending and was refused");
            continue;
        }
        const std::optional<std::size_t> decided = receive.decided();
        if (!decided || *decided > *receive.returned)
            it.refuse("wsp.complete.immediate", receive, "it returned its outcome before it had one");
        else if (account.statusAt(*decided) != status)
            it.refuse(status == Status::Success ? "wsp.complete.immediate" : "wsp.complete.error-return", receive,
                      "it returned " + std::string(nameOf(status)) + " but ended with " +
                          std::string(nameOf(account.statusAt(*decided))));
        else if (refused != 0 && status == Status::Success)
            it.refuse("wsp.complete.error-return", receive, "it was refused and returned 0");
    }
}

void outputs(const Case &it)
{
    const Account &account = it.account;
    for (const Receive &receive : account.receives) {
        if (!receive.returned)
            continue;
        const trace::Event &returned = account.events[*receive.returned].event;
        const Status status = account.statusAt(*receive.returned);
        const auto seen = it.setup.seen.find(receive.id);
        if (status == Status::WsaIoPending) {
            const bool memory = seen != it.setup.seen.end() && seen->second.bytesTouched;
            if (returned.a != trace::leftAlone || trace::flagsOf(returned.b) != trace::flagsLeftAlone || memory)
                it.refuse("wsp.complete.pending-leaves-outputs", receive,
                          "a pending return wrote the byte count or the flags");
        } else if (status == Status::Success && receive.completed) {
            const trace::Event &completed = account.events[*receive.completed].event;
            if (returned.a != completed.a || trace::flagsOf(returned.b) != trace::flagsOf(completed.b))
                it.refuse("wsp.complete.immediate", receive, "it returned other bytes or flags than it completed with");
            if (seen != it.setup.seen.end() && !seen->second.bytesTouched)
                it.refuse("wsp.complete.immediate", receive, "it returned 0 and left the byte count alone");
        }
    }
}

void rulesNamed(const Case &it)
{
    for (const Told &told : it.account.events) {
        const EventType type = told.event.type;
        const bool decides = type == EventType::Refused || type == EventType::Completed;
        if (!decides && type != EventType::Returned && type != EventType::Diagnostic && type != EventType::Blocked &&
            type != EventType::Queued && type != EventType::EventSet && type != EventType::ResultReturned &&
            type != EventType::IrpCompleted)
            continue;
        const Receive *receive = it.account.receive(told.event.operation);
        const Receive none;
        if (told.event.rule == RuleId::None) {
            it.refuse("trace", receive != nullptr ? *receive : none,
                      "its " + std::string(trace::nameOf(type)) + " names no rule");
            continue;
        }
        if (!decides)
            continue;
        const Status status =
            type == EventType::Refused ? static_cast<Status>(told.event.a) : trace::statusOf(told.event.b);
        const Rule &rule = ruleOf(told.event.rule);
        const bool otherPolicy = rule.name == "wsp.cancel.socket-closed" && it.setup.policy.closeAbortsWithConnAborted;
        if (!rule.gives.empty() && status != Status::Success && nameOf(status) != rule.gives && !otherPolicy)
            it.refuse(rule.name, receive != nullptr ? *receive : none,
                      "it gives " + std::string(rule.gives) + ", not " + std::string(nameOf(status)));
    }
}

} // namespace recvscope::checker
