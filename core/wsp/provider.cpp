#include "wsp/provider.h"

#include "wsp/face.h"
#include "wsp/overlapped_receive.h"
#include "wsp/socket_table.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
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

void store(Status *error, Status value)
{
    if (error != nullptr)
        *error = value;
}

} // namespace

class Provider::Impl {
public:
    explicit Impl(ProviderSettings settings)
        : m_settings(std::move(settings)),
          m_table(m_context),
          m_reactor(
              m_settings.pollPoller ? net::makePollPoller() : net::makePoller(),
              [this](std::uint64_t token) {
                  if (engine::ReceiveQueue *queue = m_table.at(token))
                      queue->advance();
              },
              [this] {
                  if (m_settings.recorder != nullptr)
                      m_settings.recorder->nameThread("engine");
              })
    {
        m_context = {&m_reactor, m_settings.recorder, &face(), m_settings.changed};
    }

    ~Impl()
    {
        m_table.forEach([](std::size_t, engine::ReceiveQueue &queue) {
            [[maybe_unused]] const bool wasOpen = queue.close(queue.generation(), false, {});
        });
    }

    [[nodiscard]] engine::Journal journal(const SocketTable::Place &place) const
    {
        if (m_settings.recorder == nullptr)
            return {};
        return place.queue != nullptr ? place.queue->journal(place.generation) : engine::Journal();
    }

    [[nodiscard]] OperationId number(CallTag tag)
    {
        if (tag.operation || m_settings.recorder == nullptr)
            return tag.operation;
        return OperationId{m_nextOperation.fetch_add(1, std::memory_order_relaxed)};
    }

    /// A call that named no open socket: no socket's story tells it.
    void noteNotASocket(const engine::Request &request, std::uint16_t flags) const
    {
        const engine::Journal nowhere = engine::Journal::withoutSocket(m_settings.recorder);
        nowhere.called(request, {RuleId::None, RuleId::None, flags, 0});
        nowhere.write(EventType::Refused, request.operation, request.step,
                      {RuleId::WspSocketNotASocket, static_cast<std::uint32_t>(Status::WsaEnotsock)});
        nowhere.write(EventType::Returned, request.operation, request.step,
                      {face().returned(false, request.overlapped), trace::leftAlone,
                       trace::packOutcome(Status::WsaEnotsock, trace::flagsLeftAlone), Provenance::Measured});
    }

    int close(SocketHandle socket, bool abortively, Status *error, const CallTag &tag)
    {
        const SocketTable::Place place = m_table.find(socket);
        if (place.queue == nullptr || !place.queue->close(place.generation, abortively, tag.step)) {
            store(error, Status::WsaEnotsock);
            return socketError;
        }
        m_table.giveBack(socket);
        store(error, Status::Success);
        return 0;
    }

    ProviderSettings m_settings;
    engine::QueueContext m_context;
    SocketTable m_table;
    engine::Reactor m_reactor; ///< stops before the table goes
    std::atomic<std::uint32_t> m_nextOperation{1};
    mutable std::mutex m_waitingMutex;
    std::vector<std::thread::id> m_waitingForResult; ///< threads inside getOverlappedResult with wait
};

Provider::Provider(ProviderSettings settings) : m_impl(std::make_unique<Impl>(std::move(settings))) {}
Provider::~Provider() = default;

SocketHandle Provider::adopt(net::Socket socket, SocketTraits traits)
{
    const std::size_t index = m_impl->m_table.take();
    if (index == SocketTable::capacity)
        return SocketHandle::Invalid;
    const std::uint32_t generation = m_impl->m_table.at(index)->adopt(
        std::move(socket), {traits.overlapped, traits.nonblocking, traits.connected, traits.id, traits.protocol},
        m_impl->m_settings.policy);
    return SocketTable::handle(index, generation);
}

int Provider::recv(SocketHandle socket, const Wsabuf *buffers, std::uint32_t bufferCount,
                   std::uint32_t *numberOfBytesRecvd, std::uint32_t *flags, Overlapped *overlapped,
                   CompletionRoutine routine, Status *error, CallTag tag)
{
    Impl &impl = *m_impl;
    const SocketTable::Place place = impl.m_table.find(socket);
    const OperationId operation = impl.number(tag);
    const engine::Journal journal = impl.journal(place);

    const bool badArray = buffers == nullptr && bufferCount > 0;
    const Slices slices(buffers, badArray ? 0 : bufferCount);
    engine::Request request;
    request.operation = operation;
    request.step = tag.step;
    request.buffers = slices.get();
    request.overlapped = overlapped != nullptr;
    request.hasEvent = overlapped != nullptr && overlapped->hEvent != nullptr;
    const std::uint32_t asked = flags != nullptr ? *flags : 0;
    constexpr std::uint32_t known = msg::Oob | msg::Peek | msg::WaitAll | msg::Partial | msg::PushImmediate;
    request.flagWord = static_cast<std::uint16_t>(asked);
    request.flags.peek = (asked & msg::Peek) != 0;
    request.flags.oob = (asked & msg::Oob) != 0;
    request.flags.waitAll = (asked & msg::WaitAll) != 0;
    request.flags.partial = (asked & msg::Partial) != 0;
    request.flags.other = (asked & ~known) != 0;
    const auto refuse = [&](Result result, Reason reason) {
        if (!request.refused)
            request.refused = engine::Decision{engine::Action::Refuse, result, reason};
    };
    if (badArray)
        refuse(Result::Fault, Reason::BadMemory);
    if (flags == nullptr || (numberOfBytesRecvd == nullptr && overlapped == nullptr))
        refuse(Result::Fault, Reason::NoOutputs);
    if (routine != nullptr)
        refuse(Result::NotSupported, Reason::RoutineNotPerformed);
    if (overlapped != nullptr && overlapped->internal.load(std::memory_order_acquire) == Overlapped::inProgress)
        refuse(Result::InvalidArgument, Reason::OverlappedInUse);

    Posted posted{{Result::NotASocket, Reason::Admitted, false, 0, operation}, Posted::Kind::Refused};
    if (place.queue != nullptr) {
        if (overlapped != nullptr) {
            OverlappedStarter starter(*overlapped, journal, operation, tag.step);
            posted = place.queue->post(place.generation, request, &starter);
        } else {
            posted = place.queue->post(place.generation, request, nullptr);
        }
    }

    const engine::Completion &completion = posted.completion;
    if (posted.kind == Posted::Kind::Pending) {
        store(error, Status::WsaIoPending);
        return socketError;
    }
    if (completion.result == Result::NotASocket)
        impl.noteNotASocket(request, static_cast<std::uint16_t>(asked));
    const Status status = face().status(completion.result);
    store(error, status);
    if (status != Status::Success)
        return socketError;

    if (numberOfBytesRecvd != nullptr)
        *numberOfBytesRecvd = completion.bytes;
    *flags = outputFlags(completion);
    if (overlapped != nullptr) {
        publish(*overlapped, completion);
        overlapped->operation.store(operation.value, std::memory_order_relaxed);
        if (overlapped->hEvent != nullptr)
            overlapped->hEvent->set();
    }
    return 0;
}

bool Provider::getOverlappedResult(SocketHandle socket, Overlapped *overlapped, std::uint32_t *bytes, bool wait,
                                   std::uint32_t *flags, Status *error, CallTag tag)
{
    Impl &impl = *m_impl;
    const SocketTable::Place place = impl.m_table.find(socket);
    const engine::Journal journal = impl.journal(place);
    if (place.queue == nullptr || !place.queue->view(place.generation).open) {
        store(error, Status::WsaEnotsock);
        return false;
    }
    if (overlapped == nullptr || bytes == nullptr || flags == nullptr) {
        store(error, Status::WsaEfault);
        return false;
    }
    const OperationId operation{overlapped->operation.load(std::memory_order_relaxed)};
    journal.write(EventType::ResultAsked, operation, tag.step, {RuleId::None, wait ? 1U : 0U, 0, Provenance::Measured});

    std::uint32_t internal = overlapped->internal.load(std::memory_order_acquire);
    const bool noEvent = overlapped->hEvent == nullptr;
    RuleId rule = wait ? RuleId::WspIndicateResultWait : RuleId::WspIndicateResultPollLate;
    if (internal == Overlapped::inProgress && wait) {
        {
            const std::lock_guard lock(impl.m_waitingMutex);
            impl.m_waitingForResult.push_back(std::this_thread::get_id());
        }
        if (impl.m_settings.changed)
            impl.m_settings.changed();
        while (internal == Overlapped::inProgress) {
            overlapped->internal.wait(Overlapped::inProgress, std::memory_order_acquire);
            internal = overlapped->internal.load(std::memory_order_acquire);
        }
        const std::lock_guard lock(impl.m_waitingMutex);
        const auto own =
            std::find(impl.m_waitingForResult.begin(), impl.m_waitingForResult.end(), std::this_thread::get_id());
        impl.m_waitingForResult.erase(own);
    }
    if (internal == Overlapped::inProgress) {
        journal.write(EventType::ResultReturned, operation, tag.step,
                      {RuleId::WspIndicateResultPollEarly, trace::leftAlone,
                       trace::packOutcome(Status::WsaIoIncomplete, trace::flagsLeftAlone)});
        store(error, Status::WsaIoIncomplete);
        return false;
    }
    const Status status = statusNumbered(StatusFamily::Winsock, overlapped->offsetHigh.load(std::memory_order_relaxed))
                              .value_or(Status::WsaEinval);
    *bytes = overlapped->internalHigh.load(std::memory_order_relaxed);
    *flags = overlapped->offset.load(std::memory_order_relaxed);
    if (noEvent && !wait)
        rule = RuleId::WspIndicateNoEvent;
    journal.write(EventType::ResultReturned, operation, tag.step,
                  {rule, *bytes, trace::packOutcome(status, static_cast<std::uint16_t>(*flags))});
    store(error, status);
    return status == Status::Success;
}

int Provider::shutdown(SocketHandle socket, net::Direction direction, Status *error, CallTag tag)
{
    const SocketTable::Place place = m_impl->m_table.find(socket);
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
    engine::Journal::withoutSocket(m_impl->m_settings.recorder).write(EventType::CancelAsked, {}, tag.step, {});
    bool cancelled = false;
    m_impl->m_table.forEach(
        [&](std::size_t, engine::ReceiveQueue &queue) { cancelled = cancelled || queue.cancelBlocked(thread); });
    return cancelled;
}

engine::ReceiveQueue *Provider::queueOf(SocketHandle socket, std::uint32_t &generation) const
{
    const SocketTable::Place place = m_impl->m_table.find(socket);
    generation = place.generation;
    return place.queue;
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
    const SocketTable::Place place = m_impl->m_table.find(socket);
    if (place.queue == nullptr)
        return {};
    const engine::ReceiveQueue::View view = place.queue->view(place.generation);
    return {view.open,  view.available, view.urgent,  view.readable, view.endArrived, view.hungUp,
            view.taken, view.pending,   view.blocked, view.busy,     view.unread,     view.read};
}

bool Provider::blocked(std::thread::id thread) const
{
    {
        const std::lock_guard lock(m_impl->m_waitingMutex);
        const auto &waiting = m_impl->m_waitingForResult;
        if (std::find(waiting.begin(), waiting.end(), thread) != waiting.end())
            return true;
    }
    bool blocked = false;
    m_impl->m_table.forEach(
        [&](std::size_t, const engine::ReceiveQueue &queue) { blocked = blocked || queue.blocks(thread); });
    return blocked;
}

} // namespace recvscope::wsp
