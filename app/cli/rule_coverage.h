// For every rule: the tests that prove it, the scenarios and lessons that show it, and how each ended the last time.
//
// Threads: values; functions of their arguments.

#pragma once

#include "cli/test_results.h"
#include "scenario/scenario.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace recvscope::cli {

/// A scenario and the rules it claims to explain or expects in its trace.
struct Showing {
    std::string name; ///< file name without its ending
    std::vector<RuleId> rules;
    bool lesson = false;
};

enum class LastRun : std::uint8_t { Passed, Failed, NotRun };
[[nodiscard]] std::string_view nameOf(LastRun last); ///< "passed", "failed", "not run"

struct RuleCoverage {
    struct Piece {
        std::string name;
        LastRun last = LastRun::NotRun;

        friend bool operator==(const Piece &, const Piece &) = default;
    };
    const Rule *rule = nullptr;
    std::vector<Piece> tests, scenarios, lessons;

    [[nodiscard]] bool failed() const; ///< a test that proves it or a scenario that shows it
    [[nodiscard]] bool proved() const; ///< a test passed and none failed
    [[nodiscard]] bool shown() const;  ///< the same of scenarios and lessons
};

/// What a scenario says it shows: the rules its lesson explains, and those it expects in its trace or as diagnostics.
[[nodiscard]] Showing showingOf(const scenario::Scenario &scenario, std::string name);

/// One for every rule, in the catalogue's order.
[[nodiscard]] std::vector<RuleCoverage> coverageOf(const std::vector<TestResult> &tests,
                                                   const std::vector<Showing> &scenarios);

/// Whether every rule of the interfaces is proved and shown, but those that are known to be missing.
struct Verdict {
    std::vector<const RuleCoverage *> missing; ///< neither proved and shown nor known to be missing
    std::vector<std::string> stale;            ///< known to be missing, and proved and shown by now (or no rule at all)

    [[nodiscard]] bool good() const { return missing.empty() && stale.empty(); }
};

/// @param interfaces "wsp" asks of wsp.*; none: of all
[[nodiscard]] Verdict judge(const std::vector<RuleCoverage> &rules, std::span<const std::string_view> interfaces,
                            const std::vector<std::string> &knownMissing);

} // namespace recvscope::cli
