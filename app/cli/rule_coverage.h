// For every rule: the tests that prove it and the scenarios that show it.
//
// Threads: a value; collect() is a function of its arguments.

#pragma once

#include "cli/test_results.h"
#include "scenario/scenario.h"

#include <string>
#include <vector>

namespace recvscope::cli {

/// A scenario and the rules it claims to explain or expects in its trace.
struct Showing {
    std::string name; ///< file name without its ending
    std::vector<RuleId> rules;
};

struct RuleCoverage {
    const Rule *rule = nullptr;
    std::vector<std::string> provedBy; ///< tests that passed
    std::vector<std::string> failed;   ///< tests that did not
    std::vector<std::string> shownBy;  ///< scenarios

    [[nodiscard]] bool proved() const { return !provedBy.empty() && failed.empty(); }
    [[nodiscard]] bool shown() const { return !shownBy.empty(); }
};

/// What a scenario says it shows: the rules its lesson explains, and those it expects in its trace or as diagnostics.
[[nodiscard]] Showing showingOf(const scenario::Scenario &scenario, std::string name);

/// One for every rule, in the catalogue's order.
[[nodiscard]] std::vector<RuleCoverage> coverageOf(const std::vector<TestResult> &tests,
                                                   const std::vector<Showing> &scenarios);

} // namespace recvscope::cli
