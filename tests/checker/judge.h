// Runs a scenario on real sockets and has the checker read its trace; shrinks one that was refused.
//
// Threads: each call runs one scenario and blocks until it ended; calls do not share anything.

#pragma once

#include "checker.h"

#include "scenario/scenario.h"

#include <chrono>
#include <functional>
#include <vector>

namespace recvscope::checker {

/// What is held against the run: refusals, and that it did not come to its end. Empty: accepted.
/// @param watchdog after which a wait for what never comes is given up
[[nodiscard]] std::vector<Refusal> judged(const scenario::Scenario &scenario,
                                          std::chrono::milliseconds watchdog = std::chrono::milliseconds(5000));

using Judge = std::function<std::vector<Refusal>(const scenario::Scenario &)>;

/// A smaller scenario that is refused by the same rule: steps are left out, then buffers, data and flags, as long as
/// the refusal stays (delta debugging). @p refused must be refused by @p judge.
[[nodiscard]] scenario::Scenario shrunk(const scenario::Scenario &refused, const Judge &judge);
/// The same by running it; one that hangs is not waited for for long, since it is tried often.
[[nodiscard]] scenario::Scenario shrunk(const scenario::Scenario &refused);

} // namespace recvscope::checker
