#include "account.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace recvscope::checker {

using trace::EventType;

std::uint64_t Receive::room() const
{
    std::uint64_t room = 0;
    for (const std::uint32_t size : sizes)
        room += size;
    return room;
}

std::optional<std::size_t> Receive::decided() const
{
    if (refused && completed)
        return std::min(*refused, *completed);
    return refused ? refused : completed;
}

bool Chain::wellFormed() const
{
    if (descriptors.empty())
        return length == 0;
    std::uint64_t size = 0;
    for (const std::uint32_t each : descriptors)
        size += each;
    const bool inFirst = offset < descriptors.front() || (offset == 0 && length == 0);
    return inFirst && std::uint64_t{offset} + length <= size;
}

const Receive *Account::receive(OperationId operation) const
{
    for (const Receive &each : receives)
        if (each.id == operation)
            return &each;
    return nullptr;
}

Status Account::statusAt(std::size_t place) const
{
    const trace::Event &event = events[place].event;
    return event.type == EventType::Refused || event.type == EventType::KernelError ? static_cast<Status>(event.a)
                                                                                    : trace::statusOf(event.b);
}

std::size_t Account::count(const Receive &receive, EventType type) const
{
    return static_cast<std::size_t>(std::count_if(receive.events.begin(), receive.events.end(),
                                                  [&](std::size_t at) { return events[at].event.type == type; }));
}

bool Account::cancelledBefore(const Receive &receive, std::size_t place) const
{
    return std::any_of(cancels.begin(), cancels.end(), [&](Nanoseconds time) {
        return time >= events[receive.calledAt].event.time && time <= events[place].event.time;
    });
}

std::optional<EventType> Account::endedBy(std::size_t place) const
{
    for (std::size_t at = place + 1; at < events.size(); ++at) {
        const trace::Event &event = events[at].event;
        switch (event.type) {
        case EventType::SocketClosed:
            return event.type;
        case EventType::SocketShutDown:
            return event.a != 1 ? std::optional(event.type) : std::nullopt;
        case EventType::PeerSend: // the peer acts when it likes
        case EventType::Completed:
        case EventType::EventSet:
        case EventType::Refused:
        case EventType::Returned:
        case EventType::ResultReturned:
        case EventType::RoutineQueued: // and a thread that waits runs it, while the other one goes on closing
        case EventType::ApcBegan:
        case EventType::RoutineBegan:
        case EventType::RoutineEnded:
        // A blocked call that was taken away lets the next in line look, which finds nothing for itself.
        case EventType::KernelEmpty:
        case EventType::MessageArriving:
            continue;
        default:
            // So does what such a routine calls.
            if (const Receive *called = receive(event.operation); called != nullptr && called->calledAt > place)
                continue;
            return std::nullopt;
        }
    }
    return std::nullopt;
}

bool Account::before(std::size_t place, EventType type) const
{
    return std::any_of(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(place),
                       [&](const Told &told) { return told.event.type == type; });
}

bool Account::shutDownBefore(std::size_t place) const
{
    return std::any_of(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(place), [](const Told &told) {
        return told.event.type == EventType::SocketShutDown && told.event.a != 1;
    });
}

bool Account::layAt(std::size_t place) const
{
    std::uint32_t holds = 0;
    bool begun = false; // the message sent last goes on
    bool part = false;
    for (std::size_t at = 0; at < place; ++at) {
        const trace::Event &event = events[at].event;
        if (event.type == EventType::KernelHolds)
            holds = event.a;
        else if (trace::takesBytes(event.type) || event.type == EventType::SocketConnected)
            holds = 0; // it may have taken all of it; and what others had sent is no data any more
        else if (event.type == EventType::PeerSendsPart)
            part = true;
        else if (event.type == EventType::PeerSend)
            begun = std::exchange(part, false);
    }
    return holds != 0 && (socket.stream() || !begun);
}

bool Account::tornBefore(std::size_t place) const
{
    bool begun = false;
    bool part = false;
    bool ended = false;
    for (std::size_t at = 0; at < place; ++at) {
        const EventType type = events[at].event.type;
        part = part || type == EventType::PeerSendsPart;
        if (type == EventType::PeerSend)
            begun = std::exchange(part, false);
        ended = ended || type == EventType::PeerShutDown || type == EventType::PeerClosed;
    }
    return begun && ended;
}

bool Account::firstInLine(const Receive &receive, std::size_t place) const
{
    for (const Receive &other : receives)
        if (other.calledAt < receive.calledAt && (!other.decided() || *other.decided() >= place))
            return false;
    return true;
}

bool Account::indicatingAt(std::size_t place) const
{
    bool running = false;
    for (std::size_t at = 0; at < place; ++at)
        if (events[at].event.type == EventType::IndicationBegan)
            running = true;
        else if (events[at].event.type == EventType::IndicationEnded)
            running = false;
    return running;
}

bool Account::abortedHereBefore(std::size_t place) const
{
    return std::any_of(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(place), [](const Told &told) {
        return told.event.type == EventType::DisconnectAsked && told.event.a == 1;
    });
}

bool Account::brokenBefore(std::size_t place) const
{
    return before(place, EventType::PeerReset) || abortedHereBefore(place);
}

namespace {

/// What a step that waits says of itself, though it names a receive.
bool ofAStep(const trace::Event &event)
{
    return event.type < EventType::Called || event.type == EventType::WaitBegan || event.type == EventType::WaitEnded;
}

void takeReceives(Account &account, const trace::Snapshot &snapshot)
{
    std::map<OperationId, std::size_t> known;
    for (std::size_t at = 0; at < account.events.size(); ++at) {
        const trace::Event &event = account.events[at].event;
        if (!event.operation || event.type == EventType::ExpectationMet || event.type == EventType::ExpectationFailed)
            continue;
        const auto [found, isNew] = known.emplace(event.operation, account.receives.size());
        if (isNew) {
            Receive receive;
            receive.id = event.operation;
            receive.name = snapshot.operationName(event.operation);
            receive.calledAt = at;
            receive.step = event.step;
            receive.track = account.events[at].ref.track;
            account.receives.push_back(std::move(receive));
        }
        Receive &receive = account.receives[found->second];
        receive.events.push_back(at);
        if (event.type == EventType::Called) {
            receive.calledAt = at;
            receive.flags = static_cast<std::uint16_t>(event.b & 0xFFFF);
            receive.traits = static_cast<std::uint16_t>(event.b >> 16);
        } else if (event.type == EventType::BufferGiven) {
            receive.sizes.push_back(event.b);
        } else if (event.type == EventType::Refused && !receive.refused) {
            receive.refused = at;
        } else if (event.type == EventType::Completed && !receive.completed) {
            receive.completed = at;
        } else if (event.type == EventType::Returned && !receive.returned) {
            receive.returned = at;
        } else if (event.type == EventType::ChainGiven) {
            receive.chain = Chain{event.a, event.b, {}};
        } else if (event.type == EventType::MdlGiven && receive.chain) {
            receive.chain->descriptors.push_back(event.b);
        } else if (event.type == EventType::AtIrql) {
            receive.irql = event.a;
        } else if (event.type == EventType::Queued && !receive.queued) {
            receive.queued = at;
        } else if (event.type == EventType::IrpCompleted && !receive.irpCompleted) {
            receive.irpCompleted = at;
        }
    }
}

bool storyOrder(const Told &left, const Told &right)
{
    if (left.event.socket) // the socket's own order; equal numbers are refused later
        return left.event.socketSequence < right.event.socketSequence;
    return left.event.time < right.event.time;
}

} // namespace

std::vector<Account> accountsOf(const trace::Snapshot &snapshot, const Setup &setup)
{
    std::map<SocketId, Account> accounts;
    std::vector<Nanoseconds> cancels;
    for (std::uint16_t track = 0; track < snapshot.trackCount(); ++track)
        for (std::uint32_t i = 0; i < snapshot.trackSize(track); ++i) {
            const trace::EventRef ref{track, i};
            const trace::Event &event = snapshot.event(ref);
            if (event.type == EventType::CancelAsked)
                cancels.push_back(event.time);
            if (!event.socket && (!event.operation || ofAStep(event)))
                continue; // the steps' own
            Told told{event, {}, ref};
            if (trace::carriesPayload(event.type)) {
                const std::span<const std::byte> bytes = snapshot.payload(ref);
                told.bytes = {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
            }
            accounts[event.socket].events.push_back(told);
        }
    std::vector<Account> all;
    for (auto &[id, account] : accounts) {
        std::stable_sort(account.events.begin(), account.events.end(), storyOrder);
        account.id = id;
        account.cancels = cancels;
        account.name = id ? snapshot.socketName(id) : "no socket";
        if (const auto found = setup.sockets.find(id); found != setup.sockets.end())
            account.socket = found->second;
        takeReceives(account, snapshot);
        // Windows ignores the overlapped arguments there, and so does that policy.
        if (!account.socket.overlapped && setup.policy.overlappedOnPlainSocketAllowed)
            for (Receive &receive : account.receives)
                receive.traits &=
                    static_cast<std::uint16_t>(~(trace::CallOverlapped | trace::CallHasEvent | trace::CallHasRoutine));
        all.push_back(std::move(account));
    }
    return all;
}

} // namespace recvscope::checker
