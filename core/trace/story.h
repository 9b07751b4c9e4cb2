// All events of a trace in one order, with a moment in story time for each: gaps shrink, nothing overlaps.
//
// A pure function of a snapshot; extend() takes a longer snapshot of the same store and does only the new work.
// Threads: a Story belongs to one thread.

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

class Story {
public:
    Story() = default;
    explicit Story(Snapshot snapshot);

    /// @p snapshot must be of the same store and not older.
    void extend(Snapshot snapshot);

    [[nodiscard]] const Snapshot &snapshot() const;
    [[nodiscard]] std::uint32_t size() const; ///< events in the story
    [[nodiscard]] EventRef ref(std::uint32_t index) const; ///< index < size()
    [[nodiscard]] const Event &event(std::uint32_t index) const;

    /// When event @p index stands on that axis: seconds of story time at speed 1, or clock seconds.
    [[nodiscard]] double moment(std::uint32_t index, TimeAxis axis) const;
    /// The axis' end, seconds.
    [[nodiscard]] double length(TimeAxis axis) const;
    /// The playhead at that second of that axis.
    [[nodiscard]] Playhead at(double second, TimeAxis axis) const;
    /// The inverse of at().
    [[nodiscard]] double second(Playhead playhead, TimeAxis axis) const;

    /// The story index of an event, or nothing.
    [[nodiscard]] std::optional<std::uint32_t> indexOf(EventRef ref) const;
    /// The next event worth a stop after @p from (not BufferGiven and the like), for stepping; size() when there is none.
    [[nodiscard]] std::uint32_t stepForward(std::uint32_t from) const;
    [[nodiscard]] std::uint32_t stepBack(std::uint32_t from) const;
};

} // namespace recvscope::trace
