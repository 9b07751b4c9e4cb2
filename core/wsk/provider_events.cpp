// The event callbacks of WSK sockets: enabled, disabled, and what they keep given back.

#include "wsk/face.h"
#include "wsk/provider_impl.h"

#include <memory>
#include <utility>

namespace recvscope::wsk {

using trace::EventType;
using trace::Provenance;

void Provider::setDispatch(SocketHandle socket, ClientDispatch dispatch, std::uint32_t descriptor)
{
    if (const auto kernel = m_impl->kernelSocket(socket))
        kernel->setDispatch(std::move(dispatch), descriptor);
}

Status Provider::controlEvents(SocketHandle socket, std::uint32_t mask, Irp *irp, CallTag tag)
{
    Impl &impl = *m_impl;
    const SocketTable::Place place = impl.table.find(socket);
    const engine::Journal journal = impl.journal(socket, place);
    const auto kernel = impl.kernelSocket(socket);
    const auto refuse = [&](Status why) {
        journal.write(EventType::CallbackSet, {}, tag.step,
                      {RuleId::None, mask, trace::packOutcome(why, 0), Provenance::Measured});
        return why;
    };
    // This one call does without an IRP, too.
    if (irp != nullptr && !impl.begin(irp, socket, journal, tag))
        return refuse(Status::NtInvalidParameter);
    const auto over = [&](Status status) { return irp != nullptr ? impl.finish(irp, status, 0, tag) : status; };
    const engine::Calls calls{(mask & event::Receive) != 0, (mask & event::Disconnect) != 0, mask, tag.step,
                              irp != nullptr ? Status::NtPending : Status::NtEventPending};
    if (!impl.isOpen(place) || !kernel)
        return over(refuse(Status::NtInvalidHandle));
    if (!calls.data && !calls.end)
        return over(refuse(Status::NtInvalidParameter));
    if ((mask & event::Disable) == 0) {
        const bool enabled = place.queue->enable(place.generation, *kernel, calls, kernel->descriptor());
        return over(enabled ? Status::Success : refuse(Status::NtInvalidHandle));
    }
    std::function<void(bool)> after;
    if (irp != nullptr)
        after = [&impl, irp, tag, data = calls.data](bool off) {
            (void)impl.finish(irp, Status::Success, 0, tag,
                              data && off ? RuleId::WskEventDisableIsSure : RuleId::WskCompleteSuccess);
        };
    switch (place.queue->disable(place.generation, calls, std::move(after))) {
    case engine::Disabled::WhenItReturns:
        return calls.whileOneRuns;
    case engine::Disabled::NoSocket:
        return over(refuse(Status::NtInvalidHandle));
    case engine::Disabled::Now:
        break;
    }
    return over(Status::Success);
}

Status Provider::release(SocketHandle socket, DataIndication *list, CallTag tag)
{
    const SocketTable::Place place = m_impl->table.find(socket);
    const engine::Journal journal = m_impl->journal(socket, place);
    const auto kernel = m_impl->kernelSocket(socket);
    if (!kernel || !m_impl->isOpen(place)) // it must come before the close
        return Impl::refuse(journal, trace::KernelCall::Release, Status::NtInvalidHandle, tag);
    const std::unique_ptr<Indication> kept = kernel->release(list);
    if (kept == nullptr) // another node than the first, or not kept at all
        return Impl::refuse(journal, trace::KernelCall::Release, Status::NtInvalidParameter, tag);
    journal.write(
        EventType::IndicationReleased, {}, tag.step,
        {RuleId::WskEventRetain, kept->number(), static_cast<std::uint32_t>(kept->size()), Provenance::Measured});
    m_impl->tellChanged();
    return Status::Success;
}

void Provider::provokeRace(SocketHandle socket)
{
    const SocketTable::Place place = m_impl->table.find(socket);
    if (place.queue != nullptr)
        place.queue->provokeRace(place.generation);
}

bool Provider::injectStatus(Status status, CallTag tag)
{
    if (status != Status::Success && !resultOf(status))
        return false;
    m_impl->injected = status;
    if (m_impl->settings.recorder != nullptr)
        engine::Journal::withoutSocket(m_impl->settings.recorder)
            .write(EventType::FaultInjected, {}, tag.step,
                   {RuleId::None, static_cast<std::uint32_t>(trace::Fault::IrpStatus),
                    static_cast<std::uint32_t>(status), Provenance::Injected});
    return true;
}

void Provider::setNetworkDown(bool down)
{
    m_impl->context.networkDown = down; // of sockets to come, too
    m_impl->table.forEach([&](std::size_t, engine::ReceiveQueue &queue) { queue.setNetworkDown(down); });
}

std::size_t Provider::retained(SocketHandle socket) const
{
    const auto kernel = m_impl->kernelSocket(socket);
    return kernel ? kernel->retained() : 0;
}

} // namespace recvscope::wsk
