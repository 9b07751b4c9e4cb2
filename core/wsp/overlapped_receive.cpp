#include "wsp/overlapped_receive.h"

#include "wsp/face.h"

namespace recvscope::wsp {

using trace::EventType;

void publish(Overlapped &overlapped, const engine::Completion &completion)
{
    const Status error = face().status(completion.result);
    overlapped.offset.store(outputFlags(completion), std::memory_order_relaxed);
    overlapped.offsetHigh.store(numberOf(error), std::memory_order_relaxed);
    overlapped.internalHigh.store(completion.bytes, std::memory_order_relaxed);
    overlapped.internal.store(internalStatus(completion.result), std::memory_order_release);
    // Only the address is used from here on: the program may have taken its structure back already.
    overlapped.internal.notify_all();
}

OverlappedReceive::OverlappedReceive(Overlapped &overlapped)
    : m_overlapped(overlapped), m_event(overlapped.hEvent != nullptr ? overlapped.hEvent->state() : nullptr)
{
}

void OverlappedReceive::completed(const engine::Completion &completion)
{
    publish(m_overlapped, completion);
    if (m_event != nullptr)
        m_event->set();
}

std::unique_ptr<engine::CompletionSink> OverlappedStarter::start()
{
    m_overlapped.internal.store(Overlapped::inProgress, std::memory_order_relaxed);
    m_overlapped.internalHigh.store(0, std::memory_order_relaxed);
    m_overlapped.operation.store(m_operation.value, std::memory_order_relaxed);
    if (m_overlapped.hEvent != nullptr) {
        m_overlapped.hEvent->reset();
        m_journal.write(EventType::EventReset, m_operation, m_step, {});
    }
    return std::make_unique<OverlappedReceive>(m_overlapped);
}

} // namespace recvscope::wsp
