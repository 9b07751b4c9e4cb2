#include "session/step_runner.h"

#include "session/expectations.h"

#include <algorithm>
#include <utility>

namespace recvscope::session {

namespace {

std::string seconds(std::chrono::milliseconds time)
{
    if (time.count() % 1000 == 0)
        return std::to_string(time.count() / 1000) + " s";
    return std::to_string(time.count()) + " ms";
}

} // namespace

StepRunner::StepRunner(const scenario::Scenario &scenario, std::chrono::milliseconds watchdog,
                       trace::Recorder &recorder, Causes &causes, Bench &bench, RunTrace &trace)
    : m_scenario(scenario),
      m_watchdog(watchdog),
      m_recorder(recorder),
      m_causes(causes),
      m_bench(bench),
      m_trace(trace),
      m_calls(bench, recorder)
{
}

StepRunner::Going StepRunner::execute(std::size_t index)
{
    const scenario::Step &step = m_scenario.steps[index];
    m_step = StepId{static_cast<std::uint16_t>(index + 1)};
    m_place = step.place;
    record(trace::EventType::StepBegan);
    return std::visit([this](const auto &action) { return perform(action); }, step.action);
}

StepRunner::Going StepRunner::perform(const scenario::WspRecv &step)
{
    return handOver(step, {});
}
StepRunner::Going StepRunner::perform(const scenario::WspResult &step)
{
    return handOver(step, {});
}
StepRunner::Going StepRunner::perform(const scenario::WspShutdown &step)
{
    BenchSocket &socket = m_bench.socket(step.socket);
    const bool ends = step.how != net::Direction::Send;
    return handOver(step, {ends ? Effect::Kind::CallsEnd : Effect::Kind::None, ends ? &socket : nullptr, nullptr});
}
StepRunner::Going StepRunner::perform(const scenario::WspClose &step)
{
    BenchSocket &socket = m_bench.socket(step.socket);
    socket.closed = true;
    return handOver(step, {Effect::Kind::CallsEnd, &socket, nullptr});
}
StepRunner::Going StepRunner::perform(const scenario::WspAlertableWait &step)
{
    return handOver(step, {});
}
StepRunner::Going StepRunner::perform(const scenario::WspWaitEvent &step)
{
    return handOver(step, {});
}
StepRunner::Going StepRunner::perform(const scenario::WspQueueApc &step)
{
    return handOver(step, {});
}

StepRunner::Going StepRunner::perform(const scenario::WspSend &step)
{
    return handOver(step, {});
}

/// @param advice what to do about it, after what keeps the thread
StepRunner::Going StepRunner::awaitIdle(const ApplicationThread &thread, const std::string &what,
                                        const std::string &advice)
{
    WaitCause idle;
    idle.what = what;
    idle.came = [&] { return thread.idle(); };
    idle.instead = [&] {
        const Call *call = m_bench.latestCallOf(thread);
        return "it is still blocked in " + (call != nullptr ? call->title() : "one") + advice;
    };
    idle.never = [&] { return neverAlerted(m_bench, thread); };
    return awaitCause(idle);
}

StepRunner::Going StepRunner::awaitCause(const WaitCause &cause)
{
    std::string never;
    const WaitEnd end = m_causes.wait(cause.never ? News::Kernel : cause.news, [&] {
        if (cause.came())
            return true;
        never = cause.never ? cause.never() : std::string();
        return !never.empty();
    });
    if (!never.empty())
        return Ending{RunEnd::Failed, at() + "this waits for " + cause.what + ", which can never come: " + never + "."};
    if (end != WaitEnd::Came)
        return waitEnded(end, cause.what, cause.instead());
    return std::nullopt;
}

StepRunner::Going StepRunner::perform(const scenario::WspCancelBlocking &step)
{
    ApplicationThread &thread = m_bench.thread(step.thread);
    const bool cancelled = m_bench.cancelBlockingCall(thread, m_step);
    return settle(
        {cancelled ? Effect::Kind::ThreadReturns : Effect::Kind::None, nullptr, cancelled ? &thread : nullptr},
        "the cancelled call to return");
}

StepRunner::Going StepRunner::perform(const scenario::Wait &step)
{
    const WaitCause cause = waitCause(step.cause, m_bench);
    record(trace::EventType::WaitBegan, cause.operation);
    if (Going ended = awaitCause(cause))
        return ended;
    record(trace::EventType::WaitEnded, cause.operation);
    return settle({}, "everything to come to rest");
}

StepRunner::Going StepRunner::perform(const scenario::Expect &step)
{
    m_trace.update();
    for (ExpectationReport &report : checked(step, m_bench, m_trace)) {
        report.step = m_step.value;
        report.line = m_place.line;
        const Call *call = m_bench.call(step.op);
        record(report.met ? trace::EventType::ExpectationMet : trace::EventType::ExpectationFailed,
               call != nullptr ? call->operation : OperationId{}, static_cast<std::uint32_t>(m_expectations.size()));
        m_expectations.push_back(std::move(report));
    }
    return std::nullopt;
}

StepRunner::Going StepRunner::perform(const scenario::Assume &step)
{
    m_trace.update();
    const Call *call = m_bench.call(step.op);
    if (call == nullptr || !call->returned)
        return Ending{RunEnd::Failed, at() + step.op + " has not returned yet: nothing can be assumed of it."};
    const OperationTrace &told = m_trace.operation(call->operation);
    std::optional<std::uint32_t> bytes = call->bytes;
    if (call->pending())
        bytes = told.completed ? std::optional(told.completed->a) : std::nullopt;
    const bool mistaken = (step.returns && call->error != *step.returns) || (step.bytes && bytes != step.bytes);
    if (!mistaken)
        return std::nullopt;
    trace::Event event;
    event.type = trace::EventType::Diagnostic;
    event.provenance = trace::Provenance::Modelled;
    event.rule = step.rule;
    event.operation = call->operation;
    recordOf(m_bench.socket(call->socket), event);
    return std::nullopt;
}

StepRunner::Going StepRunner::perform(const scenario::Barrier &step)
{
    std::vector<const ApplicationThread *> awaited;
    for (const std::string &name : step.threads)
        awaited.push_back(&m_bench.thread(name));
    if (awaited.empty())
        for (const auto &thread : m_bench.threads())
            awaited.push_back(thread.get());
    for (const ApplicationThread *thread : awaited)
        if (Going busy = awaitIdle(*thread, "the thread " + thread->name() + " to return from its calls", ""))
            return busy;
    return settle({}, "everything to come to rest");
}

StepRunner::Going StepRunner::perform(const scenario::OverlappedFree &step)
{
    const wsp::Overlapped *structure = &m_bench.overlapped(step.overlapped);
    for (const auto &call : m_bench.calls())
        if (call->overlapped == structure && call->begun != 0 && !call->returned)
            return Ending{RunEnd::Failed, at() + call->title() + " is in its call with " + step.overlapped +
                                              ": it can be freed when that has returned."};
    m_bench.freeOverlapped(step.overlapped);
    return std::nullopt;
}

StepRunner::Going StepRunner::perform(const scenario::Scribble &step)
{
    Call *call = m_bench.call(step.of);
    if (call == nullptr || !call->returned)
        return Ending{RunEnd::Failed, at() + step.of + " has not returned: its arguments are still the call's."};
    if (step.what == scenario::Scribble::What::ThreadId)
        call->threadId = {};
    else
        std::fill(call->memory->array().begin(), call->memory->array().end(), wsp::Wsabuf());
    return std::nullopt;
}

StepRunner::Going StepRunner::perform(const scenario::ThreadExit &step)
{
    ApplicationThread &thread = m_bench.thread(step.thread);
    if (Going busy = awaitIdle(thread, "the thread " + thread.name() + ", which is to exit",
                               ": give one of the two another thread (on:)"))
        return busy;
    thread.exit();
    return settle({}, "what the thread had started to be cancelled");
}

StepRunner::Going StepRunner::perform(const scenario::Fault &step)
{
    const wsp::CallTag tag{OperationId{}, m_step};
    if (step.what == scenario::Fault::What::Network) {
        m_bench.provider().injectNetworkDown(step.on, tag);
        if (m_bench.hasKernel())
            m_bench.kernel().setNetworkDown(step.on);
    } else if (step.what == scenario::Fault::What::Callback) {
        m_bench.provider().injectCallbackInProgress(step.on, tag);
    } else if (m_bench.hasKernel() && !m_bench.kernel().injectStatus(step.status, tag)) {
        return Ending{RunEnd::Failed, at() + std::string(nameOf(step.status)) + " is no failure of a receive."};
    }
    return settle({}, "the fault to be told");
}

StepRunner::Going StepRunner::settle(const Effect &effect, const std::string &what)
{
    std::optional<std::string> missing;
    // What arrives in a kernel buffer is announced to nobody, so the kernel is looked at.
    const WaitEnd end = m_causes.wait(News::Kernel, [&] {
        missing = unsettled(m_bench, effect);
        return !missing;
    });
    if (end != WaitEnd::Came)
        return waitEnded(end, what, missing.value_or("nothing happened"));
    m_bench.latchCompletions();
    return std::nullopt;
}

Ending StepRunner::waitEnded(WaitEnd end, const std::string &what, const std::string &instead)
{
    if (end == WaitEnd::Stopped)
        return {RunEnd::Stopped, at() + "it was stopped here."};
    return {RunEnd::TimedOut, at() + "waited " + seconds(m_watchdog) + " for " + what + ", but " + instead + "."};
}

std::string StepRunner::at() const
{
    const std::string verb(scenario::verbOf(m_scenario.steps[m_step.value - 1U].action));
    return (m_place.line != 0 ? "Line " + std::to_string(m_place.line) : "Step " + std::to_string(m_step.value)) +
           " (" + verb + "): ";
}

void StepRunner::record(trace::EventType type, OperationId operation, std::uint32_t a)
{
    trace::Track &track = m_recorder.track();
    trace::Event event;
    event.time = track.now();
    event.type = type;
    event.step = m_step;
    event.operation = operation;
    event.a = a;
    track.record(event);
}

} // namespace recvscope::session
