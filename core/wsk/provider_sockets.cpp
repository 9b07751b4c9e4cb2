// How WSK sockets come and go, and the provider itself.

#include "wsk/face.h"
#include "wsk/irql.h"
#include "wsk/provider_impl.h"

#include <utility>

namespace recvscope::wsk {

using trace::EventType;
using trace::KernelCall;

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

engine::Journal Provider::Impl::journal(SocketHandle socket, const SocketTable::Place &place) const
{
    if (settings.recorder == nullptr)
        return {};
    if (place.queue != nullptr)
        if (const engine::Journal open = place.queue->journal(place.generation); open.on())
            return open;
    const auto known = kernelSocket(socket);
    return known ? engine::Journal(settings.recorder, known->id()) : engine::Journal::withoutSocket(settings.recorder);
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

bool Provider::Impl::begin(Irp *irp, SocketHandle socket, const engine::Journal &journal, CallTag tag)
{
    if (irp != nullptr && irp->begin({}, journal)) {
        irp->socket = socket;
        return true;
    }
    const RuleId rule = irp == nullptr ? RuleId::WskIrpRequired : RuleId::WskIrpOwnedByCaller;
    journal.write(EventType::Diagnostic, irp == nullptr ? OperationId() : irp->operation(), tag.step, {rule});
    return false;
}

Status Provider::Impl::refuse(const engine::Journal &journal, trace::KernelCall call, Status status, CallTag tag)
{
    const RuleId rule = call == trace::KernelCall::Release ? RuleId::WskEventRetain : RuleId::WskCompleteIrpAlways;
    journal.write(EventType::Refused, {}, tag.step,
                  {rule, static_cast<std::uint32_t>(status), static_cast<std::uint32_t>(call)});
    return status;
}

bool Provider::Impl::isOpen(const SocketTable::Place &place)
{
    return place.queue != nullptr && place.queue->standing(place.generation) != engine::Result::NotASocket;
}

Status Provider::Impl::invalid(const SocketTable::Place &place, Status otherwise)
{
    return isOpen(place) ? otherwise : Status::NtInvalidHandle;
}

Status Provider::Impl::finish(Irp *irp, Status status, std::uint64_t information, CallTag tag, RuleId success)
{
    irp->complete(status, information, status == Status::Success ? success : RuleId::WskCompleteIrpAlways, tag.step);
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
    m_impl->sockets.emplace(handle, std::make_shared<KernelSocket>(traits.id));
    return handle;
}

Status Provider::connect(SocketHandle socket, const net::Address &address, Irp *irp, CallTag tag)
{
    const SocketTable::Place place = m_impl->table.find(socket);
    const engine::Journal journal = m_impl->journal(socket, place);
    if (!m_impl->begin(irp, socket, journal, tag))
        return Impl::refuse(journal, KernelCall::Connect, Status::NtInvalidParameter, tag);
    Status status = Status::Success;
    if (place.queue == nullptr || !place.queue->connect(place.generation, address, tag.step))
        status = Impl::refuse(journal, KernelCall::Connect, m_impl->invalid(place, Status::NtInvalidDeviceState), tag);
    return m_impl->finish(irp, status, 0, tag);
}

Status Provider::socketConnect(net::Socket socket, const net::Address &address, const SocketTraits &traits,
                               SocketHandle &made, Irp *irp, CallTag tag)
{
    made = SocketHandle::Invalid;
    const engine::Journal journal(m_impl->settings.recorder, traits.id);
    if (!m_impl->begin(irp, made, journal, tag))
        return Impl::refuse(journal, KernelCall::SocketConnect, Status::NtInvalidParameter, tag);
    if (socket.connect(address)) {
        SocketTraits connected = traits;
        connected.connectedBy = engine::ConnectedBy::Creation;
        made = adopt(std::move(socket), connected);
    }
    Status status = Status::Success;
    if (made != SocketHandle::Invalid)
        journal.write(EventType::SocketConnected, {}, tag.step, {RuleId::None, 0, 0, trace::Provenance::Measured});
    else
        status = Impl::refuse(journal, KernelCall::SocketConnect, Status::NtInvalidDeviceState, tag);
    return m_impl->finish(irp, status, 0, tag);
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

Status Provider::accept(SocketHandle listener, const net::Address &from, const SocketTraits &traits, SocketHandle &made,
                        Irp *irp, CallTag tag)
{
    made = SocketHandle::Invalid;
    const SocketTable::Place place = m_impl->table.find(listener);
    const engine::Journal journal = m_impl->journal(listener, place);
    if (!m_impl->begin(irp, listener, journal, tag))
        return Impl::refuse(journal, KernelCall::Accept, Status::NtInvalidParameter, tag);
    if (place.queue != nullptr)
        if (Result<net::Socket> accepted = place.queue->accept(place.generation, from)) {
            SocketTraits connected = traits;
            connected.connectedBy = engine::ConnectedBy::Accept;
            made = adopt(std::move(*accepted), connected);
        }
    const SocketTable::Place found = m_impl->table.find(made);
    Status status = Status::Success;
    if (found.queue != nullptr)
        found.queue->tellAccepted(found.generation, tag.step);
    else
        status = Impl::refuse(journal, KernelCall::Accept, m_impl->invalid(place, Status::NtInvalidDeviceState), tag);
    return m_impl->finish(irp, status, 0, tag);
}

Status Provider::disconnect(SocketHandle socket, const WskBuf *buffer, std::uint32_t flags, Irp *irp, CallTag tag)
{
    const SocketTable::Place place = m_impl->table.find(socket);
    const engine::Journal journal = m_impl->journal(socket, place);
    const auto refuse = [&](Status why) { return Impl::refuse(journal, KernelCall::Disconnect, why, tag); };
    if (!m_impl->begin(irp, socket, journal, tag))
        return refuse(Status::NtInvalidParameter);
    const bool breaksOff = (flags & abortive) != 0;
    const auto last = buffer != nullptr ? copyOf(*buffer) : std::vector<std::byte>();
    const engine::Result standing =
        place.queue != nullptr ? place.queue->standing(place.generation) : engine::Result::NotASocket;
    Status status = face().status(standing);
    std::size_t bytes = 0;
    if (status != Status::Success) {
        (void)refuse(status);
    } else if (!last || (breaksOff && buffer != nullptr)) { // broken off, there is nobody to send it to
        status = refuse(Status::NtInvalidParameter);
    } else if (breaksOff) {
        if (!place.queue->abort(place.generation, tag.step))
            status = refuse(Status::NtInvalidDeviceState);
    } else {
        journal.write(EventType::DisconnectAsked, {}, tag.step, {RuleId::None, 0, 0, trace::Provenance::Measured});
        if (!last->empty())
            status = face().status(place.queue->send(place.generation, *last, bytes, tag.step));
        if (status == Status::Success && !place.queue->shutdown(place.generation, net::Direction::Send, tag.step))
            status = refuse(m_impl->invalid(place, Status::NtInvalidDeviceState));
    }
    return m_impl->finish(irp, status, bytes, tag);
}

Status Provider::close(SocketHandle socket, Irp *irp, CallTag tag)
{
    Impl &impl = *m_impl;
    const SocketTable::Place place = impl.table.find(socket);
    const engine::Journal journal = impl.journal(socket, place);
    if (!impl.begin(irp, socket, journal, tag))
        return Impl::refuse(journal, KernelCall::CloseSocket, Status::NtInvalidParameter, tag);
    const auto kept = impl.kernelSocket(socket);
    if (kept && kept->retained() > 0 && impl.isOpen(place))
        journal.write(EventType::Diagnostic, {}, tag.step, {RuleId::WskEventRetain});
    // Everything pending completes before this one does: on this thread, unless a callback runs.
    const auto closed = std::make_shared<std::atomic<bool>>(false);
    const bool open = place.queue != nullptr &&
                      place.queue->closeWhenIdle(place.generation, tag.step, [&impl, irp, socket, tag, closed] {
                          impl.table.giveBack(socket);
                          *closed = true;
                          (void)impl.finish(irp, Status::Success, 0, tag);
                      });
    if (!open)
        return impl.finish(irp, Impl::refuse(journal, KernelCall::CloseSocket, Status::NtInvalidHandle, tag), 0, tag);
    return *closed ? Status::Success : Status::NtPending;
}

engine::SocketView Provider::state(SocketHandle socket) const
{
    const SocketTable::Place place = m_impl->table.find(socket);
    return place.queue != nullptr ? place.queue->view(place.generation) : engine::SocketView();
}

} // namespace recvscope::wsk
