// Where a thread waits for something other than bytes: results, events, and whatever is queued to it.

#include "wsp/provider_impl.h"

#include <algorithm>
#include <utility>

namespace recvscope::wsp {

using engine::Reason;
using engine::Result;
using trace::EventType;
using trace::Provenance;
using trace::WaitFor;

namespace {

void store(Status *error, Status value)
{
    if (error != nullptr)
        *error = value;
}

} // namespace

// -- what the provider knows of its threads

Provider::Impl::Waiting::Waiting(Impl &impl, const ApcQueue *queue) : m_impl(impl)
{
    {
        const std::lock_guard lock(m_impl.mutex);
        m_impl.waiting.push_back({std::this_thread::get_id(), queue});
    }
    m_impl.tellChanged();
}

Provider::Impl::Waiting::~Waiting()
{
    const std::lock_guard lock(m_impl.mutex);
    const auto own = std::find_if(m_impl.waiting.rbegin(), m_impl.waiting.rend(),
                                  [](const WaitingThread &each) { return each.thread == std::this_thread::get_id(); });
    m_impl.waiting.erase(std::next(own).base());
}

bool Provider::Impl::waits(std::thread::id thread) const
{
    const std::lock_guard lock(mutex);
    const auto innermost = std::find_if(waiting.rbegin(), waiting.rend(),
                                        [&](const WaitingThread &each) { return each.thread == thread; });
    return innermost != waiting.rend() && (innermost->queue == nullptr || innermost->queue->resting());
}

void Provider::Impl::threadExits(std::thread::id thread)
{
    std::size_t cancelled = 0;
    table.forEach([&](std::size_t, engine::ReceiveQueue &queue) { cancelled += queue.cancelOfThread(thread); });
    nowhere().write(EventType::ThreadExited, {}, {},
                    {RuleId::WspCancelThreadExit, static_cast<std::uint32_t>(cancelled), 0, Provenance::Measured});
}

void Provider::Impl::placeWithin(engine::Request &request, Thread &thread) const
{
    if (thread.inBlockingHook)
        request.refused = engine::Decision{engine::Action::Refuse, Result::InProgress, Reason::InBlockingCall};
    if (const RoutineCall *routine = thread.routine())
        request.within =
            routine->kind == RoutineOf::Receive ? engine::Within::ReceiveRoutine : engine::Within::SiblingRoutine;
    request.alertable = thread.alertable();
}

namespace {

/// A function of the program that is queued to a thread, and what the trace says when it runs.
struct ToldApc {
    UserApc function;
    std::uintptr_t context;
    engine::Journal journal;
    CallTag tag;
    RuleId rule;

    static std::unique_ptr<ToldApc> of(std::uintptr_t context)
    {
        return std::unique_ptr<ToldApc>(reinterpret_cast<ToldApc *>(context)); // NOLINT: it came from one
    }
    static void run(std::uintptr_t context)
    {
        const auto apc = of(context);
        apc->journal.write(EventType::ApcBegan, {}, apc->tag.step,
                           {apc->rule, static_cast<std::uint32_t>(apc->context), 0, Provenance::Measured});
        apc->function(apc->context);
    }
    static void discard(std::uintptr_t context) { of(context).reset(); }
};

} // namespace

bool Provider::Impl::queueTold(const ThreadId &thread, UserApc function, std::uintptr_t value, RuleId rule,
                               const CallTag &tag)
{
    auto apc = std::make_unique<ToldApc>(ToldApc{function, value, nowhere(), tag, rule});
    {
        const std::lock_guard lock(mutex);
        rememberQueue(thread.queue);
    }
    const bool queued = thread.queue->post(
        {ToldApc::run, reinterpret_cast<std::uintptr_t>(apc.get()), ToldApc::discard, this, false}, [&] {
            nowhere().write(EventType::ApcQueued, {}, tag.step,
                            {rule, thread.track, static_cast<std::uint32_t>(value), Provenance::Measured});
        });
    if (queued)
        (void)apc.release(); // the queue's from here on
    tellChanged();
    return queued;
}

void Provider::Impl::emptyInbox(std::size_t number)
{
    ApcInbox *inbox = nullptr;
    {
        const std::lock_guard lock(mutex);
        inbox = inboxes[number].get();
    }
    while (const auto value = inbox->take()) {
        inbox->answer(queueTold(inbox->thread(), inbox->function(), *value, RuleId::WspIndicateQueueApcAnyProcess, {}));
    }
    reactor.poller().arm(inbox->receiving().descriptor(), SocketTable::capacity + number);
}

// -- the calls

bool Provider::getOverlappedResult(SocketHandle socket, Overlapped *overlapped, std::uint32_t *bytes, bool wait,
                                   std::uint32_t *flags, Status *error, CallTag tag)
{
    Impl &impl = *m_impl;
    const SocketTable::Place place = impl.table.find(socket);
    const engine::Journal journal = impl.journal(place);
    if (place.queue == nullptr || !place.queue->view(place.generation).open) {
        store(error, Status::WsaEnotsock);
        return false;
    }
    if (overlapped == nullptr || bytes == nullptr || flags == nullptr) {
        store(error, Status::WsaEfault);
        return false;
    }
    const bool started = overlapped->started.load(std::memory_order_acquire);
    const OperationId operation =
        started ? OperationId{overlapped->operation.load(std::memory_order_relaxed)} : tag.operation;
    journal.write(EventType::ResultAsked, operation, tag.step, {RuleId::None, wait ? 1U : 0U, 0, Provenance::Measured});
    const auto failed = [&](RuleId rule, Status status) {
        journal.write(EventType::ResultReturned, operation, tag.step,
                      {rule, trace::leftAlone, trace::packOutcome(status, trace::flagsLeftAlone)});
        store(error, status);
        return false;
    };
    if (!started) {
        journal.write(EventType::Diagnostic, operation, tag.step, {RuleId::EngineResultNothingStarted});
        return failed(RuleId::EngineResultNothingStarted, Status::WsaEinval);
    }
    if (wait && overlapped->hasRoutine.load(std::memory_order_relaxed)) {
        journal.write(EventType::Diagnostic, operation, tag.step, {RuleId::WspIndicateWaitWithRoutine});
        return failed(RuleId::WspIndicateWaitWithRoutine, Status::WsaEinval);
    }

    std::uint32_t internal = overlapped->internal.load(std::memory_order_acquire);
    const bool noEvent = overlapped->hEvent == nullptr;
    if (internal == Overlapped::inProgress && wait) {
        const Impl::Waiting waiting(impl, nullptr);
        while (internal == Overlapped::inProgress) {
            overlapped->internal.wait(Overlapped::inProgress, std::memory_order_acquire);
            internal = overlapped->internal.load(std::memory_order_acquire);
        }
    }
    if (internal == Overlapped::inProgress)
        return failed(RuleId::WspIndicateResultPollEarly, Status::WsaIoIncomplete);
    const Status status = statusNumbered(StatusFamily::Winsock, overlapped->offsetHigh.load(std::memory_order_relaxed))
                              .value_or(Status::WsaEinval);
    *bytes = overlapped->internalHigh.load(std::memory_order_relaxed);
    *flags = overlapped->offset.load(std::memory_order_relaxed);
    const RuleId rule = wait      ? RuleId::WspIndicateResultWait
                        : noEvent ? RuleId::WspIndicateNoEvent
                                  : RuleId::WspIndicateResultPollLate;
    journal.write(EventType::ResultReturned, operation, tag.step,
                  {rule, *bytes, trace::packOutcome(status, static_cast<std::uint16_t>(*flags))});
    store(error, status);
    return status == Status::Success;
}

ThreadId Provider::openCurrentThread()
{
    trace::Recorder *recorder = m_impl->settings.recorder;
    const std::uint16_t track = recorder != nullptr ? recorder->track().number() : std::uint16_t{0};
    return {Thread::current().queue(), track};
}

bool Provider::queueApc(const ThreadId &thread, UserApc function, std::uintptr_t context, Status *error, CallTag tag)
{
    if (!thread || function == nullptr) {
        store(error, Status::WsaEfault);
        return false;
    }
    const bool queued = m_impl->queueTold(thread, function, context, RuleId::WspIndicateQueueApcAnyThread, tag);
    store(error, queued ? Status::Success : Status::WsaEinval);
    return queued;
}

recvscope::Result<net::Socket> Provider::shareThread(const ThreadId &thread, UserApc function)
{
    recvscope::Result<net::ConnectedPair> pair = net::connectedPair(net::SocketKind::SeqPacket);
    if (!pair)
        return pair.error();
    const std::lock_guard lock(m_impl->mutex);
    const int descriptor = pair->receiver.descriptor();
    m_impl->inboxes.push_back(std::make_unique<ApcInbox>(std::move(pair->receiver), thread, function));
    const std::uint64_t token = SocketTable::capacity + m_impl->inboxes.size() - 1;
    if (Outcome watched = m_impl->reactor.poller().add(descriptor, token); !watched)
        return watched.error();
    return std::move(pair->peer);
}

std::size_t Provider::alertableWait(CallTag tag)
{
    const ThreadId self = openCurrentThread();
    m_impl->nowhere().write(EventType::WaitBegan, {}, tag.step,
                            {RuleId::WspIndicateAlertableWaitOnly, static_cast<std::uint32_t>(WaitFor::Alertably), 0,
                             Provenance::Measured});
    std::size_t ran = 0;
    {
        const Impl::Waiting waiting(*m_impl, self.queue.get());
        ran = self.queue->waitAlertably();
    }
    m_impl->nowhere().write(EventType::WaitEnded, {}, tag.step,
                            {RuleId::None, static_cast<std::uint32_t>(ran), 0, Provenance::Measured});
    return ran;
}

bool Provider::waitForEvent(Event &event, Status *error, CallTag tag)
{
    const engine::Journal journal = m_impl->nowhere();
    journal.write(EventType::WaitBegan, {}, tag.step,
                  {RuleId::None, static_cast<std::uint32_t>(WaitFor::EventAlone), 0, Provenance::Measured});
    const std::optional<OperationId> silenced = m_impl->silencedBy(event);
    if (silenced) {
        journal.write(EventType::Diagnostic, *silenced, tag.step, {RuleId::WspIndicateWaitEventWithRoutine});
    } else {
        const Impl::Waiting waiting(*m_impl, nullptr);
        event.wait();
    }
    journal.write(EventType::WaitEnded, {}, tag.step, {RuleId::None, 0, 0, Provenance::Measured});
    store(error, silenced ? Status::WsaEinval : Status::Success);
    return !silenced;
}

void Provider::setBlockingHook(BlockingHook hook)
{
    Thread &thread = Thread::current();
    (void)thread.queue(); // from now on it blocks where the hook can run
    thread.blockingHook = std::move(hook);
}

bool Provider::blocked(std::thread::id thread) const
{
    if (m_impl->waits(thread))
        return true;
    bool blocked = false;
    m_impl->table.forEach(
        [&](std::size_t, const engine::ReceiveQueue &queue) { blocked = blocked || queue.blocks(thread); });
    return blocked;
}

// -- faults

void Provider::injectNetworkDown(bool down, CallTag tag)
{
    m_impl->nowhere().write(EventType::FaultInjected, {}, tag.step,
                            {RuleId::WspCallNetworkDown, static_cast<std::uint32_t>(trace::Fault::NetworkDown),
                             down ? 1U : 0U, Provenance::Injected});
    m_impl->context.networkDown = down;
    m_impl->table.forEach([&](std::size_t, engine::ReceiveQueue &queue) { queue.setNetworkDown(down); });
}

void Provider::injectCallbackInProgress(bool inProgress, CallTag tag)
{
    m_impl->nowhere().write(EventType::FaultInjected, {}, tag.step,
                            {RuleId::WspCallInProgressCallback,
                             static_cast<std::uint32_t>(trace::Fault::CallbackInProgress), inProgress ? 1U : 0U,
                             Provenance::Injected});
    m_impl->inCallback = inProgress;
}

} // namespace recvscope::wsp
