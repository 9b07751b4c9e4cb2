#include "engine/decide.h"

#include <cerrno>

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

Decision failed(int systemCode)
{
    switch (systemCode) {
    case ECONNRESET:
        return complete(Result::Reset, Reason::PeerReset);
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

} // namespace

Decision decide(const SocketState &socket, const Ask &ask, const Policy &policy)
{
    if (!net::isStream(socket.kind))
        return refuse(Result::NotSupported, Reason::KindNotPerformed);
    if (ask.overlapped && !socket.overlapped)
        return refuse(Result::InvalidArgument, Reason::SocketNotOverlapped);
    if (!socket.connected)
        return refuse(Result::NotConnected, Reason::NotConnected);
    if (ask.flags.other)
        return refuse(Result::NotSupported, Reason::FlagNotPerformed);
    if (ask.flags.peek && ask.overlapped && !policy.overlappedPeekAllowed)
        return refuse(Result::NotSupported, Reason::OverlappedPeek);
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
    if (socket.ended != Ended::No)
        return decideEnded(socket.ended);
    if (!ask.overlapped)
        return {Action::Try, Result::Ok, Reason::AdmittedNonoverlapped};
    return {Action::Try, Result::Ok, socket.sendShutDown ? Reason::AdmittedSendShutDown : Reason::Admitted};
}

Decision decide(const SocketState &socket, const Ask &ask, const net::Received &answer)
{
    using Kind = net::Received::Kind;
    switch (answer.kind) {
    case Kind::Bytes:
        if (ask.flags.peek)
            return complete(Result::Ok, Reason::Peeked);
        if (ask.room == 0)
            return complete(Result::Ok, Reason::NoRoom);
        if (ask.overlapped)
            return complete(Result::Ok, Reason::StreamData);
        if (ask.hasWaited)
            return complete(Result::Ok, Reason::OneByteUnblocks);
        return complete(Result::Ok, answer.bytes >= ask.room ? Reason::AsMuchAsFits : Reason::BufferedData);
    case Kind::End:
        return complete(Result::Ok, Reason::GracefulEnd);
    case Kind::Failed:
        return failed(answer.systemCode);
    case Kind::Interrupted:
    case Kind::Empty:
        break;
    }
    if (ask.overlapped)
        return {Action::Wait, Result::Ok, Reason::NothingThereWait};
    if (socket.nonblocking)
        return refuse(Result::WouldBlock, Reason::NothingThereReturn);
    return {Action::Block, Result::Ok, Reason::NothingThereBlock};
}

Decision decideEnded(Ended ended)
{
    switch (ended) {
    case Ended::Reset:
        return complete(Result::Reset, Reason::EndLatched);
    case Ended::Failed:
        return complete(Result::Aborted, Reason::EndLatched);
    default:
        return complete(Result::Ok, Reason::EndLatched);
    }
}

Decision decideClosed(const SocketState &socket, const Ask &ask, const Policy &policy)
{
    if (!ask.overlapped)
        return complete(Result::Interrupted, Reason::ClosedWhileBlocked);
    const bool asWindows = policy.closeAbortsWithConnAborted && socket.kind == net::SocketKind::Tcp;
    return complete(asWindows ? Result::AbortedByClose : Result::CancelledByClose, Reason::ClosedWhilePending);
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
    switch (answer.systemCode) {
    case ECONNRESET:
        return Ended::Reset;
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
