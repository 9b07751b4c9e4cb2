// Folds a story's events, one after another, into what is true after them. Its states are Moments' checkpoints.
//
// What is listed depends on the events alone, never on where a checkpoint stood: so a moment is the same however it
// was reached. Threads: a value; belongs to one thread.

#pragma once

#include "trace/moment.h"

#include <deque>
#include <map>
#include <unordered_map>

namespace recvscope::trace {

class MomentFold {
public:
    /// Events folded so far: always a prefix of the story.
    [[nodiscard]] std::uint32_t events() const { return m_events; }
    /// Receives it holds: most of what it takes, some 600 bytes each.
    [[nodiscard]] std::size_t receives() const { return m_receives.size(); }

    /// Goes on to the first @p events of the story.
    void advance(const Story &story, std::uint32_t events);
    [[nodiscard]] Moment moment(const Story &story, Playhead playhead) const;

private:
    struct Send {
        EventRef ref;
        std::uint64_t offset = 0;
        std::uint64_t length = 0; ///< of the stream: 0 when urgent
        std::uint64_t skipped = 0;
        bool observed = false;
        bool urgent = false;
        bool part = false;
        std::uint64_t dropped = 0;            ///< its bytes, when it never came in: they are no part of the ledger
        bool filtered = false;                ///< it came in and was thrown away
        std::optional<EventRef> speaker = {}; ///< names the further peer that sent it

        [[nodiscard]] std::uint64_t end() const { return offset + length; }
    };

    /// Runs name their send by its number here, and by its index in a moment.
    struct Receive {
        ReceiveMoment told;
        std::uint64_t order = 0;      ///< counts all calls of the trace
        std::uint64_t handOffset = 0; ///< bytes the kernel gave that are not placed yet: from this offset of the stream
        std::uint64_t handLength = 0;
        std::optional<std::uint32_t> urgentHand; ///< they are that send's urgent byte
        std::optional<std::uint32_t> firstSend;  ///< the earliest send its buffers show
        bool waited = false;
        bool refused = false;
        bool finished = false;
    };

    /// A message that the kernel holds.
    struct Parcel {
        std::uint32_t send = 0; ///< number of its first part's
        std::uint64_t offset = 0;
        std::uint64_t length = 0;
        bool begun = false;
        bool whole = true;
    };

    struct Socket {
        SocketMoment told; ///< without sends, kernel and drain; runs name sends as a Receive's do
        std::deque<Send> sends;
        std::uint32_t firstSend = 0;         ///< number of sends[0]
        std::optional<std::uint32_t> urgent; ///< number of the latest urgent send
        std::deque<Parcel> parcels;          ///< oldest first
        bool partComes = false;              ///< the next send is a part
        std::optional<EventRef> speaker;     ///< of the sends to come
        std::deque<OperationId> finished;    ///< those listed, in the order in which they finished
        std::uint32_t indications = 0;       ///< so far, without the null indication
        bool releasedEarly = false;          ///< the running one: given back before the callback has returned
    };

    struct Thread {
        std::vector<Doing> doing;
        std::vector<QueuedApc> queue;
        bool everQueued = false;
        bool exited = false;
    };

    void apply(const Event &event, EventRef ref);
    void applyWhere(const Event &event, EventRef ref);
    void applyToSocket(Socket &socket, const Event &event, EventRef ref);
    void applyToReceive(Socket &socket, Receive &receive, const Event &event, EventRef ref);
    void call(Socket &socket, const Event &event, EventRef ref);
    void take(Socket &socket, Receive *receive, const Event &event, EventRef ref);
    // Messages (moment_messages.cpp).

    static void openedAs(Socket &socket, std::uint32_t kind);
    static void sent(Socket &socket, const Event &event, EventRef ref);
    static void dropped(Socket &socket, const Event &event);
    static void filtered(Socket &socket, const Event &event, EventRef ref);
    static void lost(const Socket &socket, Receive &receive, std::uint64_t from, std::uint64_t length);
    [[nodiscard]] static std::vector<Run> runsOf(const Socket &socket, std::uint64_t from, std::uint64_t length);
    static void seen(Socket &socket, std::uint64_t to, EventRef ref);
    static void emptiesSkipped(Socket &socket, std::uint32_t count);
    static void takenFrom(Socket &socket, std::uint64_t bytes);
    static void tell(const Socket &socket, SocketMoment &moment);

    // Winsock Kernel (moment_kernel.cpp).

    void applyKernel(Socket &socket, const Event &event, EventRef ref);
    static void applyKernelTo(Receive &receive, const Event &event, EventRef ref);
    static void callbackSet(SocketMoment &told, const Event &event);
    static void indicated(Socket &socket, const Event &event, EventRef ref);
    void answered(Socket &socket, const Event &event, EventRef ref);
    static void released(Socket &socket, std::uint32_t number);
    static void tellKernel(const Socket &socket, const Receive *first, SocketMoment &moment);

    // Threads and misuse (moment_threads.cpp).

    void applyToThread(const Event &event, EventRef ref);
    void queueTo(std::uint16_t track, const Event &event, EventRef ref);
    void begins(std::uint16_t track, const Doing &doing);
    void leaves(std::uint16_t track, const Event &event);
    void exits(std::uint16_t track);
    void applyMisuse(const Event &event, EventRef ref);
    void setRoutine(OperationId receive, RoutineState state);
    void tellThreads(const Story &story, Moment &moment) const;

    void place(const Socket &socket, Receive &receive, std::uint32_t buffer, std::uint64_t bytes);
    void waits(Socket &socket, Receive &receive, ReceiveState state);
    void finish(Socket &socket, Receive &receive);
    void forgetOldest(Socket &socket);
    void forgetSends(Socket &socket);

    [[nodiscard]] SocketMoment socketMoment(const Story &story, const Socket &socket) const;
    void lookAheadOf(const Story &story, Moment &moment) const;

    std::uint32_t m_events = 0;
    Nanoseconds m_clock = 0;
    StepId m_step;
    std::uint64_t m_calls = 0;
    std::map<SocketId, Socket> m_sockets;
    std::unordered_map<OperationId, Receive> m_receives;
    std::map<std::uint16_t, Thread> m_threads;                              ///< by track
    std::map<std::uint16_t, std::pair<OperationId, std::uint8_t>> m_levels; ///< by track: of the call that follows
    std::vector<MisuseMoment> m_misuses;
    bool m_networkDown = false;
};

/// What an event tells of an outcome: a = bytes or leftAlone, b = packOutcome.
[[nodiscard]] CallReturn callReturnOf(const Event &event, EventRef ref);

} // namespace recvscope::trace
