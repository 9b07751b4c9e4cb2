// What a receive queue writes into the trace. What the program sees of a completion is written under the lock too,
// before it is made to happen: of two receives that complete together, each is told in its turn whichever thread is
// quicker.

#include "engine/receive_queue.h"

#include <algorithm>

namespace recvscope::engine {

using trace::EventType;
using trace::Provenance;

namespace {

std::uint16_t traitsOf(const Request &request, const SocketState &state, const Face &face)
{
    unsigned traits = face.callTraits;
    traits |= request.overlapped ? unsigned{trace::CallOverlapped} : 0U;
    if (request.hasEvent || request.eventIgnored)
        traits |= trace::CallHasEvent;
    if (request.hasRoutine)
        traits |= trace::CallHasRoutine;
    if (state.nonblocking)
        traits |= trace::CallNonblocking;
    return static_cast<std::uint16_t>(traits);
}

bool anyEmpty(std::span<const net::Slice> buffers)
{
    return std::any_of(buffers.begin(), buffers.end(), [](const net::Slice &buffer) { return buffer.size == 0; });
}

std::uint16_t outputFlags(const Face &face, const Completion &completion)
{
    return completion.partial ? face.partialFlag : std::uint16_t{0};
}

Journal::Words completedWords(const Face &face, const Completion &completion)
{
    return {face.rule(completion.reason), completion.bytes,
            trace::packOutcome(face.status(completion.result), outputFlags(face, completion)),
            completion.injected ? Provenance::Injected : Provenance::Modelled};
}

Journal::Words returnedWords(const Face &face, const Completion &completion, bool overlapped, const Policy &policy)
{
    const bool ok = completion.result == Result::Ok;
    const bool count = tellsCount(completion.result, policy);
    return {!ok && count ? face.rule(Reason::WindowsTellsCount) : face.returned(ok, overlapped),
            count ? completion.bytes : trace::leftAlone,
            trace::packOutcome(face.status(completion.result),
                               count ? outputFlags(face, completion) : trace::flagsLeftAlone),
            Provenance::Measured};
}

/// The rule by which a call was let through to the kernel.
Reason admitted(const Request &request, Reason otherwise)
{
    switch (request.within) {
    case Within::ReceiveRoutine:
        return Reason::InsideRoutine;
    case Within::SiblingRoutine:
        return Reason::InsideSibling;
    case Within::Program:
        break;
    }
    return otherwise;
}

} // namespace

Journal::CallWords ReceiveQueue::callWords(const Request &request, const Decision &first) const
{
    const auto rule = m_context.face->rule;
    const bool unusual = request.buffers.size() > net::Socket::maxSlices() || anyEmpty(request.buffers);
    return {first.action == Action::Try ? rule(admitted(request, first.reason)) : RuleId::None,
            unusual              ? rule(Reason::AnyNumberOfBuffers)
            : request.overlapped ? rule(Reason::Captured)
                                 : RuleId::None,
            request.flagWord, traitsOf(request, m_state, *m_context.face)};
}

void ReceiveQueue::tellAnswer(const Attempt &attempt, const Request &request, std::span<const net::Slice> buffers,
                              std::uint64_t placed, const Decision &decision) const
{
    using Kind = net::Received::Kind;
    if (!m_journal.on())
        return;
    const Face &face = *m_context.face;
    const net::Received &answer = attempt.answer;
    const auto write = [&](EventType type, std::uint32_t a = 0) {
        m_journal.write(type, request.operation, request.step,
                        {face.rule(decision.reason), a, 0, Provenance::Measured});
    };
    if (attempt.foreign > 0)
        m_journal.write(
            EventType::MessagesFiltered, request.operation, request.step,
            {face.rule(Reason::OthersFiltered), attempt.foreign, attempt.foreignBytes, Provenance::Measured});
    if (attempt.empties > 0)
        m_journal.write(EventType::EmptiesSkipped, request.operation, request.step,
                        {face.rule(Reason::EmptiesSkipped), attempt.empties, 0, Provenance::Modelled});
    if (answer.bytes > 0 || (answer.kind == Kind::Bytes && attempt.part != MessagePart::Stream)) {
        Journal::PlacedWords words = placedWords(buffers, placed, attempt);
        words.why = decision.action == Action::Complete ? RuleId::None : face.rule(decision.reason);
        if (words.why == RuleId::None && m_listening.data && request.overlapped && !m_waiting.empty())
            words.why = face.rule(Reason::BeforeCallback);
        m_journal.received(request.operation, request.step, words);
    }
    if (attempt.lost > 0)
        m_journal.write(EventType::MessageLost, request.operation, request.step,
                        {face.rule(attempt.part == MessagePart::Stream ? Reason::WindowsDiscarded : decision.reason),
                         static_cast<std::uint32_t>(attempt.lost), 0, Provenance::Measured});
    if (attempt.drained > 0)
        m_journal.drained(request, face.rule(Reason::Drains),
                          std::span(m_waste).first(static_cast<std::size_t>(attempt.drained)));
    const bool ownWord = attempt.part == MessagePart::Torn || attempt.part == MessagePart::Lied;
    if (attempt.part == MessagePart::Arriving)
        m_journal.write(EventType::MessageArriving, request.operation, request.step,
                        {face.rule(decision.reason), static_cast<std::uint32_t>(m_transport->held().bytes)});
    else if (answer.kind == Kind::Empty && m_journal.teaching())
        write(EventType::KernelEmpty);
    else if (answer.kind == Kind::End)
        write(EventType::KernelEnd);
    else if (answer.kind == Kind::Failed)
        m_journal.write(EventType::KernelError, request.operation, request.step,
                        {face.rule(decision.reason), static_cast<std::uint32_t>(face.status(decision.result)), 0,
                         ownWord ? Provenance::Modelled : Provenance::Measured});
}

Journal::PlacedWords ReceiveQueue::placedWords(std::span<const net::Slice> buffers, std::uint64_t placed,
                                               const Attempt &attempt) const
{
    const auto rule = m_context.face->rule;
    const bool tooLarge = attempt.part != MessagePart::Stream && attempt.part != MessagePart::Whole;
    return {buffers,
            attempt.answer.bytes,
            rule(tooLarge ? Reason::MessageFills : Reason::PlacedFirst),
            rule(Reason::PlacedFurther),
            placed,
            attempt.part == MessagePart::Kept,
            RuleId::None,
            m_state.kind == net::SocketKind::Framed ||
                (!net::isStream(m_state.kind) && !net::keepsMessages(m_state.protocol))};
}

void ReceiveQueue::tellCompletion(const Request &request, const Completion &completion) const
{
    if (m_journal.on())
        m_journal.write(EventType::Completed, request.operation, request.step,
                        completedWords(*m_context.face, completion));
}

void ReceiveQueue::tellReturn(const Request &request, const Completion &completion) const
{
    if (!m_journal.on())
        return;
    if (completion.result == Result::Ok)
        tellIndication(request, completion, Reaching::WithinCall);
    if (m_context.face->tellsReturns)
        return;
    m_journal.write(EventType::Returned, request.operation, request.step,
                    returnedWords(*m_context.face, completion, request.overlapped, m_policy));
}

void ReceiveQueue::tellIndication(const Request &request, const Completion &completion, Reaching reaching) const
{
    if (!m_journal.on())
        return;
    const bool ok = completion.result == Result::Ok;
    const bool atOnce = reaching == Reaching::WithinCall;
    if (request.hasEvent)
        m_journal.write(EventType::EventSet, request.operation, request.step, {m_context.face->eventSet(ok, atOnce)});
    if (request.hasRoutine && completion.reason != Reason::ThreadExited) // that thread runs nothing any more
        m_journal.write(EventType::RoutineQueued, request.operation, request.step,
                        {m_context.face->routineQueued(ok, atOnce, request.eventIgnored), request.routineThread});
}

void ReceiveQueue::tellReceived(const Request &request, const Journal::CallWords *call,
                                std::span<const net::Slice> buffers, std::uint64_t placed, const Attempt &attempt,
                                const Decision &decision, const Completion &completion, Reaching reaching) const
{
    const bool within = reaching == Reaching::WithinCall;
    if (m_journal.teaching() || request.hasRoutine || attempt.answer.bytes == 0 || attempt.lost > 0 ||
        (m_listening.data && !m_waiting.empty()) || attempt.foreign > 0 || attempt.empties > 0) {
        if (call != nullptr)
            m_journal.called(request, *call);
        tellAnswer(attempt, request, buffers, placed, decision);
        tellCompletion(request, completion);
        if (within)
            tellReturn(request, completion);
        else
            tellIndication(request, completion, reaching);
        return;
    }
    const Face &face = *m_context.face;
    const Journal::Words eventSet{face.eventSet(completion.result == Result::Ok, within)};
    const Journal::Words returned = returnedWords(face, completion, request.overlapped, m_policy);
    const bool setsEvent = request.hasEvent && (completion.result == Result::Ok || !within);
    m_journal.receipt(request, call, placedWords(buffers, placed, attempt),
                      {completedWords(face, completion), setsEvent ? &eventSet : nullptr,
                       within && !face.tellsReturns ? &returned : nullptr});
}

} // namespace recvscope::engine
