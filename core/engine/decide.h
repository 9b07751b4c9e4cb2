// The engine's decisions, as pure functions: what happens with a receive, and for which reason.
//
// Both faces share them, so results and reasons are neutral; a Face names each in its interface's words.

#pragma once

#include "engine/policy.h"
#include "net/protocol.h"
#include "net/socket.h"

#include <chrono>
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
    MessageTooLong, ///< a message was larger than the buffers and cannot come in parts
    Disconnected,   ///< the graceful end of a message-oriented connection
    NoMemory,
    NetworkDown,
    InProgress,   ///< the thread, or the provider, is busy with another call
    NetworkReset, ///< keep-alive found the other end gone
    TimedOut,     ///< a blocking call waited as long as its socket allows
    ForcedClosed, ///< the socket does not function any more, and its interface says so in a word of its own
};

/// Why. Each has a rule in every face (Face::rule).
enum class Reason : std::uint8_t {
    // -- before the kernel is asked
    Admitted,
    AdmittedNonoverlapped,
    AdmittedSendShutDown,
    AdmittedDatagram, ///< a connectionless socket that is connected
    AdmittedBound,    ///< one that has an address of its own alone
    NoBuffers,
    BadMemory,
    NoOutputs,
    NotConnected,
    ReceiveShutDown,
    SocketNotOverlapped,
    OverlappedPeek,
    FlagNotPerformed,
    SendOnly,
    Unbound,
    UrgentNotStream,
    UrgentUnknown, ///< the communication domain has no out-of-band data
    UrgentInline,
    WaitAllRefused,
    OverlappedInUse,
    InBlockingCall, ///< made from the blocking hook of a call of the same thread
    InCallback,     ///< the provider still processes a callback
    InsideRoutine,  ///< admitted, from the routine of an earlier receive
    InsideSibling,  ///< admitted, from the routine of another kind of call
    TooManyOutstanding,
    EndLatched,
    BehindOthers,
    // -- after
    StreamData,      ///< a pending or overlapped receive got what there was
    BufferedData,    ///< a nonoverlapped call found data and had room to spare
    AsMuchAsFits,    ///< it found as much as fits, or more
    OneByteUnblocks, ///< a blocked call got its first data
    Peeked,
    NoRoom,   ///< buffers that hold nothing: something is there
    AllAtEnd, ///< MSG_WAITALL: an end came before the buffers were full
    UrgentByte,
    NothingUrgent,
    AllThere,    ///< MSG_WAITALL: the buffers are full
    WaitsForAll, ///< some came, and it waits for the rest
    OneMessage,
    EmptyMessage,
    WholeMessageUnblocks,
    MessageBegun,     ///< its first part; the rest comes with later receives
    MessageEnded,     ///< the last part
    MessagePartThere, ///< MSG_PARTIAL was asked for, and a part has arrived
    MessageKept,      ///< too large and reliable: it stays
    MessageCut,       ///< too large and unreliable: the rest is gone
    MessageEnd,       ///< the graceful end of a message-oriented connection
    GracefulEnd,
    PeerReset,
    PortUnreachable,
    ConnectionFailed,
    NothingThereWait,   ///< overlapped: pend
    NothingThereBlock,  ///< blocking: block
    NothingThereReturn, ///< nonblocking: say so
    SystemError,
    // -- taken away
    BlockingCancelled,
    ClosedWhilePending,
    ClosedWhileBlocked,
    ThreadExited,
    NetworkFailed,
    DataBeatCancel,
    // -- what Windows does beside its page, where the policy asks for it
    WindowsPeeked,     ///< an overlapped peek
    WindowsClosed,     ///< closing TCP reports an aborted connection
    WindowsDiscarded,  ///< a reset throws away what was not received
    WindowsTellsCount, ///< a message that is too large: the call tells the count beside the error
    // -- what stands beside a decision
    MessageFills,    ///< as much of a message as the buffers hold
    OthersFiltered,  ///< a connected datagram socket hears its peer alone
    PartialOfStream, ///< MSG_PARTIAL means nothing on a byte stream
    AnyNumberOfBuffers,
    PlacedFirst,
    PlacedFurther,
    Captured,          ///< the descriptors of a receive that waits
    LeftAlone,         ///< the outputs of a pending return
    OverlappedIgnored, ///< Windows: an overlapped call on a plain socket became a nonoverlapped one
    RoutineWithoutOverlapped,
    WaitsForWhole, ///< a part of a message has arrived, and all of it is needed
    MessageTorn,
    RecordLied,
    ModeFromBits, ///< admitted, as a stream or as messages by the protocol's bits and the flags
    AddressedByBind,
    AddressImplied,
    EmptiesSkipped,  ///< empty messages under a stream that is made of messages
    KeepAliveFailed, ///< an idle connection's probes were not answered
    ReceiveTimedOut, ///< SO_RCVTIMEO, of blocking calls alone
    // -- requests that are cancelled one by one, drains, and sockets that call the program
    AdmittedByConnect, ///< admitted: how the socket came to its connection
    AdmittedAtCreation,
    AdmittedAccepted,
    AdmittedWithFlags, ///< admitted with a flag that its transport performs
    WrongSocket,       ///< no socket that this call is made for
    FlagUnknown,
    FlagsExclude,    ///< two flags that exclude each other
    FlagUnsupported, ///< this transport does not perform the flag
    BadChain,        ///< memory, offset and length do not fit together
    DrainWithoutChain,
    DrainWithLength,
    NoRequestPacket,
    PacketInUse,
    LevelTooHigh,
    FaultInjected,
    ForcedClosed,
    CloseIsDue,
    MemoryTakenAway, ///< unlocked or freed while the receive was pending
    RequestCancelled,
    AllCancelled, ///< MSG_WAITALL and its like
    AllAtReset,
    AllAtAbort,
    AbortedHere, ///< by an abortive disconnect of this side
    Drains,
    DrainAtEnd,
    DrainAtReset,
    DrainAtAbort,
    DrainCancelled,
    BehindIndication, ///< the program is being told of what has arrived: that comes first
    BeforeCallback,   ///< the callback is enabled, and a request was waiting: the request gets the data
    CalledInRace,     ///< on purpose: the callback is called though a request waits
    DataKept,         ///< the callback keeps the buffers
    DataNotAccepted,
    PartAccepted,
    CallbackAgain,
    CallbackOff,
    SendsMeanwhile,
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
    bool partial = false;  ///< MSG_PARTIAL on output
    bool injected = false; ///< a fault or an order on purpose

    friend bool operator==(const Decision &, const Decision &) = default;
};

/// A socket's end, remembered once seen.
enum class Ended : std::uint8_t { No, Gracefully, Reset, Failed, KeepAliveFailed };

struct ReceiveFlags {
    bool peek = false;
    bool oob = false;
    bool waitAll = false;
    bool partial = false;
    bool other = false; ///< a flag that this version does not perform
    bool drain = false; ///< throw away what comes
};

/// What an attempt gave of a message.
enum class MessagePart : std::uint8_t {
    Stream, ///< bytes of a stream: there are no messages
    Whole,
    Begun,    ///< a first or middle part; the transport keeps the rest
    Ended,    ///< the last part of one that came in parts
    Kept,     ///< its first part was copied; the whole of it is still there
    Cut,      ///< its first part; the rest is gone
    Came,     ///< what had arrived of it, asked for with MSG_PARTIAL; the rest is still to come
    Arriving, ///< nothing is handed over yet: only a part of it has arrived
    Torn,     ///< nothing: the connection ended in the middle of it
    Lied,     ///< nothing: what the peer calls a record cannot be one
};

/// What one attempt with the kernel gave.
struct Attempt {
    net::Received answer;
    Ended behind = Ended::No; ///< the end that stood behind the bytes, where the system told both
    MessagePart part = MessagePart::Stream;
    std::uint32_t empties = 0; ///< empty messages that a stream made of messages stepped over
    std::uint64_t lost = 0;    ///< bytes of a message that did not fit and are gone
    std::uint64_t drained = 0; ///< bytes that were thrown away because that was asked for
    std::uint32_t foreign = 0; ///< messages from other addresses that were thrown away before
    std::uint32_t foreignBytes = 0;
};

/// How a connected socket came to its connection, where its interface makes a difference.
enum class ConnectedBy : std::uint8_t { Any, Connect, Creation, Accept };

/// A broken connection in the words of an interface that has one of its own for it (Result::ForcedClosed).
enum class ForcedClose : std::uint8_t {
    Never,
    WhenCalled, ///< for who calls afterwards; what waits is told what happened
    Always,
};

/// What is known of the socket.
struct SocketState {
    net::SocketKind kind = net::SocketKind::Tcp;
    net::Protocol protocol = net::protocolOf(net::SocketKind::Tcp);
    bool profiled = false; ///< the bits are a profile's
    bool addressed = true; ///< a connectionless socket knows its local address
    bool oobInline = false;
    bool overlapped = true; ///< made with the overlapped flag
    bool nonblocking = false;
    bool connected = true;
    bool receiveShutDown = false;
    bool sendShutDown = false;
    bool networkDown = false; ///< a fault says that the network subsystem failed
    Ended ended = Ended::No;
    ConnectedBy connectedBy = ConnectedBy::Any;
    ForcedClose forcedClose = ForcedClose::Never;
    bool receives = true;                        ///< receiving is what it was made for
    bool performsFlags = true;                   ///< waiting for all of it, and draining
    bool indicating = false;                     ///< the program is being told of what has arrived
    std::uint32_t waiting = 0;                   ///< receives in its queue, a blocked one included
    std::chrono::milliseconds receiveTimeout{0}; ///< of blocking calls; zero: none
};

/// What is asked.
struct Ask {
    std::uint32_t bufferCount = 0;
    std::uint64_t room = 0; ///< bytes all buffers hold
    bool badMemory = false;
    bool overlapped = false;
    ReceiveFlags flags;
    bool hasWaited = false;   ///< it was pending or blocked before this decision
    std::uint64_t placed = 0; ///< bytes that earlier attempts have put into its buffers (MSG_WAITALL)
};

/// Before the kernel is asked.
[[nodiscard]] Decision decide(const SocketState &socket, const Ask &ask, const Policy &policy);
/// With the kernel's answer.
[[nodiscard]] Decision decide(const SocketState &socket, const Ask &ask, const Attempt &attempt);
/// The same when the socket's end had been seen before: every receive reports it alike.
[[nodiscard]] Decision decideEnded(const SocketState &socket, const Ask &ask);
/// A waiting request that its owner cancels.
[[nodiscard]] Decision decideCancelled(const Ask &ask);
/// A waiting receive whose connection this side breaks off.
[[nodiscard]] Decision decideAbortedHere(const Ask &ask);
/// A receive that waits when the network subsystem fails, or that is asked for while it has.
[[nodiscard]] Decision decideNetworkDown();
/// A blocking call waited as long as its socket's time-out allows.
[[nodiscard]] Decision decideTimedOut();
/// A waiting receive whose socket is closed by this side.
[[nodiscard]] Decision decideClosed(const SocketState &socket, const Ask &ask, const Policy &policy);
/// MSG_WAITALL: a call that blocked cannot report a failure beside the bytes it has, and those must not be lost. It
/// returns them; the next call meets what ended this one.
[[nodiscard]] Decision keepingBytes(const Decision &decision, const Ask &ask);
/// A call that ends so writes its byte count and flags: one that succeeds, or as the policy says.
[[nodiscard]] bool tellsCount(Result result, const Policy &policy);
/// Overlapped asked of a plain socket, where the policy lets it pass: it becomes nonoverlapped.
[[nodiscard]] bool treatedAsNonoverlapped(const SocketState &socket, const Policy &policy);

/// Which end a kernel answer means for every later receive.
[[nodiscard]] Ended endedBy(const net::Received &answer);

} // namespace recvscope::engine
