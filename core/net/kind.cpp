#include "net/kind.h"

#include <array>

namespace recvscope::net {

namespace {
constexpr std::array<std::string_view, 5> names = {"tcp", "unix", "udp", "seqpacket", "framed"};
}

std::string_view nameOf(SocketKind kind)
{
    return names[static_cast<std::size_t>(kind)];
}

std::optional<SocketKind> socketKindNamed(std::string_view name)
{
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name)
            return static_cast<SocketKind>(i);
    return std::nullopt;
}

} // namespace recvscope::net
