#include "net/socket.h"
#include "net/receive_now.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <fcntl.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstring>
#include <vector>

namespace recvscope::net {

namespace {

/// The most pieces of memory that one kernel call takes here.
constexpr std::size_t iovMax = IOV_MAX;
/// Slices translated on the stack; longer chains are rare and go through a larger array.
constexpr std::size_t fewSlices = 16;

int domainOf(SocketKind kind, AddressFamily family)
{
    if (kind == SocketKind::Unix || kind == SocketKind::SeqPacket)
        return AF_UNIX;
    return family == AddressFamily::IPv6 ? AF_INET6 : AF_INET;
}

int typeOf(SocketKind kind)
{
    switch (kind) {
    case SocketKind::Udp:
        return SOCK_DGRAM;
    case SocketKind::SeqPacket:
        return SOCK_SEQPACKET;
    default:
        return SOCK_STREAM;
    }
}

template <class Value>
Outcome setOption(int descriptor, int level, int name, const Value &value, const char *what)
{
    if (setsockopt(descriptor, level, name, &value, sizeof value) != 0)
        return Error::system(what, {}, errno);
    return Done{};
}

/// What poll() says now of these events, and of HUP and ERR.
int polled(int descriptor, int events)
{
    pollfd one{descriptor, static_cast<short>(events), 0};
    return ::poll(&one, 1, 0) > 0 ? one.revents : 0;
}

} // namespace

Result<Socket> Socket::open(SocketKind kind, AddressFamily family)
{
    const int descriptor = ::socket(domainOf(kind, family), typeOf(kind) | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return Error::system("open a socket of kind", std::string(nameOf(kind)), errno);
    return Socket(Handle(descriptor), kind);
}

Outcome Socket::bind(const Address &address)
{
    if (::bind(descriptor(), static_cast<const sockaddr *>(address.system()),
               static_cast<socklen_t>(address.systemSize())) != 0)
        return Error::system("bind", address.text(), errno);
    return Done{};
}

Outcome Socket::listen(int backlog)
{
    if (::listen(descriptor(), backlog) != 0)
        return Error::system("listen on", localAddress().text(), errno);
    return Done{};
}

Outcome Socket::connect(const Address &address)
{
    if (::connect(descriptor(), static_cast<const sockaddr *>(address.system()),
                  static_cast<socklen_t>(address.systemSize())) != 0)
        return Error::system("connect to", address.text(), errno);
    return Done{};
}

Outcome Socket::connectWithin(const Address &address, std::chrono::milliseconds time)
{
    using SteadyTime = std::chrono::steady_clock;
    if (Outcome done = setNonblocking(true); !done)
        return done;
    int code = 0;
    if (::connect(descriptor(), static_cast<const sockaddr *>(address.system()),
                  static_cast<socklen_t>(address.systemSize())) != 0)
        code = errno;
    if (code == EINPROGRESS || code == EINTR) {
        // Writable: the attempt is over, and SO_ERROR says how.
        const auto deadline = SteadyTime::now() + time;
        pollfd answer{descriptor(), POLLOUT, 0};
        int ready = -1;
        do {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - SteadyTime::now());
            ready = poll(&answer, 1, static_cast<int>(std::max<std::int64_t>(0, left.count())));
        } while (ready < 0 && errno == EINTR);
        if (ready == 0)
            return Error{"connect to", address.text(),
                         "no answer came within " + std::to_string(time.count()) +
                             " ms: is the address right, and is there a firewall between?",
                         ETIMEDOUT};
        socklen_t size = sizeof code;
        if (ready < 0 || getsockopt(descriptor(), SOL_SOCKET, SO_ERROR, &code, &size) != 0)
            code = errno;
    }
    if (code != 0)
        return Error::system("connect to", address.text(), code);
    return setNonblocking(false);
}

Result<Socket> Socket::accept(Address *peer)
{
    Address from;
    auto size = static_cast<socklen_t>(Address::capacity());
    const int descriptor = ::accept4(m_handle.get(), static_cast<sockaddr *>(from.system()), &size, SOCK_CLOEXEC);
    if (descriptor < 0)
        return Error::system("accept a connection on", localAddress().text(), errno);
    from.setSystemSize(size);
    if (peer != nullptr)
        *peer = from;
    return Socket(Handle(descriptor), m_kind);
}

Address Socket::localAddress() const
{
    Address address;
    auto size = static_cast<socklen_t>(Address::capacity());
    if (getsockname(descriptor(), static_cast<sockaddr *>(address.system()), &size) == 0)
        address.setSystemSize(size);
    return address;
}

Address Socket::peerAddress() const
{
    Address address;
    auto size = static_cast<socklen_t>(Address::capacity());
    if (getpeername(descriptor(), static_cast<sockaddr *>(address.system()), &size) == 0)
        address.setSystemSize(size);
    return address;
}

Received Socket::receive(std::span<const Slice> slices, ReceiveOptions options)
{
    if (slices.size() == 1 && isStreamBelow(m_kind))
        return receiveNow(descriptor(), slices.front(), options);
    std::array<iovec, fewSlices> few;
    std::vector<iovec> many;
    iovec *pieces = few.data();
    const std::size_t count = std::min(slices.size(), iovMax);
    if (count > few.size()) {
        many.resize(count);
        pieces = many.data();
    }
    bool anyRoom = false;
    for (std::size_t i = 0; i < count; ++i) {
        pieces[i] = {slices[i].data, slices[i].size};
        anyRoom = anyRoom || slices[i].size != 0;
    }
    msghdr header{};
    header.msg_iov = pieces;
    header.msg_iovlen = count;
    if (options.from != nullptr) {
        header.msg_name = options.from->system();
        header.msg_namelen = static_cast<socklen_t>(Address::capacity());
    }
    alignas(cmsghdr) std::array<char, 64> control;
    if (m_kind == SocketKind::SeqPacket) {
        header.msg_control = control.data();
        header.msg_controllen = control.size();
    }
    const ssize_t result = ::recvmsg(descriptor(), &header, systemFlagsOf(options));
    if (options.from != nullptr && result >= 0)
        options.from->setSystemSize(header.msg_namelen);
    Received received =
        receivedOf(descriptor(), result, header.msg_flags, isStreamBelow(m_kind), anyRoom, options.wait);
    received.control = result >= 0 && header.msg_control != nullptr && header.msg_controllen > 0;
    return received;
}

std::size_t Socket::available() const
{
    int bytes = 0;
    return ioctl(descriptor(), FIONREAD, &bytes) == 0 && bytes > 0 ? static_cast<std::size_t>(bytes) : 0;
}

bool Socket::endArrived() const
{
#ifdef POLLRDHUP
    return (polled(descriptor(), POLLRDHUP) & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
#else
    return (polled(descriptor(), 0) & (POLLHUP | POLLERR)) != 0;
#endif
}

bool Socket::urgent() const
{
    return (polled(descriptor(), POLLPRI) & POLLPRI) != 0;
}

bool Socket::readable() const
{
    return polled(descriptor(), POLLIN) != 0;
}

bool Socket::hungUp() const
{
    return (polled(descriptor(), 0) & POLLHUP) != 0;
}

bool Socket::hasError() const
{
    return (polled(descriptor(), 0) & POLLERR) != 0;
}

Result<std::optional<std::size_t>> Socket::trySend(std::span<const std::byte> bytes)
{
    const ssize_t result = ::send(descriptor(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (result >= 0)
        return std::optional(static_cast<std::size_t>(result));
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
        return std::optional<std::size_t>();
    return Error::system("send", {}, errno);
}

Result<std::size_t> Socket::send(std::span<const std::byte> bytes)
{
    std::size_t sent = 0;
    do {
        const ssize_t result = ::send(descriptor(), bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (result < 0) {
            if (errno == EINTR)
                continue;
            if (sent > 0)
                break;
            return Error::system("send", {}, errno);
        }
        sent += static_cast<std::size_t>(result);
    } while (sent < bytes.size());
    return sent;
}

Outcome Socket::sendOob(std::byte byte)
{
    if (::send(descriptor(), &byte, 1, MSG_NOSIGNAL | MSG_OOB) != 1)
        return Error::system("send urgent data", {}, errno);
    return Done{};
}

Outcome Socket::sendTo(std::span<const std::byte> bytes, const Address &to)
{
    if (::sendto(descriptor(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
                 static_cast<const sockaddr *>(to.system()), static_cast<socklen_t>(to.systemSize())) < 0)
        return Error::system("send to", to.text(), errno);
    return Done{};
}

Outcome Socket::joinGroupOnLoopback(const Address &group)
{
    sockaddr_in address{};
    std::memcpy(&address, group.system(), std::min(sizeof address, group.systemSize()));
    ip_mreq membership{};
    membership.imr_multiaddr = address.sin_addr;
    membership.imr_interface.s_addr = htonl(INADDR_LOOPBACK);
#ifdef IP_MULTICAST_ALL
    if (Outcome own = setOption(descriptor(), IPPROTO_IP, IP_MULTICAST_ALL, 0, "hear the groups joined alone"); !own)
        return own;
#endif
    return setOption(descriptor(), IPPROTO_IP, IP_ADD_MEMBERSHIP, membership, "join a group on loopback");
}

Outcome Socket::setGroupsOnLoopback()
{
    const in_addr loopback{htonl(INADDR_LOOPBACK)};
    if (Outcome set = setOption(descriptor(), IPPROTO_IP, IP_MULTICAST_IF, loopback, "send to groups on loopback");
        !set)
        return set;
    constexpr int nowhereElse = 0;
    return setOption(descriptor(), IPPROTO_IP, IP_MULTICAST_TTL, nowhereElse, "keep groups on this machine");
}

Outcome Socket::shutdown(Direction direction)
{
    const int how = direction == Direction::Receive ? SHUT_RD : direction == Direction::Send ? SHUT_WR : SHUT_RDWR;
    if (::shutdown(descriptor(), how) != 0)
        return Error::system("shut down", {}, errno);
    return Done{};
}

Outcome Socket::abort()
{
    // Connecting to nobody ends a TCP connection with a reset.
    sockaddr nobody{};
    nobody.sa_family = AF_UNSPEC;
    if (::connect(descriptor(), &nobody, sizeof nobody) != 0)
        return Error::system("break the connection off", {}, errno);
    return Done{};
}

void Socket::closeAbortively()
{
    const linger now{1, 0};
    if (isTcpBelow(m_kind))
        setsockopt(descriptor(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close();
}

Outcome Socket::setNonblocking(bool on)
{
    const int flags = fcntl(descriptor(), F_GETFL);
    if (flags < 0 || fcntl(descriptor(), F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK) != 0)
        return Error::system("make the socket nonblocking", {}, errno);
    return Done{};
}

Outcome Socket::setNoDelay(bool on)
{
    return setOption(descriptor(), IPPROTO_TCP, TCP_NODELAY, static_cast<int>(on), "set TCP_NODELAY");
}

Outcome Socket::setReceiveBuffer(std::size_t bytes)
{
    return setOption(descriptor(), SOL_SOCKET, SO_RCVBUF, static_cast<int>(std::min<std::size_t>(bytes, INT_MAX)),
                     "set the receive buffer");
}

std::size_t Socket::receiveBufferSize() const
{
    int bytes = 0;
    socklen_t size = sizeof bytes;
    return getsockopt(descriptor(), SOL_SOCKET, SO_RCVBUF, &bytes, &size) == 0 && bytes > 0
               ? static_cast<std::size_t>(bytes)
               : 0;
}

Outcome Socket::setSendBuffer(std::size_t bytes)
{
    return setOption(descriptor(), SOL_SOCKET, SO_SNDBUF, static_cast<int>(std::min<std::size_t>(bytes, INT_MAX)),
                     "set the send buffer");
}

Outcome Socket::setReuseAddress(bool on)
{
    return setOption(descriptor(), SOL_SOCKET, SO_REUSEADDR, static_cast<int>(on), "set SO_REUSEADDR");
}

Outcome Socket::setMarkMessages()
{
#ifdef SO_PASSCRED
    return setOption(descriptor(), SOL_SOCKET, SO_PASSCRED, 1, "ask for message records");
#else
    return Error{"ask for message records", {}, "this system has none", 0};
#endif
}

Outcome Socket::setOobInline(bool on)
{
    return setOption(descriptor(), SOL_SOCKET, SO_OOBINLINE, static_cast<int>(on), "keep urgent data inline");
}

bool Socket::oobInline() const
{
    int on = 0;
    socklen_t size = sizeof on;
    return getsockopt(descriptor(), SOL_SOCKET, SO_OOBINLINE, &on, &size) == 0 && on != 0;
}

TcpState Socket::tcpState() const
{
#ifdef __linux__
    tcp_info info{};
    socklen_t size = sizeof info;
    if (!isTcpBelow(m_kind) || getsockopt(descriptor(), IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
        return TcpState::Unknown;
    switch (info.tcpi_state) {
    case TCP_ESTABLISHED:
        return TcpState::Established;
    case TCP_CLOSE_WAIT:
        return TcpState::CloseWait;
    case TCP_CLOSE:
        return TcpState::Closed;
    default:
        return TcpState::Other;
    }
#else
    return TcpState::Unknown;
#endif
}

std::size_t Socket::maxSlices()
{
    return iovMax;
}

} // namespace recvscope::net
