// Prints what proves and what shows each rule, after the last ./dev test.

#pragma once

#include "cli/invocation.h"

#include <filesystem>
#include <string>
#include <vector>

namespace recvscope::cli {

struct CoverageOptions {
    std::filesystem::path results;
    std::vector<std::filesystem::path> scenarios; ///< folders
    std::filesystem::path knownMissing;           ///< a file with rules that may be missing yet, one a line
    bool all = false;                             ///< ask for every rule, not for those of wsp and wsk alone
    bool summary = false;                         ///< totals and what is missing, without the table
    bool json = false;
};

/// @return ExpectationFailed when a rule that is asked for lacks a passing test or a scenario, or one that is known to
/// be missing is there by now
[[nodiscard]] ExitCode reportCoverage(const CoverageOptions &options, const Invocation &invocation);

} // namespace recvscope::cli
