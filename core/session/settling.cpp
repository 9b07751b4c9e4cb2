#include "session/settling.h"

#include "session/byte_text.h"

namespace recvscope::session {

namespace {

/// What a blocked thread waits for has not come. A blocked receive is judged by its socket's state instead.
bool waitsRightly(const Call &call)
{
    if (!call.isReceive() && call.event != nullptr)
        return !call.event->isSet();
    return call.isReceive() || call.overlapped == nullptr ||
           call.overlapped->internal.load(std::memory_order_acquire) == wsp::Overlapped::inProgress;
}

std::optional<std::string> effectMissing(const Effect &effect, const wsp::SocketState &state)
{
    const std::string &name = effect.socket->declared->name;
    const std::uint64_t arrived = state.read + state.unread;
    switch (effect.kind) {
    case Effect::Kind::BytesArrive:
        // Messages are handed over within the sender's call: they are there, or were dropped for want of room.
        if (state.open && net::isStreamBelow(effect.socket->declared->kind) && arrived != effect.socket->peer->sent())
            return std::to_string(arrived) + " of the " + countedBytes(effect.socket->peer->sent()) +
                   " that the peer of " + name + " has sent have arrived: " + std::to_string(state.read) +
                   " were received and the kernel holds " + std::to_string(state.unread) +
                   (state.unread == 0 ? "" : ", which may be all that its buffer takes");
        break;
    case Effect::Kind::UrgentArrives:
        if (state.open && !state.urgent)
            return "the urgent byte that the peer of " + name + " sent has not arrived";
        break;
    case Effect::Kind::EndArrives:
        if (state.open && !state.endArrived)
            return "the end that the peer of " + name + " announced has not arrived";
        break;
    case Effect::Kind::ResetArrives:
        if (state.open && !state.hungUp)
            return "the reset by the peer of " + name + " has not arrived";
        break;
    case Effect::Kind::CallsEnd:
        if (state.open && state.blocked != 0)
            return "a call is still blocked in " + name;
        break;
    case Effect::Kind::None:
    case Effect::Kind::ThreadReturns:
        break;
    }
    return std::nullopt;
}

/// What the callbacks of a socket where nothing waits are to be told yet.
std::optional<std::string> toBeCalled(const std::string &name, const wsp::SocketState &state)
{
    if (state.listening && state.unread != 0)
        return "the callback of " + name + " has not been called though the kernel holds " + countedBytes(state.unread);
    const bool looks = state.listening || state.tellsEnd;
    if (looks && state.unread == 0 && state.endArrived && (state.tellsEnd || !state.endSeen))
        return "the callback of " + name + " has not been told of the peer's end";
    return std::nullopt;
}

std::optional<std::string> underWay(const std::string &name, const wsp::SocketState &state)
{
    if (state.busy != 0)
        return "a receive on " + name + " is under way";
    if (!state.open)
        return std::nullopt;
    if (state.outstanding + state.blocked == 0)
        return toBeCalled(name, state);
    if (state.unread != 0)
        return "a receive waits on " + name + " though the kernel holds " + countedBytes(state.unread) + " for it";
    if (state.endArrived)
        return "a receive waits on " + name + " though the peer's end has arrived";
    if (state.readable)
        return "a receive waits on " + name + " though there is something to receive";
    return std::nullopt;
}

} // namespace

std::optional<std::string> unsettled(Bench &bench, const Effect &effect)
{
    // Sockets before threads: a thread that a socket's change let go is seen running afterwards.
    for (const auto &socket : bench.sockets()) {
        const wsp::SocketState state = bench.state(*socket);
        if (effect.socket == socket.get())
            if (std::optional<std::string> missing = effectMissing(effect, state))
                return missing;
        if (std::optional<std::string> busy = underWay(socket->declared->name, state))
            return busy;
    }
    for (const auto &thread : bench.threads()) {
        if (thread->idle())
            continue;
        const Call *call = bench.latestCallOf(*thread);
        const bool mustReturn =
            effect.thread == thread.get() || (effect.kind == Effect::Kind::CallsEnd && call != nullptr &&
                                              call->socket == effect.socket->declared->name && call->isReceive());
        if (mustReturn || !atRest(bench, *thread))
            return "the thread " + thread->name() + " has not returned from " +
                   (call != nullptr ? call->title() : "its call");
    }
    return std::nullopt;
}

bool atRest(Bench &bench, const ApplicationThread &thread)
{
    if (thread.idle())
        return true;
    const Call *call = bench.latestCallOf(thread);
    return bench.blocked(thread) && (call == nullptr || waitsRightly(*call));
}

} // namespace recvscope::session
