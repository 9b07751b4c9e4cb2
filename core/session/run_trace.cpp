#include "session/run_trace.h"

#include <algorithm>
#include <map>

namespace recvscope::session {

namespace {

/// Sockets are ordered among one another by the clock, the events of one socket by its sequence: so each socket's
/// events share out, in their order, the places that the clock gave them.
void bringInOrder(std::vector<trace::Event> &events)
{
    std::stable_sort(events.begin(), events.end(),
                     [](const trace::Event &left, const trace::Event &right) { return left.time < right.time; });
    std::map<SocketId, std::vector<std::size_t>> places;
    for (std::size_t i = 0; i < events.size(); ++i)
        if (events[i].socket)
            places[events[i].socket].push_back(i);
    for (const auto &[socket, indexes] : places) {
        std::vector<trace::Event> own;
        for (const std::size_t i : indexes)
            own.push_back(events[i]);
        std::stable_sort(own.begin(), own.end(), [](const trace::Event &left, const trace::Event &right) {
            return left.socketSequence < right.socketSequence;
        });
        for (std::size_t i = 0; i < own.size(); ++i)
            events[indexes[i]] = own[i];
    }
}

} // namespace

std::vector<RuleId> OperationTrace::rules() const
{
    std::vector<RuleId> rules;
    for (const trace::Event &event : events)
        if (event.rule != RuleId::None && std::find(rules.begin(), rules.end(), event.rule) == rules.end())
            rules.push_back(event.rule);
    return rules;
}

RuleId OperationTrace::decidedBy() const
{
    RuleId rule = waitedBecauseOf();
    for (const trace::Event &event : events)
        if (event.type == trace::EventType::Completed || event.type == trace::EventType::Refused)
            rule = event.rule;
    return rule;
}

std::uint64_t OperationTrace::placed() const
{
    std::uint64_t bytes = 0;
    for (const trace::Event &event : events)
        bytes += event.type == trace::EventType::Placed ? event.b : 0;
    return bytes;
}

RuleId OperationTrace::waitedBecauseOf() const
{
    // What the kernel had not decides; behind others the kernel was not asked, and the queue does.
    for (const trace::Event &event : events)
        if (event.type == trace::EventType::KernelEmpty || event.type == trace::EventType::Queued)
            return event.rule;
    return RuleId::None;
}

void RunTrace::update()
{
    m_recorder.flush();
    m_snapshot = m_store.snapshot();
    m_read.resize(m_snapshot.trackCount());
    for (std::uint16_t track = 0; track < m_snapshot.trackCount(); ++track)
        for (; m_read[track] < m_snapshot.trackSize(track); ++m_read[track])
            take(m_snapshot.event({track, m_read[track]}));
    for (auto &[id, operation] : m_operations)
        bringInOrder(operation.events);
}

const OperationTrace &RunTrace::operation(OperationId id) const
{
    static const OperationTrace none;
    const auto found = m_operations.find(id);
    return found == m_operations.end() ? none : found->second;
}

bool RunTrace::names(RuleId rule) const
{
    const auto index = static_cast<std::size_t>(rule);
    return index < m_rules.size() && m_rules[index];
}

std::optional<trace::Event> RunTrace::resultAsked(StepId step) const
{
    const auto found = m_asked.find(step);
    return found == m_asked.end() ? std::nullopt : std::optional(found->second);
}

std::optional<trace::Event> RunTrace::resultOfStep(StepId step) const
{
    const auto found = m_results.find(step);
    return found == m_results.end() ? std::nullopt : std::optional(found->second);
}

std::vector<OperationId> RunTrace::routineOrder() const
{
    std::vector<trace::Event> began = m_routines;
    std::stable_sort(began.begin(), began.end(),
                     [](const trace::Event &left, const trace::Event &right) { return left.time < right.time; });
    std::vector<OperationId> order;
    for (const trace::Event &event : began)
        order.push_back(event.operation);
    return order;
}

std::vector<OperationId> RunTrace::completionOrder() const
{
    std::vector<trace::Event> completions;
    for (const auto &[id, operation] : m_operations)
        if (operation.completed)
            completions.push_back(*operation.completed);
    bringInOrder(completions);
    std::vector<OperationId> order;
    for (const trace::Event &event : completions)
        order.push_back(event.operation);
    return order;
}

void RunTrace::take(const trace::Event &event)
{
    using trace::EventType;
    if (event.rule != RuleId::None) {
        const auto index = static_cast<std::size_t>(event.rule);
        m_rules.resize(std::max(m_rules.size(), index + 1));
        m_rules[index] = true;
    }
    if (event.type == EventType::Diagnostic)
        m_diagnostics.push_back(event);
    if (event.type == EventType::CloseDue)
        m_due.insert(event.socket);
    if (event.type == EventType::SocketClosed)
        m_due.erase(event.socket);
    if (event.type == EventType::ResultAsked)
        m_asked[event.step] = event;
    if (event.type == EventType::ResultReturned)
        m_results[event.step] = event;
    if (!event.operation || event.type == EventType::ExpectationMet || event.type == EventType::ExpectationFailed)
        return;
    OperationTrace &operation = m_operations[event.operation];
    operation.events.push_back(event);
    if (event.type == EventType::Called)
        operation.called = event;
    else if (event.type == EventType::Returned)
        operation.returned = event;
    else if (event.type == EventType::Completed)
        operation.completed = event;
    else if (event.type == EventType::EventSet)
        operation.eventSet = true;
    else if (event.type == EventType::RoutineQueued)
        operation.routineQueued = true;
    else if (event.type == EventType::RoutineBegan)
        m_routines.push_back(event);
    else if (event.type == EventType::RoutineEnded)
        operation.routineRan = true;
}

} // namespace recvscope::session
