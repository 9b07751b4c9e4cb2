#include "engine/receive_queue.h"

#include "engine/spread.h"
#include "net/memory.h"
#include "net/receive_now.h"

#include <algorithm>
#include <utility>

namespace recvscope::engine {

using trace::EventType;
using trace::Provenance;

namespace {

/// What a receive at the head of the queue waits for.
Reason waitsFor(const Ask &ask)
{
    return ask.placed > 0 ? Reason::WaitsForAll : Reason::NothingThereWait;
}

/// MSG_WAITALL: some came, and more is needed.
bool goesOn(const Decision &decision)
{
    return decision.action == Action::Wait || decision.action == Action::Block;
}

} // namespace

/// Inline, for what net/receive_now.h says.
[[gnu::always_inline]] inline Attempt ReceiveQueue::attempt(std::span<const net::Slice> buffers, const Ask &ask,
                                                            bool wait)
{
    if (buffers.size() == 1 && ask.room > 0 && ask.placed == 0 && !ask.flags.oob && m_direct) [[likely]]
        return {net::receiveNow(m_socket.descriptor(), buffers.front(), {.peek = ask.flags.peek, .wait = wait})};
    return attemptUnusual(buffers, ask,
                          {.peek = ask.flags.peek, .oob = ask.flags.oob, .wait = wait, .parts = ask.flags.partial});
}

std::uint32_t ReceiveQueue::adopt(net::Socket socket, const QueueTraits &traits, const Policy &policy)
{
    const Lock lock(m_mutex);
    m_socket = std::move(socket);
    m_direct = net::isStream(m_socket.kind()) && !policy.resetDiscardsData;
    m_state = {.kind = m_socket.kind(),
               .protocol = traits.protocol.value_or(net::protocolOf(m_socket.kind())),
               .profiled = traits.protocol.has_value(),
               .addressed = m_socket.kind() != net::SocketKind::Udp || m_socket.localAddress().port() != 0,
               .oobInline = m_socket.oobInline(),
               .overlapped = traits.overlapped,
               .nonblocking = traits.nonblocking,
               .connected = traits.connected,
               .networkDown = m_context.networkDown.load(std::memory_order_relaxed),
               .connectedBy = traits.connectedBy,
               .forcedClose = policy.pendingResetForcedClosed && m_context.face->forcedClose != ForcedClose::Never
                                  ? ForcedClose::Always
                                  : m_context.face->forcedClose,
               .receives = traits.receives,
               .performsFlags = traits.performsFlags,
               .receiveTimeout = m_socket.receiveTimeout()};
    m_transport = makeTransport(m_socket, m_state.protocol, traits.connected, policy);
    m_policy = policy;
    m_journal = Journal(m_context.recorder, traits.id);
    m_metBySend.reset();
    m_listening = {};
    m_closeDueTold = false;
    m_drained = m_taken = 0;
    m_open = true;
    m_watched = false;
    return m_generation;
}

Ask ReceiveQueue::askOf(const Request &request) const
{
    Ask ask;
    ask.bufferCount = static_cast<std::uint32_t>(request.buffers.size());
    ask.overlapped = request.overlapped;
    ask.flags = request.flags;
    // The kernel looks at memory only when it has bytes for it, so a call that is taught is asked for the whole of it
    // beforehand, and so is one that is about to wait (wait()).
    for (const net::Slice &buffer : request.buffers) {
        ask.room += buffer.size;
        if (buffer.data == nullptr && buffer.size > 0)
            ask.badMemory = true;
    }
    if (m_journal.teaching() && !ask.badMemory)
        ask.badMemory = !std::all_of(request.buffers.begin(), request.buffers.end(), net::isWritable);
    return ask;
}

Posted ReceiveQueue::post(std::uint32_t generation, Request &request, Starter *starter)
{
    Lock lock(m_mutex);
    if (!isOpen(generation))
        return {{Result::NotASocket, Reason::Admitted, false, false, 0, request.operation}, Posted::Kind::Refused};

    const bool overlappedIgnored = request.overlapped && treatedAsNonoverlapped(m_state, m_policy);
    if (overlappedIgnored) {
        request.overlapped = false;
        request.routineIgnored = request.hasRoutine; // named, as any routine without a structure
        request.hasEvent = request.hasRoutine = false;
    }
    Ask ask = askOf(request);
    const Decision first = request.refused ? *request.refused : decide(m_state, ask, m_policy);
    // A blocking call that nobody watches goes straight into the kernel: asking first would cost a second call. A trace
    // has to tell whether it blocked.
    const bool straightIn = first.action == Action::Try && !request.overlapped && !m_state.nonblocking &&
                            !m_journal.on() && ask.room > 0 && !ask.flags.oob && request.alertable == nullptr;
    // Measuring, a call is told together with what the kernel answers.
    const bool callIsDue = m_journal.measuring() && first.action == Action::Try;
    Journal::CallWords call;
    if (m_journal.on()) {
        call = callWords(request, first);
        if (overlappedIgnored && first.action == Action::Try)
            call.rule = m_context.face->rule(Reason::OverlappedIgnored);
        if (!callIsDue)
            m_journal.called(request, call);
    }

    if (request.routineIgnored)
        m_journal.write(EventType::Diagnostic, request.operation, request.step,
                        {m_context.face->rule(Reason::RoutineWithoutOverlapped)});
    if (request.flags.partial && !net::keepsMessages(m_state.protocol))
        m_journal.write(EventType::Diagnostic, request.operation, request.step,
                        {m_context.face->rule(Reason::PartialOfStream)});

    if (m_listening.stopped && first.action != Action::Refuse) [[unlikely]]
        askedFor(request);

    switch (first.action) {
    case Action::Refuse:
        return refuse(request, first);
    case Action::Complete:
        return first.result == Result::Ok ? completeAtOnce(request, first, 0) : refuse(request, first);
    case Action::Queue:
        return request.overlapped ? wait(lock, request, ask, *starter) : blockInQueue(lock, request, ask);
    default:
        break;
    }
    if (straightIn)
        return blockInKernel(lock, request, ask);

    const Attempt tried = attempt(request.buffers, ask, false);
    const net::Received &answer = tried.answer;
    const Decision second = decide(m_state, ask, tried);
    remember(tried, request);
    if (second.action == Action::Complete && second.result == Result::Ok) [[likely]] {
        const Completion completion = completionOf(request, second, answer.bytes);
        if (m_journal.on())
            tellReceived(request, callIsDue ? &call : nullptr, request.buffers, 0, tried, second, completion,
                         Reaching::WithinCall);
        if (m_listening.listener != nullptr) [[unlikely]]
            resumeWith(request);
        return {completion, Posted::Kind::Completed, false, m_listening.listener != nullptr};
    }
    if (callIsDue)
        m_journal.called(request, call);
    tellAnswer(tried, request, request.buffers, 0, second);
    if (goesOn(second))
        ask.placed = answer.bytes;
    switch (second.action) {
    case Action::Wait:
        return wait(lock, request, ask, *starter);
    case Action::Block:
        return request.alertable != nullptr ? blockInQueue(lock, request, ask) : blockInKernel(lock, request, ask);
    default:
        break;
    }
    // Bytes were placed, so it was not refused: it is over, with an error.
    if (tried.part == MessagePart::Kept || tried.part == MessagePart::Cut)
        return completeAtOnce(request, second, answer.bytes);
    return refuse(request, second);
}

Attempt ReceiveQueue::attemptUnusual(std::span<const net::Slice> buffers, const Ask &ask, TakeOptions options)
{
    Attempt tried = ask.flags.drain ? drain()
                    : ask.placed == 0
                        ? m_transport->take(m_socket, buffers, ask.room, options)
                        : m_transport->take(m_socket, restOf(buffers, ask.placed), ask.room - ask.placed, options);
    tried.answer = withSends(tried.answer);
    return tried;
}

/// What the answer means for later receives.
void ReceiveQueue::remember(const Attempt &attempt, const Request &request)
{
    if (attempt.behind != Ended::No)
        m_state.ended = attempt.behind;
    if (const Ended ended = endedBy(attempt.answer); ended != Ended::No)
        m_state.ended = ended;
    if (!request.flags.peek && !request.flags.oob && attempt.part != MessagePart::Kept)
        m_taken += attempt.answer.bytes + attempt.lost + attempt.drained;
    m_drained += attempt.drained;
}

Posted ReceiveQueue::completeAtOnce(const Request &request, const Decision &decision, std::uint64_t bytes)
{
    const Completion completion = completionOf(request, decision, bytes);
    tellCompletion(request, completion);
    tellReturn(request, completion);
    resumeWith(request);
    return {completion, Posted::Kind::Completed, tellsCount(completion.result, m_policy),
            m_listening.listener != nullptr};
}

/// A failure found by the call itself is its return and no completion: nothing was started.
Posted ReceiveQueue::refuse(const Request &request, const Decision &decision)
{
    const Completion completion = completionOf(request, decision, 0);
    if (m_journal.on()) {
        const Face &face = *m_context.face;
        const RuleId rule = face.rule(decision.reason);
        if (ruleOf(rule).provoke == "misuse")
            m_journal.write(EventType::Diagnostic, request.operation, request.step, {rule});
        m_journal.write(EventType::Refused, request.operation, request.step,
                        {rule, static_cast<std::uint32_t>(face.status(decision.result)), 0,
                         decision.injected ? Provenance::Injected : Provenance::Modelled});
    }
    tellReturn(request, completion);
    if (decision.result == Result::ForcedClosed && m_closeDueTold)
        m_journal.write(EventType::Diagnostic, request.operation, request.step,
                        {m_context.face->rule(Reason::CloseIsDue)});
    else if (decision.result == Result::ForcedClosed)
        tellCloseDue();
    resumeWith(request);
    return {completion, Posted::Kind::Refused, false, m_listening.listener != nullptr};
}

Posted ReceiveQueue::wait(Lock &lock, const Request &request, const Ask &ask, Starter &starter)
{
    const bool writable = m_journal.teaching() || // asked already
                          std::all_of(request.buffers.begin(), request.buffers.end(), net::isWritable);
    if (!writable)
        return refuse(request, {Action::Refuse, Result::Fault, Reason::BadMemory});
    const bool first = m_waiting.empty() && m_owner == nullptr;
    if (first && !watch())
        return refuse(request, {Action::Refuse, Result::NoMemory, Reason::SystemError});

    Waiting waiting{request, BufferChain(request.buffers), ask, starter.start()};
    waiting.request.buffers = {};
    waiting.ask.hasWaited = true;
    if (m_journal.on()) {
        const Face &face = *m_context.face;
        m_journal.write(EventType::Queued, request.operation, request.step,
                        {face.rule(m_state.waiting > 0  ? Reason::BehindOthers
                                   : m_state.indicating ? Reason::BehindIndication
                                                        : waitsFor(ask)),
                         m_state.waiting, 0});
        // Written here and not by the face, since the lock's end lets the completion overtake the return.
        m_journal.write(
            EventType::Returned, request.operation, request.step,
            {face.rule(Reason::LeftAlone), trace::leftAlone, trace::packOutcome(face.pending, trace::flagsLeftAlone)});
    }
    m_waiting.push_back(std::move(waiting));
    ++m_state.waiting;
    lock.unlock();
    tellChanged();
    return {{Result::Ok, Reason::NothingThereWait, false, false, 0, request.operation}, Posted::Kind::Pending};
}

Posted ReceiveQueue::blockInKernel(Lock &lock, const Request &request, Ask ask)
{
    BlockedCall call;
    m_owner = &call;
    ++m_state.waiting;
    if (m_journal.on())
        m_journal.write(EventType::Blocked, request.operation, request.step,
                        {m_context.face->rule(Reason::NothingThereBlock), 0, 0, Provenance::Measured});
    ask.hasWaited = true;
    Attempt tried;
    Decision decision;
    for (;;) {
        if (!net::isStream(m_state.kind))
            m_held = m_transport->held();
        lock.unlock();
        tellChanged();
        tried = attempt(request.buffers, ask, true);
        lock.lock();
        if (tried.answer.kind == net::Received::Kind::Interrupted) {
            if (call.takenAway)
                break;
            continue;
        }
        decision = tried.answer.timedOut ? decideTimedOut() : decide(m_state, ask, tried);
        remember(tried, request);
        if (!goesOn(decision))
            break;
        tellAnswer(tried, request, request.buffers, ask.placed, decision);
        ask.placed += tried.answer.bytes;
    }
    m_owner = nullptr;
    --m_state.waiting;
    if (call.takenAway)
        m_ownerLeft.notify_all();

    if (tried.answer.kind == net::Received::Kind::Interrupted)
        decision = *call.takenAway;
    else if (call.takenAway && tried.answer.bytes > 0)
        decision.reason = Reason::DataBeatCancel;
    const Completion completion = completionOf(request, keepingBytes(decision, ask), ask.placed + tried.answer.bytes);
    if (m_journal.on())
        tellReceived(request, nullptr, request.buffers, ask.placed, tried, decision, completion, Reaching::WithinCall);

    if (!m_waiting.empty()) {
        std::vector<Finished> finished;
        advanceLocked(finished);
        deliver(lock, std::move(finished));
    } else {
        lock.unlock();
    }
    tellChanged();
    return {completion, Posted::Kind::Completed};
}

Posted ReceiveQueue::blockInQueue(Lock &lock, const Request &request, Ask ask)
{
    BlockedCall call;
    call.alertable = request.alertable;
    ask.hasWaited = true;
    const bool first = m_waiting.empty() && m_owner == nullptr;
    if (first && !watch())
        return refuse(request, {Action::Refuse, Result::NoMemory, Reason::SystemError});
    if (m_journal.on()) {
        const auto rule = m_context.face->rule;
        if (!first)
            m_journal.write(EventType::Queued, request.operation, request.step,
                            {rule(Reason::BehindOthers), m_state.waiting, 0});
        m_journal.write(EventType::Blocked, request.operation, request.step,
                        {rule(Reason::NothingThereBlock), 0, 0, Provenance::Measured});
    }
    m_waiting.push_back({request, BufferChain(request.buffers), ask, nullptr, &call});
    m_waiting.back().request.buffers = {};
    ++m_state.waiting;
    const std::chrono::milliseconds atMost = m_state.receiveTimeout;
    lock.unlock();
    tellChanged();
    const auto answered = [&] { return call.completion.has_value(); };
    if (call.alertable != nullptr) {
        call.alertable->waitUntil(call.done, atMost);
        lock.lock();
    } else {
        lock.lock();
        if (atMost.count() == 0)
            call.changed.wait(lock, answered);
        else
            call.changed.wait_for(lock, atMost, answered);
    }
    if (!answered()) {
        // Named here too: a MSG_WAITALL that keeps its bytes completes by another rule.
        const Decision timedOut = decideTimedOut();
        tellAnswer(Attempt{}, request, {}, 0, timedOut);
        giveUp(call, timedOut);
    }
    return {*call.completion, Posted::Kind::Completed};
}

void ReceiveQueue::advance()
{
    Lock lock(m_mutex);
    std::vector<Finished> finished;
    bool more = true;
    while (more) {
        advanceLocked(finished);
        deliver(lock, std::exchange(finished, {}));
        lock.lock();
        const bool heldBack = raceIsDue();
        more = m_listening.listener != nullptr && (indicateNext(lock) || (heldBack && !raceIsDue()));
    }
    closeIfDue(lock);
    lock.unlock();
    tellChanged();
}

void ReceiveQueue::advanceLocked(std::vector<Finished> &finished)
{
    if (raceIsDue())
        return;
    while (m_open && !m_waiting.empty() && m_owner == nullptr && !m_state.indicating) {
        Waiting &head = m_waiting.front();
        if (m_state.ended != Ended::No) {
            completeHead(decideEnded(m_state, head.ask), finished);
            tellCloseDue();
            continue;
        }
        const Attempt tried = attempt(head.chain.buffers(), head.ask, false);
        const Decision decision = decide(m_state, head.ask, tried);
        if (goesOn(decision)) {
            if (tried.answer.bytes > 0 || tried.drained > 0) { // MSG_WAITALL, or a drain
                remember(tried, head.request);
                tellAnswer(tried, head.request, head.chain.buffers(), head.ask.placed, decision);
                head.ask.placed += tried.answer.bytes;
                continue;
            }
            if (tried.part == MessagePart::Arriving || tried.foreign > 0 || tried.empties > 0)
                tellAnswer(tried, head.request, head.chain.buffers(), head.ask.placed, decision);
            // Nobody can be told of a failure here but the receives that wait.
            if (watch())
                return;
            completeHead({Action::Complete, Result::NoMemory, Reason::SystemError}, finished);
            continue;
        }
        remember(tried, head.request);
        const Completion completion =
            completionOf(head.request, keepingBytes(decision, head.ask), head.ask.placed + tried.answer.bytes);
        if (m_journal.on())
            tellReceived(head.request, nullptr, head.chain.buffers(), head.ask.placed, tried, decision, completion,
                         head.reaching());
        handOver(m_waiting.begin(), completion, finished);
        tellCloseDue();
    }
}

/// Completes the first receive that waits, with no more bytes than it has.
void ReceiveQueue::completeHead(const Decision &decision, std::vector<Finished> &finished)
{
    completeAt(m_waiting.begin(), decision, finished);
}

void ReceiveQueue::completeAt(std::deque<Waiting>::iterator which, const Decision &decision,
                              std::vector<Finished> &finished)
{
    const Completion completion = completionOf(which->request, keepingBytes(decision, which->ask), which->ask.placed);
    tellCompletion(which->request, completion);
    if (which->reaching() == Reaching::WithinCall)
        tellReturn(which->request, completion);
    else
        tellIndication(which->request, completion, Reaching::Later);
    handOver(which, completion, finished);
}

/// Takes a receive that waits out of the queue, for whom it belongs to.
void ReceiveQueue::handOver(std::deque<Waiting>::iterator which, const Completion &completion,
                            std::vector<Finished> &finished)
{
    resumeWith(which->request);
    if (which->blocked != nullptr)
        which->blocked->end(completion);
    else
        finished.push_back({std::move(which->sink), completion});
    m_waiting.erase(which);
    --m_state.waiting;
}

void ReceiveQueue::deliver(Lock &lock, std::vector<Finished> finished)
{
    if (finished.empty()) {
        lock.unlock();
        return;
    }
    ++m_busy;
    lock.unlock();
    for (const Finished &one : finished)
        one.sink->completed(one.completion);
    lock.lock();
    --m_busy;
    resumeIfDue();
    lock.unlock();
}

bool ReceiveQueue::watch()
{
    if (m_watched) {
        m_context.reactor->poller().arm(m_socket.descriptor(), m_token);
        return true;
    }
    m_watched = m_context.reactor->poller().add(m_socket.descriptor(), m_token).ok();
    return m_watched;
}

void ReceiveQueue::tellChanged() const
{
    if (m_context.changed)
        m_context.changed();
}

} // namespace recvscope::engine
