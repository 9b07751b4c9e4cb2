// How waiting receives are taken away: cancel, shutdown, close.

#include "engine/receive_queue.h"

#include <algorithm>

namespace recvscope::engine {

using trace::EventType;
using trace::Provenance;

/// Ends a blocked call. In the kernel: asks it to leave until it has.
void ReceiveQueue::takeAway(Lock &lock, BlockedCall &call, const Decision &decision)
{
    call.takenAway = decision;
    call.interrupt.interruptUntil(lock, m_ownerLeft, [&] { return m_owner != &call; });
}

bool ReceiveQueue::cancelBlocked(std::thread::id thread)
{
    Lock lock(m_mutex);
    const Decision cancelled{Action::Complete, Result::Interrupted, Reason::BlockingCancelled};
    if (m_owner != nullptr && m_owner->thread == thread) {
        if (!m_owner->takenAway)
            takeAway(lock, *m_owner, cancelled);
        return true;
    }
    const auto waiting = std::find_if(m_waiting.begin(), m_waiting.end(), [&](const Waiting &one) {
        return one.blocked != nullptr && one.blocked->thread == thread;
    });
    if (waiting == m_waiting.end())
        return false;
    std::vector<Finished> none;
    completeAt(waiting, cancelled, none);
    return true;
}

void ReceiveQueue::giveUp(const BlockedCall &call, const Decision &decision)
{
    const auto waiting =
        std::find_if(m_waiting.begin(), m_waiting.end(), [&](const Waiting &one) { return one.blocked == &call; });
    std::vector<Finished> none;
    completeAt(waiting, decision, none);
}

std::size_t ReceiveQueue::cancelOfThread(std::thread::id thread)
{
    Lock lock(m_mutex);
    std::vector<Finished> finished;
    const auto startedThere = [&](const Waiting &one) { return one.thread == thread; };
    if (std::none_of(m_waiting.begin(), m_waiting.end(), startedThere))
        return 0;
    advanceLocked(finished); // data that has arrived wins
    const std::size_t before = finished.size();
    const Decision decision{Action::Complete, Result::Cancelled, Reason::ThreadExited};
    for (auto one = std::find_if(m_waiting.begin(), m_waiting.end(), startedThere); one != m_waiting.end();
         one = std::find_if(m_waiting.begin(), m_waiting.end(), startedThere))
        completeAt(one, decision, finished);
    const std::size_t cancelled = finished.size() - before;
    deliver(lock, std::move(finished));
    tellChanged();
    return cancelled;
}

std::deque<ReceiveQueue::Waiting>::iterator ReceiveQueue::waitingWith(const void *packet)
{
    return std::find_if(m_waiting.begin(), m_waiting.end(),
                        [&](const Waiting &one) { return one.request.packet == packet; });
}

bool ReceiveQueue::cancel(std::uint32_t generation, const void *packet)
{
    Lock lock(m_mutex);
    if (!isOpen(generation))
        return false;
    std::vector<Finished> finished;
    advanceLocked(finished); // data that has arrived wins
    const auto which = waitingWith(packet);
    const bool waits = which != m_waiting.end();
    if (waits)
        completeAt(which, decideCancelled(which->ask), finished);
    watchForListener();
    deliver(lock, std::move(finished));
    tellChanged();
    return waits;
}

bool ReceiveQueue::takeMemoryAway(const void *packet, std::uint32_t how, StepId step)
{
    Lock lock(m_mutex);
    const auto which = waitingWith(packet);
    if (which == m_waiting.end())
        return false;
    const Decision decision{Action::Complete, Result::Fault, Reason::MemoryTakenAway};
    const RuleId rule = m_context.face->rule(decision.reason);
    m_journal.write(EventType::PagesUnlocked, which->request.operation, step, {rule, how, 0, Provenance::Measured});
    m_journal.write(EventType::Diagnostic, which->request.operation, step, {rule});
    std::vector<Finished> finished;
    completeAt(which, decision, finished);
    advanceLocked(finished); // those behind it
    watchForListener();
    deliver(lock, std::move(finished));
    tellChanged();
    return true;
}

Outcome ReceiveQueue::abort(std::uint32_t generation, StepId step)
{
    Lock lock(m_mutex);
    if (!isOpen(generation))
        return Error{"disconnect", {}, "this is not an open socket", 0};
    if (lacksConnection())
        return Error{"disconnect", {}, "it is not connected", 0};
    m_journal.write(EventType::DisconnectAsked, {}, step, {RuleId::None, 1, 0, Provenance::Measured});
    Outcome done = m_socket.abort();
    if (!done)
        return done;
    m_state.ended = Ended::Failed;
    std::vector<Finished> finished;
    while (!m_waiting.empty())
        completeHead(decideAbortedHere(m_waiting.front().ask), finished);
    m_listening.lossTold = m_listening.endTold = true; // the program knows: it did so itself
    deliver(lock, std::move(finished));
    tellChanged();
    return done;
}

void ReceiveQueue::setNetworkDown(bool down)
{
    Lock lock(m_mutex);
    m_state.networkDown = down;
    std::vector<Finished> finished;
    if (down)
        takeAllAway(lock, decideNetworkDown(), finished);
    deliver(lock, std::move(finished));
    tellChanged();
}

/// Ends every receive that waits, a blocked one included.
void ReceiveQueue::takeAllAway(Lock &lock, const Decision &decision, std::vector<Finished> &finished)
{
    if (m_owner != nullptr && !m_owner->takenAway)
        takeAway(lock, *m_owner, decision);
    while (!m_waiting.empty())
        completeHead(decision, finished);
}

bool ReceiveQueue::blocks(std::thread::id thread) const
{
    const Lock lock(m_mutex);
    return (m_owner != nullptr && m_owner->thread == thread) ||
           std::any_of(m_waiting.begin(), m_waiting.end(), [&](const Waiting &one) {
               return one.blocked != nullptr && one.blocked->thread == thread &&
                      (one.blocked->alertable == nullptr || one.blocked->alertable->resting());
           });
}

Outcome ReceiveQueue::shutdown(std::uint32_t generation, net::Direction direction, StepId step)
{
    Lock lock(m_mutex);
    if (!isOpen(generation))
        return Error{"shut down", {}, "this is not an open socket", 0};
    if (lacksConnection())
        return Error{"shut down", {}, "it is not connected", 0};
    m_journal.write(EventType::SocketShutDown, {}, step,
                    {RuleId::None, static_cast<std::uint32_t>(direction), 0, Provenance::Measured});
    if (direction != net::Direction::Receive)
        m_state.sendShutDown = true;
    std::vector<Finished> finished;
    if (direction != net::Direction::Send) {
        // Before the system is told: its shutdown would wake what blocks with 0, which is not the peer's end. It is the
        // engine's to enforce in any case, since data that arrives later stays readable.
        m_state.receiveShutDown = true;
        takeAllAway(lock, {Action::Complete, Result::ShutDown, Reason::ReceiveShutDown}, finished);
    }
    const Outcome done = m_socket.shutdown(direction);
    deliver(lock, std::move(finished));
    tellChanged();
    return done;
}

bool ReceiveQueue::close(std::uint32_t generation, bool abortively, StepId step)
{
    Lock lock(m_mutex);
    if (!isOpen(generation) || m_closing)
        return false;
    m_closing = true;
    std::vector<Finished> finished;
    if (m_owner != nullptr && !m_owner->takenAway)
        takeAway(lock, *m_owner, decideClosed(m_state, Ask{}, m_policy));
    m_ownerLeft.wait(lock, [this] { return m_owner == nullptr; });
    advanceLocked(finished); // data that has arrived wins
    while (!m_waiting.empty())
        completeHead(decideClosed(m_state, m_waiting.front().ask, m_policy), finished);

    forgetSocket(abortively, step);
    deliver(lock, std::move(finished));
    tellChanged();
    return true;
}

void ReceiveQueue::forgetSocket(bool abortively, StepId step)
{
    if (m_watched)
        m_context.reactor->poller().remove(m_socket.descriptor());
    m_journal.write(EventType::SocketClosed, {}, step, {RuleId::None, 0, 0, Provenance::Measured});
    if (abortively)
        m_socket.closeAbortively();
    else
        m_socket.close();
    m_open = false;
    m_closing = false;
    ++m_generation;
}

bool ReceiveQueue::lacksConnection() const
{
    return !m_state.connected && !m_state.protocol.has(net::xp1::Connectionless);
}

Result ReceiveQueue::standing(std::uint32_t generation) const
{
    const Lock lock(m_mutex);
    if (!isOpen(generation))
        return Result::NotASocket;
    return lacksConnection() ? Result::NotConnected : Result::Ok;
}

std::uint32_t ReceiveQueue::generation() const
{
    const Lock lock(m_mutex);
    return m_generation;
}

ReceiveQueue::View ReceiveQueue::view(std::uint32_t generation)
{
    View view;
    const Lock lock(m_mutex);
    view.busy = m_busy; // also of one that is being closed: the program may still be called
    if (isOpen(generation) || (!m_open && generation + 1 == m_generation)) { // closed: nothing changes them any more
        view.indications = m_listening.indications;
        view.drained = m_drained;
    }
    if (!isOpen(generation))
        return view;
    view.open = true;
    view.unread = m_socket.available();
    const Transport::Held held = m_owner != nullptr ? m_held : m_transport->held();
    view.available = view.unread;
    if (!net::isStream(m_state.kind))
        view.available = held.bytes + (m_owner != nullptr ? view.unread : m_transport->inKernel(m_socket));
    view.urgent = m_socket.urgent();
    view.readable = m_socket.readable();
    view.endArrived = m_socket.endArrived();
    view.hungUp = m_socket.hungUp();
    view.taken = m_taken;
    view.read = net::isStream(m_state.kind) ? m_taken : held.read;
    view.listening = m_state.connected && m_listening.data && !m_listening.stopped;
    view.tellsEnd = m_state.connected && wantsEnd();
    view.endSeen = m_state.ended != Ended::No;
    for (const Waiting &one : m_waiting)
        ++(one.blocked != nullptr ? view.blocked : view.outstanding);
    if (m_owner != nullptr)
        ++view.blocked;
    return view;
}

Journal ReceiveQueue::journal(std::uint32_t generation) const
{
    const Lock lock(m_mutex);
    return isOpen(generation) ? m_journal : Journal();
}

} // namespace recvscope::engine
