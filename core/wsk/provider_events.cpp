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
    const auto kernel = impl.kernelSocket(socket);
    // This one call does without an IRP, too.
    if (irp != nullptr && !impl.begin(irp, socket, place, tag))
        return Status::NtInvalidParameter;
    const engine::Calls calls{(mask & event::Receive) != 0, (mask & event::Disconnect) != 0};
    const bool disables = (mask & event::Disable) != 0;
    const engine::Journal journal = impl.journal(place);
    const auto told = [&](Status answer) {
        journal.write(EventType::CallbackSet, {}, tag.step,
                      {disables ? RuleId::WskEventDisableIsSure : RuleId::None, mask, trace::packOutcome(answer, 0),
                       Provenance::Measured});
        return answer;
    };
    if (place.queue == nullptr || !kernel || (!calls.data && !calls.end)) {
        const Status status = place.queue == nullptr || !kernel ? Status::NtInvalidHandle : Status::NtInvalidParameter;
        return irp != nullptr ? impl.finish(irp, status, 0, tag) : status;
    }
    if (!disables) {
        (void)told(Status::Success); // before: the first call may come at once
        (void)place.queue->enable(place.generation, *kernel, calls, kernel->descriptor());
        return irp != nullptr ? impl.finish(irp, Status::Success, 0, tag) : Status::Success;
    }
    std::function<void()> after;
    if (irp != nullptr)
        after = [&impl, irp, tag] { (void)impl.finish(irp, Status::Success, 0, tag); };
    if (place.queue->disable(place.generation, calls, std::move(after)))
        return told(irp != nullptr ? Status::NtPending : Status::NtEventPending);
    (void)told(Status::Success);
    return irp != nullptr ? impl.finish(irp, Status::Success, 0, tag) : Status::Success;
}

Status Provider::release(SocketHandle socket, DataIndication *list, CallTag tag)
{
    const auto kernel = m_impl->kernelSocket(socket);
    if (!kernel)
        return Status::NtInvalidHandle;
    const std::unique_ptr<Indication> kept = kernel->release(list);
    if (kept == nullptr) // another node than the first, or not kept at all
        return Status::NtInvalidParameter;
    const SocketTable::Place place = m_impl->table.find(socket);
    if (place.queue != nullptr)
        m_impl->journal(place).write(
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

std::size_t Provider::retained(SocketHandle socket) const
{
    const auto kernel = m_impl->kernelSocket(socket);
    return kernel ? kernel->retained() : 0;
}

} // namespace recvscope::wsk
