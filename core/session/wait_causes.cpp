#include "session/wait_causes.h"

#include "session/byte_text.h"
#include "session/settling.h"

namespace recvscope::session {

namespace {

std::string heldFor(Bench &bench, const std::string &socket)
{
    const wsp::SocketState state = bench.state(bench.socket(socket));
    if (!state.open)
        return socket + " is closed";
    return "the kernel holds " + countedBytes(state.available) + " for " + socket;
}

/// Where a call stands that has not done what was waited for.
std::string standing(Bench &bench, const Call *call, const std::string &name)
{
    if (call == nullptr)
        return name + " has not been called";
    const std::string held = call->socket.empty() ? "" : ", and " + heldFor(bench, call->socket);
    if (!call->returned)
        return name + (bench.blocked(bench.thread(call->thread)) ? " is blocked in its call" : " is in its call") +
               held;
    if (call->pending() && !call->complete)
        return name + " is pending" + held;
    return name + " has returned " + std::string(nameOf(call->error));
}

WaitCause cause(const scenario::Queued &queued, Bench &bench)
{
    WaitCause made;
    made.news = News::Kernel;
    made.what = "the kernel to hold " + countedBytes(queued.bytes) + " for " + queued.socket;
    made.came = [&] { return bench.state(bench.socket(queued.socket)).available >= queued.bytes; };
    made.instead = [&] { return heldFor(bench, queued.socket); };
    return made;
}

WaitCause cause(const scenario::Completed &completed, Bench &bench)
{
    WaitCause made;
    made.what = completed.op + " to complete";
    made.came = [&] {
        bench.latchCompletions();
        const Call *call = bench.call(completed.op);
        return call != nullptr && call->complete;
    };
    made.instead = [&] { return standing(bench, bench.call(completed.op), completed.op); };
    made.never = [&] {
        const Call *call = bench.call(completed.op);
        return call == nullptr || call->complete || call->isReceive() ? std::string()
                                                                      : neverAlerted(bench, bench.thread(call->thread));
    };
    if (const Call *call = bench.call(completed.op))
        made.operation = call->operation;
    return made;
}

WaitCause cause(const scenario::BlockedIn &blocked, Bench &bench)
{
    WaitCause made;
    const Call *call = blocked.op.empty() ? nullptr : bench.call(blocked.op);
    if (call != nullptr)
        made.operation = call->operation;
    if (!blocked.op.empty()) {
        made.news = News::Kernel;
        made.what = blocked.op + " to block";
        made.came = [&bench, call] {
            if (call == nullptr || call->returned)
                return false;
            const ApplicationThread &thread = bench.thread(call->thread);
            return bench.latestCallOf(thread) == call && !thread.idle() && atRest(bench, thread);
        };
        made.instead = [&bench, call, &blocked] { return standing(bench, call, blocked.op); };
        return made;
    }
    made.news = News::Kernel; // a thread that waits for what is queued to it announces nothing
    made.what = "the thread " + blocked.thread + " to block";
    made.came = [&] {
        const ApplicationThread &thread = bench.thread(blocked.thread);
        return !thread.idle() && atRest(bench, thread);
    };
    made.instead = [&] {
        const Call *latest = bench.latestCallOf(bench.thread(blocked.thread));
        return latest == nullptr ? "it has made no call" : standing(bench, latest, latest->title());
    };
    return made;
}

WaitCause cause(const scenario::EventIsSet &event, Bench &bench)
{
    WaitCause made;
    // An event is set while its receive's completion is under way, which is announced when that is over.
    made.what = "the event " + event.event + " to be set";
    made.came = [&] { return bench.event(event.event).isSet(); };
    made.instead = [&] {
        for (const auto &call : bench.calls())
            if (call->event == &bench.event(event.event) && !call->complete)
                return standing(bench, call.get(), call->title());
        return std::string("no receive that would set it waits");
    };
    return made;
}

/// Why the routine of a receive that has completed has not run.
std::string whyNotRun(Bench &bench, const Call &call)
{
    const ApplicationThread &thread = bench.thread(call.thread);
    if (call.routineRuns)
        return "it has begun and not ended: it stays in " + bench.latestCallOf(thread)->title();
    for (const auto &each : bench.calls())
        if (each->thread == call.thread && each->routineRuns) {
            const Call *inside = bench.latestCallOf(thread);
            return "its thread " + call.thread + " is inside the routine of " + each->title() +
                   (inside != nullptr && !inside->returned ? ", in " + inside->title() : "");
        }
    if (const Call *latest = bench.latestCallOf(thread); !thread.idle() && latest != nullptr)
        return "its thread " + call.thread + " is in " + latest->title() + ", which is no alertable wait";
    return "its thread " + call.thread + " is in no alertable wait (wsp.alertable-wait)";
}

WaitCause cause(const scenario::RoutineRan &routine, Bench &bench)
{
    WaitCause made;
    made.what = "the completion routine of " + routine.op + " to have run";
    made.came = [&] {
        const Call *call = bench.call(routine.op);
        return call != nullptr && call->routineRan;
    };
    made.instead = [&] {
        const Call *call = bench.call(routine.op);
        bench.latchCompletions();
        if (call == nullptr || !call->complete)
            return standing(bench, call, routine.op);
        return whyNotRun(bench, *call);
    };
    made.never = [&] {
        const Call *call = bench.call(routine.op);
        if (call == nullptr || call->routineRan)
            return std::string();
        if (call->freed != nullptr)
            return "its structure was freed while " + routine.op +
                   " was pending: the routine is told of no structure, and does nothing";
        const ApplicationThread &thread = bench.thread(call->thread);
        if (call->returned && thread.exited())
            return "its thread " + call->thread + " has exited, and a routine of that thread never runs";
        return neverAlerted(bench, thread);
    };
    if (const Call *call = bench.call(routine.op))
        made.operation = call->operation;
    return made;
}

WaitCause cause(const scenario::Arrived &arrived, Bench &bench)
{
    WaitCause made;
    const bool reset = arrived.what == scenario::Arrival::Reset;
    made.news = News::Kernel;
    made.what = (reset ? "a reset to arrive at " : "the peer's end to arrive at ") + arrived.socket;
    made.came = [&bench, &arrived, reset] {
        const BenchSocket &socket = bench.socket(arrived.socket);
        const wsp::SocketState state = bench.state(socket);
        return state.open && (reset ? state.hungUp && socket.peer && socket.peer->wasReset() : state.endArrived);
    };
    made.instead = [&] {
        const BenchSocket &socket = bench.socket(arrived.socket);
        if (!bench.state(socket).open)
            return arrived.socket + " is closed";
        if (!socket.peer)
            return arrived.socket + " has no peer";
        return std::string(socket.peer->finished() ? "its peer has finished, without a reset"
                                                   : "its peer has neither finished nor reset the connection");
    };
    return made;
}

WaitCause cause(const scenario::Indicated &indicated, Bench &bench)
{
    return causeOf(indicated, bench);
}

WaitCause cause(const scenario::Discarded &discarded, Bench &bench)
{
    return causeOf(discarded, bench);
}

} // namespace

std::string neverAlerted(Bench &bench, const ApplicationThread &thread)
{
    const Call *call = bench.latestCallOf(thread);
    const bool alertable = !thread.idle() && call != nullptr && !call->returned &&
                           call->verb == scenario::verbOf(scenario::Action(scenario::WspAlertableWait()));
    if (!alertable || unsettled(bench, {}))
        return {};
    for (const auto &other : bench.threads())
        if (other.get() != &thread && !other->idle())
            return {}; // what it does next may queue something
    bench.latchCompletions();
    for (const auto &each : bench.calls())
        if (each->hasRoutine && each->thread == thread.name() && !each->complete)
            return {};
    return call->title() + " waits until something is queued to " + thread.name() +
           ", and nothing is left that could queue it: no receive with a routine is pending there, and every other "
           "thread is idle";
}

WaitCause waitCause(const scenario::Cause &which, Bench &bench)
{
    return std::visit([&](const auto &each) { return cause(each, bench); }, which);
}

} // namespace recvscope::session
