// Prints what proves and what shows each rule, after the last ./dev test.

#pragma once

#include "cli/invocation.h"

#include <filesystem>
#include <vector>

namespace recvscope::cli {

struct CoverageOptions {
    std::filesystem::path results;
    std::vector<std::filesystem::path> scenarios; ///< folders
    bool summary = false;                         ///< totals and what is missing, without the table
    bool strict = false;                          ///< a rule without a passing test or without a scenario is a failure
};

[[nodiscard]] ExitCode reportCoverage(const CoverageOptions &options, const Invocation &invocation);

} // namespace recvscope::cli
