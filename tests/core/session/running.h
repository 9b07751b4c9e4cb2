// Runs scenario texts for tests.

#pragma once

#include "scenario/read.h"
#include "session/run.h"
#include "session/socket_stories.h"

#include <gtest/gtest.h>

#include <string>

namespace recvscope::session {

/// The scenario of that text, or a test failure with the reader's message.
inline scenario::Scenario scenarioFrom(const std::string &text)
{
    const scenario::ReadResult result = scenario::readScenarioText(text, "test.yaml");
    if (!result.ok()) {
        ADD_FAILURE() << result.error().message() << "\n" << text;
        return {};
    }
    return result.value();
}

/// A scenario with a TCP socket s, a unix socket u, threads t1 and t2, and these steps, whose first stands in line 8.
inline scenario::Scenario withSteps(const std::string &steps)
{
    return scenarioFrom("recvscope: 1\n"
                        "title: a test\n"
                        "sockets:\n"
                        "  s: {kind: tcp}\n"
                        "  u: {kind: unix}\n"
                        "threads: [t1, t2]\n"
                        "steps:\n" +
                        steps);
}

struct Ran {
    RunReport report;
    trace::Snapshot trace;
    std::string json;

    /// The report of that operation; a test failure when there is none.
    [[nodiscard]] OperationReport operation(const std::string &name) const
    {
        for (const OperationReport &each : report.operations)
            if (each.name == name)
                return each;
        ADD_FAILURE() << "the report tells of no operation " << name;
        return {};
    }
};

inline Ran ran(const scenario::Scenario &scenario, const RunSettings &settings = {})
{
    const auto run = makeRun(scenario, settings);
    RunReport report = run->run();
    std::string json = report.json(scenario);
    return {std::move(report), run->snapshot(), std::move(json)};
}

/// What did not hold, for failure messages.
inline std::string complaints(const RunReport &report)
{
    std::string text = std::string(nameOf(report.end)) + ". " + report.reason + '\n';
    for (const ExpectationReport &each : report.expectations)
        if (!each.met)
            text += "line " + std::to_string(each.line) + ": " + each.what + ": expected " + each.expected +
                    ", found " + each.found + " (" + each.why + ")\n";
    return text;
}

inline void expectAllMet(const Ran &run)
{
    EXPECT_EQ(run.report.end, RunEnd::AllMet) << complaints(run.report) << storyOfSockets(run.trace);
}

} // namespace recvscope::session
