// The steps of a scenario as plain values, one struct a verb (docs/scenario-format.md says what each means).
//
// Names (sockets, operations, threads, events, overlapped structures) have been checked by the reader: each one that is
// used was declared, or made by an earlier step. Steps that come from elsewhere (Listen, a sandbox) keep to the same.

#pragma once

#include "base/rules.h"
#include "base/status.h"
#include "net/socket.h"
#include "scenario/buffer.h"
#include "scenario/data.h"
#include "scenario/place.h"
#include "scenario/steps_wsk.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace recvscope::scenario {

// -- telling

struct Say {
    std::string text;
    friend bool operator==(const Say &, const Say &) = default;
};

/// What a prediction asks of an operation; the answer is read from the trace.
enum class Ask : std::uint8_t {
    Bytes,    ///< the final byte count
    Returns,  ///< what the call returned: "0" or a status name
    Status,   ///< the final status' name
    Buffer,   ///< what stands in buffer `buffer` at the end, as text
    Question, ///< `question`, with the answer given
};

/// Holds the telling until the learner has chosen, never the run.
struct Predict {
    std::string of; ///< operation, called earlier or later; empty with Ask::Question
    Ask ask = Ask::Bytes;
    std::uint32_t buffer = 0;
    std::string question; ///< what the learner reads; empty: made from `ask` and `of`
    std::vector<std::string> choices;
    std::string answer; ///< one of the choices; only with Ask::Question
    friend bool operator==(const Predict &, const Predict &) = default;
};

// -- the peer: every connected socket s has one, which these steps script

struct PeerSend {
    std::string socket;
    Data data;
    /// Sizes of the pieces it is handed to the kernel in, each a send of its own on a byte stream; what is left over is
    /// the last piece. Empty: one piece.
    std::vector<std::uint32_t> fragments;
    bool part = false;             ///< more of this message follows (framed)
    std::string from;              ///< a further peer (Scenario::peers); empty: the socket's own
    std::uint32_t ipFragments = 0; ///< IP fragments that the datagram is cut into; 0: it is sent as ever
    friend bool operator==(const PeerSend &, const PeerSend &) = default;
};

struct PeerSendOob { ///< one urgent byte, TCP only
    std::string socket;
    Data data; ///< of size 1
    friend bool operator==(const PeerSendOob &, const PeerSendOob &) = default;
};

struct PeerShutdown { ///< half closes: no more data will come
    std::string socket;
    friend bool operator==(const PeerShutdown &, const PeerShutdown &) = default;
};

struct PeerReset { ///< closes abortively
    std::string socket;
    friend bool operator==(const PeerReset &, const PeerReset &) = default;
};

struct PeerClose {
    std::string socket;
    friend bool operator==(const PeerClose &, const PeerClose &) = default;
};

// -- WSPRecv and its neighbours
//
// `op` names the call, so that later steps can speak of it. `on` is the application thread that makes it; empty:
// "main". The step ends when the call has returned, or blocks.

struct WspRecv {
    std::string socket;
    std::string op;
    std::vector<Buffer> buffers;
    std::uint32_t flags = 0; ///< Winsock's numbers, as WSPRecv takes them
    std::string overlapped;  ///< name of the overlapped structure; empty: none, the call is nonoverlapped
    std::string event;       ///< what hEvent holds; only with `overlapped`; empty: none
    std::string on;
    std::string routine;            ///< name of its completion routine; empty: none
    std::vector<Step> onComplete;   ///< what the routine does: calls alone
    std::vector<Step> blockingHook; ///< what runs on the thread when the call blocks: calls alone
    friend bool operator==(const WspRecv &, const WspRecv &);
};

/// WSPGetOverlappedResult. Exactly one of `of` and `overlapped` is given.
struct WspResult {
    std::string op;         ///< of this call; may be empty
    std::string of;         ///< the receive that is asked for
    std::string overlapped; ///< or the structure
    bool wait = false;      ///< fWait
    std::string on;
    friend bool operator==(const WspResult &, const WspResult &) = default;
};

struct WspShutdown {
    std::string socket;
    net::Direction how = net::Direction::Receive;
    std::string op; ///< may be empty
    std::string on;
    friend bool operator==(const WspShutdown &, const WspShutdown &) = default;
};

struct WspClose {
    std::string socket;
    bool abortive = false;
    std::string op; ///< may be empty
    std::string on;
    friend bool operator==(const WspClose &, const WspClose &) = default;
};

struct WspCancelBlocking {
    std::string thread; ///< whose blocked call ends
    friend bool operator==(const WspCancelBlocking &, const WspCancelBlocking &) = default;
};

struct WspAlertableWait { ///< returns when so many routines and other APCs have run
    std::uint32_t routines = 1;
    std::string op; ///< may be empty
    std::string on;
    friend bool operator==(const WspAlertableWait &, const WspAlertableWait &) = default;
};

struct WspWaitEvent { ///< for the event alone: nothing that is queued to the thread runs
    std::string event;
    std::string op; ///< may be empty
    std::string on;
    friend bool operator==(const WspWaitEvent &, const WspWaitEvent &) = default;
};

/// WPUQueueApc.
struct WspQueueApc {
    std::string thread;          ///< to whom
    std::uint32_t context = 0;   ///< the one value it gets
    bool anotherProcess = false; ///< a helper process calls it
    std::string op;              ///< may be empty
    std::string on;
    friend bool operator==(const WspQueueApc &, const WspQueueApc &) = default;
};

struct OverlappedFree { ///< the structure is gone; a later use of the name makes another one
    std::string overlapped;
    friend bool operator==(const OverlappedFree &, const OverlappedFree &) = default;
};

/// Overwrites what a call that has returned was given.
struct Scribble {
    enum class What : std::uint8_t {
        Buffers,  ///< the array of descriptors
        ThreadId, ///< the copy that lpThreadId pointed to
    };
    std::string of;
    What what = What::Buffers;
    friend bool operator==(const Scribble &, const Scribble &) = default;
};

struct ThreadExit {
    std::string thread;
    friend bool operator==(const ThreadExit &, const ThreadExit &) = default;
};

struct Fault { ///< made to fail on purpose from here on, or no more
    enum class What : std::uint8_t { Network, Callback, IrpStatus };
    What what = What::Network;
    bool on = true;
    Status status = Status::Success; ///< IrpStatus: what the next WskReceive fails with
    friend bool operator==(const Fault &, const Fault &) = default;
};

// -- causes and checks

struct Queued { ///< the kernel holds at least (wait) or exactly (expect) so many bytes for the socket
    std::string socket;
    std::uint64_t bytes = 0;
    friend bool operator==(const Queued &, const Queued &) = default;
};
struct Completed { ///< the operation completed, or its call failed
    std::string op;
    friend bool operator==(const Completed &, const Completed &) = default;
};
struct BlockedIn { ///< the operation's call, or whatever call the thread makes, is blocked; exactly one is given
    std::string op;
    std::string thread;
    friend bool operator==(const BlockedIn &, const BlockedIn &) = default;
};
struct EventIsSet {
    std::string event;
    friend bool operator==(const EventIsSet &, const EventIsSet &) = default;
};
enum class Arrival : std::uint8_t { End, Reset };
struct Arrived { ///< the peer's end, or its reset, has reached the socket's kernel buffer
    std::string socket;
    Arrival what = Arrival::End;
    friend bool operator==(const Arrived &, const Arrived &) = default;
};
struct RoutineRan { ///< the operation's completion routine has ended
    std::string op;
    friend bool operator==(const RoutineRan &, const RoutineRan &) = default;
};
using Cause = std::variant<Queued, Completed, BlockedIn, EventIsSet, Arrived, RoutineRan, Indicated, Discarded>;

struct Wait {
    Cause cause;
    friend bool operator==(const Wait &, const Wait &) = default;
};

struct Untouched { ///< the call left the output as it was
    friend bool operator==(const Untouched &, const Untouched &) = default;
};
using ExpectedNumber = std::variant<Untouched, std::uint32_t>;

/// Where a completion routine stands.
enum class RoutineState : std::uint8_t { None, Queued, Ran };

/// What must be true now; every part that is given is checked and reported on its own. `bytes` and `flags`: Untouched
/// speaks of the call's return; a number speaks of the completion when `status` is given, of the return when only
/// `returns` is, else of the latest of the two.
struct Expect {
    std::string op;                ///< empty when only trace, diagnostic, queued, order or routines are given
    std::optional<Status> returns; ///< what the call returned
    std::optional<Status> status;  ///< of the completion
    std::optional<ExpectedNumber> bytes;
    std::optional<ExpectedNumber> flags;      ///< Winsock's numbers
    std::optional<std::vector<Data>> buffers; ///< what was placed in each of the operation's buffers; the rest empty
    std::optional<bool> event;                ///< the operation's event is set, or is not
    std::vector<RuleId> rules;                ///< `trace:` each stands in the trace; with `op`: at one of its events
    std::vector<RuleId> diagnostics;          ///< each was named as broken; with `op`: by it
    std::optional<Queued> queued;             ///< exactly
    std::vector<std::string> order;           ///< operations in the order in which they completed
    std::optional<RoutineState> routine;      ///< of the operation's completion routine
    std::vector<std::string> routines;        ///< operations in the order in which their routines began
    std::optional<std::uint32_t> information; ///< IoStatus.Information of the operation's IRP
    std::string before;                 ///< its IRP completed before its call returned ("return"), or that operation's
    std::optional<Indicated> indicated; ///< exactly
    std::optional<Calls> calls;         ///< exactly
    std::optional<Discarded> discarded; ///< exactly
    std::string overdue;                ///< a socket that does not function any more and is still open
    friend bool operator==(const Expect &, const Expect &) = default;
};

/// What a mistaken program takes for granted about a receive that it has called. When the run shows otherwise it is
/// named by the rule that it overlooks; when it happens to be so, nothing is said.
struct Assume {
    std::string op;
    std::optional<Status> returns;      ///< what the call returned
    std::optional<std::uint32_t> bytes; ///< of the completion, or of the call that returned at once
    RuleId rule = RuleId::None;
    friend bool operator==(const Assume &, const Assume &) = default;
};

struct Barrier {                      ///< until these threads have returned from every call handed to them
    std::vector<std::string> threads; ///< empty: all
    friend bool operator==(const Barrier &, const Barrier &) = default;
};

// -- later additions

struct PeerLink { ///< from now on nothing reaches the peer, acknowledgements included; TCP only
    std::string socket;
    friend bool operator==(const PeerLink &, const PeerLink &) = default;
};

struct WspSend { ///< WSPSend; completes at once
    std::string socket;
    Data data;
    std::string op; ///< may be empty
    std::string on;
    std::string overlapped, event, routine; ///< as WspRecv has them
    std::vector<Step> onComplete;
    friend bool operator==(const WspSend &, const WspSend &);
};

// -- sockets by hand: those that have no peer of their own

struct SocketBind { ///< to a port of the system's choice, on loopback
    std::string socket;
    friend bool operator==(const SocketBind &, const SocketBind &) = default;
};

struct SocketListen { ///< the same, and waits for connections
    std::string socket;
    friend bool operator==(const SocketListen &, const SocketListen &) = default;
};

struct SocketConnect { ///< a datagram socket: from here on it hears that peer alone
    std::string socket;
    std::string to;
    friend bool operator==(const SocketConnect &, const SocketConnect &) = default;
};

struct SocketAccept { ///< a peer connects; the connection becomes the socket `as`, and the peer is its own
    std::string socket;
    std::string as;
    friend bool operator==(const SocketAccept &, const SocketAccept &) = default;
};

struct SocketSendTo {
    std::string socket;
    std::string to;
    Data data;
    friend bool operator==(const SocketSendTo &, const SocketSendTo &) = default;
};

struct SocketJoin { ///< an IPv4 group, on loopback
    std::string socket;
    std::string group;
    friend bool operator==(const SocketJoin &, const SocketJoin &) = default;
};

using Action =
    std::variant<Say, Predict, PeerSend, PeerShutdown, PeerReset, PeerClose, PeerSendOob, WspRecv, WspResult,
                 WspShutdown, WspClose, WspCancelBlocking, Wait, Expect, Barrier, WspAlertableWait, WspWaitEvent,
                 WspQueueApc, OverlappedFree, Scribble, ThreadExit, Fault, PeerLink, WspSend, SocketBind, SocketListen,
                 SocketConnect, SocketAccept, SocketSendTo, SocketJoin, Assume, WskReceive, WskSend, WskConnect,
                 WskSocketConnect, WskAccept, WskCancel, WskEvent, WskRelease, WskDisconnect, WskClose, MdlUnlock,
                 MdlFree, IrpTouch, IrpReuse, NativeRecv, Provoke>;

struct Step {
    Place place;
    Action action;
    friend bool operator==(const Step &, const Step &) = default;
};

/// As scenarios spell it: "wsp.recv".
[[nodiscard]] std::string_view verbOf(const Action &action);

/// The name that the step gives to its call, or null where it has none.
[[nodiscard]] const std::string *callNameIn(const Action &action);

/// The name of the IRP that the step gives to its call, or null where it gives none.
[[nodiscard]] const std::string *irpIn(const Action &action);

/// The lists of calls that stand inside the step: what a routine, a hook or a callback of it does.
[[nodiscard]] std::vector<const std::vector<Step> *> callsWithin(const Action &action);

} // namespace recvscope::scenario
