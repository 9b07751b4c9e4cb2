// Winsock's receive flags by name, with the numbers of the published headers.

#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace recvscope::scenario {

inline constexpr std::array<std::pair<std::string_view, std::uint32_t>, 5> receiveFlags = {{
    {"MSG_OOB", 0x1},
    {"MSG_PEEK", 0x2},
    {"MSG_WAITALL", 0x8},
    {"MSG_PUSH_IMMEDIATE", 0x20},
    {"MSG_PARTIAL", 0x8000},
}};

} // namespace recvscope::scenario
