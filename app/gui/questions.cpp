#include "gui/questions.h"

#include "gui/presentation.h"

#include <algorithm>

namespace recvscope::gui {

Questions::Questions(const Presentation &presentation, QObject *parent) : QObject(parent), m_presentation(presentation)
{
    const auto anew = [this] {
        m_asked.clear();
        m_looked = 0;
        look();
    };
    connect(&presentation, &Presentation::traceReplaced, this, anew);
    connect(&presentation, &Presentation::tellingChanged, this, anew);
    connect(&presentation, &Presentation::traceGrew, this, &Questions::look);
    look();
}

void Questions::look()
{
    const trace::Story &story = m_presentation.story();
    m_looked = std::min(m_looked, story.unchanged()); // a late event may have moved what follows it
    std::erase_if(m_asked, [this](const auto &each) { return each.second > m_looked; });
    for (; m_looked < story.size() && m_asked.size() < m_presentation.telling().predictions.size(); ++m_looked) {
        const trace::Event &event = story.event(m_looked);
        if (event.type == trace::EventType::StepBegan && question(event.step) != nullptr)
            m_asked.emplace(event.step, m_looked + 1);
    }
}

std::vector<std::uint32_t> Questions::gates() const
{
    std::vector<std::uint32_t> gates;
    for (const auto &[step, gate] : m_asked)
        if (!m_chosen.contains(step))
            gates.push_back(gate);
    return gates;
}

std::optional<std::uint32_t> Questions::veil() const
{
    std::optional<std::uint32_t> next;
    for (const std::uint32_t gate : gates())
        if (gate >= m_presentation.playhead().event && gate < next.value_or(m_presentation.story().size()))
            next = gate;
    return next;
}

std::uint32_t Questions::gate(StepId step) const
{
    const auto found = m_asked.find(step);
    return found == m_asked.end() ? m_presentation.story().size() + 1 : found->second;
}

Questions::Mark Questions::mark(StepId step) const
{
    const auto found = m_chosen.find(step);
    if (found == m_chosen.end())
        return Mark::Open;
    if (found->second < 0)
        return Mark::Shown;
    const Prediction *asked = question(step);
    return asked != nullptr && asked->right == found->second ? Mark::Right : Mark::Wrong;
}

std::optional<int> Questions::chosen(StepId step) const
{
    const auto found = m_chosen.find(step);
    return found == m_chosen.end() || found->second < 0 ? std::nullopt : std::optional(found->second);
}

const Prediction *Questions::askedBy(StepId told) const
{
    const Prediction *latest = nullptr;
    for (const Prediction &each : m_presentation.telling().predictions)
        if (each.step <= told)
            latest = &each;
    return latest;
}

void Questions::choose(StepId step, int choice)
{
    const Prediction *asked = question(step);
    if (asked == nullptr || choice < 0 || choice >= asked->choices.size() || m_chosen.contains(step))
        return;
    m_chosen[step] = choice;
    emit answered(step, choice == asked->right);
    emit changed();
}

void Questions::show(StepId step)
{
    if (question(step) == nullptr || m_chosen.contains(step))
        return;
    m_chosen[step] = -1;
    emit changed();
}

void Questions::reopen()
{
    if (m_chosen.empty())
        return;
    m_chosen.clear();
    emit changed();
}

const Prediction *Questions::question(StepId step) const
{
    const auto &all = m_presentation.telling().predictions;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Prediction &each) { return each.step == step; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace recvscope::gui
