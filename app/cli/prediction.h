// A lesson's question in words, and its answer once the run has given it.
//
// Threads: pure functions.

#pragma once

#include "scenario/steps.h"
#include "trace/moment.h"

#include <optional>
#include <string>

namespace recvscope::cli {

[[nodiscard]] std::string questionOf(const scenario::Predict &predict);

/// Nothing while the moment does not tell it yet.
[[nodiscard]] std::optional<std::string> answerOf(const scenario::Predict &predict, const trace::Story &story,
                                                  const trace::Moment &moment);

} // namespace recvscope::cli
