// Overlapped calls: from the structure that a program gives to the event or the routine that tells it of the end.

#include "wsp/provider_impl.h"

#include <algorithm>
#include <utility>

namespace recvscope::wsp {

std::unique_ptr<RoutineCall> Provider::Impl::OverlappedCall::routineCall(const engine::Journal &journal) const
{
    auto call = std::make_unique<RoutineCall>();
    call->routine = m_routine;
    call->overlapped = m_overlapped.lifeline();
    call->kind = m_kind;
    call->socket = m_place.queue;
    call->journal = journal;
    call->step = m_step;
    call->newestFirst = m_impl.settings.policy.routinesNewestFirst;
    call->provider = &m_impl;
    call->changed = &m_impl.settings.changed;

    const std::lock_guard lock(m_impl.mutex);
    m_impl.rememberQueue(m_thread.queue);
    auto &silent = m_impl.silent;
    const auto sameStructure = [&](const auto &each) { return each.lock() == call->overlapped; };
    if (m_overlapped.hEvent != nullptr && std::none_of(silent.begin(), silent.end(), sameStructure)) {
        std::erase_if(silent, [](const auto &each) { return each.expired(); });
        silent.push_back(call->overlapped);
    }
    return call;
}

void Provider::Impl::OverlappedCall::take()
{
    m_overlapped.operation.store(m_operation.value, std::memory_order_relaxed);
    m_overlapped.hasRoutine.store(m_routine != nullptr, std::memory_order_relaxed);
    m_overlapped.started.store(true, std::memory_order_relaxed);
}

std::unique_ptr<engine::CompletionSink> Provider::Impl::OverlappedCall::start()
{
    const engine::Journal &journal = m_place.queue->journalUnderLock();
    m_overlapped.internal.store(Overlapped::inProgress, std::memory_order_relaxed);
    m_overlapped.internalHigh.store(0, std::memory_order_relaxed);
    take();
    Thread::current().tellAtExit(m_impl.exits);
    Indication indication;
    if (m_routine != nullptr) {
        indication.routine = routineCall(journal);
        indication.thread = m_thread;
    } else if (m_overlapped.hEvent != nullptr) {
        indication.event = m_overlapped.hEvent->state();
        indication.event->reset();
        journal.write(trace::EventType::EventReset, m_operation, m_step, {});
    }
    return std::make_unique<OverlappedReceive>(m_overlapped.lifeline(), std::move(indication), journal, m_step);
}

void Provider::Impl::OverlappedCall::indicateAtOnce(const engine::Completion &completion)
{
    take();
    publish(m_overlapped, completion);
    if (m_routine != nullptr) {
        Thread::current().tellAtExit(m_impl.exits); // with it the routine is gone
        auto call = routineCall(m_impl.journal(m_place));
        call->completion = completion;
        RoutineCall::queue(std::move(call), *m_thread.queue);
    } else if (m_overlapped.hEvent != nullptr) {
        m_overlapped.hEvent->set();
    }
}

void Provider::Impl::rememberQueue(const std::shared_ptr<ApcQueue> &queue)
{
    if (std::any_of(queues.begin(), queues.end(), [&](const auto &each) { return each.lock() == queue; }))
        return;
    std::erase_if(queues, [](const auto &each) { return each.expired(); });
    queues.push_back(queue);
}

std::optional<OperationId> Provider::Impl::silencedBy(const Event &event) const
{
    const std::lock_guard lock(mutex);
    std::optional<OperationId> found;
    for (const auto &each : silent)
        if (const auto lifeline = each.lock())
            lifeline->with([&](const Overlapped &overlapped) {
                if (overlapped.hasRoutine.load(std::memory_order_relaxed) && overlapped.hEvent == &event)
                    found = OperationId{overlapped.operation.load(std::memory_order_relaxed)};
            });
    return found;
}

} // namespace recvscope::wsp
