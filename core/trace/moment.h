// What is true at one moment: a pure function of (trace, playhead). The stage, the inspector and the terminal tell it.
//
// A trace may hold millions of receives, so a moment lists what can still be seen: every receive that waits, the newest
// 64 finished ones of each socket (keptReceives), the sends that the kernel or a listed receive still shows, and those
// of the next 4096 events (lookAhead). Totals count everything.
//
// Threads: values; computed on the caller's thread.

#pragma once

#include "trace/story.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace recvscope::trace {

inline constexpr std::size_t keptReceives = 64;  ///< finished receives listed, of each socket
inline constexpr std::uint32_t lookAhead = 4096; ///< events searched for what has not happened yet
inline constexpr std::size_t comingSends = 256;  ///< sends listed at most that have not happened yet, of each socket
inline constexpr std::size_t textBytes = 256;    ///< bytes of SendMoment::text
inline constexpr std::size_t listedEvents = 256; ///< events listed of one receive: the first and the latest halves

/// A stretch of a socket's incoming byte stream, all of one send. For an outside peer a "send" is an observed chunk.
struct Run {
    std::uint32_t send = 0;   ///< index into SocketMoment::sends; colours go by that one's number
    std::uint64_t offset = 0; ///< of its first byte in the socket's stream
    std::uint64_t length = 0;

    friend bool operator==(const Run &, const Run &) = default;
};

struct SendMoment {
    std::uint32_t number = 0; ///< counts the socket's sends from 0, those no longer listed included
    EventRef ref;
    std::uint64_t offset = 0; ///< of its first byte in the stream
    std::uint64_t length = 0;
    bool happened = false;     ///< false: it stands later in the trace ("not yet")
    bool observed = false;     ///< an outside peer's chunk, known only by what we received
    bool urgent = false;       ///< stands beside the stream, at `offset`
    std::uint64_t skipped = 0; ///< bytes of the event's payload that stand before it
    bool part = false;         ///< more of its message follows with the next send
    bool dropped = false;      ///< a message that never came in, or was thrown away: the socket hears another address
    std::string from;          ///< the further peer that sent it; empty: the socket's own
    std::string text;          ///< its first bytes as kept in the trace (raw bytes, may hold anything)

    friend bool operator==(const SendMoment &, const SendMoment &) = default;
};

/// A message that the kernel holds, or what receives have left of one. Empty ones are listed too.
struct MessageMoment {
    std::uint32_t send = 0;   ///< index into SocketMoment::sends of its first part
    std::uint64_t offset = 0; ///< of its first byte that is held, in the order of the socket's bytes
    std::uint64_t length = 0; ///< bytes of it that are held
    bool begun = false;       ///< a receive has taken a part of it
    bool whole = true;        ///< its last part was sent; false: more of it is to come

    friend bool operator==(const MessageMoment &, const MessageMoment &) = default;
};

/// The latest that holds, in this order. The peer's end has happened before the program sees it.
enum class EndState : std::uint8_t { Open, PeerFinished, PeerReset, EndSeen, ResetSeen, Closed };

struct BufferMoment {
    std::uint64_t size = 0;
    std::uint64_t filled = 0;
    std::vector<Run> runs; ///< what stands in it, from its start, without holes

    friend bool operator==(const BufferMoment &, const BufferMoment &) = default;
};

enum class ReceiveState : std::uint8_t {
    Called,  ///< inside the call, nothing decided yet
    Blocked, ///< the call blocks
    Pending, ///< returned WSA_IO_PENDING, or waits behind others
    AtOnce,  ///< completed without waiting
    Later,   ///< was pending or blocked, and has completed
    Failed,  ///< refused by the call: nothing was started
};

/// One argument or output at the two moments a program can look at it.
struct CallReturn {
    EventRef ref;
    Nanoseconds time = 0;
    Status status = Status::Success;    ///< error at return; Success = returned 0
    std::optional<std::uint64_t> bytes; ///< nothing: left alone
    std::optional<std::uint16_t> flags; ///< nothing: left alone
    RuleId rule = RuleId::None;

    friend bool operator==(const CallReturn &, const CallReturn &) = default;
};

/// Of a receive's completion routine. A thread that exits takes what is queued to it along: it is only given again.
enum class RoutineState : std::uint8_t { None, Given, Queued, Running, Ran };

/// Of the memory under a WskReceive. It must stay locked until the IRP completes.
enum class PagesState : std::uint8_t {
    None,     ///< no chain, or no call of WSK's
    Locked,   ///< lent to the call, which may write there
    Returned, ///< the IRP is complete, or there was none: the driver's again
    Unlocked, ///< too early: taken away under the pending IRP
    Freed,    ///< the same, and the memory is gone
};

/// A WskReceive's WSK_BUF. Its BufferMoments are what [offset, offset + length) leaves of the descriptors, in order.
struct ChainMoment {
    std::uint32_t offset = 0; ///< into the first descriptor
    std::uint64_t length = 0;
    std::vector<std::uint32_t> descriptors; ///< byte counts of the memory descriptors

    friend bool operator==(const ChainMoment &, const ChainMoment &) = default;
};

struct ReceiveMoment {
    OperationId id;
    std::string name;
    SocketId socket;
    ReceiveState state = ReceiveState::Called;
    std::uint16_t flagsIn = 0;
    std::uint16_t traits = 0; ///< CallTraits
    std::uint16_t thread = 0; ///< track of the calling thread
    std::uint32_t ahead = 0;  ///< receives still ahead of it in the queue
    std::vector<BufferMoment> buffers;
    std::uint64_t placed = 0; ///< bytes in the buffers so far
    EventRef called;
    Nanoseconds calledAt = 0;
    std::optional<CallReturn> returned;
    std::optional<CallReturn> completed;
    std::optional<bool> eventSet;    ///< nothing: there is no event
    std::vector<EventRef> events;    ///< what happened to it so far (listedEvents)
    RuleId decidedBy = RuleId::None; ///< the rule of its refusal, else of the latest Completed or Returned
    Provenance provenance =
        Provenance::Modelled; ///< Injected or Measured where any of its events was, but the call and its routine's
    RoutineState routine = RoutineState::None;
    std::vector<Run> lost;       ///< what found no room in its buffers and is gone, in order
    std::uint64_t lostBytes = 0; ///< their number
    // -- of a WskReceive
    std::uint8_t level = 0;           ///< IRQL at which it was called; 0 is PASSIVE_LEVEL
    std::optional<ChainMoment> chain; ///< nothing: no WSK_BUF was given, or the trace tells none
    PagesState pages = PagesState::None;
    std::optional<CallReturn> irp; ///< nothing: not complete, or there is none; bytes: its Information
    std::uint64_t drained = 0;     ///< bytes it threw away

    /// A WskReceive: flagsIn are WSK's, its routine is its IRP's.
    [[nodiscard]] bool isWsk() const { return (traits & CallWsk) != 0; }
    [[nodiscard]] bool isDrain() const { return drains(flagsIn | std::uint32_t{traits} << 16); }
    friend bool operator==(const ReceiveMoment &, const ReceiveMoment &) = default;
};

/// What a receive event callback is called with: bytes that stay the kernel's until it takes or keeps them.
struct IndicationMoment {
    std::uint32_t number = 0; ///< counts those of the socket from 1; 0: the null indication, which carries nothing
    EventRef began;           ///< its track is the thread that runs the callback
    std::uint64_t bytes = 0;
    std::vector<Run> runs;                  ///< whose bytes those are
    std::vector<std::uint32_t> descriptors; ///< bytes of each data descriptor of the list
    bool injected = false;                  ///< called on purpose though an IRP waits (wsk.event.race)
    std::optional<CallReturn> answer;       ///< nothing: the callback runs. bytes: accepted or kept

    /// The callback keeps it: until WskRelease.
    [[nodiscard]] bool kept() const { return answer && answer->status == Status::NtPending; }
    friend bool operator==(const IndicationMoment &, const IndicationMoment &) = default;
};

/// The event callbacks of a WSK socket.
struct CallbackMoment {
    bool enabled = false;                    ///< the receive event callback
    bool stopped = false;                    ///< it is silent until a WskReceive
    std::uint64_t answered = 0;              ///< calls of it that are over, the null indication's included
    std::optional<IndicationMoment> latest;  ///< the one that runs, else the one answered last
    std::vector<IndicationMoment> retained;  ///< kept and not released yet, oldest first
    bool disconnectEnabled = false;          ///< the disconnect event callback
    std::optional<bool> disconnectTold = {}; ///< nothing: not yet; true: that the end is abortive

    [[nodiscard]] bool runs() const { return latest && !latest->answer; }
    friend bool operator==(const CallbackMoment &, const CallbackMoment &) = default;
};

struct SocketMoment {
    SocketId id;
    std::string name;
    std::uint8_t kind = 0;               ///< net::SocketKind
    std::uint32_t receiveBuffer = 0;     ///< SO_RCVBUF in bytes when it was opened; 0: not known
    bool appeared = false;               ///< false: its first event is still to come
    std::vector<SendMoment> sends;       ///< in order: those still to be seen, then those that have not happened yet
    std::uint64_t sent = 0;              ///< bytes whose send has happened
    std::uint64_t taken = 0;             ///< bytes that left the kernel by receives, those that were lost included
    std::uint64_t lost = 0;              ///< bytes of messages that found no room and are gone
    bool keepsMessages = false;          ///< what arrives are messages, and the kernel keeps them apart
    bool actsAsStream = false;           ///< and yet its receives read across them (a profile)
    std::vector<MessageMoment> messages; ///< those the kernel holds, oldest first; outside peers' are not known
    std::vector<Run> kernel;             ///< what the kernel holds, oldest first: sent and not taken; lost once Closed
    std::optional<std::uint64_t> measured; ///< the latest FIONREAD, if one was asked
    EndState end = EndState::Open;
    std::vector<OperationId> waiting;         ///< receives pending or blocked, oldest first
    std::vector<OperationId> receives;        ///< those listed in Moment::receives, oldest first
    std::uint64_t calls = 0;                  ///< receives called so far
    std::uint64_t finished = 0;               ///< of those, completed or refused
    std::optional<std::uint32_t> urgent = {}; ///< the urgent byte that nobody took: an index into sends
    bool linkCut = false;                     ///< nothing passes between the peer and the kernel any more
    Interface face = Interface::Wsp;          ///< whose receives its are
    // -- of a WSK socket
    CallbackMoment callback;
    OperationId drain;                        ///< the receive that throws away what arrives; none: nothing does
    std::uint64_t drained = 0;                ///< bytes thrown away so far; `taken` counts them too
    bool closeDue = false;                    ///< it does not function any more and is not closed yet: overdue
    bool closing = false;                     ///< WskCloseSocket was called, and is not done
    std::optional<bool> disconnectAsked = {}; ///< nothing: no WskDisconnect; true: abortive

    [[nodiscard]] std::uint64_t held() const { return sent - taken; }
    friend bool operator==(const SocketMoment &, const SocketMoment &) = default;
};

/// Waits in a thread's queue: a receive's routine, or an APC of the program.
struct QueuedApc {
    OperationId receive;       ///< whose routine it is; none: the program's own APC
    std::uint32_t context = 0; ///< the value that one will be told
    EventRef event;            ///< queued it
    bool putOff = false;       ///< its turn came while another routine of its socket ran

    friend bool operator==(const QueuedApc &, const QueuedApc &) = default;
};

enum class ThreadDoes : std::uint8_t {
    Call,         ///< is inside a receive's call
    Blocks,       ///< waits inside that call
    AsksResult,   ///< asks for a result, without waiting
    AwaitsResult, ///< waits for a result
    AlertableWait,
    EventWait,
    Routine, ///< runs a receive's completion routine
    Apc,     ///< runs an APC of the program, until the thread does something else
};

/// One thing a thread is in the middle of.
struct Doing {
    ThreadDoes what = ThreadDoes::Call;
    OperationId receive;       ///< that it is about; none for waits and APCs
    std::uint32_t context = 0; ///< of an APC
    EventRef since;

    friend bool operator==(const Doing &, const Doing &) = default;
};

/// A thread of the application: one that calls, waits for what is queued, or has something queued to it.
struct ThreadMoment {
    std::uint16_t track = 0;
    std::string name;
    bool appeared = false;        ///< false: its first call is still to come
    bool exited = false;          ///< it runs nothing any more
    bool everQueued = false;      ///< something is, was, or will be queued to it
    std::vector<Doing> doing;     ///< outermost first; empty: it runs the program's own code
    std::vector<QueuedApc> queue; ///< oldest first

    friend bool operator==(const ThreadMoment &, const ThreadMoment &) = default;
};

/// The program broke a rule.
struct MisuseMoment {
    EventRef event;
    OperationId receive; ///< none: it was about no receive
    RuleId rule = RuleId::None;
    bool injected = false;
    SocketId socket = {}; ///< none: it was about no socket

    friend bool operator==(const MisuseMoment &, const MisuseMoment &) = default;
};

struct Moment {
    Playhead playhead;
    Nanoseconds clock = 0;               ///< clock time of the latest event that has happened
    StepId step;                         ///< the step that is being told
    std::vector<SocketMoment> sockets;   ///< in the order of their numbers, those of the look-ahead included
    std::vector<ReceiveMoment> receives; ///< those listed, oldest first
    std::vector<ThreadMoment> threads;   ///< in the order of their tracks, those of the look-ahead included
    std::vector<MisuseMoment> misuses;   ///< since the program or the peer did something last
    bool networkDown = false;            ///< the network subsystem fails: injected

    [[nodiscard]] const SocketMoment *socket(SocketId id) const;
    [[nodiscard]] const ReceiveMoment *receive(OperationId id) const;
    friend bool operator==(const Moment &, const Moment &) = default;
};

/// The moment after the first playhead.event events of the story. Costs what stands before it.
[[nodiscard]] Moment momentAt(const Story &story, Playhead playhead);

class MomentFold;

/// Keeps checkpoints so that a moment anywhere costs what stands between it and the nearest one, and the moment at the
/// end of a growing trace costs what is new.
class Moments {
public:
    Moments();
    ~Moments();
    Moments(Moments &&) noexcept;
    Moments &operator=(Moments &&) noexcept;

    /// To be called after each Story::extend(); forgets what a late event changed.
    void extend(const Story &story);
    /// Equal to momentAt(story, playhead).
    [[nodiscard]] Moment at(const Story &story, Playhead playhead) const;

    /// Receives that the checkpoints hold together, some 600 bytes each: at most these, however many sockets there are.
    static constexpr std::size_t mostReceives = 64 * 1024;
    [[nodiscard]] std::size_t heldReceives() const;

private:
    static constexpr std::size_t mostCheckpoints = 256;

    std::vector<std::unique_ptr<const MomentFold>> m_checkpoints; ///< oldest first
    std::unique_ptr<MomentFold> m_end;                            ///< after everything, as of the last extend()
    std::uint32_t m_spacing = 4096; ///< events between checkpoints; doubles when there are too many
    std::uint64_t m_extensions = 0; ///< of the story, as of the last extend()
};

/// The bytes of a run as far as the trace kept them (a string of raw bytes, maybe shorter than the run).
[[nodiscard]] std::string bytesOf(const Story &story, const SocketMoment &socket, const Run &run);

/// One sentence for the call strip or the event table: "returned WSA_IO_PENDING; bytes and flags left alone".
[[nodiscard]] std::string describe(const Story &story, std::uint32_t index);

} // namespace recvscope::trace
