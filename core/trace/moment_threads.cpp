// The part of a moment's fold that follows the application's threads: what each is in the middle of, and what is
// queued to it. And the rules the program broke.
//
// What a thread does nests: a routine runs within a wait, and makes calls. So it is a stack, and what ends takes along
// whatever stands above it. An APC of the program has no end in the trace: what the thread does next ends it.

#include "trace/moment_fold.h"

#include <algorithm>

namespace recvscope::trace {

namespace {

bool beginsDeed(const Event &event)
{
    switch (event.type) {
    case EventType::Called:
    case EventType::ResultAsked:
    case EventType::CancelAsked:
    case EventType::ApcQueued:
    case EventType::FaultInjected:
    case EventType::SocketShutDown:
    case EventType::SocketClosed:
    case EventType::SocketSends:
    case EventType::Sent:
    case EventType::PeerSend:
    case EventType::PeerSendOob:
    case EventType::PeerShutDown:
    case EventType::PeerReset:
    case EventType::PeerClosed:
    case EventType::PeerLinkCut:
    case EventType::CallbackSet:
    case EventType::IndicationReleased:
    case EventType::DisconnectAsked:
    case EventType::CloseAsked:
        return true;
    case EventType::WaitBegan:
        return static_cast<WaitFor>(event.a) != WaitFor::Cause;
    default:
        return false;
    }
}

bool isWait(const Doing &doing)
{
    return doing.what == ThreadDoes::AlertableWait || doing.what == ThreadDoes::EventWait;
}

bool isCallOf(const Doing &doing, OperationId receive)
{
    return (doing.what == ThreadDoes::Call || doing.what == ThreadDoes::Blocks) && doing.receive == receive;
}

} // namespace

void MomentFold::applyMisuse(const Event &event, EventRef ref)
{
    if (event.type == EventType::FaultInjected && static_cast<Fault>(event.a) == Fault::NetworkDown)
        m_networkDown = event.b != 0;
    if (event.type == EventType::Diagnostic) {
        m_misuses.push_back({ref, event.operation, event.rule, event.provenance == Provenance::Injected, event.socket});
        return;
    }
    // A WskCloseSocket is named before it begins.
    const bool closes = event.type == EventType::CloseAsked || event.type == EventType::SocketClosed;
    const auto isOfThis = [&](const MisuseMoment &one) {
        return one.receive ? one.receive == event.operation : closes && one.socket && one.socket == event.socket;
    };
    if (!m_misuses.empty() && beginsDeed(event) && std::none_of(m_misuses.begin(), m_misuses.end(), isOfThis))
        m_misuses.clear();
}

void MomentFold::applyToThread(const Event &event, EventRef ref)
{
    switch (event.type) {
    case EventType::Called:
        begins(ref.track, {ThreadDoes::Call, event.operation, 0, ref});
        break;
    case EventType::ResultAsked:
        begins(ref.track, {event.a != 0 ? ThreadDoes::AwaitsResult : ThreadDoes::AsksResult, event.operation, 0, ref});
        break;
    case EventType::WaitBegan:
        if (static_cast<WaitFor>(event.a) == WaitFor::Alertably)
            begins(ref.track, {ThreadDoes::AlertableWait, {}, 0, ref});
        else if (static_cast<WaitFor>(event.a) == WaitFor::EventAlone)
            begins(ref.track, {ThreadDoes::EventWait, {}, 0, ref});
        break;
    case EventType::RoutineBegan:
        setRoutine(event.operation, RoutineState::Running);
        if (event.operation) // else it is the IRP's of another call
            std::erase_if(m_threads[ref.track].queue,
                          [&](const QueuedApc &one) { return one.receive == event.operation; });
        begins(ref.track, {ThreadDoes::Routine, event.operation, 0, ref});
        break;
    case EventType::ApcBegan: {
        std::vector<QueuedApc> &queue = m_threads[ref.track].queue;
        const auto turn = std::find_if(queue.begin(), queue.end(), [&](const QueuedApc &one) {
            return one.receive == event.operation && (event.operation || one.context == event.a);
        });
        if (event.operation) { // the provider's function: the routine follows, or is put off
            if (turn != queue.end())
                turn->putOff = true;
            break;
        }
        if (turn != queue.end())
            queue.erase(turn);
        begins(ref.track, {ThreadDoes::Apc, {}, event.a, ref});
        break;
    }
    case EventType::RoutineQueued:
        setRoutine(event.operation, RoutineState::Queued);
        queueTo(static_cast<std::uint16_t>(event.a), event, ref);
        break;
    case EventType::ApcQueued:
        queueTo(static_cast<std::uint16_t>(event.a), event, ref);
        break;
    case EventType::Blocked:
        if (const auto thread = m_threads.find(ref.track); thread != m_threads.end())
            for (Doing &doing : thread->second.doing)
                if (isCallOf(doing, event.operation))
                    doing.what = ThreadDoes::Blocks;
        break;
    case EventType::RoutineEnded:
        setRoutine(event.operation, RoutineState::Ran);
        leaves(ref.track, event);
        break;
    case EventType::Returned:
    case EventType::ResultReturned:
    case EventType::WaitEnded:
        leaves(ref.track, event);
        break;
    case EventType::ThreadExited:
        exits(ref.track);
        break;
    default:
        break;
    }
}

void MomentFold::queueTo(std::uint16_t track, const Event &event, EventRef ref)
{
    Thread &thread = m_threads[track];
    thread.everQueued = true;
    if (!thread.exited)
        thread.queue.push_back({event.operation, event.operation ? 0 : event.b, ref, false});
}

void MomentFold::begins(std::uint16_t track, const Doing &doing)
{
    std::vector<Doing> &stack = m_threads[track].doing;
    // What an APC calls stands within it; that it has ended is seen by the next one.
    const bool another = doing.what == ThreadDoes::Apc || doing.what == ThreadDoes::Routine;
    if (another && !stack.empty() && stack.back().what == ThreadDoes::Apc)
        stack.pop_back();
    stack.push_back(doing);
}

void MomentFold::leaves(std::uint16_t track, const Event &event)
{
    auto thread = m_threads.find(track);
    if (event.type == EventType::Returned) { // a blocked call that was cancelled: told by the thread that did it
        const auto calls = [&](const auto &one) {
            return std::any_of(one.second.doing.begin(), one.second.doing.end(),
                               [&](const Doing &doing) { return isCallOf(doing, event.operation); });
        };
        if (thread == m_threads.end() || !calls(*thread))
            thread = std::find_if(m_threads.begin(), m_threads.end(), calls);
    }
    if (thread == m_threads.end())
        return;
    std::vector<Doing> &stack = thread->second.doing;
    const auto ended = std::find_if(stack.rbegin(), stack.rend(), [&](const Doing &doing) {
        switch (event.type) {
        case EventType::Returned:
            return isCallOf(doing, event.operation);
        case EventType::ResultReturned:
            return (doing.what == ThreadDoes::AsksResult || doing.what == ThreadDoes::AwaitsResult) &&
                   doing.receive == event.operation;
        case EventType::RoutineEnded:
            return doing.what == ThreadDoes::Routine && doing.receive == event.operation;
        default:
            return isWait(doing);
        }
    });
    if (ended != stack.rend())
        stack.erase(std::prev(ended.base()), stack.end());
}

void MomentFold::exits(std::uint16_t track)
{
    Thread &thread = m_threads[track];
    for (const QueuedApc &one : thread.queue)
        if (one.receive)
            setRoutine(one.receive, RoutineState::Given);
    thread.queue.clear();
    thread.doing.clear();
    thread.exited = true;
}

void MomentFold::setRoutine(OperationId receive, RoutineState state)
{
    const auto found = m_receives.find(receive);
    if (found != m_receives.end()) // else it is no longer listed
        found->second.told.routine = state;
}

void MomentFold::tellThreads(const Story &story, Moment &moment) const
{
    for (const auto &[track, thread] : m_threads) {
        ThreadMoment &told = moment.threads.emplace_back();
        told.track = track;
        told.name = story.snapshot().trackName(track);
        told.appeared = true;
        told.exited = thread.exited;
        told.everQueued = thread.everQueued;
        told.doing = thread.doing;
        told.queue = thread.queue;
        // Until another routine runs in its place, one whose turn has come is about to run.
        const bool runs = std::any_of(thread.doing.begin(), thread.doing.end(),
                                      [](const Doing &doing) { return doing.what == ThreadDoes::Routine; });
        for (QueuedApc &one : told.queue)
            one.putOff = one.putOff && runs;
    }
}

} // namespace recvscope::trace
