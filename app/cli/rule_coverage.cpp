#include "cli/rule_coverage.h"

namespace recvscope::cli {

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
