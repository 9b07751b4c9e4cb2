// A program that wants to be called with what arrives while no receive waits for it.
//
// Threads: the engine's, one call at a time for each socket, without a lock.

#pragma once

#include "base/ids.h"
#include "base/status.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace recvscope::engine {

/// What the program says to data it was called with.
struct Answer {
    enum class Kind : std::uint8_t {
        Accepted,    ///< the first `bytes` of them
        Kept,        ///< all of them, and the buffers that hold them
        NotAccepted, ///< none: they stay where they are
    };
    Kind kind = Kind::Accepted;
    std::uint64_t bytes = 0;         ///< with Accepted: more than there were count as all
    Status status = Status::Success; ///< how its interface says so
};

class Listener {
public:
    /// Bytes that nobody waits for. Nothing else is taken from the socket until it returns.
    [[nodiscard]] virtual Answer indicated(std::vector<std::byte> bytes) = 0;
    /// The socket does not function any more.
    virtual void lost() = 0;
    /// The peer has finished, or broken the connection off; everything before it has been taken.
    virtual void disconnected(bool abortively) = 0;

protected:
    ~Listener() = default;
};

/// Which calls of a listener are enabled or disabled, and how that is told (CallbackSet).
struct Calls {
    bool data = false;
    bool end = false;
    std::uint32_t mask = 0; ///< the same in the interface's word
    StepId step = {};
    Status whileOneRuns = Status::Success; ///< what disabling says then
};

/// What disabling came to.
enum class Disabled : std::uint8_t { NoSocket, Now, WhenItReturns };

/// A request by which a listener that was stopped may be called again.
struct Asking {
    OperationId operation;
    StepId step;
};

/// How a socket stands to its listener. Under the socket's lock.
struct Listening {
    Listener *listener = nullptr;
    bool data = false;      ///< to be called with data
    bool end = false;       ///< and of the end
    bool stopped = false;   ///< not before another receive, enabled or not
    bool turnedOff = false; ///< for data, while a call runs
    bool raceAsked = false; ///< once, though a receive waits
    bool endTold = false;
    bool lossTold = false;
    std::size_t piece = 4096;                              ///< bytes of one buffer of an indication
    const void *resumesWith = nullptr;                     ///< stopped until that request has completed
    std::optional<Asking> resumesAfter;                    ///< and it is over: once the program has been told so
    std::uint64_t indications = 0;                         ///< with data, answered
    std::vector<std::function<void(bool off)>> afterwards; ///< once the call that runs has returned
};

} // namespace recvscope::engine
