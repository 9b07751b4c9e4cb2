// What the sentences for events are made of.

#pragma once

#include "trace/story.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace recvscope::trace {

[[nodiscard]] std::string plural(std::uint64_t count, std::string_view one); ///< "1 buffer", "2 buffers"
[[nodiscard]] std::string bytes(std::uint64_t count);

/// Of what WSK alone has, and of what it says in other words than WSP; nothing: the common words do.
[[nodiscard]] std::optional<std::string> kernelSentence(const Story &story, std::uint32_t index);

} // namespace recvscope::trace
