// Real sockets as a scenario declares them.
//
// Threads: pure but for the sockets; any.

#pragma once

#include "base/result.h"
#include "engine/policy.h"
#include "net/socket.h"
#include "scenario/scenario.h"

#include <optional>
#include <string>

namespace recvscope::session {

/// The socket and its peer; without a peer for one that is declared unconnected.
[[nodiscard]] Result<net::ConnectedPair> makeSockets(const scenario::SocketDeclaration &declared);

/// The engine's policy of a scenario, or of one socket.
[[nodiscard]] engine::Policy policyOf(const scenario::PolicyChoices &choices);

/// Why this system cannot run the scenario, in a sentence; nothing when it can.
[[nodiscard]] std::optional<std::string> notPossibleHere(const scenario::Scenario &scenario);

} // namespace recvscope::session
