// WSPRecv's names for what the engine decided.

#pragma once

#include "engine/face.h"
#include "engine/request.h"
#include "wsp/types.h"

namespace recvscope::wsp {

[[nodiscard]] const engine::Face &face();

/// The flags argument that a completion leaves.
[[nodiscard]] inline std::uint32_t outputFlags(const engine::Completion &completion)
{
    return completion.partial ? msg::Partial : 0;
}

/// The NTSTATUS number that a completion leaves in the overlapped structure's Internal.
[[nodiscard]] std::uint32_t internalStatus(engine::Result result);

} // namespace recvscope::wsp
