// What a run of the tests left in its GoogleTest XML files: which tests prove which rules, and whether they passed.
//
// Threads: functions of their arguments.

#pragma once

#include "base/result.h"
#include "base/rules.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace recvscope::cli {

struct TestResult {
    std::string name; ///< "Suite.test"
    std::vector<RuleId> rules;
    bool passed = false;  ///< ran to its end without a failure; a skipped test has not passed
    std::string scenario; ///< the one it ran, by its file's name without the ending; mostly empty
    bool ran = true;      ///< false: skipped
};

/// The tests of one file that name a rule, or a scenario that they ran. A text that is cut off gives what stands before
/// the cut.
[[nodiscard]] std::vector<TestResult> testResultsIn(std::string_view xml);

/// The same for every *.xml of a folder. @return an error when there is no such folder, or no file in it.
[[nodiscard]] Result<std::vector<TestResult>> testResultsOf(const std::filesystem::path &folder);

} // namespace recvscope::cli
