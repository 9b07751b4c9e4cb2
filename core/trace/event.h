// One event of a trace: 32 bytes, the unit of everything that is shown, exported or asserted (docs/session-file.md).

#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/rules.h"
#include "base/status.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace recvscope::trace {

/// What happened. The two arguments a and b mean what stands beside each.
enum class EventType : std::uint8_t {
    // -- the story
    StepBegan,      ///< a step of the scenario began
    ExpectationMet, ///< a part of a step's expectation held; a = its number in the run's report, from 0
    ExpectationFailed,
    Diagnostic, ///< the caller broke `rule`
    // -- the socket
    SocketOpened, ///< a = net::SocketKind, b = packOpened(overlapped flag, receive buffer)
    SocketBound,  ///< a = AddressedBy
    SocketConnected,
    SocketAccepted,
    SocketShutDown, ///< a = 0 receive, 1 send, 2 both
    SocketClosed,
    KernelHolds, ///< a = bytes readable, asked with FIONREAD (teaching only)
    // -- the peer
    PeerSend,     ///< a = bytes, b = payload; stamped before the system call
    PeerSendOob,  ///< the same for an urgent byte
    PeerShutDown, ///< the peer half-closed: a FIN is on its way
    PeerReset,    ///< the peer closed abortively: a RST is on its way
    PeerClosed,
    PeerReceived, ///< a = bytes the peer took from us
    // -- one receive, in this order
    Called,           ///< a = number of buffers, b = input flags (low 16) and CallTraits (high 16)
    BufferGiven,      ///< a = index, b = size in bytes; one for each buffer, after Called
    KernelEmpty,      ///< the attempt found nothing (EAGAIN)
    Queued,           ///< a = how many receives are ahead of it
    Blocked,          ///< the calling thread waits in the call
    KernelReceived,   ///< a = bytes, b = payload: one kernel call copied them; stamped after it
    KernelCopied,     ///< the same of a message that is too large and stays: its first part was copied
    KernelEnd,        ///< the kernel reported the peer's graceful end
    KernelError,      ///< a = status the system error was translated to
    MessageLost,      ///< a = bytes of a message that found no room and are gone
    MessagesFiltered, ///< a = messages from other addresses that were thrown away, b = their bytes
    Refused,          ///< the call fails and nothing was started: a = status; `rule` decided it; Returned follows.
                      ///< b = KernelCall of one without an operation
    Placed,           ///< a = buffer index, b = bytes put there by this kernel call
    Completed,        ///< a = bytes, b = packOutcome(status, output flags); `rule` decided it
    Returned,         ///< a = bytes or leftAlone, b = packOutcome(error, flags); `rule` decided it
    // -- how completion is indicated
    EventReset,     ///< hEvent reset by a pending start
    EventSet,       ///< hEvent set by completion
    RoutineQueued,  ///< completion routine queued to its thread: a = that thread's track
    RoutineBegan,   ///< on its thread: a = bytes, b = packOutcome(status, flags), as it is told
    RoutineEnded,   ///< the same arguments
    ResultAsked,    ///< WSPGetOverlappedResult called, a = 1 with fWait
    ResultReturned, ///< a = bytes or leftAlone, b = packOutcome
    CancelAsked,
    WaitBegan, ///< a thread began to wait: a = WaitFor
    WaitEnded, ///< a = how many routines and other APCs ran
    // -- threads
    ApcQueued,     ///< WPUQueueApc by the program: a = track of the thread it goes to, b = context
    ApcBegan,      ///< what was queued to this thread runs: a = context, or 0 for the provider's own
    ThreadExited,  ///< a = receives that were cancelled with it
    FaultInjected, ///< a = Fault, b = 1 from here on, 0 no more
    // -- messages
    ProtocolGiven,   ///< a = XP1 bits of a profile, which the socket has instead of its transport's own
    PeerSendsPart,   ///< the next PeerSend of this socket is a part of a message: more of it follows
    MessageArriving, ///< a = bytes of a message that have arrived; a receive waits for the rest
    PeerChosen,      ///< the PeerSends that follow are peer number a's, 0 = its own; b = payload with its name
    MessageDropped,  ///< the message sent last never came in: a = its bytes; the socket hears another peer
    FragmentSent,    ///< an IP fragment of the PeerSend before it: a = its number from 0, b = bytes of the datagram
    SocketSends,     ///< our side sends: a = bytes, b = payload
    EmptiesSkipped,  ///< a = empty messages that a stream over messages stepped over
    // -- the link, and what the program sends
    PeerLinkCut, ///< from now on nothing reaches the peer
    Sent,        ///< WSPSend: a = bytes the kernel took, b = status
    // -- WSK: sockets without FaceGiven are WSP's
    FaceGiven,       ///< a = Interface; behind SocketOpened
    ChainGiven,      ///< behind Called: WSK_BUF, a = offset into the first descriptor, b = length
    MdlGiven,        ///< a = index, b = byte count of a descriptor; Placed speaks of what [offset, length) leaves of it
    AtIrql,          ///< a = level the call is made at, when it is not PASSIVE_LEVEL
    IrpCompleted,    ///< a = IoStatus.Information, b = packOutcome(IoStatus.Status, 0): once for each call with an IRP
    PagesUnlocked,   ///< a = 0 unlocked, 1 freed
    Discarded,       ///< a = bytes that a drain threw away, b = payload
    CloseDue,        ///< the socket does not function any more, and is due to be closed
    CallbackSet,     ///< WskControlSocket: a = event mask, b = packOutcome(answer, 0)
    IndicationBegan, ///< the receive event callback is called: a = bytes or leftAlone (the null indication), b =
                     ///< payload
    DescriptorGiven, ///< a = index, b = bytes of a data descriptor of it
    IndicationEnded, ///< a = bytes accepted or kept, b = packOutcome(answer, 0)
    IndicationReleased, ///< a = number of the indication on its socket, from 1, b = bytes
    CallbackStopped,    ///< it is called no more until a WskReceive
    CallbackResumed,    ///< a = 1 disabled as it is: when it is enabled
    Disconnected,       ///< the disconnect event callback: a = 1 abortive
    DisconnectAsked,    ///< WskDisconnect: a = 1 abortive
    CloseAsked,         ///< WskCloseSocket: SocketClosed follows when what was pending is over
};

/// The last of them.
inline constexpr EventType lastEventType = EventType::CloseAsked;

/// The kernel copied a = bytes out of a socket, and b names them.
[[nodiscard]] constexpr bool copiesBytes(EventType type)
{
    return type == EventType::KernelReceived || type == EventType::KernelCopied;
}
/// SocketOpened's a names a transport that keeps messages apart. (Numbers of net::SocketKind, which is not seen here.)
[[nodiscard]] constexpr bool isMessageKind(std::uint32_t kind)
{
    constexpr std::uint32_t firstOfMessages = 2; // behind tcp and unix
    return kind >= firstOfMessages;
}
/// ProtocolGiven's a makes a byte stream, whatever the transport is.
[[nodiscard]] constexpr bool bitsOfStream(std::uint32_t bits)
{
    constexpr std::uint32_t messageOriented = 0x8;
    constexpr std::uint32_t pseudoStream = 0x10;
    return (bits & messageOriented) == 0 || (bits & pseudoStream) != 0;
}

/// What becomes of a receive's routine, and decides nothing about the receive. (ApcBegan is of one where it names one.)
[[nodiscard]] constexpr bool tellsOfRoutine(EventType type)
{
    return type == EventType::RoutineQueued || type == EventType::ApcBegan || type == EventType::RoutineBegan ||
           type == EventType::RoutineEnded;
}

/// b names bytes that were kept with it.
[[nodiscard]] constexpr bool carriesPayload(EventType type)
{
    return type == EventType::PeerSend || type == EventType::PeerSendOob || copiesBytes(type) ||
           type == EventType::PeerChosen || type == EventType::SocketSends || type == EventType::Discarded ||
           type == EventType::IndicationBegan;
}
/// a = bytes left the kernel, unless the receive was a peek.
[[nodiscard]] constexpr bool takesBytes(EventType type)
{
    return type == EventType::KernelReceived || type == EventType::MessageLost || type == EventType::Discarded ||
           type == EventType::IndicationEnded;
}

/// High half of Called's b.
enum CallTraits : std::uint16_t {
    CallOverlapped = 1, ///< an overlapped structure was given
    CallHasEvent = 2,   ///< it holds a valid event
    CallHasRoutine = 4,
    CallNonblocking = 8, ///< the socket is nonblocking
    CallWsk = 16,        ///< WskReceive: the flags are WSK's
    CallNative = 32,     ///< the system's own receive, which is shown and not judged
};
/// Its copy leaves the bytes where they are. @p word Called's b
[[nodiscard]] constexpr bool peeks(std::uint32_t word)
{
    constexpr std::uint32_t msgPeek = 0x2; // which WSK calls WSK_FLAG_WAITALL
    return (word & msgPeek) != 0 && (word >> 16 & CallWsk) == 0;
}
/// It asks for the urgent byte.
[[nodiscard]] constexpr bool asksUrgent(std::uint32_t word)
{
    constexpr std::uint32_t msgOob = 0x1;
    return (word & msgOob) != 0 && (word >> 16 & CallWsk) == 0;
}

/// It throws away what arrives.
[[nodiscard]] constexpr bool drains(std::uint32_t word)
{
    constexpr std::uint32_t wskFlagDrain = 0x4;
    return (word & wskFlagDrain) != 0 && (word >> 16 & CallWsk) != 0;
}

/// Whose receives a socket's are.
enum class Interface : std::uint8_t { Wsp, Wsk, Native };

/// Bits of CallbackSet's a, as WSK numbers them.
enum EventMask : std::uint32_t { EventReceive = 0x40, EventDisconnect = 0x80, EventDisable = 0x8000'0000 };

/// How a socket came to its local address.
enum class AddressedBy : std::uint8_t { Bind, Accept, Connect, SendTo, Join };

/// What a thread waits for, in WaitBegan.
enum class WaitFor : std::uint8_t {
    Cause,      ///< the scenario's next cause
    Alertably,  ///< whatever is queued to the thread
    EventAlone, ///< an event; nothing that is queued runs
};

/// What is made to fail on purpose.
enum class Fault : std::uint8_t {
    NetworkDown,
    CallbackInProgress,
    IrpStatus, ///< of the next WskReceive; FaultInjected's b is the status
};

/// Who says so.
enum class Provenance : std::uint8_t {
    Measured, ///< a real socket did it
    Modelled, ///< the engine's rule
    Injected, ///< a fault or an order on purpose
};

/// Value of `a` where the call left the byte count alone.
inline constexpr std::uint32_t leftAlone = 0xFFFF'FFFF;
/// Value of `b` where no payload was kept.
inline constexpr std::uint32_t noPayload = 0xFFFF'FFFF;
/// Flags half of a packed outcome where the call left the flags alone.
inline constexpr std::uint16_t flagsLeftAlone = 0xFFFF;

struct Event {
    Nanoseconds time = 0;             ///< since the session's start
    OperationId operation;            ///< none for what belongs to no receive
    std::uint32_t socketSequence = 0; ///< counts the events of one socket from 1; 0 without a socket
    SocketId socket;
    StepId step; ///< the step that caused it, where one did
    EventType type = EventType::StepBegan;
    Provenance provenance = Provenance::Measured;
    RuleId rule = RuleId::None;
    std::uint32_t a = 0;
    std::uint32_t b = 0;

    friend bool operator==(const Event &, const Event &) = default;
};
static_assert(sizeof(Event) == 32);

/// The neighbours of WskReceive whose refusals are told without an operation (Refused).
enum class KernelCall : std::uint32_t { Send = 1, Connect, SocketConnect, Accept, Release, Disconnect, CloseSocket };

[[nodiscard]] constexpr std::uint32_t packOutcome(Status status, std::uint16_t flags)
{
    return static_cast<std::uint32_t>(status) | static_cast<std::uint32_t>(flags) << 16;
}
[[nodiscard]] constexpr Status statusOf(std::uint32_t packed)
{
    return static_cast<Status>(packed & 0xFFFF);
}
[[nodiscard]] constexpr std::uint16_t flagsOf(std::uint32_t packed)
{
    return static_cast<std::uint16_t>(packed >> 16);
}

/// @p receiveBuffer what SO_RCVBUF said when the socket was opened: an int of the system's, 0 when it was not asked
[[nodiscard]] constexpr std::uint32_t packOpened(bool overlapped, std::size_t receiveBuffer)
{
    return static_cast<std::uint32_t>(receiveBuffer) << 1 | static_cast<std::uint32_t>(overlapped);
}
[[nodiscard]] constexpr bool openedOverlapped(std::uint32_t packed)
{
    return (packed & 1) != 0;
}
[[nodiscard]] constexpr std::uint32_t receiveBufferOf(std::uint32_t packed)
{
    return packed >> 1;
}

/// "Called", "KernelReceived": stable names, used in files and in JSON.
[[nodiscard]] std::string_view nameOf(EventType type);

} // namespace recvscope::trace
