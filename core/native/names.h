// What the system's answer is called: the Winsock name nearest to its error, and the rule by which it does so.
//
// Pure functions.

#pragma once

#include "base/rules.h"
#include "base/status.h"

namespace recvscope::native {

/// @param systemCode errno
[[nodiscard]] Status nearestStatus(int systemCode);
/// Why the call fails so.
[[nodiscard]] RuleId ruleOfError(int systemCode);
/// Afterwards a stream of this system reads as if its peer had finished.
[[nodiscard]] bool endsStream(int systemCode);

} // namespace recvscope::native
