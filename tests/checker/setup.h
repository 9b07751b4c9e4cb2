// What the checker is told beside the trace: what was set up, and what the program saw in its own memory.
//
// Threads: a value.

#pragma once

#include "base/ids.h"
#include "net/protocol.h"
#include "scenario/scenario.h"
#include "session/run.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace recvscope::checker {

struct SocketSetup {
    net::SocketKind kind = net::SocketKind::Tcp;
    bool overlapped = true; ///< made with the overlapped flag
    bool nonblocking = false;

    [[nodiscard]] net::Protocol protocol() const { return net::protocolOf(kind); }
    [[nodiscard]] bool stream() const { return !protocol().has(net::xp1::MessageOriented); }
    [[nodiscard]] bool reliable() const { return protocol().has(net::xp1::GuaranteedDelivery); }
};

/// What stood in the program's memory when all was over.
struct Seen {
    bool bytesTouched = false;         ///< lpNumberOfBytesRecvd was written by the call
    std::vector<std::string> contents; ///< per buffer: as much of it as the trace says was placed
};

struct Setup {
    std::map<SocketId, SocketSetup> sockets;
    scenario::PolicyChoices policy;
    std::set<OperationId> faulty; ///< calls with a buffer that may not be written
    std::map<OperationId, Seen> seen;
    /// Every socket was closed at the end, so nothing may be left waiting.
    bool finished = true;
};

/// Sockets and receives are numbered as the runner does: in the order in which they are declared, and made.
[[nodiscard]] Setup setupOf(const scenario::Scenario &scenario);
/// The same with what the program saw.
[[nodiscard]] Setup setupOf(const scenario::Scenario &scenario, const session::RunReport &report);

} // namespace recvscope::checker
