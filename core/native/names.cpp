#include "native/names.h"

#include <cerrno>

namespace recvscope::native {

Status nearestStatus(int systemCode)
{
    switch (systemCode) {
    case EAGAIN:
#if EWOULDBLOCK != EAGAIN
    case EWOULDBLOCK:
#endif
        return Status::WsaEwouldblock;
    case EINTR:
        return Status::WsaEintr;
    case EFAULT:
        return Status::WsaEfault;
    case EBADF:
    case ENOTSOCK:
        return Status::WsaEnotsock;
    case EMSGSIZE:
        return Status::WsaEmsgsize;
    case EOPNOTSUPP:
        return Status::WsaEopnotsupp;
    case ENETDOWN:
        return Status::WsaEnetdown;
    case ENETRESET:
        return Status::WsaEnetreset;
    case EPIPE: // its own send met the reset
    case ECONNABORTED:
        return Status::WsaEconnaborted;
    case ECONNRESET:
        return Status::WsaEconnreset;
    case ENOMEM:
    case ENOBUFS:
        return Status::WsaEnobufs;
    case ENOTCONN:
        return Status::WsaEnotconn;
    case ETIMEDOUT:
        return Status::WsaEtimedout;
    case ECONNREFUSED:
        return Status::WsaEconnrefused;
    default:
        return Status::WsaEinval;
    }
}

RuleId ruleOfError(int systemCode)
{
    if (nearestStatus(systemCode) == Status::WsaEwouldblock)
        return RuleId::EngineNativeWouldBlock;
    if (systemCode == EINTR)
        return RuleId::EngineNativeInterrupted;
    const bool once = endsStream(systemCode) || systemCode == ECONNREFUSED; // an earlier datagram met a closed port
    return once ? RuleId::EngineNativeErrorOnce : RuleId::EngineErrorSystem;
}

bool endsStream(int systemCode)
{
    switch (systemCode) {
    case ECONNRESET:
    case ECONNABORTED:
    case EPIPE:
    case ETIMEDOUT:
    case ENETRESET:
        return true;
    default:
        return false;
    }
}

} // namespace recvscope::native
