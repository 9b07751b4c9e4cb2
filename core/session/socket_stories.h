// The order of events of each socket, as text without times: what must be the same in every run of a scenario.
//
// Threads: a pure function of a snapshot.

#pragma once

#include "trace/store.h"

#include <string>

namespace recvscope::session {

/// A paragraph a socket, a line an event: "1 SocketOpened", "5 KernelReceived r1 11 'hello world'
/// wsp.stream.fills-until on engine".
[[nodiscard]] std::string storyOfSockets(const trace::Snapshot &snapshot);

} // namespace recvscope::session
