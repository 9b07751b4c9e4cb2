// The second opinion: reads a finished trace and says whether the rules allow it.
//
// Written from resources/rules alone, without the engine's code. It predicts nothing: how a stream is cut, what is
// immediate and what pends are free within the rules. It accepts, or refuses with the rule that was broken.
//
// Threads: a function of its arguments.

#pragma once

#include "refusal.h"
#include "setup.h"
#include "trace/store.h"

#include <string>
#include <vector>

namespace recvscope::checker {

/// @return everything that is wrong; empty: accepted.
[[nodiscard]] std::vector<Refusal> refusalsOf(const trace::Snapshot &snapshot, const Setup &setup);

/// One line each.
[[nodiscard]] std::string told(const std::vector<Refusal> &refusals);

} // namespace recvscope::checker
