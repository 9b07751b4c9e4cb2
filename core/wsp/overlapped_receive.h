// A pending receive as its program sees it: the overlapped structure, and the event or the completion routine.
//
// Threads: start() under the socket's lock; completed() on whichever thread found the completion, without a lock.

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

class OverlappedStarter final : public engine::Starter {
public:
    /// @param indication its event is looked up at the start; all of them must outlive this
    /// @param atExit is told when the calling thread ends: what it started is cancelled then
    OverlappedStarter(Overlapped &overlapped, Indication &indication, const std::shared_ptr<ThreadExits> &atExit,
                      engine::Journal journal, OperationId operation, StepId step)
        : m_overlapped(overlapped),
          m_indication(indication),
          m_atExit(atExit),
          m_journal(journal),
          m_operation(operation),
          m_step(step)
    {
    }
    [[nodiscard]] std::unique_ptr<engine::CompletionSink> start() override;

private:
    Overlapped &m_overlapped;
    Indication &m_indication;
    const std::shared_ptr<ThreadExits> &m_atExit;
    engine::Journal m_journal;
    OperationId m_operation;
    StepId m_step;
};

} // namespace recvscope::wsp
