// How WSK sockets come and go, and the provider itself.

#include "wsk/face.h"
#include "wsk/irql.h"
#include "wsk/provider_impl.h"

#include <utility>

namespace recvscope::wsk {

using trace::EventType;

Provider::Impl::Impl(ProviderSettings with)
    : settings(std::move(with)),
      table(context),
      reactor(
          settings.pollPoller ? net::makePollPoller() : net::makePoller(),
          [this](std::uint64_t token) {
              if (engine::ReceiveQueue *queue = table.at(token))
                  queue->advance();
          },
          [this] {
              if (settings.recorder != nullptr)
                  settings.recorder->nameThread("kernel");
          })
{
    context.reactor = &reactor;
    context.recorder = settings.recorder;
    context.face = &face();
    context.changed = settings.changed;
    pages = std::make_shared<PageUses>([this](const void *packet, PageEnd how, StepId step) {
        table.forEach([&](std::size_t, engine::ReceiveQueue &queue) {
            queue.takeMemoryAway(packet, static_cast<std::uint32_t>(how), step);
        });
    });
}

Provider::Impl::~Impl()
{
    pages->cut();
    table.forEach(
        [](std::size_t, engine::ReceiveQueue &queue) { (void)queue.closeWhenIdle(queue.generation(), {}, [] {}); });
    reactor.stop(); // with it the last callback has returned
}

engine::Journal Provider::Impl::journal(const SocketTable::Place &place) const
{
    if (settings.recorder == nullptr)
        return {};
    return place.queue != nullptr ? place.queue->journal(place.generation)
                                  : engine::Journal::withoutSocket(settings.recorder);
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

std::shared_ptr<KernelSocket> Provider::Impl::kernelSocket(SocketHandle socket) const
{
    const std::lock_guard lock(mutex);
    const auto found = sockets.find(socket);
    return found == sockets.end() ? nullptr : found->second;
}

bool Provider::Impl::begin(Irp *irp, SocketHandle socket, const SocketTable::Place &place, CallTag tag)
{
    const engine::Journal told = journal(place);
    if (irp != nullptr && irp->begin({}, told)) {
        irp->socket = socket;
        return true;
    }
    const RuleId rule = irp == nullptr ? RuleId::WskIrpRequired : RuleId::WskIrpOwnedByCaller;
    told.write(EventType::Diagnostic, irp == nullptr ? OperationId() : irp->operation(), tag.step, {rule});
    return false;
}

Status Provider::Impl::finish(Irp *irp, Status status, std::uint64_t information, CallTag tag)
{
    irp->complete(status, information,
                  status == Status::Success ? RuleId::WskCompleteSuccess : RuleId::WskCompleteIrpAlways, tag.step);
    tellChanged();
    return status;
}

Provider::Provider(ProviderSettings settings) : m_impl(std::make_unique<Impl>(std::move(settings))) {}
Provider::~Provider() = default;

SocketHandle Provider::adopt(net::Socket socket, const SocketTraits &traits)
{
    const std::size_t index = m_impl->table.take();
    if (index == SocketTable::capacity)
        return SocketHandle::Invalid;
    engine::QueueTraits made;
    made.connected = traits.connectedBy != engine::ConnectedBy::Any;
    made.connectedBy = traits.connectedBy;
    made.receives = traits.category == Category::Connection || traits.category == Category::Stream;
    made.performsFlags = socket.kind() == net::SocketKind::Tcp; // unix streams are a transport that does not
    made.id = traits.id;
    const std::uint32_t generation =
        m_impl->table.at(index)->adopt(std::move(socket), made, traits.policy.value_or(m_impl->settings.policy));
    const SocketHandle handle = SocketTable::handle(index, generation);
    const std::lock_guard lock(m_impl->mutex);
    m_impl->sockets.emplace(handle, std::make_shared<KernelSocket>());
    return handle;
}

Status Provider::connect(SocketHandle socket, const net::Address &address, Irp *irp, CallTag tag)
{
    const SocketTable::Place place = m_impl->table.find(socket);
    if (!m_impl->begin(irp, socket, place, tag))
        return Status::NtInvalidParameter;
    const bool done = place.queue != nullptr && place.queue->connect(place.generation, address, tag.step);
    return m_impl->finish(irp, done ? Status::Success : Status::NtInvalidDeviceState, 0, tag);
}

SocketHandle Provider::socketConnect(net::Socket socket, const net::Address &address, const SocketTraits &traits,
                                     Irp *irp, CallTag tag)
{
    if (!m_impl->begin(irp, SocketHandle::Invalid, {}, tag))
        return SocketHandle::Invalid;
    SocketHandle made = SocketHandle::Invalid;
    if (socket.connect(address)) {
        SocketTraits connected = traits;
        connected.connectedBy = engine::ConnectedBy::Creation;
        made = adopt(std::move(socket), connected);
    }
    const SocketTable::Place place = m_impl->table.find(made);
    if (place.queue != nullptr)
        m_impl->journal(place).write(EventType::SocketConnected, {}, tag.step,
                                     {RuleId::None, 0, 0, trace::Provenance::Measured});
    (void)m_impl->finish(irp, made != SocketHandle::Invalid ? Status::Success : Status::NtInvalidDeviceState, 0, tag);
    return made;
}

Outcome Provider::listen(SocketHandle socket, CallTag tag)
{
    const SocketTable::Place place = m_impl->table.find(socket);
    if (place.queue == nullptr)
        return Error{"listen", {}, "this is not an open socket", 0};
    if (Outcome bound = place.queue->bind(place.generation, net::Address::loopback(net::AddressFamily::IPv4), tag.step);
        !bound)
        return bound;
    return place.queue->listen(place.generation, tag.step);
}

net::Address Provider::localAddress(SocketHandle socket) const
{
    const SocketTable::Place place = m_impl->table.find(socket);
    return place.queue != nullptr ? place.queue->localAddress(place.generation) : net::Address();
}

SocketHandle Provider::accept(SocketHandle listener, const net::Address &from, const SocketTraits &traits, Irp *irp,
                              CallTag tag)
{
    const SocketTable::Place place = m_impl->table.find(listener);
    if (!m_impl->begin(irp, listener, place, tag))
        return SocketHandle::Invalid;
    SocketHandle made = SocketHandle::Invalid;
    if (place.queue != nullptr)
        if (Result<net::Socket> accepted = place.queue->accept(place.generation, from)) {
            SocketTraits connected = traits;
            connected.connectedBy = engine::ConnectedBy::Accept;
            made = adopt(std::move(*accepted), connected);
        }
    const SocketTable::Place found = m_impl->table.find(made);
    if (found.queue != nullptr)
        found.queue->tellAccepted(found.generation, tag.step);
    (void)m_impl->finish(irp, found.queue != nullptr ? Status::Success : Status::NtInvalidDeviceState, 0, tag);
    return made;
}

Status Provider::disconnect(SocketHandle socket, const WskBuf *buffer, std::uint32_t flags, Irp *irp, CallTag tag)
{
    const SocketTable::Place place = m_impl->table.find(socket);
    if (!m_impl->begin(irp, socket, place, tag))
        return Status::NtInvalidParameter;
    const bool breaksOff = (flags & abortive) != 0;
    const auto last = buffer != nullptr ? copyOf(*buffer) : std::vector<std::byte>();
    Status status = Status::Success;
    std::size_t bytes = 0;
    if (place.queue == nullptr) {
        status = Status::NtInvalidHandle;
    } else if (!last || (breaksOff && buffer != nullptr)) { // broken off, there is nobody to send it to
        status = Status::NtInvalidParameter;
    } else if (breaksOff) {
        if (!place.queue->abort(place.generation, tag.step))
            status = Status::NtInvalidDeviceState;
    } else {
        m_impl->journal(place).write(EventType::DisconnectAsked, {}, tag.step,
                                     {RuleId::None, 0, 0, trace::Provenance::Measured});
        if (!last->empty())
            status = face().status(place.queue->send(place.generation, *last, bytes, tag.step));
        if (status == Status::Success && !place.queue->shutdown(place.generation, net::Direction::Send, tag.step))
            status = Status::NtInvalidDeviceState;
    }
    return m_impl->finish(irp, status, bytes, tag);
}

Status Provider::close(SocketHandle socket, Irp *irp, CallTag tag)
{
    Impl &impl = *m_impl;
    const SocketTable::Place place = impl.table.find(socket);
    if (!impl.begin(irp, socket, place, tag))
        return Status::NtInvalidParameter;
    if (const auto kept = impl.kernelSocket(socket); kept && kept->retained() > 0)
        impl.journal(place).write(EventType::Diagnostic, {}, tag.step, {RuleId::WskEventRetain});
    // Everything pending completes before this one does: on this thread, unless a callback runs.
    const auto closed = std::make_shared<std::atomic<bool>>(false);
    const bool open = place.queue != nullptr &&
                      place.queue->closeWhenIdle(place.generation, tag.step, [&impl, irp, socket, tag, closed] {
                          impl.table.giveBack(socket);
                          *closed = true;
                          (void)impl.finish(irp, Status::Success, 0, tag);
                      });
    if (!open)
        return impl.finish(irp, Status::NtInvalidHandle, 0, tag);
    return *closed ? Status::Success : Status::NtPending;
}

engine::SocketView Provider::state(SocketHandle socket) const
{
    const SocketTable::Place place = m_impl->table.find(socket);
    return place.queue != nullptr ? place.queue->view(place.generation) : engine::SocketView();
}

} // namespace recvscope::wsk
