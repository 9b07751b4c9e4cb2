#include "gui/playback.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace recvscope::gui {

namespace {
constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();
constexpr double nanosecond = 1e-9;

/// What a call, or a receive event callback, was given is recorded behind it: it is never told without.
std::uint32_t behindArguments(const trace::Story &story, std::uint32_t happened)
{
    using trace::EventType;
    const auto given = [&](EventType type) {
        return type == EventType::BufferGiven || type == EventType::ChainGiven || type == EventType::MdlGiven ||
               type == EventType::AtIrql || type == EventType::DescriptorGiven;
    };
    while (happened > 0 && happened < story.size() && given(story.event(happened).type))
        ++happened;
    return happened;
}
} // namespace

Playback::Playback(const Clock &clock) : m_clock(clock) {}

void Playback::attach(const trace::Story &story)
{
    m_story = &story;
    m_gates.clear();
    stopAt(0);
}

void Playback::setGrowing(bool growing)
{
    m_growing = growing;
    if (!growing && m_state == State::Live)
        toEnd();
}

trace::Playhead Playback::advance()
{
    if (m_state == State::Live)
        m_playhead = {m_story->size(), 0};
    if (m_state != State::Playing)
        return m_playhead;

    const double elapsed = static_cast<double>(m_clock.now() - m_since) * nanosecond;
    const double second = m_from + elapsed * m_rate;
    const std::uint32_t gate = gateFrom(m_playhead.event);
    trace::Playhead next = m_story->at(second, m_axis);
    if (next.event >= gate) {
        stopAt(gate);
        m_state = State::Held;
        m_heldWhilePlaying = true;
        return m_playhead;
    }
    if (next.event >= m_story->size()) {
        if (m_growing) {
            m_playhead = {m_story->size(), 0};
            startClock(); // what comes is told from its beginning
        } else {
            stopAt(m_story->size());
        }
        return m_playhead;
    }
    // Rounding may put the second a hair before the event we stand on: time does not run backwards.
    if (next.event < m_playhead.event)
        next = {m_playhead.event, 0};
    m_playhead = m_reducedMotion ? trace::Playhead{next.event, 0} : next;
    return m_playhead;
}

void Playback::play()
{
    if (m_story == nullptr || m_state == State::Playing || m_state == State::Held)
        return;
    if (m_playhead.event >= m_story->size() && !m_growing)
        m_playhead = {};
    m_state = State::Playing;
    startClock();
}

void Playback::pause()
{
    advance();
    if (m_state == State::Held)
        m_heldWhilePlaying = false;
    else
        stopAt(m_story != nullptr ? behindArguments(*m_story, m_playhead.event) : 0);
}

void Playback::stepForward()
{
    if (m_story == nullptr || m_state == State::Held)
        return;
    const std::uint32_t gate = gateFrom(m_playhead.event);
    if (m_playhead.event >= gate) {
        stopAt(gate);
        m_state = State::Held;
        m_heldWhilePlaying = false;
        return;
    }
    const std::uint32_t size = m_story->size();
    const std::uint32_t next = std::min(size, m_story->stepForward(m_playhead.event));
    stopAt(std::min(next, gate));
    if (gate <= next) {
        m_state = State::Held;
        m_heldWhilePlaying = false;
    }
}

void Playback::stepBack()
{
    if (m_story != nullptr)
        stopAt(m_playhead.toNext > 0 ? m_playhead.event : m_story->stepBack(m_playhead.event));
}

void Playback::toStart()
{
    stopAt(0);
}

void Playback::toEnd()
{
    if (m_story != nullptr)
        stopAt(m_story->size());
}

void Playback::scrub(trace::Playhead playhead)
{
    if (m_story != nullptr)
        stopAt(behindArguments(*m_story, std::min(playhead.event, m_story->size())));
}

void Playback::goLive()
{
    if (m_story == nullptr)
        return;
    toEnd();
    if (m_growing)
        m_state = State::Live;
}

void Playback::setAxis(trace::TimeAxis axis)
{
    advance();
    m_axis = axis;
    if (m_state == State::Playing)
        startClock();
}

void Playback::setRate(Rate rate)
{
    advance();
    m_rate = rate;
    if (m_state == State::Playing)
        startClock();
}

void Playback::setReducedMotion(bool reduced)
{
    m_reducedMotion = reduced;
}

void Playback::setGates(std::vector<std::uint32_t> gates)
{
    m_gates = std::move(gates);
    std::sort(m_gates.begin(), m_gates.end());
    if (m_state != State::Held || gateFrom(m_playhead.event) == m_playhead.event)
        return;
    m_state = State::Stopped;
    if (std::exchange(m_heldWhilePlaying, false))
        play();
}

void Playback::stopAt(std::uint32_t event)
{
    m_state = State::Stopped;
    m_heldWhilePlaying = false;
    m_playhead = {event, 0};
}

void Playback::startClock()
{
    m_from = m_story->second(m_playhead, m_axis);
    m_since = m_clock.now();
}

std::uint32_t Playback::gateFrom(std::uint32_t event) const
{
    const auto found = std::lower_bound(m_gates.begin(), m_gates.end(), event);
    return found == m_gates.end() ? never : *found;
}

} // namespace recvscope::gui
