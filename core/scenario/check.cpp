#include "scenario/checker.h"

#include "scenario/words.h"

#include <algorithm>

namespace recvscope::scenario {

void Checker::refuse(std::string_view word, std::string problem, std::string nearest)
{
    if (m_error)
        return;
    const Place place = m_within != nullptr ? *m_within : m_placeOf(m_step, word);
    m_error = ReadError{m_scenario.file,    place.line,         place.column, place.endLine, place.endColumn, {}, {},
                        std::move(nearest), std::move(problem), false};
}

const SocketDeclaration *Checker::socket(const std::string &name, std::string_view word)
{
    const SocketDeclaration *found = m_scenario.socket(name);
    if (found != nullptr)
        return found;
    std::vector<std::string> names;
    for (const SocketDeclaration &each : m_scenario.sockets)
        names.push_back(each.name);
    refuse(word, "there is no socket '" + name + "' under sockets.", nearestWord(name, names));
    return nullptr;
}

void Checker::thread(const std::string &name, std::string_view word)
{
    const auto &threads = m_scenario.threads;
    if (name.empty() || name == mainThread || std::find(threads.begin(), threads.end(), name) != threads.end())
        return;
    refuse(word, "there is no thread '" + name + "': name it under threads.", nearestWord(name, threads));
}

/// The call of that name if it stands before this step, else a refusal.
const Action *Checker::operation(const std::string &name, std::string_view word, bool mayBeLater)
{
    const auto found = m_calls.find(name);
    if (found == m_calls.end()) {
        std::vector<std::string> names;
        for (const auto &[each, call] : m_calls)
            names.push_back(each);
        std::sort(names.begin(), names.end());
        refuse(word, "no step makes a call named '" + name + "'.", nearestWord(name, names));
        return nullptr;
    }
    if (found->second.step >= m_step && !mayBeLater) {
        refuse(word, "'" + name + "' is called only later, " + inLine(found->second.step) + ".");
        return nullptr;
    }
    return found->second.action;
}

/// Of the step's call, and of the calls inside its routine and hook.
void Checker::learnNames(const Action &action)
{
    if (const std::string *name = callNameIn(action)) {
        const auto [known, isNew] = m_calls.emplace(*name, Call{m_step, &action});
        const auto &threads = m_scenario.threads;
        if (!isNew)
            refuse("op", "'" + *name + "' names a call " + inLine(known->second.step) +
                             " already; each call has a name of its own.");
        else if (std::find(threads.begin(), threads.end(), *name) != threads.end() || *name == mainThread)
            refuse("op", "'" + *name + "' is a thread's name; give the call another.");
    }
    if (const std::string *irp = irpIn(action))
        m_allIrps.insert(*irp);
    if (const auto *event = std::get_if<WskEvent>(&action))
        for (const IndicationAnswer &answer : event->onIndicate)
            if (answer.kind == IndicationAnswer::Kind::Retain)
                m_allIndications[answer.name] = event->socket;
    for (const std::vector<Step> *within : callsWithin(action))
        for (const Step &step : *within)
            learnNames(step.action);
}

std::optional<ReadError> Checker::run()
{
    for (m_step = 0; m_step < m_scenario.steps.size() && !m_error; ++m_step)
        learnNames(m_scenario.steps[m_step].action);
    for (m_step = 0; m_step < m_scenario.steps.size() && !m_error; ++m_step) {
        std::visit([this](const auto &action) { visit(action); }, m_scenario.steps[m_step].action);
        m_reach.pass(m_scenario.steps[m_step]);
    }
    return std::move(m_error);
}

std::optional<ReadError> check(const Scenario &scenario, const PlaceOf &placeOf)
{
    return Checker(scenario, placeOf).run();
}

std::optional<ReadError> check(const Scenario &scenario)
{
    return check(scenario, [&](std::size_t step, std::string_view) { return scenario.steps[step].place; });
}

} // namespace recvscope::scenario
