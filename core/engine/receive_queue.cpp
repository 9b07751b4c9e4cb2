#include "engine/receive_queue.h"

#include "net/memory.h"

#include <algorithm>
#include <utility>

namespace recvscope::engine {

using trace::EventType;
using trace::Provenance;

namespace {

constexpr std::uint16_t peekFlag = 0x2; ///< MSG_PEEK as both interfaces number it

std::uint16_t traitsOf(const Request &request, const SocketState &state)
{
    unsigned traits = request.overlapped ? unsigned{trace::CallOverlapped} : 0U;
    if (request.hasEvent)
        traits |= trace::CallHasEvent;
    if (state.nonblocking)
        traits |= trace::CallNonblocking;
    return static_cast<std::uint16_t>(traits);
}

bool anyEmpty(std::span<const net::Slice> buffers)
{
    return std::any_of(buffers.begin(), buffers.end(), [](const net::Slice &buffer) { return buffer.size == 0; });
}

/// More buffers than one kernel call takes: calls over windows of them, until the socket has no more.
/// @param endedBehind gets the end that stood behind the bytes: the system has told it, and will not again
net::Received receiveWindows(net::Socket &socket, std::span<const net::Slice> buffers, net::ReceiveOptions options,
                             Ended &endedBehind)
{
    std::vector<net::Slice> filled;
    std::copy_if(buffers.begin(), buffers.end(), std::back_inserter(filled),
                 [](const net::Slice &buffer) { return buffer.size > 0; });
    std::span<const net::Slice> rest = filled;
    std::size_t total = 0;
    while (!rest.empty()) {
        const auto window = rest.first(std::min(rest.size(), net::Socket::maxSlices()));
        const net::Received received = socket.receive(window, options);
        if (received.kind != net::Received::Kind::Bytes) {
            if (total == 0)
                return received;
            endedBehind = endedBy(received);
            break;
        }
        total += received.bytes;
        if (received.bytes < roomOf(window) || options.peek)
            break;
        rest = rest.subspan(window.size());
        options.wait = false;
    }
    return {net::Received::Kind::Bytes, total};
}

} // namespace

std::uint32_t ReceiveQueue::adopt(net::Socket socket, const QueueTraits &traits, const Policy &policy)
{
    const Lock lock(m_mutex);
    m_socket = std::move(socket);
    m_state = {m_socket.kind(), traits.overlapped, traits.nonblocking, traits.connected, false, false, Ended::No, 0};
    m_policy = policy;
    m_journal = Journal(m_context.recorder, traits.id);
    m_taken = 0;
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
    const bool probe = m_journal.teaching();
    for (const net::Slice &buffer : request.buffers) {
        ask.room += buffer.size;
        ask.badMemory =
            ask.badMemory || (buffer.size > 0 && buffer.data == nullptr) || (probe && !net::isWritable(buffer));
    }
    return ask;
}

Posted ReceiveQueue::post(std::uint32_t generation, const Request &asked, Starter *starter)
{
    Lock lock(m_mutex);
    if (!isOpen(generation))
        return {Posted::Kind::Refused, {Result::NotASocket, Reason::Admitted, 0, asked.operation}};

    Request request = asked;
    if (request.overlapped && treatedAsNonoverlapped(m_state, m_policy))
        request.overlapped = false;
    const Ask ask = askOf(request);
    const Decision first = request.refused ? *request.refused : decide(m_state, ask, m_policy);
    if (m_journal.on()) {
        const auto rule = m_context.face->rule;
        const bool unusual = request.buffers.size() > net::Socket::maxSlices() || anyEmpty(request.buffers);
        m_journal.called(request, first.action == Action::Try ? rule(first.reason) : RuleId::None,
                         unusual ? rule(Reason::AnyNumberOfBuffers) : RuleId::None,
                         request.flags.peek ? peekFlag : std::uint16_t{0}, traitsOf(request, m_state));
    }

    switch (first.action) {
    case Action::Refuse:
        return refuse(request, first);
    case Action::Complete:
        return completeAtOnce(request, first, 0);
    case Action::Queue:
        return request.overlapped ? wait(lock, request, ask, *starter) : blockInQueue(lock, request, ask);
    default:
        break;
    }

    // A blocking call that nobody watches goes straight into the kernel: asking first would cost a second call.
    if (!request.overlapped && !m_state.nonblocking && !m_journal.teaching() && ask.room > 0)
        return blockInKernel(lock, request, ask);

    const Attempt tried = attempt(request.buffers, request, false);
    const net::Received &answer = tried.answer;
    const Decision second = decide(m_state, ask, answer);
    note(tried, request, request.buffers, second);
    switch (second.action) {
    case Action::Complete:
        return completeAtOnce(request, second, answer.bytes);
    case Action::Wait:
        return wait(lock, request, ask, *starter);
    case Action::Block:
        return blockInKernel(lock, request, ask);
    default:
        return refuse(request, second);
    }
}

ReceiveQueue::Attempt ReceiveQueue::attempt(std::span<const net::Slice> buffers, const Request &request, bool wait)
{
    const net::ReceiveOptions options{request.flags.peek, false, wait};
    if (roomOf(buffers) == 0) {
        // A receive of nothing waits for anything and takes nothing; a zero-length receive of the system's would take
        // a pending error away.
        std::byte one{};
        const net::Slice probe{&one, 1};
        net::Received seen = m_socket.receive({&probe, 1}, {true, false, wait});
        seen.bytes = 0;
        return {seen};
    }
    if (buffers.size() <= net::Socket::maxSlices())
        return {m_socket.receive(buffers, options)};
    Ended endedBehind = Ended::No;
    const net::Received received = receiveWindows(m_socket, buffers, options, endedBehind);
    return {received, endedBehind};
}

/// Remembers what the answer means for later receives, and writes it down.
void ReceiveQueue::note(const Attempt &attempt, const Request &request, std::span<const net::Slice> buffers,
                        const Decision &decision)
{
    using Kind = net::Received::Kind;
    const net::Received &answer = attempt.answer;
    for (const Ended ended : {attempt.behind, endedBy(answer)})
        if (ended != Ended::No)
            m_state.ended = ended;
    if (!request.flags.peek)
        m_taken += answer.bytes;
    if (!m_journal.on())
        return;
    const auto rule = m_context.face->rule;
    if (answer.bytes > 0)
        m_journal.received(request.operation, request.step, buffers, answer.bytes, rule(Reason::PlacedFirst),
                           rule(Reason::PlacedFurther));
    if (answer.kind == Kind::Empty && m_journal.teaching())
        m_journal.write(EventType::KernelEmpty, request.operation, request.step,
                        {rule(decision.reason), 0, 0, Provenance::Measured});
    else if (answer.kind == Kind::End)
        m_journal.write(EventType::KernelEnd, request.operation, request.step,
                        {rule(decision.reason), 0, 0, Provenance::Measured});
    else if (answer.kind == Kind::Failed)
        m_journal.write(EventType::KernelError, request.operation, request.step,
                        {rule(decision.reason), static_cast<std::uint32_t>(m_context.face->status(decision.result)), 0,
                         Provenance::Measured});
}

Completion ReceiveQueue::finish(const Request &request, const Decision &decision, std::size_t bytes)
{
    const Completion completion{decision.result, decision.reason, static_cast<std::uint32_t>(bytes), request.operation};
    if (m_journal.on()) {
        const Face &face = *m_context.face;
        m_journal.write(
            EventType::Completed, request.operation, request.step,
            {face.rule(decision.reason), completion.bytes, trace::packOutcome(face.status(decision.result), 0)});
    }
    return completion;
}

// What the program sees of a completion is written under the lock too, before it is made to happen: of two receives
// that complete together, each is told in its turn whichever thread is quicker.

void ReceiveQueue::noteReturn(const Request &request, const Completion &completion)
{
    if (!m_journal.on())
        return;
    const Face &face = *m_context.face;
    const bool ok = completion.result == Result::Ok;
    if (ok)
        noteEventSet(request, completion, true);
    m_journal.write(EventType::Returned, request.operation, request.step,
                    {face.returned(ok, request.overlapped), ok ? completion.bytes : trace::leftAlone,
                     trace::packOutcome(face.status(completion.result), ok ? std::uint16_t{0} : trace::flagsLeftAlone),
                     Provenance::Measured});
}

void ReceiveQueue::noteEventSet(const Request &request, const Completion &completion, bool atOnce)
{
    if (request.hasEvent)
        m_journal.write(EventType::EventSet, request.operation, request.step,
                        {m_context.face->eventSet(completion.result == Result::Ok, atOnce)});
}

/// A failure found by the call itself is its return and no completion: nothing was started.
Posted ReceiveQueue::completeAtOnce(const Request &request, const Decision &decision, std::size_t bytes)
{
    if (decision.result != Result::Ok)
        return refuse(request, decision);
    const Completion completion = finish(request, decision, bytes);
    noteReturn(request, completion);
    return {Posted::Kind::Completed, completion};
}

Posted ReceiveQueue::refuse(const Request &request, const Decision &decision)
{
    if (m_journal.on()) {
        const Face &face = *m_context.face;
        m_journal.write(EventType::Refused, request.operation, request.step,
                        {face.rule(decision.reason), static_cast<std::uint32_t>(face.status(decision.result))});
    }
    const Completion completion{decision.result, decision.reason, 0, request.operation};
    noteReturn(request, completion);
    return {Posted::Kind::Refused, completion};
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

    Waiting waiting{request, BufferChain(request.buffers), ask, starter.start(), nullptr};
    waiting.request.buffers = {};
    waiting.ask.hasWaited = true;
    if (m_journal.on()) {
        const Face &face = *m_context.face;
        m_journal.write(EventType::Queued, request.operation, request.step,
                        {face.rule(m_state.waiting > 0 ? Reason::BehindOthers : Reason::Captured), m_state.waiting, 0});
        // Written here and not by the face, since the lock's end lets the completion overtake the return.
        m_journal.write(
            EventType::Returned, request.operation, request.step,
            {face.rule(Reason::LeftAlone), trace::leftAlone, trace::packOutcome(face.pending, trace::flagsLeftAlone)});
    }
    m_waiting.push_back(std::move(waiting));
    ++m_state.waiting;
    lock.unlock();
    tellChanged();
    return {Posted::Kind::Pending, {Result::Ok, Reason::NothingThereWait, 0, request.operation}};
}

Posted ReceiveQueue::blockInKernel(Lock &lock, const Request &request, Ask ask)
{
    BlockedCall call;
    m_owner = &call;
    ++m_state.waiting;
    if (m_journal.teaching())
        m_journal.write(EventType::Blocked, request.operation, request.step,
                        {m_context.face->rule(Reason::NothingThereBlock), 0, 0, Provenance::Measured});
    Attempt tried;
    do {
        lock.unlock();
        tellChanged();
        tried = attempt(request.buffers, request, true);
        lock.lock();
    } while (tried.answer.kind == net::Received::Kind::Interrupted && !call.takenAway);
    m_owner = nullptr;
    --m_state.waiting;
    if (call.takenAway)
        m_ownerLeft.notify_all();

    ask.hasWaited = true;
    const net::Received &answer = tried.answer;
    Decision decision = decide(m_state, ask, answer);
    if (answer.kind == net::Received::Kind::Interrupted)
        decision = *call.takenAway;
    else if (call.takenAway && answer.bytes > 0)
        decision.reason = Reason::DataBeatCancel;
    note(tried, request, request.buffers, decision);
    const Posted posted{Posted::Kind::Completed, finish(request, decision, answer.bytes)};
    noteReturn(request, posted.completion);

    if (!m_waiting.empty()) {
        std::vector<Finished> finished;
        advanceLocked(finished);
        deliver(lock, std::move(finished));
    } else {
        lock.unlock();
    }
    tellChanged();
    return posted;
}

Posted ReceiveQueue::blockInQueue(Lock &lock, const Request &request, Ask ask)
{
    BlockedCall call;
    ask.hasWaited = true;
    if (m_journal.on()) {
        const auto rule = m_context.face->rule;
        m_journal.write(EventType::Queued, request.operation, request.step,
                        {rule(Reason::BehindOthers), m_state.waiting, 0});
        m_journal.write(EventType::Blocked, request.operation, request.step,
                        {rule(Reason::NothingThereBlock), 0, 0, Provenance::Measured});
    }
    m_waiting.push_back({request, BufferChain(request.buffers), ask, nullptr, &call});
    m_waiting.back().request.buffers = {};
    ++m_state.waiting;
    lock.unlock();
    tellChanged();
    lock.lock();
    call.changed.wait(lock, [&] { return call.completion.has_value(); });
    return {Posted::Kind::Completed, *call.completion};
}

void ReceiveQueue::advance()
{
    Lock lock(m_mutex);
    std::vector<Finished> finished;
    advanceLocked(finished);
    deliver(lock, std::move(finished));
    tellChanged();
}

void ReceiveQueue::advanceLocked(std::vector<Finished> &finished)
{
    while (m_open && !m_waiting.empty() && m_owner == nullptr) {
        Waiting &head = m_waiting.front();
        if (m_state.ended != Ended::No) {
            completeHead(decideEnded(m_state.ended), 0, finished);
            continue;
        }
        const Attempt tried = attempt(head.chain.buffers(), head.request, false);
        const net::Received &answer = tried.answer;
        const Decision decision = decide(m_state, head.ask, answer);
        if (answer.kind == net::Received::Kind::Empty) {
            // Nobody can be told of a failure here but the receives that wait.
            if (watch())
                return;
            completeHead({Action::Complete, Result::NoMemory, Reason::SystemError}, 0, finished);
            continue;
        }
        note(tried, head.request, head.chain.buffers(), decision);
        completeHead(decision, answer.bytes, finished);
    }
}

void ReceiveQueue::completeHead(const Decision &decision, std::size_t bytes, std::vector<Finished> &finished)
{
    Waiting head = std::move(m_waiting.front());
    m_waiting.pop_front();
    --m_state.waiting;
    const Completion completion = finish(head.request, decision, bytes);
    if (head.blocked != nullptr) {
        noteReturn(head.request, completion);
        head.blocked->completion = completion;
        head.blocked->changed.notify_all();
    } else {
        noteEventSet(head.request, completion, false);
        finished.push_back({std::move(head.sink), completion});
    }
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
