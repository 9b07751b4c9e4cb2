// wsk.complete.*, wsk.irp.required: each IRP completes exactly once, refused calls included, with what its call came
// to, and before the call returns unless that returned pending.

#include "checks.h"

#include <map>

namespace recvscope::checker {

using trace::EventType;

namespace {

std::string said(Status status)
{
    return status == Status::Success ? "STATUS_SUCCESS" : std::string(nameOf(status));
}

void counts(const Case &it, const Receive &receive)
{
    const Account &account = it.account;
    const std::size_t refused = account.count(receive, EventType::Refused);
    const std::size_t completed = account.count(receive, EventType::Completed);
    const std::size_t returned = account.count(receive, EventType::Returned);
    const std::size_t irps = account.count(receive, EventType::IrpCompleted);
    if (account.count(receive, EventType::Called) != 1)
        it.refuse("trace", receive, "its story does not hold its one call");
    if (refused > 1 || completed > 1 || refused + completed > 1)
        it.refuse("wsk.complete.irp-always", receive,
                  "it ended " + std::to_string(refused + completed) + " times, refusals included");
    if (returned > 1)
        it.refuse("wsk.complete.success", receive, "its call returned " + std::to_string(returned) + " times");
    if (account.count(receive, EventType::Blocked) != 0)
        it.refuse("wsk.complete.pending", receive, "it blocked its thread");
    if (it.setup.withoutIrp.contains(receive.id)) {
        if (irps != 0)
            it.refuse("wsk.irp.required", receive, "it was given no IRP, and one completed");
    } else if (irps > 1) {
        it.refuse("wsk.complete.irp-always", receive, "its IRP completed " + std::to_string(irps) + " times");
    } else if (irps == 0 && refused != 0) {
        it.refuse("wsk.complete.irp-always", receive, "it was refused, and its IRP never completed");
    } else if (irps == 0 && it.setup.finished) {
        it.refuse("wsk.close.completes-pending", receive, "its IRP never completed, though the socket was closed");
    }
    if (it.setup.finished && returned == 0)
        it.refuse("wsk.complete.pending", receive, "its call never returned");
    if (it.setup.finished && refused + completed == 0)
        it.refuse("wsk.close.completes-pending", receive, "it never ended, though the socket was closed");
}

/// The IRP says what became of the call, and its routine hears the same, at once and there.
void irp(const Case &it, const Receive &receive)
{
    if (!receive.irpCompleted)
        return;
    const Account &account = it.account;
    const Told &told = account.events[*receive.irpCompleted];
    const std::optional<std::size_t> decided = receive.decided();
    if (!decided || *decided > *receive.irpCompleted)
        return it.refuse("wsk.complete.irp-always", receive, "its IRP completed before anything had become of it");
    const Status status = trace::statusOf(told.event.b);
    if (status != account.statusAt(*decided))
        it.refuse("wsk.complete.irp-always", receive,
                  "its IRP says " + said(status) + ", and it ended with " + said(account.statusAt(*decided)));
    const std::uint32_t bytes = receive.completed == decided ? account.events[*decided].event.a : 0;
    if (told.event.a != bytes)
        it.refuse("wsk.complete.success", receive,
                  "its IRP says " + std::to_string(told.event.a) + " bytes, and it ended with " +
                      std::to_string(bytes));
    std::size_t began = 0;
    std::size_t ended = 0;
    for (const std::size_t at : receive.events) {
        const Told &routine = account.events[at];
        if (routine.event.type != EventType::RoutineBegan && routine.event.type != EventType::RoutineEnded)
            continue;
        const bool begins = routine.event.type == EventType::RoutineBegan;
        ++(begins ? began : ended);
        if (routine.event.a != told.event.a || trace::statusOf(routine.event.b) != status)
            it.refuse("wsk.complete.irp-always", receive, "its completion routine was told something else");
        if (begins && (routine.ref.track != told.ref.track || routine.ref.index != told.ref.index + 1))
            it.refuse("wsk.complete.irp-always", receive,
                      "its completion routine was not called where and when its IRP completed");
    }
    if (began != 1 || ended != 1)
        it.refuse("wsk.complete.irp-always", receive, "its completion routine ran " + std::to_string(began) + " times");
}

void returns(const Case &it, const Receive &receive)
{
    if (!receive.returned)
        return;
    const Account &account = it.account;
    const trace::Event &returned = account.events[*receive.returned].event;
    const Status status = trace::statusOf(returned.b);
    if (status == Status::NtPending) {
        if (receive.refused)
            it.refuse("wsk.complete.irp-always", receive, "it returned STATUS_PENDING and was refused");
        if (receive.irpCompleted && *receive.irpCompleted < *receive.returned)
            it.refuse("wsk.complete.pending", receive, "it returned STATUS_PENDING, and its IRP had completed");
        if (returned.a != trace::leftAlone)
            it.refuse("wsk.complete.pending", receive, "a pending return says how many bytes there are");
        return;
    }
    const std::optional<std::size_t> decided = receive.decided();
    if (!decided || *decided > *receive.returned)
        return it.refuse("wsk.complete.success", receive, "it returned its outcome before it had one");
    if (account.statusAt(*decided) != status)
        it.refuse("wsk.complete.success", receive,
                  "it returned " + said(status) + " but ended with " + said(account.statusAt(*decided)));
    if (receive.refused && status == Status::Success)
        it.refuse("wsk.complete.irp-always", receive, "it was refused and returned STATUS_SUCCESS");
    if (!it.setup.withoutIrp.contains(receive.id) &&
        (!receive.irpCompleted || *receive.irpCompleted > *receive.returned))
        it.refuse("wsk.complete.irp-always", receive, "it returned its outcome before its IRP had completed");
}

} // namespace

void irps(const Case &it)
{
    for (const Receive &receive : it.account.receives) {
        counts(it, receive);
        irp(it, receive);
        returns(it, receive);
    }
}

void otherIrps(const WholeCase &it)
{
    if (!it.setup.finished)
        return;
    std::map<StepId, std::uint32_t> completed;
    for (const ThreadAccount &thread : it.threads) // WskSocketConnect's belongs to no socket yet
        for (const trace::Event &event : thread.events)
            if (event.type == EventType::IrpCompleted && !event.operation)
                ++completed[event.step];
    for (const auto &[step, owed] : it.setup.otherIrps) {
        const std::uint32_t times = completed[step];
        if (times < owed.own || times > owed.own + owed.inside)
            it.refusals.add("wsk.complete.irp-always", "step " + std::to_string(step.value), {},
                            std::to_string(times) + " IRPs of its own calls completed, and it gave " +
                                std::to_string(owed.own) + ", and " + std::to_string(owed.inside) +
                                " to calls in its callbacks");
    }
}

} // namespace recvscope::checker
