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
    m_overlapped->end();
    if (m_indication.event != nullptr)
        m_indication.event->set();
    if (m_indication.routine != nullptr) {
        m_indication.routine->completion = completion;
        RoutineCall::queue(std::move(m_indication.routine), *m_indication.thread.queue);
    }
}

} // namespace recvscope::wsp
