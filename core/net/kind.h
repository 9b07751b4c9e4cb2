// The kinds of sockets, and what may be said of each.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace recvscope::net {

enum class SocketKind : std::uint8_t {
    Tcp,       ///< IPv4 or IPv6 byte stream
    Unix,      ///< AF_UNIX byte stream
    Udp,       ///< datagrams
    SeqPacket, ///< AF_UNIX SOCK_SEQPACKET: the reliable message transport
};

[[nodiscard]] constexpr bool isStream(SocketKind kind)
{
    return kind == SocketKind::Tcp || kind == SocketKind::Unix;
}
[[nodiscard]] constexpr bool isConnectionOriented(SocketKind kind)
{
    return kind != SocketKind::Udp;
}

/// As scenarios spell it: "tcp", "unix", "udp", "seqpacket".
[[nodiscard]] std::string_view nameOf(SocketKind kind);
[[nodiscard]] std::optional<SocketKind> socketKindNamed(std::string_view name);

} // namespace recvscope::net
