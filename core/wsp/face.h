// WSPRecv's names for what the engine decided.

#pragma once

#include "engine/face.h"

namespace recvscope::wsp {

[[nodiscard]] const engine::Face &face();

/// The NTSTATUS number that a completion leaves in the overlapped structure's Internal.
[[nodiscard]] std::uint32_t internalStatus(engine::Result result);

} // namespace recvscope::wsp
