// The one thing all views see: the trace, the playhead, and what is selected. Every view is a function of it, holds no
// truth of its own, and repaints at its signals; so selecting in one view selects in all.
//
// Threads: the window's. The session bridge hands in snapshots, Playback moves the playhead.

#pragma once

#include "gui/telling.h"
#include "trace/moment.h"
#include "trace/spans.h"
#include "trace/story.h"

#include <QObject>

#include <optional>

namespace recvscope::gui {

struct Selection {
    OperationId receive;                ///< none: the views show the receive that the latest event belongs to
    SocketId socket;                    ///< none: the socket of that receive, or the first
    std::optional<std::uint32_t> event; ///< story index, from the event table

    friend bool operator==(const Selection &, const Selection &) = default;
};

/// Visible stretch of the axis in force, seconds; shared by timeline and plots.
struct TimeRange {
    double begin = 0;
    double end = 1;

    [[nodiscard]] double length() const { return end - begin; }
    friend bool operator==(const TimeRange &, const TimeRange &) = default;
};

/// Beyond so many events nobody reads story time, and a picture of every event would be a grey block: the clock axis
/// alone remains, and the timeline is drawn from summaries.
inline constexpr std::uint32_t storyAxisLimit = 20'000;

class Presentation : public QObject {
    Q_OBJECT
public:
    explicit Presentation(QObject *parent = nullptr);

    // -- what is
    [[nodiscard]] const trace::Story &story() const { return m_story; }
    [[nodiscard]] const trace::SpanIndex &spans() const { return m_spans; }
    [[nodiscard]] const Telling &telling() const { return m_telling; }
    [[nodiscard]] bool empty() const { return m_story.size() == 0; }
    /// The trace is still growing (a run or a live session goes on).
    [[nodiscard]] bool growing() const { return m_growing; }

    [[nodiscard]] trace::Playhead playhead() const { return m_playhead; }
    /// The playhead on the axis in force.
    [[nodiscard]] double second() const { return m_story.second(m_playhead, m_axis); }
    [[nodiscard]] trace::TimeAxis axis() const { return m_axis; }
    [[nodiscard]] TimeRange range() const { return m_range; }
    [[nodiscard]] const Selection &selection() const { return m_selection; }

    /// Count of events that may be seen: what follows them answers a question that is still open. Nothing: all may be.
    [[nodiscard]] std::optional<std::uint32_t> veil() const { return m_veil; }
    /// Where the veil begins on the axis in force, or nothing.
    [[nodiscard]] std::optional<double> veiledFrom() const;

    /// What is true at the playhead; computed once for each place of it.
    [[nodiscard]] const trace::Moment &moment() const;
    /// The receive every view shows: the selected one when it has been called by now, else activeReceive().
    [[nodiscard]] OperationId shownReceive() const;
    /// The socket every view shows: the selected one, else that of the shown receive, else the first. None in an empty
    /// trace.
    [[nodiscard]] SocketId shownSocket() const;

    // -- what is seen of it
    void select(const Selection &selection);
    void selectReceive(OperationId receive);
    /// Story time is granted up to storyAxisLimit events, and comes back with a shorter trace.
    void setAxis(trace::TimeAxis axis);
    /// Kept within the axis and not shorter than a billionth of it, or some nanoseconds.
    void setRange(TimeRange range);
    /// The whole trace.
    void fit();
    /// What fit() shows: from the first event to the end.
    [[nodiscard]] TimeRange whole() const;

    // -- wishes of the views, granted by Playback and the window: they stop a playing story or leave the live end
    void askPlayhead(trace::Playhead playhead) { emit playheadAsked(playhead); }
    void askLesson(int number) { emit lessonAsked(number); }

    // -- for the session bridge and the player alone
    void replaceTrace(trace::Snapshot snapshot, Telling telling);
    /// @p snapshot is of the same store and not older.
    void growTrace(trace::Snapshot snapshot);
    void setTelling(Telling telling);
    void setGrowing(bool growing);
    void setPlayhead(trace::Playhead playhead);
    void setVeil(std::optional<std::uint32_t> veil);

signals:
    void traceReplaced();  ///< another trace: everything else changed with it
    void tellingChanged(); ///< other texts, or the answers of its questions, for the same trace
    void traceGrew();
    void growingChanged();
    void playheadMoved();
    void veilChanged();
    void selectionChanged();
    void axisChanged();
    void rangeChanged();
    void playheadAsked(trace::Playhead playhead);
    void lessonAsked(int number);

private:
    /// What was wished for, as far as it can be granted.
    [[nodiscard]] trace::TimeAxis grantedAxis() const;

    trace::Story m_story;
    trace::SpanIndex m_spans;
    trace::Moments m_moments;
    Telling m_telling;
    trace::Playhead m_playhead;
    std::optional<std::uint32_t> m_veil;
    trace::TimeAxis m_axis = trace::TimeAxis::Story;
    trace::TimeAxis m_wishedAxis = trace::TimeAxis::Story;
    TimeRange m_range;
    Selection m_selection;
    bool m_growing = false;
    bool m_fitted = true; ///< the range shows the whole trace and grows with it
    mutable std::optional<trace::Moment> m_moment;
};

} // namespace recvscope::gui
