#include "wsk/irp.h"

namespace recvscope::wsk {

using trace::EventType;

bool Irp::touch(StepId step)
{
    if (!pending())
        return true;
    m_journal.write(EventType::Diagnostic, m_operation, step, {RuleId::WskIrpOwnedByCaller});
    return false;
}

bool Irp::reuse(StepId step)
{
    if (!touch(step))
        return false;
    ioStatus.status = Status::Success;
    ioStatus.information = 0;
    return true;
}

bool Irp::begin(OperationId operation, const engine::Journal &journal)
{
    State callers = State::Callers;
    if (!m_state.compare_exchange_strong(callers, State::Starting, std::memory_order_acquire))
        return false;
    m_operation = operation;
    m_journal = journal;
    m_state.store(State::Started, std::memory_order_release);
    return true;
}

void Irp::complete(Status status, std::uint64_t information, RuleId rule, StepId step, bool injected)
{
    const OperationId operation = m_operation;
    const engine::Journal journal = m_journal;
    const auto words = [&](RuleId why) {
        return engine::Journal::Words{why, static_cast<std::uint32_t>(information), trace::packOutcome(status, 0),
                                      injected ? trace::Provenance::Injected : trace::Provenance::Modelled};
    };
    journal.write(EventType::IrpCompleted, operation, step, words(rule));
    ioStatus.information.store(information, std::memory_order_relaxed);
    ioStatus.status.store(status, std::memory_order_relaxed);
    m_completions.fetch_add(1, std::memory_order_relaxed);
    const Routine routine = m_routine; // which may destroy the packet
    void *const context = m_context;
    m_state.store(State::Callers, std::memory_order_release);
    if (routine == nullptr)
        return;
    journal.write(EventType::RoutineBegan, operation, step, words(RuleId::None));
    routine(*this, context);
    journal.write(EventType::RoutineEnded, operation, step, words(RuleId::None));
}

} // namespace recvscope::wsk
