// Playback put to work: gives it frames while it moves, moves the presentation's playhead, hangs the veil before the
// next open question, and grants the views' wishes.
//
// Threads: the window's.

#pragma once

#include "gui/playback.h"

#include <QObject>
#include <QTimer>

namespace recvscope::gui {

class Appearance;
class Presentation;
class Questions;

class Player : public QObject {
    Q_OBJECT
public:
    /// All must outlive this; @p clock is the learner's time.
    Player(Presentation &presentation, const Questions &questions, const Appearance &appearance, const Clock &clock,
           QObject *parent = nullptr);

    [[nodiscard]] Playback::State state() const { return m_playback.state(); }
    [[nodiscard]] Rate rate() const { return m_playback.rate(); }

    void play();
    void pause();
    void toggle(); ///< play or pause
    void stepForward();
    void stepBack();
    void toStart();
    void toEnd();            ///< of a growing trace: goes live
    void setRate(Rate rate); ///< of the axis in force
    [[nodiscard]] Rate storyRate() const { return m_storyRate; }
    void setStoryRate(Rate rate);
    void setAxis(trace::TimeAxis axis);

    /// Shows what the time of the clock asks for; the timer calls it once a frame, tests call it themselves.
    void frame();

signals:
    /// The story came to its end by being told: played, or gone through step by step.
    void toldToTheEnd();
    void stateChanged();
    void rateChanged();

private:
    void replaced();
    void grew();
    void regate();
    void settle(Playback::State before);
    /// After a movement that tells the story.
    void settleTold(Playback::State before);
    /// The rate that was chosen for the axis, or a comfortable one for this trace.
    [[nodiscard]] Rate chosenRate() const;

    Presentation &m_presentation;
    const Questions &m_questions;
    const Appearance &m_appearance;
    Playback m_playback;
    QTimer m_frames;
    Rate m_storyRate = 1;
    Rate m_clockRate = 0; ///< 0: not chosen
};

} // namespace recvscope::gui
