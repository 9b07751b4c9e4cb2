#include "gui/player.h"

#include "gui/appearance.h"
#include "gui/presentation.h"
#include "gui/questions.h"

namespace recvscope::gui {

namespace {
constexpr int frameMilliseconds = 16;
}

Player::Player(Presentation &presentation, const Questions &questions, const Appearance &appearance, const Clock &clock,
               QObject *parent)
    : QObject(parent), m_presentation(presentation), m_questions(questions), m_appearance(appearance), m_playback(clock)
{
    m_frames.setInterval(frameMilliseconds);
    m_frames.setTimerType(Qt::PreciseTimer);
    connect(&m_frames, &QTimer::timeout, this, &Player::frame);
    connect(&presentation, &Presentation::traceReplaced, this, &Player::replaced);
    connect(&presentation, &Presentation::traceGrew, this, &Player::grew);
    connect(&presentation, &Presentation::axisChanged, this, [this] {
        m_playback.setAxis(m_presentation.axis());
        m_playback.setRate(chosenRate());
        emit rateChanged();
    });
    connect(&presentation, &Presentation::tellingChanged, this, &Player::regate);
    connect(&presentation, &Presentation::growingChanged, this, [this] {
        const Playback::State before = state();
        m_playback.setGrowing(m_presentation.growing());
        settle(before);
    });
    connect(&presentation, &Presentation::playheadAsked, this, [this](trace::Playhead playhead) {
        const Playback::State before = state();
        m_playback.scrub(playhead);
        settle(before);
    });
    connect(&questions, &Questions::changed, this, &Player::regate);
    connect(&appearance, &Appearance::changed, this,
            [this] { m_playback.setReducedMotion(m_appearance.reducedMotion()); });
    m_playback.setReducedMotion(appearance.reducedMotion());
    replaced();
}

void Player::play()
{
    const Playback::State before = state();
    m_playback.play();
    settle(before);
}

void Player::pause()
{
    const Playback::State before = state();
    m_playback.pause();
    settle(before);
}

void Player::toggle()
{
    m_playback.moving() ? pause() : play();
}

void Player::stepForward()
{
    const Playback::State before = state();
    m_playback.stepForward();
    settleTold(before);
}

void Player::stepBack()
{
    const Playback::State before = state();
    m_playback.stepBack();
    settle(before);
}

void Player::toStart()
{
    const Playback::State before = state();
    m_playback.toStart();
    settle(before);
}

void Player::toEnd()
{
    const Playback::State before = state();
    m_presentation.growing() ? m_playback.goLive() : m_playback.toEnd();
    settle(before);
}

void Player::setRate(Rate rate)
{
    (m_presentation.axis() == trace::TimeAxis::Story ? m_storyRate : m_clockRate) = rate;
    m_playback.setRate(rate);
    emit rateChanged();
}

void Player::setStoryRate(Rate rate)
{
    m_storyRate = rate;
    m_playback.setRate(chosenRate());
    emit rateChanged();
}

void Player::setAxis(trace::TimeAxis axis)
{
    m_presentation.setAxis(axis);
}

Rate Player::chosenRate() const
{
    if (m_presentation.axis() == trace::TimeAxis::Story)
        return m_storyRate;
    return m_clockRate > 0 ? m_clockRate : comfortableClockRate(m_presentation.story().length(trace::TimeAxis::Clock));
}

void Player::frame()
{
    const Playback::State before = state();
    m_playback.advance();
    settleTold(before);
}

void Player::replaced()
{
    const Playback::State before = state();
    m_playback.attach(m_presentation.story());
    m_playback.setGrowing(m_presentation.growing());
    m_playback.setAxis(m_presentation.axis());
    m_playback.setRate(chosenRate());
    regate();
    settle(before);
    emit rateChanged();
}

void Player::grew()
{
    regate();
    if (m_playback.rate() != chosenRate()) { // the comfortable rate goes with the trace's length
        m_playback.setRate(chosenRate());
        emit rateChanged();
    }
    if (state() == Playback::State::Live)
        frame();
}

void Player::regate()
{
    const Playback::State before = state();
    m_playback.setGates(m_questions.gates());
    settle(before);
}

void Player::settle(Playback::State before)
{
    m_presentation.setPlayhead(m_playback.playhead());
    m_presentation.setVeil(m_questions.veil());
    // Live follows the growth of the trace and needs no frames of its own.
    if (state() == Playback::State::Playing) {
        if (!m_frames.isActive())
            m_frames.start();
    } else {
        m_frames.stop();
    }
    if (before != state())
        emit stateChanged();
}

void Player::settleTold(Playback::State before)
{
    const std::uint32_t was = m_presentation.playhead().event;
    settle(before);
    const std::uint32_t size = m_presentation.story().size();
    if (was < size && m_presentation.playhead().event == size && !m_presentation.growing())
        emit toldToTheEnd();
}

} // namespace recvscope::gui
