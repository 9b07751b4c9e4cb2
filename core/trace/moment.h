// What is true at one moment: a pure function of (trace, playhead). The stage, the inspector and the terminal tell it.
//
// Threads: values; computed on the caller's thread.

#pragma once

#include "trace/story.h"

#include <optional>
#include <string>
#include <vector>

namespace recvscope::trace {

/// A stretch of a socket's incoming byte stream, all of one send. For an outside peer a "send" is an observed chunk.
struct Run {
    std::uint32_t send = 0;     ///< index into SocketMoment::sends; colours go by it
    std::uint64_t offset = 0;   ///< of its first byte in the socket's stream
    std::uint64_t length = 0;

    friend bool operator==(const Run &, const Run &) = default;
};

struct SendMoment {
    EventRef ref;
    std::uint64_t offset = 0;     ///< of its first byte in the stream
    std::uint64_t length = 0;
    bool happened = false;        ///< false: it stands later in the trace ("not yet")
    bool observed = false;        ///< an outside peer's chunk, known only by what we received
    bool urgent = false;
    std::string text;             ///< its first bytes as kept in the trace (raw bytes, may hold anything)
};

enum class EndState : std::uint8_t { Open, PeerFinished, PeerReset, EndSeen, ResetSeen, Closed };

struct BufferMoment {
    std::uint64_t size = 0;
    std::uint64_t filled = 0;
    std::vector<Run> runs; ///< what stands in it, from its start, without holes
};

enum class ReceiveState : std::uint8_t {
    Called,    ///< inside the call, nothing decided yet
    Blocked,   ///< the call blocks
    Pending,   ///< returned WSA_IO_PENDING, or waits behind others
    AtOnce,    ///< completed before the call returned
    Later,     ///< was pending, and has completed
    Failed,    ///< refused by the call: nothing was started
};

/// One argument or output at the two moments a program can look at it.
struct CallReturn {
    EventRef ref;
    Nanoseconds time = 0;
    Status status = Status::Success;           ///< error at return; Success = returned 0
    std::optional<std::uint64_t> bytes;        ///< nothing: left alone
    std::optional<std::uint16_t> flags;        ///< nothing: left alone
    RuleId rule = RuleId::None;
};

struct ReceiveMoment {
    OperationId id;
    std::string name;
    SocketId socket;
    ReceiveState state = ReceiveState::Called;
    std::uint16_t flagsIn = 0;
    std::uint16_t traits = 0;           ///< CallTraits
    std::uint16_t thread = 0;           ///< track of the calling thread
    std::uint32_t ahead = 0;            ///< receives still ahead of it in the queue
    std::vector<BufferMoment> buffers;
    std::uint64_t placed = 0;           ///< bytes in the buffers so far
    EventRef called;
    Nanoseconds calledAt = 0;
    std::optional<CallReturn> returned;
    std::optional<CallReturn> completed;
    std::optional<bool> eventSet;       ///< nothing: there is no event
    std::vector<EventRef> events;       ///< everything that happened to it so far
    RuleId decidedBy = RuleId::None;    ///< the rule of the latest Completed or Returned
    Provenance provenance = Provenance::Measured;
};

struct SocketMoment {
    SocketId id;
    std::string name;
    std::uint8_t kind = 0;              ///< net::SocketKind
    std::vector<SendMoment> sends;      ///< every send of the trace, those that have not happened yet included
    std::uint64_t sent = 0;             ///< bytes whose send has happened
    std::uint64_t taken = 0;            ///< bytes copied out of the kernel by receives
    std::vector<Run> kernel;            ///< what the kernel holds, oldest first: sent and not taken
    std::optional<std::uint64_t> measured; ///< the latest FIONREAD, if one was asked
    EndState end = EndState::Open;
    std::vector<OperationId> waiting;   ///< receives pending or blocked, oldest first
    std::vector<OperationId> receives;  ///< every receive called so far, oldest first

    [[nodiscard]] std::uint64_t held() const { return sent - taken; }
};

struct Moment {
    Playhead playhead;
    Nanoseconds clock = 0;              ///< clock time of the playhead's event
    StepId step;                        ///< the step that is being told
    std::vector<SocketMoment> sockets;
    std::vector<ReceiveMoment> receives; ///< every receive called so far, oldest first

    [[nodiscard]] const SocketMoment *socket(SocketId id) const;
    [[nodiscard]] const ReceiveMoment *receive(OperationId id) const;
};

/// The moment after the first playhead.event events of the story.
[[nodiscard]] Moment momentAt(const Story &story, Playhead playhead);

/// Keeps checkpoints so that a moment anywhere costs what stands between it and the nearest one.
class Moments {
public:
    void extend(const Story &story);
    [[nodiscard]] Moment at(const Story &story, Playhead playhead) const;
};

/// The bytes of a run as far as the trace kept them (a string of raw bytes, maybe shorter than the run).
[[nodiscard]] std::string bytesOf(const Story &story, const SocketMoment &socket, const Run &run);

/// One sentence for the call strip or the event table: "returned WSA_IO_PENDING; bytes and flags left alone".
[[nodiscard]] std::string describe(const Story &story, std::uint32_t index);

} // namespace recvscope::trace
