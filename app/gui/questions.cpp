#include "gui/questions.h"

#include "gui/presentation.h"

#include <algorithm>

namespace recvscope::gui {

Questions::Questions(const Presentation &presentation, QObject *parent) : QObject(parent), m_presentation(presentation)
{
}

std::vector<std::uint32_t> Questions::gates(const trace::Story &story) const
{
    std::vector<std::uint32_t> gates;
    for (const Prediction &each : m_presentation.telling().predictions)
        if (!m_chosen.contains(each.step))
            if (const std::uint32_t at = gate(story, each.step); at <= story.size())
                gates.push_back(at);
    return gates;
}

std::uint32_t Questions::gate(const trace::Story &story, StepId question)
{
    for (std::uint32_t i = 0; i < story.size(); ++i)
        if (const trace::Event &event = story.event(i);
            event.type == trace::EventType::StepBegan && event.step == question)
            return i + 1;
    return story.size() + 1;
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
