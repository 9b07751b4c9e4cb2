// What live connections received, as far as a scenario can hold it: the first part of it, in the order in which the
// applications saw it.
//
// Threads: any; entries of different connections are in the order of the calls.

#pragma once

#include "base/ids.h"
#include "base/status.h"
#include "engine/policy.h"
#include "net/address.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace recvscope::session {

struct LiveEntry {
    enum class Kind : std::uint8_t {
        Opened,    ///< a connection; family
        Posted,    ///< an overlapped receive became pending
        Completed, ///< a pending one completed
        AtOnce,    ///< a receive completed in its call
        Closed,    ///< we closed it with the peer still there
    };
    Kind kind = Kind::Opened;
    SocketId socket;
    net::AddressFamily family = net::AddressFamily::IPv4; ///< of Opened
    std::uint64_t receive = 0;                            ///< number of the connection's receive
    bool overlapped = false;
    std::vector<std::uint32_t> buffers; ///< of Posted and AtOnce
    Status status = Status::Success;    ///< of Completed and AtOnce
    std::string data;                   ///< of Completed and AtOnce: what it received
};

class LiveLog {
public:
    // A scenario may have 1 MiB of text and 100,000 nodes (scenario::ReadLimits). A byte takes two characters as hex; a
    // receive with its send, its waits and its expectations about 50 nodes and 600 characters, a buffer 2 nodes more.
    static constexpr std::size_t maxData = 256 * 1024;
    static constexpr std::size_t maxEntries = 1'500;
    static constexpr std::size_t maxBuffers = 12'000;
    /// What one step may send: the receiver's kernel takes it whole, in one piece.
    static constexpr std::size_t maxChunk = 32 * 1024;

    void add(LiveEntry entry);
    /// No more is taken: callers need not make entries.
    [[nodiscard]] bool full() const { return m_full.load(std::memory_order_relaxed); }
    [[nodiscard]] std::vector<LiveEntry> entries() const;

private:
    mutable std::mutex m_mutex;
    std::vector<LiveEntry> m_entries;
    std::size_t m_data = 0;
    std::size_t m_buffers = 0;
    std::atomic<bool> m_full = false;
};

/// The scenario's text. @param complete false: more was received than the entries hold
[[nodiscard]] std::string scenarioOf(const std::vector<LiveEntry> &entries, const engine::Policy &policy, bool complete,
                                     std::size_t maxBytes);

} // namespace recvscope::session
