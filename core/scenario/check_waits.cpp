#include "scenario/checker.h"

#include "scenario/words.h"

#include <algorithm>

namespace recvscope::scenario {

void Checker::visit(const Wait &wait)
{
    std::visit([this](const auto &cause) { await(cause); }, wait.cause);
}

void Checker::await(const Queued &queued)
{
    const SocketDeclaration *declared = socket(queued.socket);
    if (declared == nullptr)
        return;
    const SocketStory &story = m_reach.story(queued.socket);
    if (story.closed)
        refuse("socket", "'" + queued.socket + "' was closed by an earlier step: the kernel holds nothing for it.");
    else if (queued.bytes > story.sent)
        refuse("bytes", "this wait can never end: only " + std::to_string(story.sent) + " bytes were sent to '" +
                            queued.socket + "' before this step, not " + std::to_string(queued.bytes) + ".");
    else if (queued.bytes > Reach::capacity(*declared))
        refuse("bytes", "this wait can never end: the kernel holds " + std::to_string(Reach::capacity(*declared)) +
                            " bytes of '" + queued.socket + "' at most, not " + std::to_string(queued.bytes) +
                            (net::isTcpBelow(declared->kind) ? "; give it a larger receive-buffer." : "."));
}

void Checker::await(const Completed &completed)
{
    if (operation(completed.op, "completed") == nullptr)
        return;
    if (const std::string never = m_reach.whyNever(completed.op); !never.empty())
        refuse("completed", "this wait can never end: " + never);
}

void Checker::await(const BlockedIn &blocked)
{
    if (blocked.op.empty()) {
        const auto &threads = m_scenario.threads;
        if (std::find(threads.begin(), threads.end(), blocked.thread) == threads.end() && blocked.thread != mainThread)
            refuse("blocked", "'" + blocked.thread + "' is neither a call of an earlier step nor a thread.",
                   nearestWord(blocked.thread, threads));
        else if (!m_used.contains(blocked.thread))
            refuse("blocked", "this wait can never end: no earlier step makes a call on '" + blocked.thread + "'.");
        return;
    }
    const Action *action = operation(blocked.op, "blocked");
    if (action == nullptr)
        return;
    const auto *recv = std::get_if<WspRecv>(action);
    const auto *result = std::get_if<WspResult>(action);
    if (std::holds_alternative<WspAlertableWait>(*action) || std::holds_alternative<WspWaitEvent>(*action))
        return;
    if (std::holds_alternative<WskReceive>(*action)) {
        refuse("blocked", "this wait can never end: the call '" + blocked.op +
                              "' never blocks; its IRP tells when it is over (completed).");
        return;
    }
    const bool native = std::holds_alternative<NativeRecv>(*action);
    if (recv == nullptr && result == nullptr && !native) {
        refuse("blocked", "this wait can never end: '" + blocked.op + "' is no receive; its call never blocks.");
        return;
    }
    if (!m_reach.mayBlock(*action))
        refuse("blocked", "this wait can never end: the call '" + blocked.op +
                              "' never blocks (it is overlapped, its socket is "
                              "nonblocking, or it does not wait).");
}

void Checker::await(const EventIsSet &event)
{
    const auto given = m_events.find(event.event);
    if (given == m_events.end()) {
        std::vector<std::string> names;
        for (const auto &[name, operations] : m_events)
            names.push_back(name);
        refuse("event", "this wait can never end: no earlier receive was given the event '" + event.event + "'.",
               nearestWord(event.event, names));
        return;
    }
    std::string never;
    for (const std::string &op : given->second) {
        never = m_reach.whyNever(op);
        if (never.empty())
            return;
    }
    refuse("event", "this wait can never end: " + never);
}

void Checker::await(const Arrived &arrived)
{
    if (socket(arrived.socket) == nullptr)
        return;
    const SocketStory &story = m_reach.story(arrived.socket);
    if (arrived.what == Arrival::Reset && !story.peerReset && story.goneLine == 0)
        refuse("what", "this wait can never end: no earlier step resets the connection of '" + arrived.socket +
                           "' (peer.reset).");
    if (arrived.what == Arrival::End && m_scenario.socket(arrived.socket)->kind == net::SocketKind::Udp)
        refuse("what", "this wait can never end: '" + arrived.socket +
                           "' is a udp socket, and its peer's end is told "
                           "to nobody.");
    else if (arrived.what == Arrival::End && story.finishedLine == 0 && story.goneLine == 0 && story.cutLine == 0)
        refuse("what", "this wait can never end: the peer of '" + arrived.socket +
                           "' has not finished before this step (peer.shutdown).");
}

void Checker::visit(const Barrier &barrier)
{
    for (const std::string &name : barrier.threads)
        thread(name, "threads");
    for (auto &[name, calls] : m_threads) {
        const bool meant = barrier.threads.empty() ||
                           std::find(barrier.threads.begin(), barrier.threads.end(), name) != barrier.threads.end();
        if (!meant)
            continue;
        if (const std::string never = whyNeverReturns(calls); !never.empty())
            refuse("threads", "this barrier can never be passed: " + never);
    }
}

} // namespace recvscope::scenario
