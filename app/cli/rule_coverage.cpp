#include "cli/rule_coverage.h"

#include <algorithm>

namespace recvscope::cli {

Showing showingOf(const scenario::Scenario &scenario, std::string name)
{
    Showing showing{std::move(name), {}};
    const auto add = [&](const std::vector<RuleId> &rules) {
        for (const RuleId rule : rules)
            if (std::find(showing.rules.begin(), showing.rules.end(), rule) == showing.rules.end())
                showing.rules.push_back(rule);
    };
    if (scenario.lesson)
        add(scenario.lesson->explains);
    for (const scenario::Step &step : scenario.steps)
        if (const auto *expect = std::get_if<scenario::Expect>(&step.action)) {
            add(expect->rules);
            add(expect->diagnostics);
        }
    return showing;
}

std::vector<RuleCoverage> coverageOf(const std::vector<TestResult> &tests, const std::vector<Showing> &scenarios)
{
    std::vector<RuleCoverage> all;
    for (const Rule &rule : allRules())
        all.push_back({&rule, {}, {}, {}});
    // RuleId 1 is the first of allRules().
    const auto of = [&](RuleId id) -> RuleCoverage & { return all[static_cast<std::size_t>(id) - 1]; };

    for (const TestResult &test : tests)
        for (const RuleId rule : test.rules)
            (test.passed ? of(rule).provedBy : of(rule).failed).push_back(test.name);
    for (const Showing &scenario : scenarios)
        for (const RuleId rule : scenario.rules)
            of(rule).shownBy.push_back(scenario.name);
    return all;
}

} // namespace recvscope::cli
