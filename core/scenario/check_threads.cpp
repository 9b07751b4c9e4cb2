// Routines, waits and threads.

#include "scenario/checker.h"

#include "scenario/words.h"

namespace recvscope::scenario {

/// The calls inside a routine or a hook run on the thread of the call that has it, at a moment nobody can name here.
void Checker::visitWithin(const std::vector<Step> &calls, const std::string &on)
{
    const Place *outer = m_within;
    for (const Step &step : calls) {
        if (m_error)
            break;
        m_within = &step.place;
        const auto *recv = std::get_if<WspRecv>(&step.action);
        if (verbOf(step.action).starts_with("wsk.")) {
            std::visit([this](const auto &action) { visit(action); }, step.action);
        } else if (recv != nullptr && faced(recv->socket, Face::Wsp, "wsp.recv", "socket") != nullptr) {
            if (!recv->on.empty() && recv->on != on)
                refuse("on", "what runs inside a routine or a hook runs on its thread: leave 'on' out.");
            if (!recv->overlapped.empty())
                m_overlapped.insert(recv->overlapped);
            if (!recv->event.empty())
                m_events[recv->event].push_back(recv->op);
            visitWithin(recv->onComplete, on);
        } else if (const auto *result = std::get_if<WspResult>(&step.action)) {
            if (!result->of.empty())
                (void)operation(result->of, "of", true);
        } else if (const auto *queue = std::get_if<WspQueueApc>(&step.action)) {
            thread(queue->thread, "thread");
        } else if (const auto *shutdown = std::get_if<WspShutdown>(&step.action)) {
            (void)faced(shutdown->socket, Face::Wsp, "wsp.shutdown", "socket");
        } else if (const auto *close = std::get_if<WspClose>(&step.action)) {
            (void)faced(close->socket, Face::Wsp, "wsp.close", "socket");
        }
    }
    m_within = outer;
}

void Checker::visit(const WspAlertableWait &wait)
{
    handOver(wait.on, wait.op);
}

void Checker::visit(const WspWaitEvent &wait)
{
    if (!m_events.contains(wait.event)) {
        std::vector<std::string> names;
        for (const auto &[name, operations] : m_events)
            names.push_back(name);
        refuse("event", "no earlier receive was given the event '" + wait.event + "'.", nearestWord(wait.event, names));
    }
    handOver(wait.on, wait.op);
}

void Checker::visit(const WspQueueApc &queue)
{
    thread(queue.thread, "thread");
    handOver(queue.on, queue.op);
}

void Checker::visit(const OverlappedFree &free)
{
    if (!m_overlapped.contains(free.overlapped))
        refuse("overlapped", "no earlier receive was given the structure '" + free.overlapped + "'.",
               nearestWord(free.overlapped, std::vector<std::string>(m_overlapped.begin(), m_overlapped.end())));
}

void Checker::visit(const Scribble &scribble)
{
    const Action *action = operation(scribble.of, "of");
    const auto *recv = action == nullptr ? nullptr : std::get_if<WspRecv>(action);
    if (action != nullptr && recv == nullptr)
        refuse("of", "'" + scribble.of + "' is no receive.");
    else if (recv != nullptr && recv->routine.empty() && scribble.what == Scribble::What::ThreadId)
        refuse("of", "'" + scribble.of + "' has no routine, so it was given no thread identifier.");
}

void Checker::visit(const ThreadExit &exit)
{
    thread(exit.thread, "exit");
    if (exit.thread == mainThread)
        refuse("exit", "the main thread stays until the scenario ends; take one of 'threads'.");
    else if (!m_exited.insert(exit.thread).second)
        refuse("exit", "'" + exit.thread + "' has exited already.");
    if (const std::string never = whyNeverReturns(m_threads[exit.thread]); !never.empty())
        refuse("exit", "'" + exit.thread + "' cannot exit: it is blocked in a call. " + never);
}

void Checker::await(const RoutineRan &routine)
{
    const Action *action = operation(routine.op, "routine");
    if (action == nullptr)
        return;
    const auto *recv = std::get_if<WspRecv>(action);
    if (std::holds_alternative<WskReceive>(*action))
        refuse("routine",
               "an IRP's completion routine runs as it completes: wait for 'completed: " + routine.op + "'.");
    else if (recv == nullptr || recv->routine.empty() || recv->overlapped.empty())
        refuse("routine", "this wait can never end: '" + routine.op + "' has no completion routine.");
    else if (const std::string never = m_reach.whyNever(routine.op); !never.empty())
        refuse("routine", "this wait can never end: " + never);
}

} // namespace recvscope::scenario
