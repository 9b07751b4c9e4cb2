// The words of `protocol:` for the bits that the engine goes by; "no-" before one takes it away.

#pragma once

#include "net/protocol.h"

#include <cstdint>
#include <string_view>
#include <utility>

namespace recvscope::scenario {

inline constexpr std::pair<std::string_view, std::uint32_t> profileBits[] = {
    {"message-oriented", net::xp1::MessageOriented},
    {"pseudo-stream", net::xp1::PseudoStream},
    {"partial-message", net::xp1::PartialMessage},
    {"expedited-data", net::xp1::ExpeditedData},
    {"send-only", net::xp1::UniSend}};

} // namespace recvscope::scenario
