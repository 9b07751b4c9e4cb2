// Links that die: what makes a connection notice, what makes one die on purpose, and which of the reasons it was.

#include "net/posix/receive_now.h"
#include "net/socket.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

#ifdef __linux__
#include <linux/filter.h>
#include <linux/tcp.h> // knows more of tcp_info than the C library's
#else
#include <netinet/tcp.h>
#endif

#include <algorithm>

namespace recvscope::net {

namespace {

using std::chrono::milliseconds;

template <typename Value>
Outcome set(int descriptor, int level, int name, const Value &value, const char *what)
{
    if (setsockopt(descriptor, level, name, &value, sizeof value) != 0)
        return Error::system(what, {}, errno);
    return Done{};
}

/// Both ways to time out say ETIMEDOUT. What was waited for is still known afterwards: answers to probes, or, after
/// retransmissions, an acknowledgement.
bool keepAliveFailed(int descriptor)
{
#ifdef __linux__
    tcp_info info{};
    socklen_t size = sizeof info;
    return getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 && info.tcpi_probes > 0 &&
           info.tcpi_retransmits == 0;
#else
    static_cast<void>(descriptor);
    return false;
#endif
}

/// Behind a FIN the system calls every reset EPIPE. One that no data of ours drew is the peer's own (wsp.close.reset).
bool resetByPeer(int descriptor)
{
#ifdef __linux__
    tcp_info info{};
    socklen_t size = sizeof info;
    return getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 && info.tcpi_data_segs_out == 0;
#else
    static_cast<void>(descriptor);
    return false;
#endif
}

} // namespace

Received endOf(int descriptor)
{
    Received received;
    received.kind = Received::Kind::End;
    int code = 0;
    socklen_t size = sizeof code;
    if (getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 && code != 0)
        return failureOf(descriptor, code);
    return received;
}

Received failureOf(int descriptor, int code)
{
    Received received;
    received.kind = code == EINTR ? Received::Kind::Interrupted : Received::Kind::Failed;
    received.systemCode = code == EPIPE && resetByPeer(descriptor) ? ECONNRESET : code;
    received.keepAlive = code == ETIMEDOUT && keepAliveFailed(descriptor);
    return received;
}

Received Socket::failure(int code) const
{
    return failureOf(descriptor(), code);
}

Outcome Socket::setKeepAlive(milliseconds idle)
{
#ifdef TCP_KEEPIDLE
    constexpr int idleOption = TCP_KEEPIDLE;
#else
    constexpr int idleOption = TCP_KEEPALIVE;
#endif
    constexpr const char *what = "set keep-alive";
    const int on = idle.count() > 0 ? 1 : 0;
    const auto seconds =
        static_cast<int>(std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(idle).count()));
    for (const auto &[name, value] : {std::pair{idleOption, seconds}, {TCP_KEEPINTVL, seconds}, {TCP_KEEPCNT, 1}})
        if (Outcome done = set(descriptor(), IPPROTO_TCP, name, value, what); !done)
            return done;
    return set(descriptor(), SOL_SOCKET, SO_KEEPALIVE, on, what);
}

Outcome Socket::setUserTimeout(milliseconds time)
{
#ifdef TCP_USER_TIMEOUT
    return set(descriptor(), IPPROTO_TCP, TCP_USER_TIMEOUT, static_cast<unsigned>(time.count()),
               "set the user time-out");
#else
    static_cast<void>(time);
    return Error{"set the user time-out", {}, "this system has none", 0};
#endif
}

Outcome Socket::setReceiveTimeout(milliseconds time)
{
    timeval value{};
    value.tv_sec = static_cast<decltype(value.tv_sec)>(time.count() / 1000);
    value.tv_usec = static_cast<decltype(value.tv_usec)>(time.count() % 1000 * 1000);
    return set(descriptor(), SOL_SOCKET, SO_RCVTIMEO, value, "set the receive time-out");
}

milliseconds Socket::receiveTimeout() const
{
    timeval value{};
    socklen_t size = sizeof value;
    if (getsockopt(descriptor(), SOL_SOCKET, SO_RCVTIMEO, &value, &size) != 0)
        return milliseconds(0);
    return std::chrono::seconds(value.tv_sec) + milliseconds(value.tv_usec / 1000);
}

Outcome Socket::dropArrivals()
{
#ifdef SO_ATTACH_FILTER
    sock_filter keepNothing = BPF_STMT(BPF_RET | BPF_K, 0);
    const sock_fprog program{1, &keepNothing};
    return set(descriptor(), SOL_SOCKET, SO_ATTACH_FILTER, program, "drop what arrives");
#else
    return Error{"drop what arrives", {}, "this system filters no sockets", 0};
#endif
}

} // namespace recvscope::net
