// Writes a scenario as YAML that reads back equal.

#pragma once

#include "scenario/scenario.h"

#include <string>

namespace recvscope::scenario {

/// Only what differs from a default is written. Comments of a text it was read from are not in a Scenario, so not here.
[[nodiscard]] std::string write(const Scenario &scenario);

/// One step as it stands under `steps:`, without the dash: "peer.send: {socket: s, data: "hello"}".
[[nodiscard]] std::string write(const Step &step);

} // namespace recvscope::scenario
