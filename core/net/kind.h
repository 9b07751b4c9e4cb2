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
    Framed,    ///< messages as records over TCP (net/record.h): reliable, and they may come in parts
};

[[nodiscard]] constexpr bool isStream(SocketKind kind)
{
    return kind == SocketKind::Tcp || kind == SocketKind::Unix;
}
/// The kernel carries a byte stream, whatever it looks like above it.
[[nodiscard]] constexpr bool isStreamBelow(SocketKind kind)
{
    return isStream(kind) || kind == SocketKind::Framed;
}
/// TCP below: it has an address family, urgent data and resets.
[[nodiscard]] constexpr bool isTcpBelow(SocketKind kind)
{
    return kind == SocketKind::Tcp || kind == SocketKind::Framed;
}
[[nodiscard]] constexpr bool isConnectionOriented(SocketKind kind)
{
    return kind != SocketKind::Udp;
}

/// As scenarios spell it: "tcp", "unix", "udp", "seqpacket", "framed".
[[nodiscard]] std::string_view nameOf(SocketKind kind);
[[nodiscard]] std::optional<SocketKind> socketKindNamed(std::string_view name);

} // namespace recvscope::net
