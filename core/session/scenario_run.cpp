// The one runner: a thread (the caller of run()) that executes a scenario's steps in their order. Calls are made by the
// application's threads (application_thread.h), so that nothing a scenario does can block the runner but a Causes wait,
// which stop() and the watchdog end.

#include "session/report_making.h"
#include "session/run.h"
#include "session/socket_making.h"
#include "session/step_runner.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace recvscope::session {

namespace {

trace::RecorderSettings recorderSettings(const RunSettings &settings)
{
    trace::RecorderSettings recorder;
    recorder.payloadPerTransfer = settings.payloadPerTransfer;
    return recorder;
}

class Run final : public ScenarioRun {
public:
    Run(scenario::Scenario scenario, RunSettings settings)
        : m_scenario(std::move(scenario)),
          m_settings(settings),
          m_store(settings.memoryLimit),
          m_recorder(m_store, m_clock, recorderSettings(settings)),
          m_causes(settings.watchdog)
    {
    }

    RunReport run() override
    {
        m_recorder.nameThread("runner");
        std::optional<std::string> why = notPossibleHere(m_scenario);
        if (why)
            return ended({RunEnd::NotPossibleHere, *std::move(why)});
        Bench bench(m_scenario, m_recorder, m_settings.pollPoller, [this] { m_causes.changed(); });
        if (const Outcome opened = bench.open(); !opened)
            return ended({RunEnd::NotPossibleHere,
                          "What the scenario runs on cannot be made here. " + opened.error().message()});

        RunTrace trace(m_recorder, m_store);
        StepRunner steps(m_scenario, m_settings.watchdog, m_recorder, m_causes, bench, trace);
        Ending ending = executeAll(steps);
        trace.update();
        RunReport report = reportOf(m_scenario, bench, trace);
        report.expectations = steps.takeExpectations();
        const bool met = std::all_of(report.expectations.begin(), report.expectations.end(),
                                     [](const ExpectationReport &each) { return each.met; });
        report.end = ending.end == RunEnd::AllMet && !met ? RunEnd::ExpectationFailed : ending.end;
        report.reason = std::move(ending.reason);
        // The story ends here: what closing the sockets adds is nobody's step.
        const std::lock_guard lock(m_mutex);
        m_final = trace.snapshot();
        return report;
    }

    void stop() override { m_causes.stop(); }

    trace::Snapshot snapshot() const override
    {
        const std::lock_guard lock(m_mutex);
        return m_final ? *m_final : m_store.snapshot();
    }

private:
    Ending executeAll(StepRunner &steps)
    {
        for (std::size_t i = 0; i < m_scenario.steps.size(); ++i) {
            if (m_causes.stopped())
                return {RunEnd::Stopped, "It was stopped before step " + std::to_string(i + 1) + "."};
            if (StepRunner::Going ending = steps.execute(i))
                return *std::move(ending);
        }
        return {RunEnd::AllMet, {}};
    }

    /// Before anything was called.
    RunReport ended(Ending ending)
    {
        RunReport report = reportOf(m_scenario);
        report.end = ending.end;
        report.reason = std::move(ending.reason);
        return report;
    }

    const scenario::Scenario m_scenario;
    const RunSettings m_settings;
    const SteadyClock m_clock;
    trace::Store m_store;
    trace::Recorder m_recorder;
    Causes m_causes;
    mutable std::mutex m_mutex; ///< guards m_final
    std::optional<trace::Snapshot> m_final;
};

} // namespace

std::unique_ptr<ScenarioRun> makeRun(scenario::Scenario scenario, RunSettings settings)
{
    return std::make_unique<Run>(std::move(scenario), settings);
}

} // namespace recvscope::session
