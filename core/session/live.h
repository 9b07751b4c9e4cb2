// Listen and Connect: receives from an outside peer as it sends, several connections at once.
//
// Threads: every function may be called from any thread and none blocks on the network, but startLive(), which binds or
// connects, and stop(), which waits for the connections' threads (so it is not for the callbacks, which run on those).

#pragma once

#include "base/result.h"
#include "engine/policy.h"
#include "net/address.h"
#include "trace/store.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace recvscope::session {

/// What may be changed while it runs; it holds from each connection's next receive on.
struct LiveBehaviour {
    std::vector<std::uint32_t> buffers{4096}; ///< sizes in bytes, 1 to 64 of them, each at most 16 MiB
    bool overlapped = true;                   ///< otherwise blocking calls
    std::uint32_t outstanding = 1;            ///< overlapped receives kept in flight, 1 to 64
    std::uint64_t bytesPerSecond = 0;         ///< how fast the application consumes; 0 = as fast as it can
};

/// What is wrong with a behaviour, and what would be right.
[[nodiscard]] Outcome checkBehaviour(const LiveBehaviour &behaviour);

struct Connection {
    SocketId socket;
    net::Address peer;
    std::uint64_t bytes = 0;
    std::uint64_t receives = 0; ///< that brought bytes
    bool open = true;
    Status endStatus = Status::Success; ///< how the last receive ended, once closed; success: the peer finished
};

/// One receive that ended, at the moment the application sees its end.
struct LiveReceive {
    SocketId socket;
    std::uint64_t number = 0; ///< of the connection's receives, from 1
    bool overlapped = false;
    bool wasPending = false;         ///< false: it completed in the call (a blocking one always does)
    Status status = Status::Success; ///< success with 0 bytes: the peer finished
    std::uint32_t bytes = 0;
    std::vector<std::uint32_t> sizes;       ///< of its buffers
    std::vector<std::string_view> contents; ///< what was placed in each; valid during the call alone
};

/// Called on a connection's thread, one call at a time; the connection goes on when it returns.
struct LiveWatch {
    std::function<void(const Connection &)> opened;
    std::function<void(const LiveReceive &)> received;
    std::function<void(const Connection &)> closed;
};

struct LiveSettings {
    enum class Mode : std::uint8_t { Listen, Connect };
    Mode mode = Mode::Listen;
    net::Address address;
    LiveBehaviour behaviour;
    engine::Policy policy;
    std::size_t memoryLimit = std::size_t{512} << 20; ///< cap of the trace, bytes
    std::uint32_t payloadPerTransfer = 4096;
    std::chrono::milliseconds connectTime{10'000}; ///< Connect gives up when no answer came within it
    std::uint32_t maxConnections = 64; ///< open at once; further peers wait to be accepted until one has ended
    bool once = false;                 ///< ends after the first connection
    LiveWatch watch;
};

class Live {
public:
    virtual ~Live() = default; ///< stops

    /// One that checkBehaviour() refuses changes nothing.
    virtual void setBehaviour(LiveBehaviour behaviour) = 0;
    [[nodiscard]] virtual LiveBehaviour behaviour() const = 0;
    [[nodiscard]] virtual net::Address address() const = 0; ///< with the port the system chose
    [[nodiscard]] virtual std::vector<Connection> connections() const = 0;
    [[nodiscard]] virtual trace::Snapshot snapshot() const = 0;
    [[nodiscard]] virtual bool running() const = 0;
    /// Why it cannot accept for now, or had to stop by itself; empty when all is well.
    [[nodiscard]] virtual std::string trouble() const = 0;
    virtual void stop() = 0;
    /// Blocks until it stopped by itself (`once`, or the connection of Connect ended) or stop() was called.
    virtual void wait() = 0;
    /// What was received so far, as a scenario's text: the observed chunks as sends, and the receives. It is cut after
    /// @p maxBytes of data, at what a scenario can hold (LiveLog), or before a receive that cannot be repeated, and
    /// says so: it always reads back.
    [[nodiscard]] virtual std::string asScenario(std::size_t maxBytes) const = 0;
};

/// Binds or connects, then goes on in threads of its own.
[[nodiscard]] Result<std::unique_ptr<Live>> startLive(LiveSettings settings);

} // namespace recvscope::session
