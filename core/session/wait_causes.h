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
    /// Why it can never come any more, or nothing while it might. May be empty: then it always might.
    std::function<std::string()> never;
};

/// @p cause and @p bench must outlive it.
[[nodiscard]] WaitCause waitCause(const scenario::Cause &cause, Bench &bench);

/// Why the alertable wait in which that thread stays can never end while no further step is taken; nothing: it might,
/// or the thread is in none. Only what is certain is claimed.
[[nodiscard]] std::string neverAlerted(Bench &bench, const ApplicationThread &thread);

// wait_causes_wsk.cpp

[[nodiscard]] WaitCause causeOf(const scenario::Indicated &indicated, Bench &bench);
[[nodiscard]] WaitCause causeOf(const scenario::Discarded &discarded, Bench &bench);

} // namespace recvscope::session
