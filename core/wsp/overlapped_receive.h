// A pending receive as its program sees it: the overlapped structure, and the event or the completion routine.
//
// Threads: completed() on whichever thread found the completion, without a lock.

#pragma once

#include "engine/journal.h"
#include "engine/receive_queue.h"
#include "wsp/event.h"
#include "wsp/routine_call.h"
#include "wsp/thread.h"
#include "wsp/types.h"

namespace recvscope::wsp {

/// Publishes in the documented order: flags, error, bytes, and the status last.
void publish(Overlapped &overlapped, const engine::Completion &completion);

/// What to do beside publishing.
struct Indication {
    std::shared_ptr<Event::State> event;  ///< null: none; kept, since the program may destroy its Event once told
    std::unique_ptr<RoutineCall> routine; ///< null: none
    ThreadId thread;                      ///< whose routine it is
};

class OverlappedReceive final : public engine::CompletionSink {
public:
    OverlappedReceive(std::shared_ptr<Overlapped::Lifeline> overlapped, Indication indication, engine::Journal journal,
                      StepId step)
        : m_overlapped(std::move(overlapped)), m_indication(std::move(indication)), m_journal(journal), m_step(step)
    {
    }
    void completed(const engine::Completion &completion) override;

private:
    const std::shared_ptr<Overlapped::Lifeline> m_overlapped;
    Indication m_indication;
    const engine::Journal m_journal;
    const StepId m_step;
};

} // namespace recvscope::wsp
