// How messages travel over a byte stream: one record for each part of a message, a header of four bytes before it.
//
// The header is a number, highest byte first: its highest bit says that more of the message follows in a later record,
// the rest is how many bytes of the message come now. What an outside peer says in it is not to be believed.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace recvscope::net {

struct RecordHeader {
    static constexpr std::size_t size = 4;
    static constexpr std::uint32_t longest = 64U << 20; ///< bytes a record may announce; more is no record

    std::uint32_t length = 0;
    bool more = false; ///< it is a part: the message goes on

    friend bool operator==(const RecordHeader &, const RecordHeader &) = default;
};

[[nodiscard]] constexpr std::array<std::byte, RecordHeader::size> encoded(RecordHeader header)
{
    const std::uint32_t word = header.length | (header.more ? 0x8000'0000U : 0U);
    return {static_cast<std::byte>(word >> 24), static_cast<std::byte>(word >> 16 & 0xFF),
            static_cast<std::byte>(word >> 8 & 0xFF), static_cast<std::byte>(word & 0xFF)};
}

/// @return nothing when it announces more than a record may hold
[[nodiscard]] constexpr std::optional<RecordHeader> decoded(std::span<const std::byte, RecordHeader::size> bytes)
{
    std::uint32_t word = 0;
    for (const std::byte byte : bytes)
        word = word << 8 | std::to_integer<std::uint32_t>(byte);
    const RecordHeader header{word & 0x7FFF'FFFFU, (word & 0x8000'0000U) != 0};
    if (header.length > RecordHeader::longest)
        return std::nullopt;
    return header;
}

} // namespace recvscope::net
