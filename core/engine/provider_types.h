// What the callers of a provider see of the engine, whichever interface it has.

#pragma once

#include "base/ids.h"

#include <cstddef>
#include <cstdint>

namespace recvscope::engine {

/// A socket of a provider; a value that may be stale.
enum class SocketHandle : std::uint64_t { Invalid = ~0ULL };

/// What the trace should say about a call. A default one is right outside a scenario.
struct CallTag {
    OperationId operation = {}; ///< none: the provider numbers it
    StepId step = {};
};

/// What is to be seen of a socket at one moment, without touching it: for who waits for a cause.
/// taken, outstanding, blocked and busy belong together (read under the socket's lock, and changed together by
/// whoever moved the bytes): with busy 0 everything up to here is recorded and indicated.
struct SocketView {
    bool open = false;           ///< false: the handle is stale, and the rest says nothing
    std::size_t available = 0;   ///< bytes for receives to take: the kernel's (FIONREAD), asked before the others,
                                 ///< and what a transport of messages has read ahead
    bool urgent = false;         ///< an urgent byte is there
    bool readable = false;       ///< a receive would find something: bytes, a message, an end or an error
    bool endArrived = false;     ///< the peer's FIN or RST has arrived, received already or not
    bool hungUp = false;         ///< both directions are over, as after the peer's RST
    std::uint64_t taken = 0;     ///< bytes that receives have taken out of the kernel (peeks take none)
    std::size_t outstanding = 0; ///< overlapped receives that wait
    std::size_t blocked = 0;     ///< calls that block in it
    std::size_t busy = 0;        ///< attempts, completions, indications and calls of a listener under way
    std::size_t unread = 0;      ///< bytes in the kernel's buffer, headers of messages included
    std::uint64_t read = 0;      ///< bytes read from it, the same
    bool listening = false;      ///< data that arrives now is indicated to its listener
    bool endSeen = false;        ///< the engine knows of the end
    bool tellsEnd = false;       ///< and the end is still to be told to it
    // These two stay after the close, until the place is another socket's.
    std::uint64_t indications = 0; ///< with data, answered so far
    std::uint64_t drained = 0;     ///< bytes thrown away so far
};

} // namespace recvscope::engine
