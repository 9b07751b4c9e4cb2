#include "engine/decide.h"

#include <cerrno>
#include <optional>

namespace recvscope::engine {

namespace {

Decision refuse(Result result, Reason reason)
{
    return {Action::Refuse, result, reason};
}

Decision complete(Result result, Reason reason)
{
    return {Action::Complete, result, reason};
}

/// The same event, told of a request that waits for all of it, of a drain, or of any other.
Reason among(const Ask &ask, Reason waitAll, Reason drain, Reason otherwise)
{
    return ask.flags.drain ? drain : ask.flags.waitAll ? waitAll : otherwise;
}

/// The connection is broken, where the interface has a word of its own for that.
bool forcedClosed(const SocketState &socket, const Ask &ask)
{
    return socket.forcedClose == ForcedClose::Always ||
           (socket.forcedClose == ForcedClose::WhenCalled && !ask.hasWaited);
}

Decision failed(const SocketState &socket, const Ask &ask, const net::Received &answer)
{
    if (endedBy(answer) != Ended::No && forcedClosed(socket, ask))
        return complete(Result::ForcedClosed,
                        among(ask, Reason::AllAtReset, Reason::DrainAtReset, Reason::ForcedClosed));
    if (answer.keepAlive)
        return complete(Result::NetworkReset, Reason::KeepAliveFailed);
    switch (answer.systemCode) {
    case ECONNRESET:
        return complete(Result::Reset, among(ask, Reason::AllAtReset, Reason::DrainAtReset, Reason::PeerReset));
    case ECONNREFUSED: // an earlier send of a datagram socket met a closed port
        return complete(Result::Reset, Reason::PortUnreachable);
    case EFAULT:
        return refuse(Result::Fault, Reason::BadMemory);
    case ENOTCONN:
    case EINVAL: // a fresh unix stream socket
        return refuse(Result::NotConnected, Reason::NotConnected);
    case ENOMEM:
    case ENOBUFS:
        return complete(Result::NoMemory, Reason::SystemError);
    case ENETDOWN:
        return complete(Result::NetworkDown, Reason::SystemError);
    default: // EPIPE after our own send met a closed peer, ETIMEDOUT, EHOSTUNREACH: the circuit failed
        return complete(Result::Aborted, Reason::ConnectionFailed);
    }
}

/// @param part a part of a message has arrived
Decision notYet(const SocketState &socket, const Ask &ask, bool part)
{
    if (ask.overlapped)
        return {Action::Wait, Result::Ok, part ? Reason::WaitsForWhole : Reason::NothingThereWait};
    if (socket.nonblocking)
        return refuse(Result::WouldBlock, Reason::NothingThereReturn);
    return {Action::Block, Result::Ok, part ? Reason::WaitsForWhole : Reason::NothingThereBlock};
}

/// What a flag may not be asked for.
std::optional<Decision> refusedFlags(const SocketState &socket, const Ask &ask, const Policy &policy)
{
    const ReceiveFlags &flags = ask.flags;
    const bool message = net::keepsMessages(socket.protocol);
    if (flags.other)
        return refuse(Result::NotSupported, Reason::FlagNotPerformed);
    if ((flags.waitAll || flags.drain) && !socket.performsFlags)
        return refuse(Result::NotSupported, Reason::FlagUnsupported);
    if (flags.peek && ask.overlapped && !policy.overlappedPeekAllowed)
        return refuse(Result::NotSupported, Reason::OverlappedPeek);
    if (flags.oob) {
        if (message)
            return refuse(Result::NotSupported, Reason::UrgentNotStream);
        if (!socket.protocol.has(net::xp1::ExpeditedData))
            return refuse(Result::NotSupported, Reason::UrgentUnknown);
        if (socket.oobInline)
            return refuse(Result::InvalidArgument, Reason::UrgentInline);
    }
    if (flags.partial && message && !socket.protocol.has(net::xp1::PartialMessage))
        return refuse(Result::NotSupported, Reason::FlagNotPerformed);
    if (flags.waitAll && (socket.nonblocking || message || flags.oob || flags.peek || flags.partial))
        return refuse(Result::NotSupported, Reason::WaitAllRefused);
    return std::nullopt;
}

/// A message, or a part of one, has come.
Decision messageCame(const Ask &ask, const Attempt &attempt)
{
    switch (attempt.part) {
    case MessagePart::Begun:
        return {Action::Complete, Result::Ok, ask.flags.peek ? Reason::Peeked : Reason::MessageBegun, true};
    case MessagePart::Came:
        return {Action::Complete, Result::Ok, ask.flags.peek ? Reason::Peeked : Reason::MessagePartThere, true};
    case MessagePart::Ended:
        return complete(Result::Ok, ask.flags.peek ? Reason::Peeked : Reason::MessageEnded);
    case MessagePart::Kept:
        return complete(Result::MessageTooLong, ask.flags.peek ? Reason::Peeked : Reason::MessageKept);
    case MessagePart::Cut:
        return complete(Result::MessageTooLong, Reason::MessageCut);
    default:
        break;
    }
    if (ask.flags.peek)
        return complete(Result::Ok, ask.overlapped ? Reason::WindowsPeeked : Reason::Peeked);
    if (attempt.answer.bytes == 0)
        return complete(Result::Ok, Reason::EmptyMessage);
    if (!ask.overlapped && ask.hasWaited)
        return complete(Result::Ok, Reason::WholeMessageUnblocks);
    return complete(Result::Ok, Reason::OneMessage);
}

Decision streamCame(const SocketState &socket, const Ask &ask, std::size_t bytes)
{
    if (ask.flags.drain)
        return {Action::Wait, Result::Ok, Reason::Drains};
    if (ask.flags.peek)
        return complete(Result::Ok, ask.overlapped ? Reason::WindowsPeeked : Reason::Peeked);
    if (ask.flags.oob)
        return complete(Result::Ok, Reason::UrgentByte);
    if (ask.room == 0)
        return complete(Result::Ok, Reason::NoRoom);
    if (ask.flags.waitAll)
        return ask.placed + bytes >= ask.room
                   ? complete(Result::Ok, Reason::AllThere)
                   : Decision{notYet(socket, ask, false).action, Result::Ok, Reason::WaitsForAll};
    if (ask.overlapped)
        return complete(Result::Ok, Reason::StreamData);
    if (ask.hasWaited)
        return complete(Result::Ok, Reason::OneByteUnblocks);
    return complete(Result::Ok, bytes >= ask.room ? Reason::AsMuchAsFits : Reason::BufferedData);
}

Reason admittedConnected(const SocketState &socket, const Ask &ask)
{
    if (ask.flags.waitAll || ask.flags.drain)
        return Reason::AdmittedWithFlags;
    switch (socket.connectedBy) {
    case ConnectedBy::Connect:
        return Reason::AdmittedByConnect;
    case ConnectedBy::Accept:
        return Reason::AdmittedAccepted;
    default:
        return Reason::AdmittedAtCreation;
    }
}

} // namespace

Decision decide(const SocketState &socket, const Ask &ask, const Policy &policy)
{
    const bool connectionless = socket.protocol.has(net::xp1::Connectionless);
    if (socket.networkDown)
        return decideNetworkDown();
    if (!socket.receives)
        return refuse(Result::NotSupported, Reason::WrongSocket);
    if (ask.overlapped && !socket.overlapped)
        return refuse(Result::InvalidArgument, Reason::SocketNotOverlapped);
    if (socket.protocol.has(net::xp1::UniSend) && !socket.protocol.has(net::xp1::UniRecv))
        return refuse(Result::NotSupported, Reason::SendOnly);
    if (connectionless && !socket.addressed)
        return refuse(Result::InvalidArgument, Reason::Unbound);
    if (!connectionless && !socket.connected)
        return refuse(Result::NotConnected, Reason::NotConnected);
    if (const auto refused = refusedFlags(socket, ask, policy))
        return *refused;
    if (ask.bufferCount == 0)
        return refuse(Result::InvalidArgument, Reason::NoBuffers);
    if (ask.badMemory)
        return refuse(Result::Fault, Reason::BadMemory);
    if (socket.receiveShutDown)
        return refuse(Result::ShutDown, Reason::ReceiveShutDown);
    if (ask.overlapped && socket.waiting >= policy.maxOutstanding)
        return refuse(Result::TooMany, Reason::TooManyOutstanding);
    if (socket.waiting > 0) {
        // Nothing jumps the queue; a call that may not wait can only say so.
        if (!ask.overlapped && socket.nonblocking)
            return refuse(Result::WouldBlock, Reason::NothingThereReturn);
        return {Action::Queue, Result::Ok, Reason::BehindOthers};
    }
    if (socket.indicating)
        return {Action::Queue, Result::Ok, Reason::BehindIndication};
    if (socket.ended != Ended::No)
        return decideEnded(socket, ask);
    if (socket.profiled || (ask.flags.partial && net::keepsMessages(socket.protocol)))
        return {Action::Try, Result::Ok, Reason::ModeFromBits};
    if (!ask.overlapped)
        return {Action::Try, Result::Ok, Reason::AdmittedNonoverlapped};
    if (connectionless)
        return {Action::Try, Result::Ok, socket.connected ? Reason::AdmittedDatagram : Reason::AdmittedBound};
    if (socket.connectedBy != ConnectedBy::Any)
        return {Action::Try, Result::Ok, admittedConnected(socket, ask)};
    return {Action::Try, Result::Ok, socket.sendShutDown ? Reason::AdmittedSendShutDown : Reason::Admitted};
}

Decision decide(const SocketState &socket, const Ask &ask, const Attempt &attempt)
{
    using Kind = net::Received::Kind;
    switch (attempt.answer.kind) {
    case Kind::Bytes:
        return attempt.part == MessagePart::Stream ? streamCame(socket, ask, attempt.answer.bytes)
                                                   : messageCame(ask, attempt);
    case Kind::End:
        if (net::keepsMessages(socket.protocol))
            return complete(Result::Disconnected, Reason::MessageEnd);
        if (ask.flags.drain)
            return complete(Result::Ok, Reason::DrainAtEnd);
        return complete(Result::Ok, ask.placed > 0 ? Reason::AllAtEnd : Reason::GracefulEnd);
    case Kind::Failed:
        if (attempt.part == MessagePart::Stream && attempt.lost > 0 && socket.forcedClose == ForcedClose::Never)
            return complete(Result::Reset, Reason::WindowsDiscarded);
        if (attempt.part == MessagePart::Torn)
            return complete(Result::Aborted, Reason::MessageTorn);
        if (attempt.part == MessagePart::Lied)
            return complete(Result::Aborted, Reason::RecordLied);
        return failed(socket, ask, attempt.answer);
    case Kind::Empty:
        // None there is an answer: the byte that may come later is announced by the system in another way.
        if (ask.flags.oob)
            return refuse(Result::WouldBlock, Reason::NothingUrgent);
        return notYet(socket, ask, attempt.part == MessagePart::Arriving);
    default:
        return notYet(socket, ask, false);
    }
}

Decision decideEnded(const SocketState &socket, const Ask &ask)
{
    const bool toldApart = socket.forcedClose != ForcedClose::Never; // of a full buffer, of a drain, of any other
    if (socket.ended == Ended::Gracefully || socket.ended == Ended::No) {
        const Result result = net::keepsMessages(socket.protocol) ? Result::Disconnected : Result::Ok;
        if (!toldApart)
            return complete(result, Reason::EndLatched);
        return complete(result, among(ask, ask.placed > 0 ? Reason::AllAtEnd : Reason::GracefulEnd, Reason::DrainAtEnd,
                                      Reason::GracefulEnd));
    }
    if (forcedClosed(socket, ask))
        return complete(Result::ForcedClosed,
                        among(ask, Reason::AllAtReset, Reason::DrainAtReset, Reason::ForcedClosed));
    const Reason reason =
        toldApart ? among(ask, Reason::AllAtReset, Reason::DrainAtReset, Reason::EndLatched) : Reason::EndLatched;
    switch (socket.ended) {
    case Ended::Reset:
        return complete(Result::Reset, reason);
    case Ended::KeepAliveFailed:
        return complete(Result::NetworkReset, reason);
    default:
        return complete(Result::Aborted, reason);
    }
}

Decision decideCancelled(const Ask &ask)
{
    return complete(Result::Cancelled,
                    among(ask, Reason::AllCancelled, Reason::DrainCancelled, Reason::RequestCancelled));
}

Decision decideAbortedHere(const Ask &ask)
{
    return complete(Result::AbortedByClose, among(ask, Reason::AllAtAbort, Reason::DrainAtAbort, Reason::AbortedHere));
}

Decision decideNetworkDown()
{
    return {Action::Refuse, Result::NetworkDown, Reason::NetworkFailed, false, true};
}

Decision decideTimedOut()
{
    return complete(Result::TimedOut, Reason::ReceiveTimedOut);
}

Decision decideClosed(const SocketState &socket, const Ask &ask, const Policy &policy)
{
    if (!ask.overlapped)
        return complete(Result::Interrupted, Reason::ClosedWhileBlocked);
    if (policy.closeAbortsWithConnAborted && socket.kind == net::SocketKind::Tcp)
        return complete(Result::AbortedByClose, Reason::WindowsClosed);
    return complete(Result::CancelledByClose, Reason::ClosedWhilePending);
}

Decision keepingBytes(const Decision &decision, const Ask &ask)
{
    if (ask.overlapped || ask.placed == 0 || decision.result == Result::Ok)
        return decision;
    const Reason reason = decision.reason == Reason::BlockingCancelled ? Reason::DataBeatCancel
                          : decision.reason == Reason::ReceiveTimedOut ? Reason::ReceiveTimedOut
                                                                       : Reason::AllAtEnd;
    return complete(Result::Ok, reason);
}

bool tellsCount(Result result, const Policy &policy)
{
    return result == Result::Ok || (result == Result::MessageTooLong && policy.tooLargeCountReported);
}

bool treatedAsNonoverlapped(const SocketState &socket, const Policy &policy)
{
    return !socket.overlapped && policy.overlappedOnPlainSocketAllowed;
}

Ended endedBy(const net::Received &answer)
{
    if (answer.kind == net::Received::Kind::End)
        return Ended::Gracefully;
    if (answer.kind != net::Received::Kind::Failed)
        return Ended::No;
    if (answer.keepAlive)
        return Ended::KeepAliveFailed;
    switch (answer.systemCode) {
    case ECONNRESET:
        return Ended::Reset;
    case ECONNREFUSED:
    case EFAULT:
    case EINVAL:
    case ENOTCONN:
    case ENOMEM:
    case ENOBUFS:
    case ENETDOWN:
        return Ended::No; // the call failed, the connection did not end
    default:
        return Ended::Failed;
    }
}

} // namespace recvscope::engine
