// A real socket: owns its descriptor and does one kernel call a function.
//
// Threads: receive, peek and available may be called while another thread shuts down or sends; the owner sees to it
// that close() comes last. Every descriptor is made close-on-exec.

#pragma once

#include "base/result.h"
#include "net/address.h"
#include "net/kind.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace recvscope::net {

/// Owns a descriptor.
class Handle {
public:
    static constexpr int none = -1;

    Handle() = default;
    explicit Handle(int descriptor) : m_descriptor(descriptor) {}
    Handle(Handle &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, none)) {}
    Handle &operator=(Handle &&other) noexcept;
    ~Handle() { close(); }

    [[nodiscard]] int get() const { return m_descriptor; }
    explicit operator bool() const { return m_descriptor != none; }
    void close();

private:
    int m_descriptor = none;
};

/// A piece of memory to receive into. A null pointer is allowed only with size 0.
struct Slice {
    std::byte *data = nullptr;
    std::size_t size = 0;
};

struct ReceiveOptions {
    bool peek = false;       ///< copy, do not take
    bool oob = false;        ///< the urgent byte
    bool wait = false;       ///< block in the kernel; otherwise "would block" is an answer
    bool wholeSize = false;  ///< messages: Received::bytes is the message's size, also when less was copied
    Address *from = nullptr; ///< gets the sender's address
};

/// What one kernel receive gave. Exactly one of the four holds.
struct Received {
    enum class Kind : std::uint8_t {
        Bytes,       ///< `bytes` were copied (0 too, for an empty message)
        Empty,       ///< nothing there (EAGAIN)
        End,         ///< the peer finished (a stream read 0 into room for some)
        Failed,      ///< `systemCode`
        Interrupted, ///< a blocking call was interrupted by a signal
    };
    Kind kind = Kind::Empty;
    std::size_t bytes = 0;
    int systemCode = 0;
    bool truncated = false; ///< a message was longer than the slices
    bool control = false;   ///< a control record came with it (setMarkMessages())
    bool timedOut = false;  ///< with Empty: a call that blocks has waited as long as its socket allows (SO_RCVTIMEO)
    bool keepAlive = false; ///< with Failed: keep-alive found the other end gone, and nothing was unacknowledged
};

enum class Direction : std::uint8_t { Receive, Send, Both };

/// The state a TCP connection is in after an end, where the system tells.
enum class TcpState : std::uint8_t { Unknown, Established, CloseWait, Closed, Other };

class Socket {
public:
    Socket() = default;
    Socket(Handle handle, SocketKind kind) : m_handle(std::move(handle)), m_kind(kind) {}

    [[nodiscard]] static Result<Socket> open(SocketKind kind, AddressFamily family = AddressFamily::IPv4);

    [[nodiscard]] SocketKind kind() const { return m_kind; }
    [[nodiscard]] int descriptor() const { return m_handle.get(); }
    explicit operator bool() const { return static_cast<bool>(m_handle); }

    [[nodiscard]] Outcome bind(const Address &address);
    [[nodiscard]] Outcome listen(int backlog);
    /// Blocks until connected.
    [[nodiscard]] Outcome connect(const Address &address);
    /// The same, but gives up when no answer came within that time.
    [[nodiscard]] Outcome connectWithin(const Address &address, std::chrono::milliseconds time);
    /// Blocks until a connection comes; @p peer gets its address when given.
    [[nodiscard]] Result<Socket> accept(Address *peer = nullptr);
    [[nodiscard]] Address localAddress() const;
    [[nodiscard]] Address peerAddress() const;

    /// One kernel call over all slices (at most maxSlices(); more are left for the next call on a stream).
    [[nodiscard]] Received receive(std::span<const Slice> slices, ReceiveOptions options = {});
    /// Bytes readable now (FIONREAD), 0 when that cannot be told.
    [[nodiscard]] std::size_t available() const;
    /// The peer's FIN or RST has arrived here, received already or not. Asked with poll(); nothing is consumed.
    [[nodiscard]] bool endArrived() const;
    /// The urgent byte is there to be received (poll: PRI).
    [[nodiscard]] bool urgent() const;
    /// Both directions are over (poll: HUP), as after the peer's RST. The same conditions.
    [[nodiscard]] bool hungUp() const;

    /// An error waits to be told by the next call (poll: ERR), as after the peer's RST.
    [[nodiscard]] bool hasError() const;

    /// Sends all of it, blocking. @return bytes sent, maybe fewer when the peer went away.
    [[nodiscard]] Result<std::size_t> send(std::span<const std::byte> bytes);
    /// Sends what the kernel takes at once, without blocking.
    /// @return how many bytes that were (0 for an empty message), or nothing: its buffer is full
    [[nodiscard]] Result<std::optional<std::size_t>> trySend(std::span<const std::byte> bytes);
    /// What a failed call means to the receives of this socket. @p code of its error
    [[nodiscard]] Received failure(int code) const;
    [[nodiscard]] Outcome sendOob(std::byte byte);
    /// One datagram, without blocking.
    [[nodiscard]] Outcome sendTo(std::span<const std::byte> bytes, const Address &to);
    /// Hears what is sent to an IPv4 group on the loopback interface, and on no other.
    [[nodiscard]] Outcome joinGroupOnLoopback(const Address &group);
    /// What it sends to groups stays on the loopback interface.
    [[nodiscard]] Outcome setGroupsOnLoopback();
    [[nodiscard]] Outcome shutdown(Direction direction);
    /// TCP: breaks the connection off and stays open; the peer sees a reset, and so does the next receive here.
    [[nodiscard]] Outcome abort();
    /// Closes so that the peer sees a reset (TCP: linger 0).
    void closeAbortively();
    void close() { m_handle.close(); }

    [[nodiscard]] Outcome setNonblocking(bool on);
    [[nodiscard]] Outcome setNoDelay(bool on);
    [[nodiscard]] Outcome setReceiveBuffer(std::size_t bytes);
    [[nodiscard]] std::size_t receiveBufferSize() const;
    [[nodiscard]] Outcome setSendBuffer(std::size_t bytes);
    [[nodiscard]] Outcome setReuseAddress(bool on);
    /// Unix message sockets: every message comes with a control record from now on, and the end does not. That tells an
    /// empty message from the end.
    [[nodiscard]] Outcome setMarkMessages();
    /// Out-of-band data stays in the stream (SO_OOBINLINE).
    [[nodiscard]] Outcome setOobInline(bool on);
    [[nodiscard]] bool oobInline() const;
    [[nodiscard]] TcpState tcpState() const;
    /// TCP: probes an idle connection after @p idle (the system rounds up to seconds), and again after the same time;
    /// then it is over. Zero switches it off.
    [[nodiscard]] Outcome setKeepAlive(std::chrono::milliseconds idle);
    /// TCP: how long sent data may stay unacknowledged before the connection is given up.
    [[nodiscard]] Outcome setUserTimeout(std::chrono::milliseconds time);
    /// How long a blocking receive waits before it says Empty; zero: for ever (SO_RCVTIMEO).
    [[nodiscard]] Outcome setReceiveTimeout(std::chrono::milliseconds time);
    [[nodiscard]] std::chrono::milliseconds receiveTimeout() const;
    /// Nothing that arrives reaches this socket any more, acknowledgements included: to the other end the link is dead.
    [[nodiscard]] Outcome dropArrivals();
    /// A receive would find something: bytes, a message (an empty one too), an end or an error. Nothing is consumed.
    [[nodiscard]] bool readable() const;

    /// How many slices one kernel call takes.
    [[nodiscard]] static std::size_t maxSlices();

private:
    Handle m_handle;
    SocketKind m_kind = SocketKind::Tcp;
};

/// Two sockets of the kind, connected to one another over loopback (TCP: through a listener that is closed again).
/// Both have TCP_NODELAY where it exists.
struct ConnectedPair {
    Socket receiver;
    Socket peer;
};
[[nodiscard]] Result<ConnectedPair> connectedPair(SocketKind kind, AddressFamily family = AddressFamily::IPv4);

} // namespace recvscope::net
