// The system's own receive, and nothing read into what it says.
//
// Socket::receive() tells ends and failures as receives need them told; who wants to see what this system does needs
// the bare answer.
//
// Threads: as Socket.

#pragma once

#include "net/socket.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace recvscope::net {

struct SystemReceiveOptions {
    bool peek = false;
    bool waitAll = false; ///< the system's MSG_WAITALL
    bool wait = false;    ///< block if the socket does
};

struct SystemReceived {
    std::ptrdiff_t result = -1; ///< what the call returned
    int systemCode = 0;         ///< errno, with -1
    std::size_t lost = 0;       ///< bytes of a message that found no room and are gone
    bool cut = false;           ///< MSG_TRUNC among the flags of its answer: there was more of the message

    [[nodiscard]] bool nothingThere() const; ///< EAGAIN
    [[nodiscard]] bool interrupted() const;  ///< EINTR
};

/// One recvmsg over all of them.
[[nodiscard]] SystemReceived receiveBySystem(const Socket &socket, std::span<const Slice> slices,
                                             SystemReceiveOptions options);

/// TCP: bytes of the peer that have arrived so far, received or not; an end counts as one. Nothing where the system
/// does not tell.
[[nodiscard]] std::uint64_t arrivedSoFar(const Socket &socket);

} // namespace recvscope::net
