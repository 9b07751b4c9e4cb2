// wsp.close.*, engine.end.latched, wsp.socket.receive-shut-down: an end is told only after its cause, and once told it
// is told for ever.

#include "checks.h"

namespace recvscope::checker {

using trace::EventType;

namespace {

bool decides(EventType type)
{
    return type == EventType::Completed || type == EventType::Refused;
}

/// Refusals for what the call was given come before anything is asked of the connection.
bool forItsArguments(Status status)
{
    return status == Status::WsaEinval || status == Status::WsaEfault || status == Status::WsaEopnotsupp ||
           status == Status::WsaEnotsock || status == Status::WsaEinprogress;
}

} // namespace

void ends(const Case &it)
{
    const Account &account = it.account;
    for (const Receive &receive : account.receives) {
        const std::optional<std::size_t> at = receive.decided();
        if (!at)
            continue;
        const Status status = account.statusAt(*at);
        const bool finished =
            account.before(*at, EventType::PeerShutDown) || account.before(*at, EventType::PeerClosed);
        if (status == Status::WsaEdiscon) {
            if (account.socket.stream() || account.socket.connectionless())
                it.refuse("wsp.close.message-discon", receive, "WSAEDISCON belongs to message-oriented connections");
            else if (!finished)
                it.refuse("wsp.close.message-discon", receive, "the end was told before the peer had finished");
            else if (account.tornBefore(*at))
                it.refuse("engine.message.torn", receive, "the peer ended in the middle of a message");
        }
        if (status == Status::WsaEconnreset && !account.before(*at, EventType::PeerReset))
            it.refuse("wsp.close.reset", receive, "a reset was told, and the peer had made none");
        if (status == Status::WsaEconnaborted && !it.setup.policy.closeAbortsWithConnAborted &&
            !account.tornBefore(*at))
            it.refuse("wsp.close.aborted", receive, "the connection was told as aborted, and nothing aborted it");
        if (status == Status::WsaEnetreset || status == Status::WsaEtimedout)
            it.refuse("wsp.close.keep-alive", receive, "a dead link was told, and none was made");
    }
}

void latchedEnds(const Case &it)
{
    const Account &account = it.account;
    const bool stream = account.socket.stream();
    std::optional<Status> end; // Success: zero bytes
    for (std::size_t at = 0; at < account.events.size(); ++at) {
        const trace::Event &event = account.events[at].event;
        const Receive *receive = account.receive(event.operation);
        if (!decides(event.type) || receive == nullptr || receive->decided() != at)
            continue;
        const Status status = account.statusAt(at);
        const bool oob = receive->has(flag::Oob);
        if (end) {
            const bool other = forItsArguments(status) || status == Status::WsaEshutdown || oob;
            const bool same = status == *end && (*end != Status::Success || event.a == 0);
            if (!other && !same)
                it.refuse(*end == Status::Success ? "wsp.close.stream-zero-bytes" : "engine.end.latched", *receive,
                          "the end was told before as " + std::string(nameOf(*end)) + ", and now it is " +
                              std::string(nameOf(status)) + " and " +
                              std::to_string(event.type == EventType::Completed ? event.a : 0) + " bytes");
            continue;
        }
        const bool zero = stream && status == Status::Success && event.type == EventType::Completed && event.a == 0 &&
                          receive->room() > 0 && !oob;
        const bool torn = status == Status::WsaEconnaborted && account.tornBefore(at);
        if (zero || torn || status == Status::WsaEdiscon || status == Status::WsaEconnreset)
            end = status;
    }
}

void shutDown(const Case &it)
{
    const Account &account = it.account;
    for (const Receive &receive : account.receives) {
        const std::optional<std::size_t> at = receive.decided();
        if (!at)
            continue;
        const Status status = account.statusAt(*at);
        if (account.shutDownBefore(receive.calledAt)) {
            if (status != Status::WsaEshutdown && !forItsArguments(status))
                it.refuse("wsp.socket.receive-shut-down", receive,
                          "receiving was shut down, and it got " + std::string(nameOf(status)));
        } else if (status == Status::WsaEshutdown && !account.shutDownBefore(*at) &&
                   account.endedBy(*at) != EventType::SocketShutDown) {
            it.refuse("wsp.socket.receive-shut-down", receive, "WSAESHUTDOWN, though receiving was not shut down");
        }
    }
}

} // namespace recvscope::checker
