// How one kind of socket hands over what it holds: one attempt, and what it gave.
//
// Threads: under the socket's lock; a take() that waits is made outside it, and then nothing else takes.

#pragma once

#include "engine/decide.h"
#include "net/socket.h"

#include <memory>
#include <span>

namespace recvscope::engine {

struct TakeOptions {
    bool peek = false;
    bool oob = false;
    bool wait = false;  ///< block in the kernel until there is an answer
    bool parts = false; ///< a part of a message will do (MSG_PARTIAL)
};

class Transport {
public:
    virtual ~Transport() = default;
    /// Fills the buffers in their order. @p room is their total size.
    [[nodiscard]] virtual Attempt take(net::Socket &socket, std::span<const net::Slice> buffers, std::uint64_t room,
                                       TakeOptions options) = 0;

    /// Connected later: messages from that address alone are delivered, those that wait already included.
    virtual void hearOnly(const net::Address &) {}

    /// What a transport keeps that it has read from the kernel already.
    struct Held {
        std::uint64_t bytes = 0; ///< of messages, for the receives to come
        std::uint64_t read = 0;  ///< bytes read from the kernel in all, headers included
    };
    [[nodiscard]] virtual Held held() const { return {}; }
    /// Bytes of messages that stand in the kernel's buffer, without what is held.
    [[nodiscard]] virtual std::uint64_t inKernel(net::Socket &socket) const { return socket.available(); }
};

/// @param protocol what it promises: the transport's own bits, or a profile's
/// @param filtered deliver messages from the connected address alone (connectionless sockets)
[[nodiscard]] std::unique_ptr<Transport> makeTransport(net::Socket &socket, net::Protocol protocol, bool filtered,
                                                       const Policy &policy);

} // namespace recvscope::engine
