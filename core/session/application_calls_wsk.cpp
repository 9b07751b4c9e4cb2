// The calls of WskReceive's interface that a scenario's application makes, on its threads and inside its routines and
// callbacks.

#include "session/application_calls.h"

#include "wsk/irql.h"

#include <cstring>
#include <string>
#include <utility>

namespace recvscope::session {

namespace {

wsk::CallTag tagOf(const Call &call)
{
    return {call.operation, call.step};
}

/// Describes the call's memory by a chain of descriptors.
void describe(Call &call, std::uint32_t offset, std::optional<std::uint32_t> length)
{
    std::uint64_t size = 0;
    for (const wsp::Wsabuf &piece : call.memory->descriptors()) {
        call.chain.push_back(std::make_unique<wsk::Mdl>(piece.buf, piece.len));
        if (call.chain.size() > 1)
            call.chain[call.chain.size() - 2]->next = call.chain.back().get();
        size += piece.len;
    }
    call.buffer.mdl = call.chain.empty() ? nullptr : call.chain.front().get();
    call.buffer.offset = offset;
    call.buffer.length = length ? *length : size - std::min<std::uint64_t>(size, offset);
}

/// Memory that holds what is sent, and its chain of one descriptor.
void describeData(Call &call, const scenario::Data &data)
{
    call.data = scenario::bytesOf(data);
    call.chain.push_back(std::make_unique<wsk::Mdl>(call.data.data(), static_cast<std::uint32_t>(call.data.size())));
    call.buffer = {call.chain.front().get(), 0, call.data.size()};
    call.hasBuffer = true;
}

const wsk::WskBuf *bufferOf(const Call &call)
{
    return call.hasBuffer ? &call.buffer : nullptr;
}

/// What the receive event callback of a scenario answers.
Status answer(Callback &callback, Bench &bench, wsk::DataIndication *list, std::size_t *accepted)
{
    using Kind = scenario::IndicationAnswer::Kind;
    if (list == nullptr)
        return Status::Success;
    const std::size_t number = callback.calls++;
    if (callback.answers.empty())
        return Status::Success;
    const bool again = number >= callback.answers.size();
    const Callback::Answer &given = again ? callback.answers.back() : callback.answers[number];
    if (given.kind == Kind::Retain)
        bench.keepIndication(given.name, list);
    if (!again)
        for (const Deed &deed : given.deeds)
            deed.make();
    switch (given.kind) {
    case Kind::AcceptPart:
        *accepted = std::min<std::size_t>(*accepted, given.bytes);
        return Status::Success;
    case Kind::NotAccepted:
        return Status::NtDataNotAccepted;
    case Kind::Retain:
        return Status::NtPending;
    case Kind::AcceptAll:
        break;
    }
    return Status::Success;
}

} // namespace

template <class Step, class Make>
Deed ApplicationCalls::addKernel(std::unique_ptr<Call> call, const Step &step, const std::string &irp,
                                 const Origin &origin, Make make)
{
    call->verb = scenario::verbOf(scenario::Action(step));
    call->name = step.op;
    call->socket = step.socket;
    call->step = origin.step;
    call->line = origin.place.line;
    call->thread = origin.thread;
    call->irp = irp.empty() ? nullptr : &m_bench.irp(irp);
    Call &added = m_bench.add(std::move(call));
    BenchSocket &socket = m_bench.socket(step.socket);
    return {&added, [&added, &bench = m_bench, &recorder = m_recorder, &socket, make] {
                if (bench.ending()) // the provider goes, and completes what still waits
                    return;
                if (added.irp != nullptr && !added.irp->pending())
                    added.irp->call = &added;
                if (added.begun == 0 && added.thread.empty())
                    added.thread = bench.threadNameHere(); // inside a callback: whoever called it
                added.calledAt = recorder.track().now();
                bench.begins(added);
                added.error = make(added, bench, socket);
                added.returnOrder = bench.nextOrder();
                added.returnedAt = recorder.track().now();
                if (added.error == Status::Success && added.irpTold)
                    added.bytes = static_cast<std::uint32_t>(added.irpTold->information);
                added.returned = true;
            }};
}

Deed ApplicationCalls::ready(const scenario::WskReceive &step, const Origin &origin)
{
    auto call = std::make_unique<Call>();
    call->operation = OperationId{++m_operations};
    m_recorder.nameOperation(call->operation, step.op);
    call->flagsIn = step.flags;
    call->irql = step.irql;
    call->memory = std::make_unique<ReceiveMemory>(step.mdl, step.flags, step.offset);
    call->hasBuffer = !step.mdl.empty() || step.length.has_value();
    describe(*call, step.offset, step.length);
    call->onComplete = readyAll(step.onComplete, {origin.step, origin.place, {}});
    return addKernel(std::move(call), step, step.irp, origin,
                     [flags = step.flags, level = step.irql](Call &made, Bench &bench, BenchSocket &socket) {
                         const wsk::RaisedIrql raised(level);
                         return bench.kernel().receive(socket.handle, bufferOf(made), flags, made.irp, tagOf(made));
                     });
}

Deed ApplicationCalls::ready(const scenario::WskSend &step, const Origin &origin)
{
    auto call = std::make_unique<Call>();
    describeData(*call, step.data);
    return addKernel(std::move(call), step, step.irp, origin, [](Call &made, Bench &bench, BenchSocket &socket) {
        return bench.kernel().send(socket.handle, bufferOf(made), made.irp, tagOf(made));
    });
}

Deed ApplicationCalls::ready(const scenario::WskConnect &step, const Origin &origin)
{
    return addKernel(
        std::make_unique<Call>(), step, step.irp, origin, [](Call &made, Bench &bench, BenchSocket &socket) {
            return bench.kernel().connect(socket.handle, socket.listener->localAddress(), made.irp, tagOf(made));
        });
}

Deed ApplicationCalls::ready(const scenario::WskSocketConnect &step, const Origin &origin)
{
    return addKernel(std::make_unique<Call>(), step, step.irp, origin,
                     [](Call &made, Bench &bench, BenchSocket &socket) {
                         Result<net::Socket> created = bench.create(socket);
                         if (!created)
                             return Status::NtInsufficientResources;
                         wsk::SocketHandle connected = wsk::SocketHandle::Invalid;
                         const Status status =
                             bench.kernel().socketConnect(std::move(*created), socket.listener->localAddress(),
                                                          bench.kernelTraits(socket), connected, made.irp, tagOf(made));
                         socket.handle = connected;
                         return status;
                     });
}

Deed ApplicationCalls::ready(const scenario::WskAccept &step, const Origin &origin)
{
    return addKernel(std::make_unique<Call>(), step, step.irp, origin,
                     [as = step.as](Call &made, Bench &bench, BenchSocket &socket) {
                         return bench.acceptInKernel(socket, bench.socket(as), made.irp, tagOf(made));
                     });
}

std::shared_ptr<Callback> ApplicationCalls::callbackOf(const scenario::WskEvent &step, const Origin &origin)
{
    auto callback = std::make_shared<Callback>();
    for (const scenario::IndicationAnswer &each : step.onIndicate)
        callback->answers.push_back(
            {each.kind, each.bytes, each.name, readyAll(each.calls, {origin.step, origin.place, {}})});
    return callback;
}

Deed ApplicationCalls::ready(const scenario::WskEvent &step, const Origin &origin)
{
    std::shared_ptr<Callback> callback;
    if (step.receive.value_or(false) || step.disconnect.value_or(false))
        callback = callbackOf(step, origin);
    return addKernel(std::make_unique<Call>(), step, step.irp, origin,
                     [callback, receive = step.receive, disconnect = step.disconnect,
                      descriptor = step.descriptor](Call &made, Bench &bench, BenchSocket &socket) {
                         constexpr std::uint32_t usual = 4096;
                         wsk::Provider &kernel = bench.kernel();
                         if (callback && receive.value_or(false))
                             kernel.setDispatch(socket.handle,
                                                {[callback, &bench](std::uint32_t, wsk::DataIndication *list,
                                                                    std::size_t, std::size_t *accepted) {
                                                     return answer(*callback, bench, list, accepted);
                                                 },
                                                 [](std::uint32_t) { return Status::Success; }},
                                                descriptor == 0 ? usual : descriptor);
                         const auto mask = [&](bool enable) {
                             return (receive == enable ? wsk::event::Receive : 0U) |
                                    (disconnect == enable ? wsk::event::Disconnect : 0U);
                         };
                         // Of a step that does both, the IRP belongs to the one that may take its time.
                         const std::uint32_t off = mask(false);
                         if (const std::uint32_t on = mask(true); on != 0) {
                             const Status enabled =
                                 kernel.controlEvents(socket.handle, on, off == 0 ? made.irp : nullptr, tagOf(made));
                             if (off == 0)
                                 return enabled;
                         }
                         return kernel.controlEvents(socket.handle, off | wsk::event::Disable, made.irp, tagOf(made));
                     });
}

Deed ApplicationCalls::ready(const scenario::WskRelease &step, const Origin &origin)
{
    return addKernel(std::make_unique<Call>(), step, {}, origin,
                     [name = step.indication, node = step.node](Call &made, Bench &bench, BenchSocket &socket) {
                         wsk::DataIndication *list = bench.keptIndication(name);
                         for (std::uint32_t i = 0; i < node && list != nullptr; ++i)
                             list = list->next;
                         const Status status = bench.kernel().release(socket.handle, list, tagOf(made));
                         if (status == Status::Success)
                             bench.forgetIndication(name, list);
                         return status;
                     });
}

Deed ApplicationCalls::ready(const scenario::WskDisconnect &step, const Origin &origin)
{
    auto call = std::make_unique<Call>();
    if (step.data)
        describeData(*call, *step.data);
    return addKernel(std::move(call), step, step.irp, origin,
                     [flags = step.abortive ? wsk::abortive : 0U](Call &made, Bench &bench, BenchSocket &socket) {
                         return bench.kernel().disconnect(socket.handle, bufferOf(made), flags, made.irp, tagOf(made));
                     });
}

Deed ApplicationCalls::ready(const scenario::WskClose &step, const Origin &origin)
{
    return addKernel(std::make_unique<Call>(), step, step.irp, origin,
                     [](Call &made, Bench &bench, BenchSocket &socket) {
                         return bench.kernel().close(socket.handle, made.irp, tagOf(made));
                     });
}

Deed ApplicationCalls::cancelling(const scenario::WskCancel &step, const Origin &origin)
{
    return {nullptr, [&irp = m_bench.irp(step.irp), &bench = m_bench, by = origin.step] {
                if (!bench.ending())
                    bench.kernel().cancel(irp, {OperationId{}, by});
            }};
}

} // namespace recvscope::session
