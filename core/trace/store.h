// The trace: append-only tracks of events in immutable chunks, with a pyramid of summaries over each.
//
// Threads: written by the recorder's thread alone. Any thread may take a snapshot at any time; a snapshot never changes
// and is read without locks.

#pragma once

#include "trace/event.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace recvscope::trace {

/// Where an event stands: a track and an index in it. Stable for the life of the store.
struct EventRef {
    std::uint16_t track = 0;
    std::uint32_t index = 0;

    friend auto operator<=>(const EventRef &, const EventRef &) = default;
};

class Store;

/// The store at one moment. Cheap to copy.
class Snapshot {
public:
    Snapshot() = default;

    [[nodiscard]] std::size_t trackCount() const;
    [[nodiscard]] std::uint32_t trackSize(std::uint16_t track) const;
    [[nodiscard]] std::string trackName(std::uint16_t track) const;
    [[nodiscard]] const Event &event(EventRef ref) const;
    /// The bytes kept with a PeerSend or KernelReceived event: its first ones, maybe none.
    [[nodiscard]] std::span<const std::byte> payload(EventRef ref) const;

    [[nodiscard]] std::uint64_t eventCount() const;
    [[nodiscard]] Nanoseconds end() const; ///< time of the latest event, 0 when empty
    [[nodiscard]] std::uint64_t dropped() const; ///< events that were counted, not kept, since the store was full

    /// "s", or "socket 3" when it was never named.
    [[nodiscard]] std::string socketName(SocketId socket) const;
    /// "r1", or "receive 3".
    [[nodiscard]] std::string operationName(OperationId operation) const;
    [[nodiscard]] std::vector<SocketId> sockets() const;

private:
    friend class Store;
    std::shared_ptr<const Store> m_store;
    std::vector<std::uint32_t> m_sizes;
};

} // namespace recvscope::trace
