// Checks what a step expects against the operations' outcomes and the trace.
//
// Threads: the runner's.

#pragma once

#include "session/bench.h"
#include "session/run.h"
#include "session/run_trace.h"

#include <vector>

namespace recvscope::session {

/// One report for each part that is given. @p trace must be up to date.
[[nodiscard]] std::vector<ExpectationReport> checked(const scenario::Expect &expect, Bench &bench,
                                                     const RunTrace &trace);

/// "wsp.close.reset: <why, for a learner>"; empty for none.
[[nodiscard]] std::string because(RuleId rule);

} // namespace recvscope::session
