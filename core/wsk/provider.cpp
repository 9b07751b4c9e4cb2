#include "wsk/provider.h"

#include "wsk/face.h"
#include "wsk/irp_receive.h"
#include "wsk/irql.h"
#include "wsk/provider_impl.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

namespace recvscope::wsk {

using engine::Posted;
using engine::Reason;
using engine::Result;
using trace::EventType;
using trace::Provenance;

namespace {

/// What a WSK_BUF leaves of its chain, as the engine takes it; longer chains are rare and go through a larger array.
class Slices {
public:
    explicit Slices(const WskBuf &buffer)
    {
        std::uint64_t left = buffer.length;
        std::uint32_t skip = buffer.offset;
        for (const Mdl *mdl = buffer.mdl; mdl != nullptr && left > 0; mdl = mdl->next, skip = 0) {
            const std::uint64_t size = std::min<std::uint64_t>(mdl->byteCount() - skip, left);
            add({mdl->address() + skip, static_cast<std::size_t>(size)});
            left -= size;
        }
        if (m_count == 0)
            add({}); // no data is wanted
    }
    [[nodiscard]] std::span<const net::Slice> get() const
    {
        return m_many.empty() ? std::span<const net::Slice>(m_few.slices, m_count)
                              : std::span<const net::Slice>(m_many);
    }

private:
    static constexpr std::size_t fewDescriptors = 16;
    void add(net::Slice slice)
    {
        if (m_count == fewDescriptors && m_many.empty())
            m_many.assign(m_few.slices, m_few.slices + fewDescriptors);
        if (m_count >= fewDescriptors)
            m_many.push_back(slice);
        else
            m_few.slices[m_count] = slice;
        ++m_count;
    }
    union Few { // filled as far as it is used
        Few() {}
        net::Slice slices[fewDescriptors];
    } m_few;
    std::size_t m_count = 0;
    std::vector<net::Slice> m_many;
};

/// The offset lies in the first descriptor, the chain holds offset and length, and all of it is locked.
bool wellFormed(const WskBuf &buffer)
{
    if (buffer.mdl == nullptr)
        return buffer.length == 0;
    if (buffer.offset >= buffer.mdl->byteCount() && (buffer.offset > 0 || buffer.length > 0))
        return false;
    const std::uint64_t needed = buffer.offset + buffer.length;
    std::uint64_t size = 0;
    for (const Mdl *mdl = buffer.mdl; mdl != nullptr && size < needed; mdl = mdl->next) {
        if (!mdl->locked())
            return false;
        size += mdl->byteCount();
    }
    return size >= needed;
}

engine::ChainShape shapeOf(const WskBuf &buffer)
{
    engine::ChainShape shape{buffer.offset, static_cast<std::uint32_t>(buffer.length), {}};
    for (const Mdl *mdl = buffer.mdl; mdl != nullptr; mdl = mdl->next)
        shape.descriptors.push_back(mdl->byteCount());
    return shape;
}

/// What the call is refused for before the engine is asked.
std::optional<Reason> refusal(const WskBuf *buffer, std::uint32_t flags)
{
    if ((flags & ~(flag::WaitAll | flag::Drain)) != 0)
        return Reason::FlagUnknown;
    if ((flags & flag::WaitAll) != 0 && (flags & flag::Drain) != 0)
        return Reason::FlagsExclude;
    if (buffer == nullptr)
        return (flags & flag::Drain) != 0 ? Reason::DrainWithoutChain : Reason::BadChain;
    if ((flags & flag::Drain) != 0 && buffer->length != 0)
        return Reason::DrainWithLength;
    if (!wellFormed(*buffer))
        return Reason::BadChain;
    return std::nullopt;
}

/// A call of a socket that is closed, or never was one: the engine has nothing to tell it by.
void tellNoSocket(const engine::Journal &journal, const engine::Request &request)
{
    const auto traits = static_cast<std::uint16_t>(unsigned{trace::CallWsk} | unsigned{trace::CallOverlapped});
    journal.called(request, {RuleId::None, RuleId::None, request.flagWord, traits});
    if (request.refused && (request.packet == nullptr || request.refused->reason == Reason::PacketInUse))
        journal.write(EventType::Diagnostic, request.operation, request.step, {face().rule(request.refused->reason)});
    journal.write(EventType::Refused, request.operation, request.step,
                  {RuleId::WskCompleteIrpAlways, static_cast<std::uint32_t>(Status::NtInvalidHandle)});
}

} // namespace

Status Provider::receive(SocketHandle socket, const WskBuf *buffer, std::uint32_t flags, Irp *irp, CallTag tag)
{
    Impl &impl = *m_impl;
    const SocketTable::Place place = impl.table.find(socket);
    const OperationId operation = impl.number(tag);
    const engine::Journal journal = impl.journal(socket, place);
    const bool ours = irp != nullptr && irp->begin(operation, journal);

    engine::Request request;
    request.operation = operation;
    request.step = tag.step;
    request.overlapped = true;
    request.packet = irp;
    request.flagWord = static_cast<std::uint16_t>(flags);
    request.flags.waitAll = (flags & flag::WaitAll) != 0;
    request.flags.drain = (flags & flag::Drain) != 0;
    const auto refuse = [&](Reason reason) {
        if (!request.refused)
            request.refused = engine::Decision{engine::Action::Refuse, Result::InvalidArgument, reason};
    };
    if (!ours)
        refuse(irp == nullptr ? Reason::NoRequestPacket : Reason::PacketInUse);
    if (currentIrql() > dispatchLevel)
        refuse(Reason::LevelTooHigh);
    if (const auto reason = refusal(buffer, flags))
        refuse(*reason);
    if (impl.injected.load(std::memory_order_relaxed) != Status::Success && !request.refused)
        if (const auto result = resultOf(impl.injected.exchange(Status::Success)))
            request.refused = engine::Decision{engine::Action::Refuse, *result, Reason::FaultInjected, false, true};

    static constexpr WskBuf nothing;
    const bool badChain = buffer == nullptr || (request.refused && !wellFormed(*buffer));
    const Slices slices(badChain ? nothing : *buffer);
    request.buffers = slices.get();
    engine::ChainShape shape;
    if (journal.teaching()) {
        if (buffer != nullptr) {
            shape = shapeOf(*buffer);
            request.chain = &shape;
        }
        if (const Irql level = currentIrql(); level != passiveLevel)
            journal.write(EventType::AtIrql, operation, tag.step, {RuleId::None, level, 0, Provenance::Measured});
    }

    Posted posted{{Result::NotASocket, Reason::Admitted, false, false, 0, operation}, Posted::Kind::Refused};
    if (place.queue != nullptr && ours) {
        irp->socket = socket;
        IrpStarter starter(*irp, buffer != nullptr ? buffer->mdl : nullptr, impl.pages, tag.step);
        posted = place.queue->post(place.generation, request, &starter);
    } else if (place.queue != nullptr) {
        posted = place.queue->post(place.generation, request, nullptr); // refused: it has no IRP
    }
    if (posted.kind == Posted::Kind::Pending)
        return Status::NtPending;
    if (posted.completion.result == Result::NotASocket) [[unlikely]]
        tellNoSocket(journal, request);

    const engine::Completion &completion = posted.completion;
    const Status status = face().status(completion.result);
    const bool ok = status == Status::Success;
    const RuleId rule = ok                    ? RuleId::WskCompleteSuccess
                        : completion.injected ? RuleId::WskCompleteOtherError
                                              : RuleId::WskCompleteIrpAlways;
    if (ours)
        irp->complete(status, completion.bytes, ok ? RuleId::WskCompleteIrpAlways : rule, tag.step,
                      completion.injected);
    journal.write(EventType::Returned, operation, tag.step,
                  {ours             ? rule
                   : irp == nullptr ? RuleId::WskIrpRequired
                                    : RuleId::WskIrpOwnedByCaller,
                   ok ? completion.bytes : trace::leftAlone, trace::packOutcome(status, trace::flagsLeftAlone),
                   Provenance::Measured});
    if (posted.listening)
        place.queue->watchListener(place.generation);
    return status;
}

bool Provider::cancel(Irp &irp, CallTag tag)
{
    const SocketTable::Place place = m_impl->table.find(irp.socket);
    m_impl->journal(irp.socket, place).write(EventType::CancelAsked, irp.operation(), tag.step, {});
    return place.queue != nullptr && place.queue->cancel(place.generation, &irp);
}

std::optional<std::vector<std::byte>> copyOf(const WskBuf &buffer)
{
    if (!wellFormed(buffer))
        return std::nullopt;
    std::vector<std::byte> data;
    const Slices slices(buffer);
    for (const net::Slice &slice : slices.get())
        data.insert(data.end(), slice.data, slice.data + slice.size);
    return data;
}

Status Provider::send(SocketHandle socket, const WskBuf *buffer, Irp *irp, CallTag tag)
{
    Impl &impl = *m_impl;
    const SocketTable::Place place = impl.table.find(socket);
    const engine::Journal journal = impl.journal(socket, place);
    const auto refuse = [&](Status why) { return Impl::refuse(journal, trace::KernelCall::Send, why, tag); };
    if (!impl.begin(irp, socket, journal, tag))
        return refuse(Status::NtInvalidParameter);
    const auto data = buffer != nullptr ? copyOf(*buffer) : std::nullopt;
    if (!data)
        return impl.finish(irp, refuse(Status::NtInvalidParameter), 0, tag);
    std::size_t bytes = 0;
    const Result sent =
        place.queue != nullptr ? place.queue->send(place.generation, *data, bytes, tag.step) : Result::NotASocket;
    const Status status = face().status(sent);
    return impl.finish(irp, sent == Result::NotASocket ? refuse(status) : status, bytes, tag);
}

} // namespace recvscope::wsk
