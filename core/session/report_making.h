// Puts a run's report together from its calls and its trace.
//
// Threads: the runner's.

#pragma once

#include "session/bench.h"
#include "session/run.h"
#include "session/run_trace.h"

namespace recvscope::session {

/// Title and environment alone: nothing was called.
[[nodiscard]] RunReport reportOf(const scenario::Scenario &scenario);
/// Everything but the expectations and the end. @p trace must be up to date.
[[nodiscard]] RunReport reportOf(const scenario::Scenario &scenario, const Bench &bench, const RunTrace &trace);

} // namespace recvscope::session
