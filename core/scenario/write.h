// Writes a scenario as YAML that reads back equal.

#pragma once

#include "scenario/scenario.h"

#include <string>

namespace recvscope::scenario {

/// Only what differs from a default is written. Comments of a text it was read from are not in a Scenario, so not here.
[[nodiscard]] std::string write(const Scenario &scenario);

} // namespace recvscope::scenario
