#include "wsp/provider.h"

#include "wsp/face.h"
#include "wsp/provider_impl.h"

#include <span>
#include <vector>

namespace recvscope::wsp {

using engine::Posted;
using engine::Reason;
using engine::Result;
using trace::EventType;
using trace::Provenance;

namespace {

/// WSABUFs translated on the stack; longer arrays are rare and go through a larger one.
class Slices {
public:
    Slices(const Wsabuf *buffers, std::size_t count)
    {
        if (count > fewBuffers)
            m_many.resize(count);
        net::Slice *out = count > fewBuffers ? m_many.data() : m_few.slices;
        for (std::size_t i = 0; i < count; ++i)
            out[i] = {reinterpret_cast<std::byte *>(buffers[i].buf), buffers[i].len};
        m_slices = {out, count};
    }
    Slices(const Slices &) = delete;
    Slices &operator=(const Slices &) = delete;
    [[nodiscard]] std::span<const net::Slice> get() const { return m_slices; }

private:
    static constexpr std::size_t fewBuffers = 16;
    union Few { // filled as far as it is used: clearing all of it would cost a tenth of a small receive
        Few() {}
        net::Slice slices[fewBuffers];
    } m_few;
    std::vector<net::Slice> m_many;
    std::span<const net::Slice> m_slices;
};

/// The flags argument of a call, as the engine knows it.
void setFlags(engine::Request &request, std::uint32_t asked)
{
    constexpr std::uint32_t known = msg::Oob | msg::Peek | msg::WaitAll | msg::Partial | msg::PushImmediate;
    request.flagWord = static_cast<std::uint16_t>(asked);
    request.flags.peek = (asked & msg::Peek) != 0;
    request.flags.oob = (asked & msg::Oob) != 0;
    request.flags.waitAll = (asked & msg::WaitAll) != 0;
    request.flags.partial = (asked & msg::Partial) != 0;
    request.flags.other = (asked & ~known) != 0;
}

void store(Status *error, Status value)
{
    if (error != nullptr)
        *error = value;
}

} // namespace

Provider::Impl::Impl(ProviderSettings with)
    : settings(std::move(with)),
      table(context),
      reactor(
          settings.pollPoller ? net::makePollPoller() : net::makePoller(),
          [this](std::uint64_t token) {
              if (token >= SocketTable::capacity)
                  emptyInbox(token - SocketTable::capacity);
              else if (engine::ReceiveQueue *queue = table.at(token))
                  queue->advance();
          },
          [this] {
              if (settings.recorder != nullptr)
                  settings.recorder->nameThread("engine");
          }),
      exits(std::make_shared<ThreadExits>([this](std::thread::id thread) { threadExits(thread); }))
{
    context.reactor = &reactor;
    context.recorder = settings.recorder;
    context.face = &face();
    context.changed = settings.changed;
}

Provider::Impl::~Impl()
{
    exits->cut();
    table.forEach([](std::size_t, engine::ReceiveQueue &queue) {
        [[maybe_unused]] const bool wasOpen = queue.close(queue.generation(), false, {});
    });
    // It empties inboxes into the threads' queues: before it has stopped, nothing can be taken back for good, and what
    // it uses may not go.
    reactor.stop();
    for (const auto &each : queues)
        if (const auto queue = each.lock())
            queue->takeBack(this);
}

engine::Journal Provider::Impl::journal(const SocketTable::Place &place) const
{
    if (settings.recorder == nullptr)
        return {};
    return place.queue != nullptr ? place.queue->journal(place.generation) : engine::Journal();
}

OperationId Provider::Impl::number(CallTag tag)
{
    if (tag.operation || settings.recorder == nullptr)
        return tag.operation;
    return OperationId{nextOperation.fetch_add(1, std::memory_order_relaxed)};
}

void Provider::Impl::tellChanged() const
{
    if (settings.changed)
        settings.changed();
}

void Provider::Impl::noteNotASocket(const engine::Request &request) const
{
    const engine::Journal journal = nowhere();
    journal.called(request, {RuleId::None, RuleId::None, request.flagWord, 0});
    journal.write(EventType::Refused, request.operation, request.step,
                  {RuleId::WspSocketNotASocket, static_cast<std::uint32_t>(Status::WsaEnotsock)});
    journal.write(EventType::Returned, request.operation, request.step,
                  {face().returned(false, request.overlapped), trace::leftAlone,
                   trace::packOutcome(Status::WsaEnotsock, trace::flagsLeftAlone), Provenance::Measured});
}

int Provider::Impl::close(SocketHandle socket, bool abortively, Status *error, const CallTag &tag)
{
    const SocketTable::Place place = table.find(socket);
    if (place.queue == nullptr || !place.queue->close(place.generation, abortively, tag.step)) {
        store(error, Status::WsaEnotsock);
        return socketError;
    }
    table.giveBack(socket);
    store(error, Status::Success);
    return 0;
}

Provider::Provider(ProviderSettings settings) : m_impl(std::make_unique<Impl>(std::move(settings))) {}
Provider::~Provider() = default;

SocketHandle Provider::adopt(net::Socket socket, SocketTraits traits)
{
    const std::size_t index = m_impl->table.take();
    if (index == SocketTable::capacity)
        return SocketHandle::Invalid;
    const std::uint32_t generation = m_impl->table.at(index)->adopt(std::move(socket),
                                                                    {.overlapped = traits.overlapped,
                                                                     .nonblocking = traits.nonblocking,
                                                                     .connected = traits.connected,
                                                                     .id = traits.id,
                                                                     .protocol = traits.protocol},
                                                                    traits.policy.value_or(m_impl->settings.policy));
    return SocketTable::handle(index, generation);
}

int Provider::recv(SocketHandle socket, const Wsabuf *buffers, std::uint32_t bufferCount,
                   std::uint32_t *numberOfBytesRecvd, std::uint32_t *flags, Overlapped *overlapped,
                   CompletionRoutine routine, const ThreadId *threadId, Status *error, CallTag tag)
{
    Impl &impl = *m_impl;
    const SocketTable::Place place = impl.table.find(socket);
    const bool badArray = buffers == nullptr && bufferCount > 0;
    const Slices slices(buffers, badArray ? 0 : bufferCount);
    engine::Request request;
    request.operation = impl.number(tag);
    request.step = tag.step;
    request.buffers = slices.get();
    request.overlapped = overlapped != nullptr;
    if (flags != nullptr && *flags != 0)
        setFlags(request, *flags);
    const auto refuse = [&](Result result, Reason reason) {
        if (!request.refused)
            request.refused = engine::Decision{engine::Action::Refuse, result, reason};
    };
    if (Thread *thread = Thread::known())
        impl.placeWithin(request, *thread);
    if (impl.inCallback.load(std::memory_order_relaxed))
        request.refused = engine::Decision{engine::Action::Refuse, Result::InProgress, Reason::InCallback, false, true};
    if (badArray)
        refuse(Result::Fault, Reason::BadMemory);
    if (flags == nullptr || (numberOfBytesRecvd == nullptr && overlapped == nullptr))
        refuse(Result::Fault, Reason::NoOutputs);

    ThreadId thread; // whose routine it is
    std::optional<Impl::OverlappedCall> call;
    if (overlapped != nullptr) {
        if (overlapped->internal.load(std::memory_order_acquire) == Overlapped::inProgress)
            refuse(Result::InvalidArgument, Reason::OverlappedInUse);
        if (routine != nullptr) {
            thread = threadId != nullptr ? *threadId : openCurrentThread();
            request.hasRoutine = true;
            request.routineThread = thread.track;
        }
        (request.hasRoutine ? request.eventIgnored : request.hasEvent) = overlapped->hEvent != nullptr;
        call.emplace(impl, place, *overlapped, routine, RoutineOf::Receive, thread, request.operation, tag.step);
    } else {
        request.routineIgnored = routine != nullptr;
    }

    Posted posted{{Result::NotASocket, Reason::Admitted, false, false, 0, request.operation}, Posted::Kind::Refused};
    if (place.queue != nullptr)
        posted = place.queue->post(place.generation, request, call ? &*call : nullptr);
    if (posted.kind == Posted::Kind::Pending) {
        store(error, Status::WsaIoPending);
        return socketError;
    }
    const engine::Completion &completion = posted.completion;
    if (completion.result == Result::NotASocket)
        impl.noteNotASocket(request);
    const Status status =
        completion.result == Result::Ok ? Status::Success : face().status(completion.result); // the usual one first
    store(error, status);
    if (status != Status::Success && !posted.countTold)
        return socketError;
    if (numberOfBytesRecvd != nullptr)
        *numberOfBytesRecvd = completion.bytes;
    *flags = outputFlags(completion);
    if (status != Status::Success)
        return socketError;
    if (request.overlapped) // by policy a socket that was not made for it ignores the structure and its event
        call->indicateAtOnce(completion);
    return 0;
}

int Provider::send(SocketHandle socket, std::span<const std::byte> data, std::uint32_t *numberOfBytesSent,
                   Overlapped *overlapped, CompletionRoutine routine, const ThreadId *threadId, Status *error,
                   CallTag tag)
{
    Impl &impl = *m_impl;
    const SocketTable::Place place = impl.table.find(socket);
    if (overlapped != nullptr && overlapped->internal.load(std::memory_order_acquire) == Overlapped::inProgress) {
        impl.journal(place).write(EventType::Diagnostic,
                                  OperationId{overlapped->operation.load(std::memory_order_relaxed)}, tag.step,
                                  {RuleId::WspIndicateOneOverlappedEach});
        store(error, Status::WsaEinval);
        return socketError;
    }
    std::size_t bytes = 0;
    const Result result =
        place.queue != nullptr ? place.queue->send(place.generation, data, bytes, tag.step) : Result::NotASocket;
    const Status status = face().status(result);
    store(error, status);
    if (status != Status::Success)
        return socketError;
    if (numberOfBytesSent != nullptr)
        *numberOfBytesSent = static_cast<std::uint32_t>(bytes);
    if (overlapped == nullptr)
        return 0;
    ThreadId thread; // whose routine it is
    if (routine != nullptr) {
        thread = threadId != nullptr ? *threadId : openCurrentThread();
        impl.journal(place).write(EventType::RoutineQueued, {}, tag.step,
                                  {RuleId::WspCompleteImmediateQueuesRoutine, thread.track});
    }
    Impl::OverlappedCall(impl, place, *overlapped, routine, RoutineOf::Sibling, thread, {}, tag.step)
        .indicateAtOnce({result, Reason::Admitted, false, false, static_cast<std::uint32_t>(bytes), {}});
    return 0;
}

int Provider::shutdown(SocketHandle socket, net::Direction direction, Status *error, CallTag tag)
{
    const SocketTable::Place place = m_impl->table.find(socket);
    const Outcome done = place.queue != nullptr ? place.queue->shutdown(place.generation, direction, tag.step)
                                                : Outcome(Error{"shut down", {}, "this is not a socket", 0});
    if (done) {
        store(error, Status::Success);
        return 0;
    }
    store(error, done.error().systemCode != 0 ? Status::WsaEnotconn : Status::WsaEnotsock);
    return socketError;
}

int Provider::closeSocket(SocketHandle socket, Status *error, CallTag tag)
{
    return m_impl->close(socket, false, error, tag);
}

int Provider::closeAbortively(SocketHandle socket, Status *error, CallTag tag)
{
    return m_impl->close(socket, true, error, tag);
}

bool Provider::cancelBlockingCall(std::thread::id thread, CallTag tag)
{
    m_impl->nowhere().write(EventType::CancelAsked, {}, tag.step, {});
    bool cancelled = false;
    m_impl->table.forEach(
        [&](std::size_t, engine::ReceiveQueue &queue) { cancelled = cancelled || queue.cancelBlocked(thread); });
    return cancelled;
}

std::size_t Provider::available(SocketHandle socket) const
{
    return state(socket).available;
}

std::size_t Provider::outstanding(SocketHandle socket) const
{
    const SocketState seen = state(socket);
    return seen.outstanding + seen.blocked;
}

SocketState Provider::state(SocketHandle socket) const
{
    const SocketTable::Place place = m_impl->table.find(socket);
    if (place.queue == nullptr)
        return {};
    return place.queue->view(place.generation);
}

} // namespace recvscope::wsp
