// One WskReceive as the driver saw it, in WSK's words.
//
// Threads: pure functions.

#pragma once

#include "gui/stage/call_steps.h"

namespace recvscope::gui::stage {

/// callSteps() of a WskReceive: its IRP completes on every outcome, and may before the call returns.
[[nodiscard]] std::vector<CallStep> kernelSteps(const trace::Story &story, const trace::SocketMoment &socket,
                                                const trace::ReceiveMoment &receive);

/// "MDL 8", "MDLs 8, 8 from 6, length 10", "no MDL, length 0", "no WSK_BUF".
[[nodiscard]] QString chainWords(const trace::ReceiveMoment &receive);

} // namespace recvscope::gui::stage
