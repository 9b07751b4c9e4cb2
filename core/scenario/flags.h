// Receive flags by name, with the numbers of the published headers. The two interfaces give the same meaning different
// numbers, so a number says nothing without its set.

#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace recvscope::scenario {

using FlagName = std::pair<std::string_view, std::uint32_t>;

/// Winsock's, as WSPRecv takes them.
inline constexpr std::array<FlagName, 5> receiveFlags = {{
    {"MSG_OOB", 0x1},
    {"MSG_PEEK", 0x2},
    {"MSG_WAITALL", 0x8},
    {"MSG_PUSH_IMMEDIATE", 0x20},
    {"MSG_PARTIAL", 0x8000},
}};

inline constexpr std::uint32_t wskFlagWaitAll = 0x2;
inline constexpr std::uint32_t wskFlagDrain = 0x4;

/// WskReceive's.
inline constexpr std::array<FlagName, 2> wskReceiveFlags = {{
    {"WSK_FLAG_WAITALL", wskFlagWaitAll},
    {"WSK_FLAG_DRAIN", wskFlagDrain},
}};

/// What the platform's own receive is given here: Winsock's numbers stand for its own.
inline constexpr std::array<FlagName, 2> nativeReceiveFlags = {{
    {"MSG_PEEK", 0x2},
    {"MSG_WAITALL", 0x8},
}};

enum class FlagSet : std::uint8_t { Winsock, Wsk, Native };

[[nodiscard]] constexpr std::span<const FlagName> flagsIn(FlagSet set)
{
    switch (set) {
    case FlagSet::Wsk:
        return wskReceiveFlags;
    case FlagSet::Native:
        return nativeReceiveFlags;
    case FlagSet::Winsock:
        break;
    }
    return receiveFlags;
}

/// The interrupt request levels that are spoken of by name.
inline constexpr std::array<std::pair<std::string_view, std::uint8_t>, 3> irqlNames = {{
    {"PASSIVE_LEVEL", std::uint8_t{0}},
    {"APC_LEVEL", std::uint8_t{1}},
    {"DISPATCH_LEVEL", std::uint8_t{2}},
}};

} // namespace recvscope::scenario
