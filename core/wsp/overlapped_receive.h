// A pending receive as its program sees it: the overlapped structure and the event.
//
// Threads: start() under the socket's lock; completed() on whichever thread found the completion, without a lock.

#pragma once

#include "engine/journal.h"
#include "engine/receive_queue.h"
#include "wsp/event.h"
#include "wsp/types.h"

namespace recvscope::wsp {

/// Publishes in the documented order: flags, error, bytes, and the status last.
void publish(Overlapped &overlapped, const engine::Completion &completion);

class OverlappedReceive final : public engine::CompletionSink {
public:
    explicit OverlappedReceive(Overlapped &overlapped);
    void completed(const engine::Completion &completion) override;

private:
    Overlapped &m_overlapped;
    std::shared_ptr<Event::State> m_event; ///< null: none; kept, since the program may destroy its Event once told
};

class OverlappedStarter final : public engine::Starter {
public:
    OverlappedStarter(Overlapped &overlapped, engine::Journal journal, OperationId operation, StepId step)
        : m_overlapped(overlapped), m_journal(journal), m_operation(operation), m_step(step)
    {
    }
    [[nodiscard]] std::unique_ptr<engine::CompletionSink> start() override;

private:
    Overlapped &m_overlapped;
    engine::Journal m_journal;
    OperationId m_operation;
    StepId m_step;
};

} // namespace recvscope::wsp
