// wsp.indicate.alertable-wait-only, no-nesting, apc-single-context, wsp.cancel.thread-exit: each thread's own story, in
// which routines and other APCs run inside an alertable wait or a call that blocks, and nowhere else.

#include "checks.h"

#include <algorithm>
#include <map>
#include <set>

namespace recvscope::checker {

using trace::Event;
using trace::EventType;

namespace {

constexpr std::string_view inWaitsAlone = "wsp.indicate.alertable-wait-only";

struct Known { ///< of a receive
    const Account *account = nullptr;
    const Receive *receive = nullptr;
};

/// What was queued to one thread.
struct QueuedItem {
    Nanoseconds time = 0;
    OperationId operation;     ///< whose routine; none: an APC of the program, or the routine of a send
    std::uint32_t context = 0; ///< of an APC; 0: a routine
};

class Walk {
public:
    Walk(const WholeCase &it, const ThreadAccount &thread, const std::set<SocketId> &kernels,
         std::vector<QueuedItem> queued, const std::map<OperationId, Known> &known)
        : m_it(it), m_thread(thread), m_kernels(kernels), m_queued(std::move(queued)), m_known(known)
    {
    }

    void go()
    {
        for (std::uint32_t i = 0; i < m_thread.events.size(); ++i)
            pass(m_thread.events[i], i);
    }

private:
    enum class In : std::uint8_t { AlertableWait, OtherWait, Result, BlockedCall, Routine };
    struct Level {
        In in;
        OperationId operation; ///< of a call or a routine
        SocketId socket;       ///< of a routine
        Nanoseconds since = 0;
        std::uint32_t ran = 0;
    };

    void pass(const Event &event, std::uint32_t index)
    {
        const bool ofNoReceive = !event.socket && !event.operation && // the socket comes from the call
                                 (event.type == EventType::RoutineBegan || event.type == EventType::RoutineEnded);
        if (m_kernels.contains(event.socket) || ofNoReceive)
            return; // an IRP's completion routine runs wherever that completes
        // A call that blocked has returned when its thread does something else: its Returned may have been told by
        // the thread that completed it, while its own is still inside.
        const bool runs = event.type == EventType::ApcBegan || event.type == EventType::RoutineBegan;
        while (!m_levels.empty() && m_levels.back().in == In::BlockedCall && !runs &&
               event.operation != m_levels.back().operation && returnedBefore(m_levels.back().operation, event.time))
            m_levels.pop_back();
        switch (event.type) {
        case EventType::WaitBegan:
            m_levels.push_back(
                {static_cast<trace::WaitFor>(event.a) == trace::WaitFor::Alertably ? In::AlertableWait : In::OtherWait,
                 {},
                 {},
                 event.time});
            break;
        case EventType::WaitEnded:
            waitEnded(event);
            break;
        case EventType::ResultAsked:
            m_levels.push_back({In::Result, event.operation, {}, event.time});
            break;
        case EventType::ResultReturned:
            leave(In::Result);
            break;
        case EventType::Blocked:
            if (m_levels.empty() || m_levels.back().in == In::Routine)
                m_levels.push_back({In::BlockedCall, event.operation, {}, event.time});
            break;
        case EventType::Returned:
            if (!m_levels.empty() && m_levels.back().in == In::BlockedCall &&
                m_levels.back().operation == event.operation)
                m_levels.pop_back();
            break;
        case EventType::ApcBegan:
            apcBegan(event, index);
            break;
        case EventType::RoutineBegan:
            routineBegan(event, index);
            break;
        case EventType::RoutineEnded:
            leave(In::Routine);
            break;
        default:
            break;
        }
    }

    [[nodiscard]] bool returnedBefore(OperationId operation, Nanoseconds time) const
    {
        const auto found = m_known.find(operation);
        if (found == m_known.end() || !found->second.receive->returned)
            return false;
        return found->second.account->events[*found->second.receive->returned].event.time <= time;
    }

    [[nodiscard]] bool mayRun(const Event &event) const
    {
        const bool may =
            !m_levels.empty() && (m_levels.back().in == In::AlertableWait || m_levels.back().in == In::BlockedCall);
        if (!may)
            refuse(inWaitsAlone, event, "what was queued ran while the thread did not wait alertably");
        return may;
    }

    void apcBegan(const Event &event, std::uint32_t index)
    {
        if (mayRun(event))
            ++m_levels.back().ran;
        if (m_thread.exitedAt && *m_thread.exitedAt < index)
            refuse("wsp.cancel.thread-exit", event, "something ran on a thread that had exited");
        if (event.a == 0)
            m_called.push_back(event.operation);
        const auto queued = std::find_if(m_queued.begin(), m_queued.end(), [&](const QueuedItem &each) {
            return each.operation == event.operation && each.context == event.a && each.time <= event.time;
        });
        if (queued == m_queued.end())
            refuse(event.a == 0 ? "wsp.indicate.apc-single-context" : "wsp.indicate.queue-apc-any-thread", event,
                   "something ran that was not queued to this thread, or ran already");
        else
            m_queued.erase(queued);
    }

    void routineBegan(const Event &event, std::uint32_t index)
    {
        // The provider's function may put it by while another routine of the socket runs.
        const auto called = std::find(m_called.begin(), m_called.end(), event.operation);
        if (called == m_called.end())
            refuse("wsp.indicate.apc-single-context", event, "its routine was not called by the provider's function");
        else
            m_called.erase(called);
        (void)mayRun(event);
        if (m_thread.exitedAt && *m_thread.exitedAt < index)
            refuse("wsp.cancel.thread-exit", event, "its routine ran on a thread that had exited");
        const bool nested = std::any_of(m_levels.begin(), m_levels.end(), [&](const Level &level) {
            return level.in == In::Routine && level.socket == event.socket;
        });
        if (nested)
            refuse("wsp.indicate.no-nesting", event, "its routine ran inside another routine of the same socket");
        m_levels.push_back({In::Routine, event.operation, event.socket, event.time});
    }

    void waitEnded(const Event &event)
    {
        if (m_levels.empty() || (m_levels.back().in != In::AlertableWait && m_levels.back().in != In::OtherWait))
            return refuse("trace", event, "a wait ended that had not begun");
        const Level wait = m_levels.back();
        m_levels.pop_back();
        if (wait.in != In::AlertableWait)
            return;
        if (event.a != wait.ran)
            refuse(inWaitsAlone, event,
                   "the wait says that " + std::to_string(event.a) + " ran, and " + std::to_string(wait.ran) + " did");
        // Inside a routine those of its own socket must stay where they are.
        if (!m_levels.empty())
            return;
        for (const OperationId operation : m_called)
            refuse(inWaitsAlone, operation, "the provider's function has run, and its routine has not");
        for (const QueuedItem &each : m_queued)
            if (each.time < wait.since)
                refuse(inWaitsAlone, each.operation,
                       "the thread has waited alertably, and what was queued to it before has not run");
    }

    void leave(In in)
    {
        if (!m_levels.empty() && m_levels.back().in == in)
            m_levels.pop_back();
        else
            m_it.refusals.add("trace", m_thread.name, {}, "something ended that had not begun");
    }

    void refuse(std::string_view rule, const Event &event, std::string sentence) const
    {
        refuse(rule, event.operation, std::move(sentence));
    }
    void refuse(std::string_view rule, OperationId operation, std::string sentence) const
    {
        const auto found = m_known.find(operation);
        m_it.refusals.add(rule, "the thread " + m_thread.name,
                          found == m_known.end() ? std::string() : found->second.receive->name, std::move(sentence));
    }

    const WholeCase &m_it;
    const ThreadAccount &m_thread;
    const std::set<SocketId> &m_kernels; ///< the sockets of WSK
    std::vector<QueuedItem> m_queued;
    const std::map<OperationId, Known> &m_known;
    std::vector<Level> m_levels;
    std::vector<OperationId> m_called; ///< the provider's function has run for them, and their routines have not
};

} // namespace

void alertableWaits(const WholeCase &it)
{
    std::map<OperationId, Known> known;
    std::set<SocketId> kernels;
    for (const Account &account : it.accounts)
        if (account.socket.wsk())
            kernels.insert(account.id);
    for (const Account &account : it.accounts)
        for (const Receive &receive : account.receives)
            known[receive.id] = {&account, &receive};
    std::vector<std::vector<QueuedItem>> queued(it.threads.size());
    for (const ThreadAccount &thread : it.threads)
        for (const Event &event : thread.events)
            if ((event.type == EventType::RoutineQueued || event.type == EventType::ApcQueued) &&
                event.a < queued.size())
                queued[event.a].push_back(
                    {event.time, event.operation, event.type == EventType::ApcQueued ? event.b : 0});
    for (std::size_t track = 0; track < it.threads.size(); ++track)
        Walk(it, it.threads[track], kernels, std::move(queued[track]), known).go();
}

} // namespace recvscope::checker
