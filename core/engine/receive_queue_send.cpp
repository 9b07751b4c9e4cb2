// Sending, as far as receiving hears of it: an error is told once, to whoever calls first.

#include "engine/receive_queue.h"

namespace recvscope::engine {

net::Received ReceiveQueue::withSends(net::Received answer) const
{
    return m_metBySend && answer.kind == net::Received::Kind::End ? *m_metBySend : answer;
}

Result ReceiveQueue::send(std::uint32_t generation, std::span<const std::byte> data, std::size_t &bytes, StepId step)
{
    bytes = 0;
    Lock lock(m_mutex);
    if (!isOpen(generation))
        return Result::NotASocket;
    Result result = Result::Ok;
    Reason why = Reason::Admitted;
    if (m_state.networkDown) { // a fault: nothing leaves this machine
        result = Result::NetworkDown;
        why = Reason::NetworkFailed;
    } else if (lacksConnection()) {
        result = Result::NotConnected;
    } else if (m_state.sendShutDown) {
        result = Result::ShutDown;
    } else {
        const recvscope::Result<std::optional<std::size_t>> taken = m_socket.trySend(data);
        if (!taken) {
            const Attempt failed{m_socket.failure(taken.error().systemCode)};
            result = decide(m_state, Ask{}, failed).result;
            const Ended ended = endedBy(failed.answer);
            const bool bytesFirst = net::isStream(m_state.kind) && !m_policy.resetDiscardsData && m_owner == nullptr &&
                                    m_socket.available() > 0;
            if (bytesFirst && ended != Ended::No && !m_metBySend) {
                m_metBySend = failed.answer;
                m_direct = false; // receives ask withSends()
            } else if (!bytesFirst && m_state.ended == Ended::No) {
                m_state.ended = ended;
            }
        } else if (!taken->has_value()) {
            result = Result::WouldBlock;
        } else {
            bytes = **taken;
        }
    }
    m_journal.write(trace::EventType::Sent, {}, step,
                    {why != Reason::Admitted ? m_context.face->rule(why)
                     : m_waiting.empty()     ? RuleId::None
                                             : m_context.face->rule(Reason::SendsMeanwhile),
                     static_cast<std::uint32_t>(bytes), static_cast<std::uint32_t>(m_context.face->status(result)),
                     why == Reason::Admitted ? trace::Provenance::Measured : trace::Provenance::Injected});
    lock.unlock();
    tellChanged();
    return result;
}

} // namespace recvscope::engine
