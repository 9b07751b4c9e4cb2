#include "gui/twins.h"

#include <algorithm>

namespace recvscope::gui {

using trace::Interface;
using namespace Qt::StringLiterals;

namespace {

/// The Winsock error that says what an NTSTATUS does (WSAGetOverlappedResult's table).
Status inWinsock(Status status)
{
    switch (status) {
    case Status::NtPending:
        return Status::WsaIoPending;
    case Status::NtBufferOverflow:
        return Status::WsaEmsgsize;
    case Status::NtDeviceNotReady:
        return Status::WsaEwouldblock;
    case Status::NtIoTimeout:
        return Status::WsaEtimedout;
    case Status::NtNotSupported:
        return Status::WsaEopnotsupp;
    case Status::NtCancelled:
        return Status::WsaOperationAborted;
    case Status::NtLocalDisconnect:
    case Status::NtConnectionAborted:
        return Status::WsaEconnaborted;
    case Status::NtRemoteDisconnect:
    case Status::NtConnectionDisconnected:
    case Status::NtConnectionReset:
    case Status::NtPortUnreachable:
        return Status::WsaEconnreset;
    case Status::NtInvalidConnection:
        return Status::WsaEnotconn;
    case Status::NtGracefulDisconnect:
        return Status::WsaEdiscon;
    case Status::NtRequestAborted:
        return Status::WsaEintr;
    case Status::NtAccessViolation:
        return Status::WsaEfault;
    case Status::NtInvalidHandle:
        return Status::WsaEnotsock;
    case Status::NtPipeDisconnected:
        return Status::WsaEshutdown;
    case Status::NtNoSuchDevice:
        return Status::WsaEnetdown;
    case Status::NtInsufficientResources:
        return Status::WsaEnobufs;
    case Status::NtInvalidParameter:
        return Status::WsaEinval;
    default:
        return status;
    }
}

Unlike unlike(bool differs, bool inWords = false)
{
    return differs ? Unlike::Yes : inWords ? Unlike::Named : Unlike::No;
}

QString toldBy(const trace::ReceiveMoment &receive, Interface face)
{
    if (face == Interface::Wsk) {
        if (!receive.irp)
            return receive.state == trace::ReceiveState::Failed && receive.returned ? u"the return alone"_s : QString();
        const bool later = receive.returned && receive.returned->status == Status::NtPending;
        return later ? u"the IRP, later"_s : u"the IRP, before the return"_s;
    }
    if (receive.completed && receive.returned && receive.returned->status == Status::WsaIoPending) {
        if ((receive.traits & trace::CallHasRoutine) != 0)
            return u"the routine"_s;
        if (receive.eventSet) // until it is set nobody is told
            return *receive.eventSet ? u"the event"_s : QString();
        return u"the overlapped structure"_s;
    }
    if (!receive.returned || receive.returned->status == Status::WsaIoPending)
        return {};
    return receive.state == trace::ReceiveState::Failed ? u"the return alone"_s : u"the return"_s;
}

/// Number of a listed receive on its socket, from 0.
std::optional<std::uint64_t> numberOf(const trace::SocketMoment &socket, OperationId receive)
{
    const auto found = std::find(socket.receives.begin(), socket.receives.end(), receive);
    if (found == socket.receives.end() || socket.calls < socket.receives.size())
        return {};
    return socket.calls - socket.receives.size() + static_cast<std::uint64_t>(found - socket.receives.begin());
}

} // namespace

Outcome outcomeOf(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive)
{
    Outcome outcome;
    outcome.face = receive.isWsk() ? Interface::Wsk : socket.face;
    if (receive.returned)
        outcome.returned = receive.returned->status;
    const bool pended = outcome.returned == Status::WsaIoPending || outcome.returned == Status::NtPending;
    const bool blocked = receive.state == trace::ReceiveState::Blocked ||
                         (receive.state == trace::ReceiveState::Later && receive.returned && !pended);
    if (blocked)
        outcome.waits = Waits::Blocks;
    else if (pended || receive.state == trace::ReceiveState::Pending)
        outcome.waits = Waits::Pending;
    else if (receive.state != trace::ReceiveState::Called)
        outcome.waits = Waits::AtOnce;
    const std::optional<trace::CallReturn> &end = receive.isWsk() ? receive.irp
                                                  : pended        ? receive.completed
                                                                  : receive.returned;
    if (end) {
        outcome.status = end->status;
        outcome.bytes = end->bytes.value_or(0);
    } else if (receive.isWsk() && receive.state == trace::ReceiveState::Failed) {
        outcome.status = outcome.returned;
    }
    outcome.toldBy = toldBy(receive, outcome.face);
    outcome.refused = receive.state == trace::ReceiveState::Failed && !receive.irp;
    return outcome;
}

bool sameMeaning(Status one, Status other)
{
    return inWinsock(one) == inWinsock(other);
}

Unlike Difference::most() const
{
    return std::max({waits, status, bytes, told});
}

Difference differenceOf(const Outcome &one, const Outcome &other)
{
    Difference difference;
    if (one.waits != Waits::NotYet && other.waits != Waits::NotYet)
        difference.waits =
            unlike(one.waits != other.waits, one.returned && other.returned && *one.returned != *other.returned &&
                                                 sameMeaning(*one.returned, *other.returned));
    if (one.status && other.status) {
        const bool words = (one.face == Interface::Wsk) != (other.face == Interface::Wsk);
        difference.status = unlike(!sameMeaning(*one.status, *other.status), words);
        difference.bytes = unlike(one.bytes != other.bytes);
    }
    if (!one.toldBy.isEmpty() && !other.toldBy.isEmpty())
        difference.told = unlike(one.refused != other.refused, one.toldBy != other.toldBy);
    return difference;
}

bool comparesFaces(const trace::Moment &moment)
{
    return std::any_of(moment.sockets.begin(), moment.sockets.end(),
                       [&](const trace::SocketMoment &socket) { return socket.face != moment.sockets.front().face; });
}

Twins twinsOf(const trace::Moment &moment, OperationId shown)
{
    Twins twins;
    for (const trace::SocketMoment &socket : moment.sockets)
        if (const auto number = numberOf(socket, shown))
            twins.number = *number;
    for (const trace::SocketMoment &socket : moment.sockets) {
        Twin row{&socket, nullptr, {}, {}};
        row.outcome.face = socket.face;
        for (const OperationId id : socket.receives)
            if (numberOf(socket, id) == twins.number)
                row.receive = moment.receive(id);
        if (row.receive != nullptr)
            row.outcome = outcomeOf(socket, *row.receive);
        if (!twins.rows.empty())
            row.difference = differenceOf(twins.rows.front().outcome, row.outcome);
        twins.rows.push_back(std::move(row));
    }
    return twins;
}

} // namespace recvscope::gui
