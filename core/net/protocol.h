// What a protocol promises, by Winsock's XP1 bits. A kernel transport has its own; a profile gives others over it.

#pragma once

#include "net/kind.h"

#include <cstdint>

namespace recvscope::net {

/// Numbers from the published headers.
namespace xp1 {
inline constexpr std::uint32_t Connectionless = 0x1;
inline constexpr std::uint32_t GuaranteedDelivery = 0x2;
inline constexpr std::uint32_t GuaranteedOrder = 0x4;
inline constexpr std::uint32_t MessageOriented = 0x8;
inline constexpr std::uint32_t PseudoStream = 0x10;
inline constexpr std::uint32_t GracefulClose = 0x20;
inline constexpr std::uint32_t ExpeditedData = 0x40;
inline constexpr std::uint32_t UniSend = 0x8000;
inline constexpr std::uint32_t UniRecv = 0x10000;
inline constexpr std::uint32_t PartialMessage = 0x40000;
} // namespace xp1

/// A set of XP1 bits.
struct Protocol {
    std::uint32_t bits = 0;

    [[nodiscard]] constexpr bool has(std::uint32_t bit) const { return (bits & bit) != 0; }
    friend bool operator==(Protocol, Protocol) = default;
};

/// What the kernel's transport of that kind promises.
[[nodiscard]] constexpr Protocol protocolOf(SocketKind kind)
{
    constexpr std::uint32_t reliable = xp1::GuaranteedDelivery | xp1::GuaranteedOrder | xp1::GracefulClose;
    switch (kind) {
    case SocketKind::Udp:
        return {xp1::Connectionless | xp1::MessageOriented};
    case SocketKind::SeqPacket:
        return {reliable | xp1::MessageOriented};
    case SocketKind::Framed:
        return {reliable | xp1::MessageOriented | xp1::PartialMessage};
    default:
        return {reliable | xp1::ExpeditedData};
    }
}

/// How a receive is to see the data, from the protocol's bits and MSG_PARTIAL (wsp.mode.stream-or-message).
enum class Mode : std::uint8_t { Stream, Message };
[[nodiscard]] constexpr Mode modeOf(Protocol protocol, bool partialAsked)
{
    if (!protocol.has(xp1::MessageOriented) || protocol.has(xp1::PseudoStream))
        return Mode::Stream;
    return partialAsked ? Mode::Stream : Mode::Message;
}
/// The connection itself keeps messages apart, whatever one call asks for.
[[nodiscard]] constexpr bool keepsMessages(Protocol protocol)
{
    return modeOf(protocol, false) == Mode::Message;
}

} // namespace recvscope::net
