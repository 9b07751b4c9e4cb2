#include "trace/moment_fold.h"

#include "trace/story_walk.h"

#include <algorithm>

namespace recvscope::trace {

namespace {

bool endsConnection(Status status)
{
    switch (status) {
    case Status::WsaEconnreset:
    case Status::WsaEconnaborted:
    case Status::WsaEnetreset:
    case Status::WsaEtimedout:
    case Status::NtConnectionReset:
    case Status::NtConnectionAborted:
    case Status::NtConnectionDisconnected:
    case Status::NtRemoteDisconnect:
    case Status::NtIoTimeout:
    case Status::NtFileForcedClosed:
        return true;
    default:
        return false;
    }
}

bool isKernels(EventType type)
{
    return copiesBytes(type) || takesBytes(type) || type == EventType::KernelEmpty || type == EventType::KernelEnd ||
           type == EventType::KernelError;
}

} // namespace

void MomentFold::advance(const Story &story, std::uint32_t events)
{
    for (StoryWalk walk(story, m_events); walk.index() < events && !walk.atEnd(); walk.next())
        apply(walk.event(), walk.ref());
}

void MomentFold::apply(const Event &event, EventRef ref)
{
    ++m_events;
    m_clock = event.time;
    if (event.type == EventType::StepBegan)
        m_step = event.step;
    applyMisuse(event, ref);
    if (event.socket || event.operation)
        applyWhere(event, ref);
    applyToThread(event, ref);
}

void MomentFold::applyWhere(const Event &event, EventRef ref)
{
    Socket &socket = m_sockets[event.socket];
    socket.told.id = event.socket;
    applyToSocket(socket, event, ref);
    if (event.type >= EventType::FaceGiven)
        applyKernel(socket, event, ref);
    if (event.type == EventType::Called)
        call(socket, event, ref);
    const auto receive = event.operation ? m_receives.find(event.operation) : m_receives.end();
    const bool tookNone = event.type == EventType::IndicationEnded && event.a == 0; // not even an empty message
    if ((copiesBytes(event.type) || takesBytes(event.type)) && !tookNone)
        take(socket, receive == m_receives.end() ? nullptr : &receive->second, event, ref);
    if (event.type == EventType::IndicationEnded)
        answered(socket, event, ref); // its bytes have left: what nothing shows any more can be forgotten
    if (receive != m_receives.end())
        applyToReceive(socket, receive->second, event, ref);
}

void MomentFold::applyToSocket(Socket &socket, const Event &event, EventRef ref)
{
    const auto ends = [&](EndState state) { socket.told.end = std::max(socket.told.end, state); };
    switch (event.type) {
    case EventType::SocketOpened:
        openedAs(socket, event.a);
        socket.told.receiveBuffer = receiveBufferOf(event.b);
        break;
    case EventType::KernelHolds:
        socket.told.measured = event.a;
        break;
    case EventType::PeerSend:
        sent(socket, event, ref);
        break;
    case EventType::PeerSendsPart:
        socket.partComes = true;
        break;
    case EventType::ProtocolGiven:
        socket.told.actsAsStream = bitsOfStream(event.a);
        break;
    case EventType::PeerChosen:
        socket.speaker = event.a == 0 ? std::nullopt : std::optional(ref);
        break;
    case EventType::MessageDropped:
        dropped(socket, event);
        break;
    case EventType::MessagesFiltered:
        filtered(socket, event, ref);
        break;
    case EventType::EmptiesSkipped:
        emptiesSkipped(socket, event.a);
        break;
    case EventType::PeerSendOob:
        socket.sends.push_back({ref, socket.told.sent, 0, 0, false, true});
        socket.urgent = socket.firstSend + static_cast<std::uint32_t>(socket.sends.size()) - 1;
        break;
    case EventType::PeerShutDown:
    case EventType::PeerClosed:
        ends(EndState::PeerFinished);
        break;
    case EventType::PeerReset:
        ends(EndState::PeerReset);
        break;
    case EventType::KernelEnd:
        ends(EndState::EndSeen);
        break;
    case EventType::KernelError:
        if (endsConnection(static_cast<Status>(event.a)))
            ends(EndState::ResetSeen);
        break;
    case EventType::SocketClosed:
        ends(EndState::Closed);
        socket.told.closing = socket.told.closeDue = false;
        break;
    case EventType::PeerLinkCut:
        socket.told.linkCut = true;
        break;
    default:
        break;
    }
}

void MomentFold::call(Socket &socket, const Event &event, EventRef ref)
{
    const std::uint64_t order = m_calls++;
    const auto [place, added] = m_receives.try_emplace(event.operation);
    if (!added)
        return; // a number used twice: the first keeps it
    place->second.order = order;
    ReceiveMoment &told = place->second.told;
    told.id = event.operation;
    told.socket = event.socket;
    told.flagsIn = static_cast<std::uint16_t>(event.b & 0xFFFF);
    told.traits = static_cast<std::uint16_t>(event.b >> 16);
    told.thread = ref.track;
    told.called = ref;
    told.calledAt = event.time;
    if (told.traits & CallHasEvent)
        told.eventSet = false;
    if (told.traits & CallHasRoutine)
        told.routine = RoutineState::Given;
    if (const auto level = m_levels.find(ref.track); level != m_levels.end() && level->second.first == told.id)
        told.level = level->second.second;
    ++socket.told.calls;
    socket.told.receives.push_back(event.operation);
}

void MomentFold::applyToReceive(Socket &socket, Receive &receive, const Event &event, EventRef ref)
{
    ReceiveMoment &told = receive.told;
    if (told.events.size() == listedEvents)
        told.events.erase(told.events.begin() + listedEvents / 2);
    told.events.push_back(ref);
    if (event.provenance == Provenance::Injected && !tellsOfRoutine(event.type))
        told.provenance = Provenance::Injected;
    else if (isKernels(event.type) && event.provenance == Provenance::Measured &&
             told.provenance == Provenance::Modelled)
        told.provenance = Provenance::Measured;

    switch (event.type) {
    case EventType::BufferGiven:
        if (event.a == told.buffers.size())
            told.buffers.push_back({event.b, 0, {}});
        break;
    case EventType::Queued:
        waits(socket, receive, ReceiveState::Pending);
        break;
    case EventType::Blocked:
        waits(socket, receive, ReceiveState::Blocked);
        break;
    case EventType::Placed:
        place(socket, receive, event.a, event.b);
        break;
    case EventType::Refused:
        told.state = ReceiveState::Failed;
        told.decidedBy = event.rule;
        receive.refused = true;
        finish(socket, receive);
        break;
    case EventType::Completed:
        if (told.completed)
            break;
        told.completed = callReturnOf(event, ref);
        told.decidedBy = event.rule;
        told.state = receive.waited ? ReceiveState::Later : ReceiveState::AtOnce;
        finish(socket, receive);
        break;
    case EventType::Returned:
        if (told.returned)
            break;
        told.returned = callReturnOf(event, ref);
        if (!receive.refused)
            told.decidedBy = event.rule;
        if (told.returned->status == Status::WsaIoPending || told.returned->status == Status::NtPending) {
            if (told.completed)
                told.state = ReceiveState::Later;
            else
                waits(socket, receive, ReceiveState::Pending);
        } else if (told.returned->status != Status::Success && !told.completed) {
            told.state = ReceiveState::Failed;
            finish(socket, receive);
        }
        break;
    case EventType::EventSet:
    case EventType::EventReset:
        told.eventSet = event.type == EventType::EventSet;
        break;
    default:
        break;
    }
    if (told.isWsk())
        applyKernelTo(receive, event, ref);
    if (receive.finished && socket.finished.size() > keptReceives)
        forgetOldest(socket);
}

/// The kernel copied bytes out: moves the reading place on, unless it was a look, and puts them into the receive's
/// hand.
void MomentFold::take(Socket &socket, Receive *receive, const Event &event, EventRef ref)
{
    const std::uint32_t word =
        receive ? receive->told.flagsIn | std::uint32_t{receive->told.traits} << 16 : std::uint32_t{0};
    SocketMoment &told = socket.told;
    if (asksUrgent(word)) {
        if (!socket.urgent) {
            socket.sends.push_back({ref, told.sent, 0, 0, true, true});
            socket.urgent = socket.firstSend + static_cast<std::uint32_t>(socket.sends.size()) - 1;
        }
        receive->urgentHand = *socket.urgent;
        receive->handLength = event.a;
        if (!peeks(word))
            socket.urgent.reset();
        return;
    }

    const std::uint64_t from = told.taken;
    const std::uint64_t to = from + event.a;
    seen(socket, to, ref);
    if (event.type == EventType::MessageLost) {
        told.lost += event.a;
        if (receive)
            lost(socket, *receive, from, event.a);
    }
    if (!peeks(word) && takesBytes(event.type)) {
        told.taken = to;
        takenFrom(socket, event.a);
    }
    if (receive && copiesBytes(event.type)) {
        receive->urgentHand.reset();
        receive->handOffset = from;
        receive->handLength = event.a;
    }
}

void MomentFold::place(const Socket &socket, Receive &receive, std::uint32_t index, std::uint64_t bytes)
{
    if (index >= receive.told.buffers.size())
        return;
    BufferMoment &buffer = receive.told.buffers[index];
    buffer.filled += bytes;
    receive.told.placed += bytes;

    const auto show = [&](std::uint32_t number, std::uint64_t offset, std::uint64_t length) {
        receive.firstSend = std::min(receive.firstSend.value_or(number), number);
        Run *last = buffer.runs.empty() ? nullptr : &buffer.runs.back();
        if (last && last->send == number && last->offset + last->length == offset)
            last->length += length;
        else
            buffer.runs.push_back({number, offset, length});
    };
    std::uint64_t left = std::min(bytes, receive.handLength);
    receive.handLength -= left;
    if (receive.urgentHand) {
        if (*receive.urgentHand >= socket.firstSend)
            show(*receive.urgentHand, socket.sends[*receive.urgentHand - socket.firstSend].offset, left);
        return;
    }
    auto send = std::partition_point(socket.sends.begin(), socket.sends.end(),
                                     [&](const Send &one) { return one.end() <= receive.handOffset; });
    for (; left > 0 && send != socket.sends.end(); ++send) {
        const std::uint64_t length = std::min(left, send->end() - receive.handOffset);
        if (length == 0)
            continue; // urgent: it stands beside the stream
        show(socket.firstSend + static_cast<std::uint32_t>(send - socket.sends.begin()), receive.handOffset, length);
        receive.handOffset += length;
        left -= length;
    }
}

void MomentFold::waits(Socket &socket, Receive &receive, ReceiveState state)
{
    if (receive.finished)
        return;
    receive.told.state = state;
    if (!receive.waited)
        socket.told.waiting.push_back(receive.told.id);
    receive.waited = true;
}

void MomentFold::finish(Socket &socket, Receive &receive)
{
    if (receive.finished)
        return;
    receive.finished = true;
    if (receive.waited)
        std::erase(socket.told.waiting, receive.told.id);
    socket.finished.push_back(receive.told.id);
    ++socket.told.finished;
}

void MomentFold::forgetOldest(Socket &socket)
{
    const OperationId oldest = socket.finished.front();
    socket.finished.pop_front();
    m_receives.erase(oldest);
    socket.told.receives.erase(std::find(socket.told.receives.begin(), socket.told.receives.end(), oldest));

    if (socket.told.finished % keptReceives == 0)
        forgetSends(socket);
}

/// Those that nothing listed shows. To be done now and then, since it looks through all of that.
void MomentFold::forgetSends(Socket &socket)
{
    std::uint32_t needed = socket.firstSend + static_cast<std::uint32_t>(socket.sends.size());
    const auto shown = [&](const std::vector<Run> &runs) {
        if (!runs.empty())
            needed = std::min(needed, runs.front().send);
    };
    if (!socket.parcels.empty())
        needed = std::min(needed, socket.parcels.front().send);
    for (const OperationId operation : socket.told.receives)
        needed = std::min(needed, m_receives.at(operation).firstSend.value_or(needed));
    if (socket.told.callback.latest)
        shown(socket.told.callback.latest->runs);
    for (const IndicationMoment &one : socket.told.callback.retained)
        shown(one.runs);
    while (socket.firstSend < needed && socket.sends.front().end() <= socket.told.taken &&
           socket.urgent != socket.firstSend) {
        socket.sends.pop_front();
        ++socket.firstSend;
    }
}

} // namespace recvscope::trace
