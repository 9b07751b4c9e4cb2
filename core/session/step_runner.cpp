#include "session/step_runner.h"

#include "session/application_calls.h"
#include "session/expectations.h"
#include "session/wait_causes.h"

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
    : m_scenario(scenario), m_watchdog(watchdog), m_recorder(recorder), m_causes(causes), m_bench(bench), m_trace(trace)
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
    const OperationId operation{++m_operations};
    m_recorder.nameOperation(operation, step.op);
    return handOver(step, prepared(step, m_bench, operation), {});
}
StepRunner::Going StepRunner::perform(const scenario::WspResult &step)
{
    return handOver(step, prepared(step, m_bench), {});
}
StepRunner::Going StepRunner::perform(const scenario::WspShutdown &step)
{
    BenchSocket &socket = m_bench.socket(step.socket);
    const bool ends = step.how != net::Direction::Send;
    return handOver(step, prepared(step),
                    {ends ? Effect::Kind::CallsEnd : Effect::Kind::None, ends ? &socket : nullptr, nullptr});
}
StepRunner::Going StepRunner::perform(const scenario::WspClose &step)
{
    BenchSocket &socket = m_bench.socket(step.socket);
    socket.closed = true;
    return handOver(step, prepared(step), {Effect::Kind::CallsEnd, &socket, nullptr});
}

StepRunner::Going StepRunner::perform(const scenario::WspSend &step)
{
    return handOver(step, prepared(step), {});
}

template <class Step>
StepRunner::Going StepRunner::handOver(const Step &step, std::unique_ptr<Call> made, const Effect &effect)
{
    ApplicationThread &thread = m_bench.thread(step.on);
    const std::string title = std::string(scenario::verbOf(m_scenario.steps[m_step.value - 1U].action));
    if (!thread.idle()) {
        const Call *earlier = m_bench.latestCallOf(thread);
        const WaitEnd end = m_causes.wait(News::Announced, [&] { return thread.idle(); });
        if (end != WaitEnd::Came)
            return waitEnded(end, "the thread " + thread.name() + ", which is to call " + title,
                             "it is still blocked in " + (earlier != nullptr ? earlier->title() : "a call") +
                                 ": give one of the two another thread (on:)");
    }
    made->verb = title;
    made->thread = thread.name();
    made->step = m_step;
    made->line = m_place.line;
    Call &call = m_bench.add(std::move(made));
    wsp::SocketHandle handle = wsp::SocketHandle::Invalid;
    if (!call.socket.empty())
        handle = m_bench.socket(call.socket).handle;
    thread.start([step, &call, handle, &provider = m_bench.provider()] {
        make(step, call, provider, handle);
        call.returned = true;
    });
    return settle(effect, call.title() + " to return or to block");
}

StepRunner::Going StepRunner::perform(const scenario::WspCancelBlocking &step)
{
    ApplicationThread &thread = m_bench.thread(step.thread);
    const bool cancelled = m_bench.provider().cancelBlockingCall(thread.id(), {OperationId{}, m_step});
    return settle(
        {cancelled ? Effect::Kind::ThreadReturns : Effect::Kind::None, nullptr, cancelled ? &thread : nullptr},
        "the cancelled call to return");
}

StepRunner::Going StepRunner::perform(const scenario::Wait &step)
{
    const WaitCause cause = waitCause(step.cause, m_bench);
    record(trace::EventType::WaitBegan, cause.operation);
    if (const WaitEnd end = m_causes.wait(cause.news, cause.came); end != WaitEnd::Came)
        return waitEnded(end, cause.what, cause.instead());
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

StepRunner::Going StepRunner::perform(const scenario::Barrier &step)
{
    std::vector<const ApplicationThread *> awaited;
    for (const std::string &name : step.threads)
        awaited.push_back(&m_bench.thread(name));
    if (awaited.empty())
        for (const auto &thread : m_bench.threads())
            awaited.push_back(thread.get());
    for (const ApplicationThread *thread : awaited) {
        const WaitEnd end = m_causes.wait(News::Announced, [&] { return thread->idle(); });
        if (end == WaitEnd::Came)
            continue;
        const Call *call = m_bench.latestCallOf(*thread);
        return waitEnded(end, "the thread " + thread->name() + " to return from its calls",
                         "it is still blocked in " + (call != nullptr ? call->title() : "one"));
    }
    return settle({}, "everything to come to rest");
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
