// The engine's decisions, as pure functions: what happens with a receive, and for which reason.
//
// Both faces share them, so results and reasons are neutral; a Face names each in its interface's words.

#pragma once

#include "engine/policy.h"
#include "net/socket.h"

#include <cstdint>

namespace recvscope::engine {

/// How a receive ended, in neutral words.
enum class Result : std::uint8_t {
    Ok,
    Reset,            ///< the peer closed abortively
    Aborted,          ///< the connection failed on this side or by a time-out
    Cancelled,        ///< the request was cancelled
    CancelledByClose, ///< its socket was closed under it
    AbortedByClose,   ///< the same, as Windows reports it on TCP
    Interrupted,      ///< a blocked call was cancelled
    WouldBlock,
    TooMany,
    ShutDown,
    NotConnected,
    NotASocket,
    InvalidArgument,
    NotSupported,
    Fault,
    NoMemory,
    NetworkDown,
};

/// Why. Each has a rule in every face (Face::rule).
enum class Reason : std::uint8_t {
    // -- before the kernel is asked
    Admitted,
    AdmittedNonoverlapped,
    AdmittedSendShutDown,
    NoBuffers,
    BadMemory,
    NoOutputs,
    NotConnected,
    ReceiveShutDown,
    SocketNotOverlapped,
    OverlappedPeek,
    FlagNotPerformed,
    KindNotPerformed,
    RoutineNotPerformed,
    OverlappedInUse,
    TooManyOutstanding,
    EndLatched,
    BehindOthers,
    // -- after
    StreamData,      ///< a pending or overlapped receive got what there was
    BufferedData,    ///< a nonoverlapped call found data and had room to spare
    AsMuchAsFits,    ///< it found as much as fits, or more
    OneByteUnblocks, ///< a blocked call got its first data
    Peeked,
    NoRoom, ///< buffers that hold nothing: something is there
    GracefulEnd,
    PeerReset,
    ConnectionFailed,
    NothingThereWait,   ///< overlapped: pend
    NothingThereBlock,  ///< blocking: block
    NothingThereReturn, ///< nonblocking: say so
    SystemError,
    // -- taken away
    BlockingCancelled,
    ClosedWhilePending,
    ClosedWhileBlocked,
    DataBeatCancel,
    // -- what stands beside a decision
    AnyNumberOfBuffers,
    PlacedFirst,
    PlacedFurther,
    Captured,  ///< the descriptors of a receive that waits
    LeftAlone, ///< the outputs of a pending return
};

enum class Action : std::uint8_t {
    Try,      ///< ask the kernel now
    Queue,    ///< join the queue, ask nothing
    Wait,     ///< overlapped: pend at the head of the queue
    Block,    ///< the calling thread waits
    Complete, ///< done, with `result`
    Refuse,   ///< the call fails, nothing was started
};

struct Decision {
    Action action = Action::Try;
    Result result = Result::Ok;
    Reason reason = Reason::Admitted;

    friend bool operator==(const Decision &, const Decision &) = default;
};

/// A socket's end, remembered once seen.
enum class Ended : std::uint8_t { No, Gracefully, Reset, Failed };

struct ReceiveFlags {
    bool peek = false;
    bool other = false; ///< a flag that this version does not perform
};

/// What is known of the socket.
struct SocketState {
    net::SocketKind kind = net::SocketKind::Tcp;
    bool overlapped = true; ///< made with the overlapped flag
    bool nonblocking = false;
    bool connected = true;
    bool receiveShutDown = false;
    bool sendShutDown = false;
    Ended ended = Ended::No;
    std::uint32_t waiting = 0; ///< receives in its queue, a blocked one included
};

/// What is asked.
struct Ask {
    std::uint32_t bufferCount = 0;
    std::uint64_t room = 0; ///< bytes all buffers hold
    bool badMemory = false;
    bool overlapped = false;
    ReceiveFlags flags;
    bool hasWaited = false; ///< it was pending or blocked before this decision
};

/// Before the kernel is asked.
[[nodiscard]] Decision decide(const SocketState &socket, const Ask &ask, const Policy &policy);
/// With the kernel's answer.
[[nodiscard]] Decision decide(const SocketState &socket, const Ask &ask, const net::Received &answer);
/// The same when the socket's end had been seen before: every receive reports it alike.
[[nodiscard]] Decision decideEnded(Ended ended);
/// A waiting receive whose socket is closed by this side.
[[nodiscard]] Decision decideClosed(const SocketState &socket, const Ask &ask, const Policy &policy);
/// Overlapped asked of a plain socket, where the policy lets it pass: it becomes nonoverlapped.
[[nodiscard]] bool treatedAsNonoverlapped(const SocketState &socket, const Policy &policy);

/// Which end a kernel answer means for every later receive.
[[nodiscard]] Ended endedBy(const net::Received &answer);

} // namespace recvscope::engine
