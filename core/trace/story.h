// All events of a trace in one order, with a moment in story time for each: gaps shrink, nothing overlaps.
//
// The order: by time; at equal times by the socket's sequence, then by track; within a track always as recorded.
// In story time each event worth a stop gets a moment of its own, 0.15 to 1.2 seconds after the one before: the
// logarithm of the true gap. Housekeeping (a buffer that was given, bytes that were placed) shares the moment of the
// stop before it. Clock time keeps true distances from the session's start.
//
// A pure function of a snapshot; extend() takes a longer snapshot of the same store and does only the new work: an
// event that arrives late from another thread is merged into the tail. Takes about 1.5 bytes an event. Threads: a Story
// belongs to one thread.

#pragma once

#include "trace/store.h"

#include <optional>
#include <vector>

namespace recvscope::trace {

/// Which of the two times an axis shows.
enum class TimeAxis : std::uint8_t { Story, Clock };

/// A place of the playhead: on an event of the story (exact), or on the way to the next one (an illustration).
/// `event` counts the story's events that have happened: 0 is before the first.
struct Playhead {
    std::uint32_t event = 0;
    double toNext = 0; ///< 0 ≤ toNext < 1; 0 when stopped

    [[nodiscard]] bool exact() const { return toNext == 0; }
    friend bool operator==(const Playhead &, const Playhead &) = default;
};

/// What is no stop for a learner: it shares the moment of the stop before it.
inline constexpr EventType housekeeping[] = {
    EventType::ExpectationMet, EventType::SocketOpened, EventType::SocketBound,     EventType::KernelHolds,
    EventType::PeerReceived,   EventType::BufferGiven,  EventType::KernelEmpty,     EventType::Placed,
    EventType::EventReset,     EventType::RoutineEnded, EventType::FaceGiven,       EventType::ChainGiven,
    EventType::MdlGiven,       EventType::AtIrql,       EventType::DescriptorGiven,
};
inline constexpr auto stops = [] {
    std::array<bool, static_cast<std::size_t>(lastEventType) + 1> each{};
    each.fill(true);
    for (const EventType type : housekeeping)
        each[static_cast<std::size_t>(type)] = false;
    return each;
}();

[[nodiscard]] constexpr bool isStop(EventType type)
{
    return stops[static_cast<std::size_t>(type)];
}

class Story {
public:
    Story() = default;
    explicit Story(Snapshot snapshot) { extend(std::move(snapshot)); }

    /// @p snapshot must be of the same store and not older.
    void extend(Snapshot snapshot);

    [[nodiscard]] const Snapshot &snapshot() const { return m_snapshot; }
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(m_codes.size()); } ///< events
    [[nodiscard]] EventRef ref(std::uint32_t index) const;                                          ///< index < size()
    [[nodiscard]] const Event &event(std::uint32_t index) const { return m_snapshot.event(ref(index)); }

    /// When event @p index stands on that axis: seconds of story time at speed 1, or clock seconds.
    [[nodiscard]] double moment(std::uint32_t index, TimeAxis axis) const;
    /// The axis' end, seconds: the moment of the last event.
    [[nodiscard]] double length(TimeAxis axis) const;
    /// The playhead at that second of that axis: behind all events that stand there.
    [[nodiscard]] Playhead at(double second, TimeAxis axis) const;
    /// The inverse of at().
    [[nodiscard]] double second(Playhead playhead, TimeAxis axis) const;

    /// The story index of an event, or nothing when it is not in the snapshot.
    [[nodiscard]] std::optional<std::uint32_t> indexOf(EventRef ref) const;

    /// For stepping: the next value of Playhead::event after @p from that stands behind a stop and all its
    /// housekeeping; size() when there is none.
    [[nodiscard]] std::uint32_t stepForward(std::uint32_t from) const;
    /// The one before @p from; 0 when there is none.
    [[nodiscard]] std::uint32_t stepBack(std::uint32_t from) const;
    /// The index of the event that the playhead tells: the latest stop among those that have happened.
    [[nodiscard]] std::optional<std::uint32_t> told(Playhead playhead) const;

    /// Whose receives a socket's are: known wherever the playhead stands.
    [[nodiscard]] Interface faceOf(SocketId socket) const
    {
        return socket.value < m_faces.size() ? m_faces[socket.value] : Interface::Wsp;
    }

    /// The first event not earlier than @p time; size() when there is none.
    [[nodiscard]] std::uint32_t firstAt(Nanoseconds time) const;
    /// How many of the first events are as they were before the last extend(): later ones may have moved.
    [[nodiscard]] std::uint32_t unchanged() const { return m_unchanged; }
    /// How often extend() was called.
    [[nodiscard]] std::uint64_t extensions() const { return m_extensions; }

    /// Bytes this story takes beside the store.
    [[nodiscard]] std::size_t memoryUsed() const;

private:
    friend class StoryWalk;

    // The order is kept as one byte an event: which of its block's tracks comes next. A block knows where each of its
    // tracks stood at its start, and where story time did; what lies within is counted off.
    static constexpr std::uint32_t blockEvents = 128;
    static constexpr Nanoseconds noStop = ~Nanoseconds{0};

    struct Block {
        Nanoseconds begin = 0;           ///< time of its first event
        Nanoseconds stopBefore = noStop; ///< time of the latest stop before it
        std::uint64_t ticksBefore = 0;   ///< story time of that stop, microseconds
        std::uint32_t firstStart = 0;    ///< into m_starts
    };
    struct Start {
        std::uint32_t index = 0; ///< of the track's first event within the block
        std::uint16_t track = 0;
    };
    /// Story time as it runs from event to event.
    struct Teller {
        Nanoseconds lastStop = noStop;
        std::uint64_t ticks = 0;
        void tell(const Event &event);
    };

    [[nodiscard]] static double seconds(std::uint64_t ticks) { return static_cast<double>(ticks) / 1e6; }
    [[nodiscard]] static double clockSeconds(Nanoseconds time) { return static_cast<double>(time) / 1e9; }

    void append(std::uint16_t track, const Event &event);
    void rollBackTo(std::uint32_t size);
    [[nodiscard]] std::uint32_t blockOf(double second, TimeAxis axis) const;

    Snapshot m_snapshot;
    std::vector<std::uint8_t> m_codes; ///< per event: an offset into its block's starts
    std::vector<Block> m_blocks;
    std::vector<Start> m_starts;
    std::vector<std::uint32_t> m_merged; ///< per track: how many of its events are in the story
    std::vector<std::uint8_t> m_codeOf;  ///< per track: its code in the last block, where that one has it
    std::vector<Interface> m_faces;      ///< by socket, those that FaceGiven told
    Teller m_end;
    std::uint32_t m_unchanged = 0;
    std::uint64_t m_extensions = 0;
};

} // namespace recvscope::trace
