// Playing, stepping and scrubbing a story: where the playhead stands at any time of the learner's clock.
//
// Pure logic with time as a parameter; knows neither window nor timer. Playing glides between events, which is an
// illustration; whatever stops it stops on an event, which is exact.
//
// Threads: the window's.

#pragma once

#include "base/clock.h"
#include "gui/speed.h"
#include "trace/story.h"

#include <cstdint>
#include <vector>

namespace recvscope::gui {

class Playback {
public:
    enum class State : std::uint8_t {
        Stopped,
        Playing,
        Held, ///< at a question: goes on once it is answered
        Live, ///< pinned to the end of a growing trace
    };

    /// @p clock is the learner's time and must outlive this.
    explicit Playback(const Clock &clock);

    /// Another story, from its start. @p story must outlive this, and may grow.
    void attach(const trace::Story &story);
    /// More may come: playing waits at the end instead of stopping there.
    void setGrowing(bool growing);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool moving() const { return m_state == State::Playing || m_state == State::Live; }
    /// Where the playhead stands now. Call it once a frame while moving().
    trace::Playhead advance();
    [[nodiscard]] trace::Playhead playhead() const { return m_playhead; }

    /// From the start when the end was reached.
    void play();
    void pause();
    void stepForward();
    void stepBack();
    void toStart();
    void toEnd();
    /// Stops there. Questions do not hold one who scrubs: who looks ahead wants to.
    void scrub(trace::Playhead playhead);
    void goLive();

    void setAxis(trace::TimeAxis axis);
    void setRate(Rate rate);
    [[nodiscard]] Rate rate() const { return m_rate; }
    /// No in-between: the playhead jumps from event to event.
    void setReducedMotion(bool reduced);

    /// Counts of events at which playing and stepping hold, ascending. Taking the one away that holds goes on.
    void setGates(std::vector<std::uint32_t> gates);

private:
    void stopAt(std::uint32_t event);
    void startClock();
    /// The first gate at or after @p event, or the largest number.
    [[nodiscard]] std::uint32_t gateFrom(std::uint32_t event) const;

    const Clock &m_clock;
    const trace::Story *m_story = nullptr;
    State m_state = State::Stopped;
    trace::Playhead m_playhead;
    trace::TimeAxis m_axis = trace::TimeAxis::Story;
    Rate m_rate = 1;
    double m_from = 0; ///< second of the axis at which m_since began
    Nanoseconds m_since = 0;
    bool m_growing = false;
    bool m_reducedMotion = false;
    bool m_heldWhilePlaying = false;
    std::vector<std::uint32_t> m_gates;
};

} // namespace recvscope::gui
