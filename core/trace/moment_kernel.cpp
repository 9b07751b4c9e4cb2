// The part of a moment's fold that follows what WSK alone has: event callbacks and what they keep, IRPs and the memory
// under them, drains, and sockets that are due to be closed.
//
// Indicated bytes stay in the kernel until the callback answers: then what it accepted or kept leaves, whoever shows
// it.

#include "trace/moment_fold.h"

#include <algorithm>
#include <utility>

namespace recvscope::trace {

CallReturn callReturnOf(const Event &event, EventRef ref)
{
    CallReturn result;
    result.ref = ref;
    result.time = event.time;
    result.status = statusOf(event.b);
    if (event.a != leftAlone)
        result.bytes = event.a;
    if (flagsOf(event.b) != flagsLeftAlone)
        result.flags = flagsOf(event.b);
    result.rule = event.rule;
    return result;
}

void MomentFold::applyKernel(Socket &socket, const Event &event, EventRef ref)
{
    SocketMoment &told = socket.told;
    CallbackMoment &callback = told.callback;
    switch (event.type) {
    case EventType::FaceGiven:
        told.face = static_cast<Interface>(event.a);
        break;
    case EventType::AtIrql:
        m_levels[ref.track] = {event.operation, static_cast<std::uint8_t>(event.a)};
        break;
    case EventType::Discarded:
        told.drained += event.a;
        break;
    case EventType::CloseDue:
        told.closeDue = told.end != EndState::Closed;
        break;
    case EventType::CloseAsked:
        told.closing = told.end != EndState::Closed;
        break;
    case EventType::DisconnectAsked:
        told.disconnectAsked = event.a != 0;
        break;
    case EventType::CallbackSet:
        callbackSet(told, event);
        break;
    case EventType::CallbackStopped:
    case EventType::CallbackResumed:
        callback.stopped = event.type == EventType::CallbackStopped;
        break;
    case EventType::IndicationBegan:
        indicated(socket, event, ref);
        break;
    case EventType::DescriptorGiven:
        if (callback.runs() && event.a == callback.latest->descriptors.size())
            callback.latest->descriptors.push_back(event.b);
        break;
    case EventType::IndicationReleased:
        released(socket, event.a);
        break;
    case EventType::Disconnected:
        callback.disconnectTold = event.a != 0;
        break;
    default:
        break;
    }
}

void MomentFold::callbackSet(SocketMoment &told, const Event &event)
{
    const bool enables = (event.a & EventDisable) == 0;
    const Status answer = statusOf(event.b);
    if (answer != Status::Success && answer != Status::NtPending && answer != Status::NtEventPending)
        return; // refused
    if (event.a & EventReceive)
        told.callback.enabled = enables;
    if (event.a & EventDisconnect)
        told.callback.disconnectEnabled = enables;
}

void MomentFold::indicated(Socket &socket, const Event &event, EventRef ref)
{
    SocketMoment &told = socket.told;
    IndicationMoment &now = told.callback.latest.emplace();
    socket.releasedEarly = false;
    now.began = ref;
    now.injected = event.provenance == Provenance::Injected;
    if (event.a == leftAlone)
        return;
    now.number = ++socket.indications;
    now.bytes = event.a;
    seen(socket, told.taken + event.a, ref);
    now.runs = runsOf(socket, told.taken, event.a);
}

void MomentFold::answered(Socket &socket, const Event &event, EventRef ref)
{
    CallbackMoment &callback = socket.told.callback;
    if (!callback.runs())
        return;
    callback.latest->answer = callReturnOf(event, ref);
    ++callback.answered;
    if (callback.latest->kept() && !std::exchange(socket.releasedEarly, false))
        callback.retained.push_back(*callback.latest);
    if (callback.answered % keptReceives == 0)
        forgetSends(socket);
}

void MomentFold::released(Socket &socket, std::uint32_t number)
{
    CallbackMoment &callback = socket.told.callback;
    std::erase_if(callback.retained, [&](const IndicationMoment &one) { return one.number == number; });
    if (callback.runs() && callback.latest->number == number)
        socket.releasedEarly = true;
}

void MomentFold::applyKernelTo(Receive &receive, const Event &event, EventRef ref)
{
    ReceiveMoment &told = receive.told;
    const auto giveBack = [&] {
        if (told.pages == PagesState::Locked)
            told.pages = PagesState::Returned;
    };
    switch (event.type) {
    case EventType::BufferGiven:
        if (event.b > 0)
            told.pages = PagesState::Locked;
        break;
    case EventType::ChainGiven:
        told.chain = ChainMoment{event.a, event.b, {}};
        break;
    case EventType::MdlGiven:
        if (told.chain && event.a == told.chain->descriptors.size())
            told.chain->descriptors.push_back(event.b);
        told.pages = PagesState::Locked;
        break;
    case EventType::PagesUnlocked:
        told.pages = event.a == 0 ? PagesState::Unlocked : PagesState::Freed;
        break;
    case EventType::Discarded:
        told.drained += event.a;
        break;
    case EventType::IrpCompleted:
        if (!told.irp)
            told.irp = callReturnOf(event, ref);
        giveBack();
        break;
    case EventType::Refused: // nothing is written there
        giveBack();
        break;
    default:
        break;
    }
}

void MomentFold::tellKernel(const Socket &socket, const Receive *first, SocketMoment &moment)
{
    if (first && first->told.isDrain())
        moment.drain = first->told.id;
    const auto toIndex = [&](IndicationMoment &one) {
        for (Run &run : one.runs)
            run.send -= socket.firstSend;
    };
    if (moment.callback.latest)
        toIndex(*moment.callback.latest);
    for (IndicationMoment &one : moment.callback.retained)
        toIndex(one);
}

} // namespace recvscope::trace
