#include "judge.h"

#include "session/run.h"

namespace recvscope::checker {

std::vector<Refusal> judged(const scenario::Scenario &scenario, std::chrono::milliseconds watchdog)
{
    session::RunSettings settings;
    settings.payloadPerTransfer = 100'000; // all of it: the checker compares every byte
    settings.watchdog = watchdog;
    const auto run = session::makeRun(scenario, settings);
    const session::RunReport report = run->run();
    if (report.end == session::RunEnd::NotPossibleHere)
        return {};
    Setup setup = setupOf(scenario, report);
    const bool cameToItsEnd = report.end == session::RunEnd::AllMet;
    setup.finished = setup.finished && cameToItsEnd;
    std::vector<Refusal> refusals;
    if (!cameToItsEnd)
        refusals.push_back({"run", "the run", {}, report.reason});
    for (Refusal &each : refusalsOf(run->snapshot(), setup))
        refusals.push_back(std::move(each));
    return refusals;
}

} // namespace recvscope::checker
