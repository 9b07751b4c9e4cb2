#include "wsp/overlapped_receive.h"

#include "wsp/face.h"

#include <utility>

namespace recvscope::wsp {

using trace::EventType;

void publish(Overlapped &overlapped, const engine::Completion &completion)
{
    const Status error = face().status(completion.result);
    overlapped.offset.store(outputFlags(completion), std::memory_order_relaxed);
    overlapped.offsetHigh.store(numberOf(error), std::memory_order_relaxed);
    overlapped.internalHigh.store(completion.bytes, std::memory_order_relaxed);
    overlapped.internal.store(internalStatus(completion.result), std::memory_order_release);
    overlapped.internal.notify_all();
}

void OverlappedReceive::completed(const engine::Completion &completion)
{
    if (!m_overlapped->with([&](Overlapped &overlapped) { publish(overlapped, completion); }))
        m_journal.write(EventType::Diagnostic, completion.operation, m_step, {RuleId::WspIndicateOverlappedStaysValid});
    if (m_indication.event != nullptr)
        m_indication.event->set();
    if (m_indication.routine != nullptr) {
        m_indication.routine->completion = completion;
        RoutineCall::queue(std::move(m_indication.routine), *m_indication.thread.queue);
    }
}

std::unique_ptr<engine::CompletionSink> OverlappedStarter::start()
{
    m_overlapped.internal.store(Overlapped::inProgress, std::memory_order_relaxed);
    m_overlapped.internalHigh.store(0, std::memory_order_relaxed);
    m_overlapped.operation.store(m_operation.value, std::memory_order_relaxed);
    Thread::current().tellAtExit(m_atExit);
    const bool hasRoutine = m_indication.routine != nullptr;
    m_overlapped.hasRoutine.store(hasRoutine, std::memory_order_relaxed);
    if (!hasRoutine && m_overlapped.hEvent != nullptr) {
        m_indication.event = m_overlapped.hEvent->state();
        m_indication.event->reset();
        m_journal.write(EventType::EventReset, m_operation, m_step, {});
    }
    return std::make_unique<OverlappedReceive>(m_overlapped.lifeline(), std::move(m_indication), m_journal, m_step);
}

} // namespace recvscope::wsp
