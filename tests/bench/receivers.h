// The ways to receive that are compared. Each takes a socket over and receives from it, as a program that uses it
// plainly would.
//
// Threads: one, but for what an engine has of its own.

#pragma once

#include "net/socket.h"
#include "trace/recorder.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace recvscope::benchmarks {

class Receiver {
public:
    virtual ~Receiver() = default;

    /// Receives so many times, each time as much as the buffers hold, which has arrived already.
    virtual void receive(std::size_t times) = 0;
    /// Waits in a receive until something comes. Only of those that can block.
    virtual void receiveBlocking() {}
};

/// The buffers of one receive: their sizes.
using BufferSizes = std::vector<std::size_t>;

/// Memory for them, cut in pieces.
class Memory {
public:
    explicit Memory(const BufferSizes &sizes);
    [[nodiscard]] const std::vector<net::Slice> &pieces() const { return m_pieces; }
    [[nodiscard]] std::size_t size() const { return m_bytes.size(); }

private:
    std::vector<std::byte> m_bytes;
    std::vector<net::Slice> m_pieces;
};

/// A loop over recvmsg with the header that the engine needs too: many pieces; of messages also their flags and size,
/// where a datagram is from, and the record that tells a reliable message from the end.
[[nodiscard]] std::unique_ptr<Receiver> plainReceiver(net::Socket socket, const BufferSizes &sizes);
/// The same with recv, for one buffer: what the header costs.
[[nodiscard]] std::unique_ptr<Receiver> bareReceiver(net::Socket socket, const BufferSizes &sizes);

/// Asio's socket.receive().
[[nodiscard]] std::unique_ptr<Receiver> asioSyncReceiver(net::Socket socket, const BufferSizes &sizes);
/// Asio's socket.async_receive(), each completion starting the next, in an io_context for one thread.
[[nodiscard]] std::unique_ptr<Receiver> asioAsyncReceiver(net::Socket socket, const BufferSizes &sizes);
/// libuv's uv_read_start with a buffer of that size, or uv_udp_recv_start for datagrams. One buffer. It has no sockets
/// of reliable messages.
[[nodiscard]] std::unique_ptr<Receiver> uvReceiver(net::Socket socket, const BufferSizes &sizes);

enum class WspCall {
    Overlapped,  ///< with an overlapped structure; it completes at once, since the data is there
    Blocking,    ///< without one
    Nonblocking, ///< without one, on a nonblocking socket
};
/// WSPRecv. @p recorder null: untraced.
[[nodiscard]] std::unique_ptr<Receiver> wspReceiver(net::Socket socket, const BufferSizes &sizes, WspCall call,
                                                    trace::Recorder *recorder = nullptr);

/// WskReceive of a byte stream, always with the same IRP, which has no completion routine.
[[nodiscard]] std::unique_ptr<Receiver> wskReceiver(net::Socket socket, const BufferSizes &sizes,
                                                    trace::Recorder *recorder = nullptr);

} // namespace recvscope::benchmarks
