// A datagram cut below the socket: IP fragments, which only a raw socket can send. IPv4, over loopback.

#pragma once

#include "net/socket.h"

#include <vector>

namespace recvscope::net {

/// The IP packets that carry a UDP datagram in @p count fragments, about equally long. The first one says the lengths
/// of all; each holds a multiple of eight bytes but the last.
/// @param count at most fragmentsOf() its size
[[nodiscard]] std::vector<std::vector<std::byte>> ipFragments(const Address &from, const Address &to,
                                                              std::span<const std::byte> datagram, std::uint32_t count,
                                                              std::uint16_t identification);

/// The most fragments that a datagram of that size can be cut into.
[[nodiscard]] constexpr std::uint32_t fragmentsOf(std::uint64_t datagramSize)
{
    constexpr std::uint64_t udpHeader = 8;
    constexpr std::uint64_t block = 8;
    return static_cast<std::uint32_t>((datagramSize + udpHeader + block - 1) / block);
}

/// Sends whole IP packets. Opening one needs a right that programs seldom have (on Linux CAP_NET_RAW).
class RawSender {
public:
    [[nodiscard]] static Result<RawSender> open();
    [[nodiscard]] Outcome send(std::span<const std::byte> packet, const Address &to);

private:
    explicit RawSender(Handle handle) : m_handle(std::move(handle)) {}

    Handle m_handle;
};

} // namespace recvscope::net
