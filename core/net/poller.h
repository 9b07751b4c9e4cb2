// Tells which sockets became readable, ended or failed. One-shot: an answer disarms, arm() asks again.
//
// Threads: add, arm, remove and wake may be called from any thread; wait() from one thread at a time.

#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace recvscope::net {

struct Readiness {
    std::uint64_t token = 0;
    bool readable = false; ///< data, an end or an error can be received
    bool hungUp = false;   ///< RDHUP, HUP or ERR were among it: a short read does not mean drained
};

class Poller {
public:
    virtual ~Poller() = default;

    /// Starts watching, armed. @p token comes back in Readiness. Fails where the system's limit is reached.
    [[nodiscard]] virtual Outcome add(int descriptor, std::uint64_t token) = 0;
    /// Asks to be told once when @p descriptor is readable (level: at once if it is already). An urgent byte alone
    /// makes it no such thing: a receive that was woken by it would pass its place, and the system throws it away then.
    virtual void arm(int descriptor, std::uint64_t token) = 0;
    /// Stops watching; no answer for it is given by a wait() that begins later.
    virtual void remove(int descriptor) = 0;
    /// Blocks until something is ready or wake() is called; @p timeoutMilliseconds -1 = for ever.
    virtual void wait(std::vector<Readiness> &ready, int timeoutMilliseconds) = 0;
    virtual void wake() = 0;
};

[[nodiscard]] std::unique_ptr<Poller> makePoller();     ///< the best one of this system
[[nodiscard]] std::unique_ptr<Poller> makePollPoller(); ///< poll(): everywhere

} // namespace recvscope::net
