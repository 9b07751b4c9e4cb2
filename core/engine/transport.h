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
    bool wait = false; ///< block in the kernel until there is an answer
};

class Transport {
public:
    virtual ~Transport() = default;
    /// Fills the buffers in their order. @p room is their total size.
    [[nodiscard]] virtual Attempt take(net::Socket &socket, std::span<const net::Slice> buffers, std::uint64_t room,
                                       TakeOptions options) = 0;
};

/// @param filtered deliver messages from the connected address alone (connectionless sockets)
[[nodiscard]] std::unique_ptr<Transport> makeTransport(net::Socket &socket, bool filtered, const Policy &policy);

} // namespace recvscope::engine
