// A connected pair whose peer fills the kernel before anybody looks at the clock: what is timed afterwards is the
// receiving alone, without a sender, a wake-up or a scheduler in it.
//
// Threads: one. What cannot be set up ends the program with a sentence.

#pragma once

#include "net/socket.h"

#include <cstddef>
#include <vector>

namespace recvscope::benchmarks {

class Supply {
public:
    /// Of @p messageSize bytes each, sent one by one.
    Supply(net::SocketKind kind, std::size_t messageSize);

    /// The receiving end, to be given away once.
    [[nodiscard]] net::Socket takeReceiver() { return std::move(m_receiver); }
    /// Sends until the receiving end holds @p messages, or as many as the kernel takes. Datagrams: what was filled
    /// before must have been received, since the kernel counts none but the first.
    /// @return how many whole ones it holds.
    std::size_t fill(std::size_t messages);

private:
    [[nodiscard]] std::size_t arrived() const;
    [[nodiscard]] std::size_t fillDatagrams(std::size_t messages);
    /// Datagrams that found no room in the receiving end.
    [[nodiscard]] std::uint32_t dropped() const;

    net::Socket m_receiver;
    net::Socket m_peer;
    net::Handle m_watch; ///< the receiving end again, to ask how much it holds
    std::vector<std::byte> m_message;
    std::size_t m_unsent = 0; ///< bytes of a message of which the kernel took the first part
};

/// Ends the program: what was attempted did not go as it must for a measurement to mean something.
[[noreturn]] void giveUp(const std::string &why);

} // namespace recvscope::benchmarks
