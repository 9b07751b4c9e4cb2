// One completion routine that is to be called: what the provider's function finds by its one context value.
//
// Threads: made on whichever thread found the completion; used up on the thread that started the receive.

#pragma once

#include "engine/journal.h"
#include "engine/request.h"
#include "wsp/thread.h"
#include "wsp/types.h"

#include <functional>
#include <memory>

namespace recvscope::wsp {

/// Which call has the routine: a receive may be started from inside any of them.
enum class RoutineOf : std::uint8_t { Receive, Sibling };

class RoutineCall {
public:
    CompletionRoutine routine = nullptr;
    std::shared_ptr<Overlapped::Lifeline> overlapped;
    engine::Completion completion;
    RoutineOf kind = RoutineOf::Receive;
    const void *socket = nullptr; ///< which socket's, to be compared alone
    engine::Journal journal;
    StepId step;
    bool newestFirst = false;
    const void *provider = nullptr;
    const std::function<void()> *changed = nullptr; ///< the provider's

    /// Queues the provider's function to the thread, with this as its one context value
    /// (wsp.indicate.apc-single-context). When the thread has exited the routine never runs.
    static void queue(std::unique_ptr<RoutineCall> call, ApcQueue &thread);

    /// Calls the client's routine. @param putOff it had to wait for another one of its socket
    void call(bool putOff) const;

private:
    static void run(std::uintptr_t context);
    static void discard(std::uintptr_t context);
};

} // namespace recvscope::wsp
