#include "cli/rule_coverage.h"

#include <algorithm>

namespace recvscope::cli {

namespace {

using Pieces = std::vector<RuleCoverage::Piece>;

bool any(const Pieces &pieces, LastRun last)
{
    return std::any_of(pieces.begin(), pieces.end(), [last](const auto &piece) { return piece.last == last; });
}

} // namespace

std::string_view nameOf(LastRun last)
{
    switch (last) {
    case LastRun::Passed:
        return "passed";
    case LastRun::Failed:
        return "failed";
    default:
        return "not run";
    }
}

bool RuleCoverage::failed() const
{
    return any(tests, LastRun::Failed) || any(scenarios, LastRun::Failed) || any(lessons, LastRun::Failed);
}

bool RuleCoverage::proved() const
{
    return any(tests, LastRun::Passed) && !any(tests, LastRun::Failed);
}

bool RuleCoverage::shown() const
{
    return (any(scenarios, LastRun::Passed) || any(lessons, LastRun::Passed)) && !any(scenarios, LastRun::Failed) &&
           !any(lessons, LastRun::Failed);
}

Showing showingOf(const scenario::Scenario &scenario, std::string name)
{
    Showing showing{std::move(name), {}, scenario.lesson.has_value()};
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
    const auto outcome = [](const TestResult &test) {
        return !test.ran ? LastRun::NotRun : test.passed ? LastRun::Passed : LastRun::Failed;
    };

    for (const TestResult &test : tests)
        for (const RuleId rule : test.rules)
            of(rule).tests.push_back({test.name, outcome(test)});
    for (const Showing &scenario : scenarios) {
        const auto run = std::find_if(tests.begin(), tests.end(),
                                      [&](const TestResult &test) { return test.scenario == scenario.name; });
        const LastRun last = run == tests.end() ? LastRun::NotRun : outcome(*run);
        for (const RuleId rule : scenario.rules)
            (scenario.lesson ? of(rule).lessons : of(rule).scenarios).push_back({scenario.name, last});
    }
    return all;
}

Verdict judge(const std::vector<RuleCoverage> &rules, std::span<const std::string_view> interfaces,
              const std::vector<std::string> &knownMissing)
{
    Verdict verdict;
    verdict.stale = knownMissing;
    for (const RuleCoverage &rule : rules) {
        const std::string_view name = rule.rule->name;
        const bool asked = interfaces.empty() || std::find(interfaces.begin(), interfaces.end(),
                                                           name.substr(0, name.find('.'))) != interfaces.end();
        const bool whole = rule.proved() && rule.shown();
        const auto known = std::find(verdict.stale.begin(), verdict.stale.end(), name);
        if (!whole && known != verdict.stale.end() && !rule.failed())
            verdict.stale.erase(known);
        else if (!whole && asked)
            verdict.missing.push_back(&rule);
    }
    return verdict;
}

} // namespace recvscope::cli
