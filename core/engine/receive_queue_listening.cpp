// Calling the program with what arrives while no receive waits, and closing around such calls.
//
// Data is looked at, indicated, and taken from the kernel as far as the program accepts it: what it leaves is where the
// next receive finds it. While a call runs nothing else takes from the socket, so that what was indicated is what is
// taken.

#include "engine/receive_queue.h"

#include <algorithm>
#include <utility>

namespace recvscope::engine {

using trace::EventType;
using trace::Provenance;

namespace {

constexpr std::size_t mostAtOnce = std::size_t{64} * 1024; ///< bytes drained by one kernel call, or of one indication

Reason reasonOf(const Answer &answer, std::uint64_t taken, std::uint64_t indicated)
{
    if (answer.kind == Answer::Kind::Kept)
        return Reason::DataKept;
    if (answer.kind == Answer::Kind::NotAccepted)
        return Reason::DataNotAccepted;
    return taken < indicated ? Reason::PartAccepted : Reason::CallbackAgain;
}

} // namespace

void ReceiveQueue::tellCallsSet(const Calls &calls, Status answer, RuleId rule)
{
    m_journal.write(EventType::CallbackSet, {}, calls.step,
                    {rule, calls.mask, trace::packOutcome(answer, 0), Provenance::Measured});
}

bool ReceiveQueue::enable(std::uint32_t generation, Listener &listener, const Calls &calls, std::size_t piece)
{
    const Lock lock(m_mutex);
    if (!isOpen(generation))
        return false;
    tellCallsSet(calls, Status::Success, RuleId::None); // before the first call, which may come at once
    m_listening.listener = &listener;
    m_listening.piece = piece;
    if (calls.data) { // one that was stopped stays so: only a receive has it called again
        m_listening.data = true;
        m_listening.turnedOff = false;
    }
    m_listening.end = m_listening.end || calls.end;
    watchForListener();
    return true;
}

Disabled ReceiveQueue::disable(std::uint32_t generation, const Calls &calls, std::function<void(bool)> after)
{
    const Lock lock(m_mutex);
    if (!isOpen(generation))
        return Disabled::NoSocket;
    m_listening.data = m_listening.data && !calls.data;
    m_listening.end = m_listening.end && !calls.end;
    if (!m_state.indicating) {
        tellCallsSet(calls, Status::Success, calls.data ? m_context.face->rule(Reason::CallbackOff) : RuleId::None);
        return Disabled::Now;
    }
    tellCallsSet(calls, calls.whileOneRuns, RuleId::None); // sure only when that one has returned
    m_listening.turnedOff = m_listening.turnedOff || calls.data;
    if (after)
        m_listening.afterwards.push_back(std::move(after));
    return Disabled::WhenItReturns;
}

void ReceiveQueue::provokeRace(std::uint32_t generation)
{
    const Lock lock(m_mutex);
    if (isOpen(generation))
        m_listening.raceAsked = true;
}

Attempt ReceiveQueue::drain()
{
    m_waste.resize(mostAtOnce);
    const net::Slice slice{m_waste.data(), m_waste.size()};
    Attempt attempt{m_socket.receive({&slice, 1})};
    attempt.drained = std::exchange(attempt.answer.bytes, 0);
    return attempt;
}

/// So many of the bytes that were looked at.
void ReceiveQueue::takeFromKernel(std::uint64_t bytes)
{
    m_waste.resize(mostAtOnce);
    m_taken += bytes;
    while (bytes > 0) {
        const net::Slice slice{m_waste.data(), std::min<std::size_t>(m_waste.size(), bytes)};
        const net::Received received = m_socket.receive({&slice, 1});
        if (received.kind != net::Received::Kind::Bytes)
            break;
        bytes -= received.bytes;
    }
}

bool ReceiveQueue::wantsEnd() const
{
    const bool broken = m_state.ended != Ended::No && m_state.ended != Ended::Gracefully;
    return (m_listening.end && !m_listening.endTold) || (broken && m_listening.data && !m_listening.lossTold);
}

void ReceiveQueue::watchForListener()
{
    // What is not connected looks to the system like what has ended.
    if (m_listening.listener == nullptr || m_state.indicating || m_closing || !m_state.connected)
        return;
    if (wantsEnd() || (m_listening.data && !m_listening.stopped && m_state.ended == Ended::No))
        (void)watch();
}

/// What comes next is for the callback: until it has been called, no receive that waits tries.
bool ReceiveQueue::raceIsDue() const
{
    return m_listening.raceAsked && m_listening.data && !m_listening.stopped && m_listening.listener != nullptr &&
           !m_waiting.empty() && m_state.ended == Ended::No && m_open && !m_closing && !m_state.indicating;
}

bool ReceiveQueue::indicateNext(Lock &lock)
{
    const bool race = m_listening.raceAsked && m_listening.data && !m_waiting.empty();
    if (!m_open || m_closing || !m_state.connected || m_listening.listener == nullptr || (!m_waiting.empty() && !race))
        return false;
    if (m_state.ended != Ended::No)
        return indicateEnd(lock);
    const bool wantsData = m_listening.data && !m_listening.stopped;
    if (!wantsData && !wantsEnd())
        return false;

    std::vector<std::byte> bytes(wantsData ? mostAtOnce : 1);
    const net::Slice slice{bytes.data(), bytes.size()};
    const net::Received seen = withSends(m_socket.receive({&slice, 1}, {.peek = true}));
    using Kind = net::Received::Kind;
    switch (seen.kind) {
    case Kind::Bytes:
        if (!wantsData)
            return false; // the end stands behind them: whoever takes them looks again
        bytes.resize(seen.bytes);
        indicate(lock, std::move(bytes), race);
        return true;
    case Kind::End:
        m_state.ended = Ended::Gracefully;
        m_journal.write(EventType::KernelEnd, {}, {}, {RuleId::None, 0, 0, Provenance::Measured});
        return indicateEnd(lock);
    case Kind::Failed: {
        m_state.ended = endedBy(seen);
        Ask nobodys;
        nobodys.hasWaited = true;
        const Decision decision = decide(m_state, nobodys, Attempt{seen});
        m_journal.write(EventType::KernelError, {}, {},
                        {m_context.face->rule(decision.reason),
                         static_cast<std::uint32_t>(m_context.face->status(decision.result)), 0, Provenance::Measured});
        return indicateEnd(lock);
    }
    default:
        (void)watch();
        return false;
    }
}

/// Leaves the lock while the program is called.
template <class Call>
void ReceiveQueue::callOut(Lock &lock, Call call)
{
    m_state.indicating = true;
    ++m_busy;
    lock.unlock();
    call();
    lock.lock();
    m_state.indicating = false;
    --m_busy;
}

void ReceiveQueue::indicate(Lock &lock, std::vector<std::byte> bytes, bool race)
{
    const auto rule = m_context.face->rule;
    const std::uint64_t size = bytes.size();
    m_listening.raceAsked = m_listening.raceAsked && !race;
    m_journal.indicated(bytes, m_listening.piece, race ? rule(Reason::CalledInRace) : RuleId::None,
                        race ? Provenance::Injected : Provenance::Modelled);
    Answer answer;
    callOut(lock, [&] { answer = m_listening.listener->indicated(std::move(bytes)); });

    const std::uint64_t taken = answer.kind == Answer::Kind::NotAccepted ? 0
                                : answer.kind == Answer::Kind::Kept      ? size
                                                                         : std::min(answer.bytes, size);
    takeFromKernel(taken);
    ++m_listening.indications;
    const bool refused = answer.kind != Answer::Kind::Kept && taken < size;
    const RuleId why = answer.kind == Answer::Kind::Kept || refused ? rule(reasonOf(answer, taken, size))
                       : m_listening.turnedOff                      ? rule(Reason::CallbackOff)
                                                                    : RuleId::None;
    m_journal.write(EventType::IndicationEnded, {}, {},
                    {why, static_cast<std::uint32_t>(taken), trace::packOutcome(answer.status, 0)});
    if (refused) {
        m_listening.stopped = true;
        m_journal.write(EventType::CallbackStopped, {}, {}, {why});
        if (!m_waiting.empty() && !race) // asked for while it ran: that counts
            askedFor(m_waiting.front().request);
    }
    callOver(lock);
    lock.unlock();
    tellChanged();
    lock.lock();
}

void ReceiveQueue::callOver(Lock &lock)
{
    const bool off = !m_listening.data;
    m_listening.turnedOff = false;
    const auto afterwards = std::exchange(m_listening.afterwards, {});
    if (afterwards.empty())
        return;
    ++m_busy;
    lock.unlock();
    for (const auto &after : afterwards)
        after(off);
    lock.lock();
    --m_busy;
}

bool ReceiveQueue::indicateEnd(Lock &lock)
{
    const bool broken = m_state.ended != Ended::Gracefully;
    if (broken)
        tellCloseDue();
    if (broken && m_listening.data && !m_listening.lossTold) {
        m_listening.lossTold = true;
        m_journal.write(EventType::IndicationBegan, {}, {},
                        {m_context.face->rule(Reason::CloseIsDue), trace::leftAlone, trace::noPayload});
        callOut(lock, [&] { m_listening.listener->lost(); });
        m_journal.write(EventType::IndicationEnded, {}, {}, {});
        callOver(lock);
        return true;
    }
    if (m_listening.end && !m_listening.endTold) {
        m_listening.endTold = true;
        m_journal.write(EventType::Disconnected, {}, {}, {RuleId::EngineDisconnectEvent, broken ? 1U : 0U});
        callOut(lock, [&] { m_listening.listener->disconnected(broken); });
        callOver(lock);
        return true;
    }
    return false;
}

void ReceiveQueue::askedFor(const Request &request)
{
    if (request.refused)
        return;
    if (m_policy.reenableWhenCompleted)
        m_listening.resumesWith = request.packet;
    else
        resume({request.operation, request.step});
}

/// Its packet may be used anew before resumeIfDue(): what is remembered is the request.
void ReceiveQueue::resumeWith(const Request &request)
{
    if (m_listening.resumesWith == nullptr || m_listening.resumesWith != request.packet)
        return;
    m_listening.resumesWith = nullptr;
    m_listening.resumesAfter = Asking{request.operation, request.step};
}

void ReceiveQueue::resumeIfDue()
{
    if (!m_listening.resumesAfter || !m_open || m_closing)
        return;
    resume(*std::exchange(m_listening.resumesAfter, std::nullopt));
    watchForListener();
}

void ReceiveQueue::resume(const Asking &asked)
{
    m_listening.stopped = false;
    m_listening.resumesWith = nullptr;
    m_listening.resumesAfter.reset();
    const bool enabled = m_listening.data;
    m_journal.write(EventType::CallbackResumed, asked.operation, asked.step,
                    {enabled ? m_context.face->rule(Reason::CallbackAgain) : RuleId::None, enabled ? 0U : 1U});
}

void ReceiveQueue::watchListener(std::uint32_t generation)
{
    const Lock lock(m_mutex);
    if (!isOpen(generation))
        return;
    resumeIfDue();
    watchForListener();
}

void ReceiveQueue::tellCloseDue()
{
    if (m_closeDueTold || m_state.forcedClose == ForcedClose::Never || m_state.ended == Ended::No ||
        m_state.ended == Ended::Gracefully)
        return;
    m_closeDueTold = true;
    m_journal.write(EventType::CloseDue, {}, {}, {m_context.face->rule(Reason::CloseIsDue)});
}

bool ReceiveQueue::closeWhenIdle(std::uint32_t generation, StepId step, std::function<void()> closed)
{
    Lock lock(m_mutex);
    if (!isOpen(generation))
        return false;
    m_closing = true;
    m_journal.write(EventType::CloseAsked, {}, step, {RuleId::None, 0, 0, Provenance::Measured});
    std::vector<Finished> finished;
    advanceLocked(finished); // data that has arrived wins
    while (!m_waiting.empty())
        completeHead(decideClosed(m_state, m_waiting.front().ask, m_policy), finished);
    deliver(lock, std::move(finished)); // before the close itself completes
    lock.lock();
    m_closeLater = Closing{step, std::move(closed)};
    closeIfDue(lock);
    lock.unlock();
    tellChanged();
    return true;
}

/// Unless the listener is being called: then that call's end does it.
void ReceiveQueue::closeIfDue(Lock &lock)
{
    if (!m_closeLater || m_state.indicating)
        return;
    const Closing closing = *std::exchange(m_closeLater, std::nullopt);
    const bool bothOver = m_state.sendShutDown && m_state.ended == Ended::Gracefully;
    forgetSocket(!bothOver, closing.step);
    ++m_busy;
    lock.unlock();
    closing.closed();
    lock.lock();
    --m_busy;
}

} // namespace recvscope::engine
