// How Winsock Kernel names what the engine decided.

#pragma once

#include "engine/face.h"

#include <optional>

namespace recvscope::wsk {

[[nodiscard]] const engine::Face &face();

/// What a status stands for that is injected on purpose; nothing: no failure of a receive.
[[nodiscard]] std::optional<engine::Result> resultOf(Status status);

} // namespace recvscope::wsk
