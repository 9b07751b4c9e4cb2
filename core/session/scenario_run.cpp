// The one runner: a thread (the caller of run()) that executes a scenario's steps in their order, and after each waits
// until its effect is there (settling.h). Calls are made by the application's threads (application_thread.h), so that
// nothing a scenario does can block the runner but a Causes wait, which stop() and the watchdog end.

#include "session/application_calls.h"
#include "session/byte_text.h"
#include "session/causes.h"
#include "session/expectations.h"
#include "session/report_making.h"
#include "session/run.h"
#include "session/settling.h"
#include "session/socket_making.h"
#include "session/wait_causes.h"

#include <span>
#include <utility>

namespace recvscope::session {

namespace {

/// Why a run ends before its last step.
struct Ending {
    RunEnd end = RunEnd::Failed;
    std::string reason;
};

trace::RecorderSettings recorderSettings(const RunSettings &settings)
{
    trace::RecorderSettings recorder;
    recorder.payloadPerTransfer = settings.payloadPerTransfer;
    return recorder;
}

std::string seconds(std::chrono::milliseconds time)
{
    if (time.count() % 1000 == 0)
        return std::to_string(time.count() / 1000) + " s";
    return std::to_string(time.count()) + " ms";
}

class Run final : public ScenarioRun {
public:
    Run(scenario::Scenario scenario, RunSettings settings)
        : m_scenario(std::move(scenario)),
          m_settings(settings),
          m_store(settings.memoryLimit),
          m_recorder(m_store, m_clock, recorderSettings(settings)),
          m_causes(settings.watchdog),
          m_trace(m_recorder, m_store)
    {
    }

    RunReport run() override
    {
        m_recorder.nameThread("runner");
        Ending ending = runSteps();
        m_trace.update();
        RunReport report = m_bench ? reportOf(m_scenario, *m_bench, m_trace) : reportOf(m_scenario);
        report.expectations = std::move(m_expectations);
        report.end = ending.end;
        report.reason = std::move(ending.reason);
        {
            // The story ends here: what closing the sockets adds is nobody's step.
            const std::lock_guard lock(m_mutex);
            m_final = m_trace.snapshot();
        }
        m_bench.reset();
        return report;
    }

    void stop() override { m_causes.stop(); }

    trace::Snapshot snapshot() const override
    {
        const std::lock_guard lock(m_mutex);
        return m_final ? *m_final : m_store.snapshot();
    }

private:
    using Going = std::optional<Ending>; ///< nothing: on to the next step

    Ending runSteps()
    {
        if (std::optional<std::string> why = notPossibleHere(m_scenario))
            return {RunEnd::NotPossibleHere, *std::move(why)};
        m_bench =
            std::make_unique<Bench>(m_scenario, m_recorder, m_settings.pollPoller, [this] { m_causes.changed(); });
        if (const Outcome opened = m_bench->open(); !opened)
            return {RunEnd::NotPossibleHere, "The scenario's sockets cannot be made here. " + opened.error().message()};
        for (std::size_t i = 0; i < m_scenario.steps.size(); ++i) {
            if (m_causes.stopped())
                return stoppedEnding();
            m_step = StepId{static_cast<std::uint16_t>(i + 1)};
            m_place = m_scenario.steps[i].place;
            record(trace::EventType::StepBegan);
            if (Going ending =
                    std::visit([this](const auto &action) { return perform(action); }, m_scenario.steps[i].action))
                return *std::move(ending);
        }
        for (const ExpectationReport &each : m_expectations)
            if (!each.met)
                return {RunEnd::ExpectationFailed, {}};
        return {RunEnd::AllMet, {}};
    }

    // -- telling: nothing to do, the trace says that the step was reached
    Going perform(const scenario::Say &) { return std::nullopt; }
    Going perform(const scenario::Predict &) { return std::nullopt; }

    // -- the peer
    Going perform(const scenario::PeerSend &step)
    {
        BenchSocket &socket = m_bench->socket(step.socket);
        if (Going gone = peerMissing(socket, "send"))
            return gone;
        const std::string data = scenario::bytesOf(step.data);
        std::span<const std::byte> rest = std::as_bytes(std::span(data));
        std::vector<std::uint32_t> pieces = step.fragments;
        std::uint64_t cut = 0;
        for (const std::uint32_t piece : pieces)
            cut += piece;
        if (cut < rest.size())
            pieces.push_back(static_cast<std::uint32_t>(rest.size() - cut));
        for (const std::uint32_t piece : pieces) {
            const auto bytes = rest.first(std::min<std::size_t>(piece, rest.size()));
            rest = rest.subspan(bytes.size());
            if (Going ending = sendPiece(socket, bytes))
                return ending;
        }
        return std::nullopt;
    }

    Going sendPiece(BenchSocket &socket, std::span<const std::byte> bytes)
    {
        socket.peer->beginSend(bytes, m_step);
        std::size_t done = 0;
        std::optional<Error> refused;
        const WaitEnd end = m_causes.wait(News::Kernel, [&] {
            while (done < bytes.size()) {
                Result<std::size_t> taken = socket.peer->sendSome(bytes.subspan(done));
                if (!taken)
                    refused = taken.error();
                if (!taken || *taken == 0)
                    break;
                done += *taken;
            }
            return refused || done == bytes.size();
        });
        if (refused)
            return Ending{RunEnd::Failed,
                          at() + "the peer of " + socket.declared->name + " could not send: " + refused->message()};
        if (end != WaitEnd::Came)
            return waitEnded(end, "the kernel to take the " + countedBytes(bytes.size()) + " of peer.send",
                             "it took " + std::to_string(done) + ", its buffers are full and no receive makes room");
        if (Going ending = settle({Effect::Kind::BytesArrive, &socket, nullptr}, "the bytes of peer.send to arrive"))
            return ending;
        if (!socket.closed && m_recorder.settings().detail == trace::Detail::Teaching)
            recordKernelHolds(socket);
        return std::nullopt;
    }

    Going perform(const scenario::PeerShutdown &step)
    {
        BenchSocket &socket = m_bench->socket(step.socket);
        if (Going gone = peerMissing(socket, "shut down"))
            return gone;
        if (const Outcome done = socket.peer->shutDown(m_step); !done)
            return Ending{RunEnd::Failed, at() + "the peer of " + socket.declared->name +
                                              " could not shut down: " + done.error().message()};
        return settle({Effect::Kind::EndArrives, &socket, nullptr}, "the peer's end to arrive");
    }

    Going perform(const scenario::PeerReset &step)
    {
        BenchSocket &socket = m_bench->socket(step.socket);
        if (Going gone = peerMissing(socket, "reset"))
            return gone;
        if (socket.peer->kind() != net::SocketKind::Tcp)
            return Ending{RunEnd::NotPossibleHere,
                          at() + "peer.reset needs a tcp socket: a " + std::string(net::nameOf(socket.peer->kind())) +
                              " socket's peer can only close, and " + socket.declared->name + " is one."};
        socket.peer->reset(m_step);
        return settle({Effect::Kind::ResetArrives, &socket, nullptr}, "the peer's reset to arrive");
    }

    Going perform(const scenario::PeerClose &step)
    {
        BenchSocket &socket = m_bench->socket(step.socket);
        if (Going gone = peerMissing(socket, "close"))
            return gone;
        socket.peer->close(m_step);
        return settle({Effect::Kind::EndArrives, &socket, nullptr}, "the peer's end to arrive");
    }

    Going peerMissing(const BenchSocket &socket, const std::string &act)
    {
        if (socket.peer && socket.peer->open())
            return std::nullopt;
        return Ending{RunEnd::Failed,
                      at() + "the peer of " + socket.declared->name + " cannot " + act + ": " +
                          (socket.peer ? "it has closed." : "the socket has none, it is not connected.")};
    }

    // -- the application's calls
    Going perform(const scenario::WspRecv &step)
    {
        const OperationId operation{++m_operations};
        m_recorder.nameOperation(operation, step.op);
        return handOver(step, prepared(step, *m_bench, operation), {});
    }
    Going perform(const scenario::WspResult &step) { return handOver(step, prepared(step, *m_bench), {}); }
    Going perform(const scenario::WspShutdown &step)
    {
        BenchSocket &socket = m_bench->socket(step.socket);
        const bool ends = step.how != net::Direction::Send;
        return handOver(step, prepared(step),
                        {ends ? Effect::Kind::CallsEnd : Effect::Kind::None, ends ? &socket : nullptr, nullptr});
    }
    Going perform(const scenario::WspClose &step)
    {
        BenchSocket &socket = m_bench->socket(step.socket);
        socket.closed = true;
        return handOver(step, prepared(step), {Effect::Kind::CallsEnd, &socket, nullptr});
    }

    /// Has the step's thread make the call, and goes on when it has returned or blocks, and all is settled.
    template <class Step>
    Going handOver(const Step &step, std::unique_ptr<Call> made, const Effect &effect)
    {
        ApplicationThread &thread = m_bench->thread(step.on);
        const std::string title = std::string(scenario::verbOf(m_scenario.steps[m_step.value - 1U].action));
        if (!thread.idle()) {
            const Call *earlier = m_bench->latestCallOf(thread);
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
        Call &call = m_bench->add(std::move(made));
        wsp::SocketHandle handle = wsp::SocketHandle::Invalid;
        if (!call.socket.empty())
            handle = m_bench->socket(call.socket).handle;
        thread.start([step, &call, handle, &provider = m_bench->provider()] {
            make(step, call, provider, handle);
            call.returned = true;
        });
        return settle(effect, call.title() + " to return or to block");
    }

    Going perform(const scenario::WspCancelBlocking &step)
    {
        ApplicationThread &thread = m_bench->thread(step.thread);
        const bool cancelled = m_bench->provider().cancelBlockingCall(thread.id(), {OperationId{}, m_step});
        return settle(
            {cancelled ? Effect::Kind::ThreadReturns : Effect::Kind::None, nullptr, cancelled ? &thread : nullptr},
            "the cancelled call to return");
    }

    // -- causes and checks
    Going perform(const scenario::Wait &step)
    {
        const WaitCause cause = waitCause(step.cause, *m_bench);
        record(trace::EventType::WaitBegan, cause.operation);
        if (const WaitEnd end = m_causes.wait(cause.news, cause.came); end != WaitEnd::Came)
            return waitEnded(end, cause.what, cause.instead());
        record(trace::EventType::WaitEnded, cause.operation);
        return settle({}, "everything to come to rest");
    }

    Going perform(const scenario::Expect &step)
    {
        m_trace.update();
        for (ExpectationReport &report : checked(step, *m_bench, m_trace)) {
            report.step = m_step.value;
            report.line = m_place.line;
            const Call *call = m_bench->call(step.op);
            record(report.met ? trace::EventType::ExpectationMet : trace::EventType::ExpectationFailed,
                   call != nullptr ? call->operation : OperationId{},
                   static_cast<std::uint32_t>(m_expectations.size()));
            m_expectations.push_back(std::move(report));
        }
        return std::nullopt;
    }

    Going perform(const scenario::Barrier &step)
    {
        std::vector<const ApplicationThread *> awaited;
        for (const std::string &name : step.threads)
            awaited.push_back(&m_bench->thread(name));
        if (awaited.empty())
            for (const auto &thread : m_bench->threads())
                awaited.push_back(thread.get());
        for (const ApplicationThread *thread : awaited) {
            const WaitEnd end = m_causes.wait(News::Announced, [&] { return thread->idle(); });
            if (end == WaitEnd::Came)
                continue;
            const Call *call = m_bench->latestCallOf(*thread);
            return waitEnded(end, "the thread " + thread->name() + " to return from its calls",
                             "it is still blocked in " + (call != nullptr ? call->title() : "one"));
        }
        return settle({}, "everything to come to rest");
    }

    // -- waiting
    Going settle(const Effect &effect, const std::string &what)
    {
        std::optional<std::string> missing;
        // What arrives in a kernel buffer is announced to nobody, so the kernel is looked at.
        const WaitEnd end = m_causes.wait(News::Kernel, [&] {
            missing = unsettled(*m_bench, effect);
            return !missing;
        });
        if (end != WaitEnd::Came)
            return waitEnded(end, what, missing.value_or("nothing happened"));
        m_bench->latchCompletions();
        return std::nullopt;
    }

    Ending waitEnded(WaitEnd end, const std::string &what, const std::string &instead)
    {
        if (end == WaitEnd::Stopped)
            return stoppedEnding();
        return {RunEnd::TimedOut,
                at() + "waited " + seconds(m_settings.watchdog) + " for " + what + ", but " + instead + "."};
    }

    Ending stoppedEnding()
    {
        return {RunEnd::Stopped, m_step ? at() + "stopped here." : "Stopped before the first step."};
    }

    /// "Line 7 (wait): ", or "Step 3 (wait): " for a step that was not read from a text.
    std::string at() const
    {
        const std::string verb(scenario::verbOf(m_scenario.steps[m_step.value - 1U].action));
        return (m_place.line != 0 ? "Line " + std::to_string(m_place.line) : "Step " + std::to_string(m_step.value)) +
               " (" + verb + "): ";
    }

    // -- the trace
    void record(trace::EventType type, OperationId operation = {}, std::uint32_t a = 0)
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

    void recordKernelHolds(const BenchSocket &socket)
    {
        trace::Track &track = m_recorder.track();
        trace::Event event;
        event.type = trace::EventType::KernelHolds;
        event.a = static_cast<std::uint32_t>(m_bench->provider().available(socket.handle));
        event.time = track.now();
        event.socket = socket.id;
        event.socketSequence = m_recorder.nextSequence(socket.id);
        event.step = m_step;
        track.record(event);
    }

    const scenario::Scenario m_scenario;
    const RunSettings m_settings;
    const SteadyClock m_clock;
    trace::Store m_store;
    trace::Recorder m_recorder;
    Causes m_causes;
    RunTrace m_trace;
    std::unique_ptr<Bench> m_bench;
    std::vector<ExpectationReport> m_expectations;
    StepId m_step;
    scenario::Place m_place;
    std::uint32_t m_operations = 0;
    mutable std::mutex m_mutex; ///< guards m_final
    std::optional<trace::Snapshot> m_final;
};

} // namespace

std::unique_ptr<ScenarioRun> makeRun(scenario::Scenario scenario, RunSettings settings)
{
    return std::make_unique<Run>(std::move(scenario), settings);
}

} // namespace recvscope::session
