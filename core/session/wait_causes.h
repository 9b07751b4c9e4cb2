// What a wait step waits for: when it has come, what it is called, and what was there instead.
//
// Threads: the runner's.

#pragma once

#include "session/bench.h"
#include "session/causes.h"

#include <functional>
#include <string>

namespace recvscope::session {

struct WaitCause {
    News news = News::Announced;
    std::function<bool()> came;
    std::string what;                     ///< "r1 to complete"
    std::function<std::string()> instead; ///< "it is pending, and the kernel holds 0 bytes for s"
    OperationId operation;                ///< that is waited for, or none
};

/// @p cause and @p bench must outlive it.
[[nodiscard]] WaitCause waitCause(const scenario::Cause &cause, Bench &bench);

// wait_causes_wsk.cpp

[[nodiscard]] WaitCause causeOf(const scenario::Indicated &indicated, Bench &bench);
[[nodiscard]] WaitCause causeOf(const scenario::Discarded &discarded, Bench &bench);

} // namespace recvscope::session
