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
    std::optional<net::Protocol> given; ///< bits of a profile, instead of the transport's own
    bool oobInline = false;

    bool connected = true;  ///< to a peer of its own; false: it hears whoever speaks to its address
    std::string connectsTo; ///< the further peer that a step connects it to; empty: none

    scenario::Face face = scenario::Face::Wsp;
    scenario::Category category = scenario::Category::Connection;
    std::optional<scenario::PolicyChoices> policy{}; ///< of this socket alone

    [[nodiscard]] bool wsk() const { return face == scenario::Face::Wsk; }

    [[nodiscard]] net::Protocol protocol() const { return given.value_or(net::protocolOf(kind)); }
    [[nodiscard]] bool has(std::uint32_t bit) const { return protocol().has(bit); }
    /// The first two columns of the page's table (wsp.mode.stream-or-message): no message is kept apart here.
    [[nodiscard]] bool stream() const { return !has(net::xp1::MessageOriented) || has(net::xp1::PseudoStream); }
    /// Messages that may be received in parts.
    [[nodiscard]] bool inParts() const { return !stream() && has(net::xp1::PartialMessage); }
    [[nodiscard]] bool reliable() const { return has(net::xp1::GuaranteedDelivery); }
    [[nodiscard]] bool connectionless() const { return has(net::xp1::Connectionless); }
};

/// What stood in the program's memory when all was over.
struct Seen {
    bool bytesTouched = false;                     ///< lpNumberOfBytesRecvd was written by the call
    std::vector<std::string> contents;             ///< per buffer: as much of it as the trace says was placed
    std::optional<session::RoutineTold> routine{}; ///< what its completion routine was handed, if it ran
};

/// IRPs of a step's calls that receive nothing: WskSend and its neighbours.
struct IrpsOwed {
    std::uint32_t own = 0;    ///< of the step's own call: each completes once
    std::uint32_t inside = 0; ///< of calls in its routines and callbacks, which may never run
};

struct Setup {
    std::map<SocketId, SocketSetup> sockets;
    scenario::PolicyChoices policy;
    std::set<OperationId> faulty; ///< calls with a buffer that may not be written
    std::map<OperationId, Seen> seen;
    std::map<std::string, OperationId> receives; ///< by the names of the scenario
    std::set<OperationId> withoutIrp;            ///< WskReceives that were given none
    std::map<StepId, IrpsOwed> otherIrps;
    /// Every socket was closed at the end, so nothing may be left waiting.
    bool finished = true;
};

/// Sockets and receives are numbered as the runner does: in the order in which they are declared, and made.
[[nodiscard]] Setup setupOf(const scenario::Scenario &scenario);
/// The same with what the program saw.
[[nodiscard]] Setup setupOf(const scenario::Scenario &scenario, const session::RunReport &report);

} // namespace recvscope::checker
