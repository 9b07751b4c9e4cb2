#include "session/application_calls.h"

#include "wsp/apc_inbox.h"

#include <span>
#include <string>
#include <type_traits>
#include <utility>

namespace recvscope::session {

namespace {

wsp::CallTag tagOf(const Call &call)
{
    return {call.operation, call.step};
}

std::optional<std::uint32_t> touched(std::uint32_t output)
{
    return output == ReceiveMemory::sentinel ? std::nullopt : std::optional(output);
}

void makeAll(const std::vector<Deed> &deeds)
{
    for (const Deed &deed : deeds)
        deed.make();
}

/// Every completion routine of a scenario: it finds its call by the structure, and does what the scenario says.
void toldOfCompletion(Status status, std::uint32_t bytes, wsp::Overlapped *overlapped, std::uint32_t flags)
{
    if (overlapped == nullptr)
        return; // the scenario has freed it
    Call &call = *static_cast<NamedOverlapped *>(overlapped)->call;
    call.routineTold = {status, bytes, flags};
    call.routineRuns = true;
    makeAll(call.onComplete);
    call.routineRuns = false;
    call.routineRan = true;
}

/// What wsp.queue-apc queues: the trace tells its value, and that is all it is for.
void apc(std::uintptr_t) {}

/// How an overlapped call is to be indicated. On the thread that makes it, just before.
struct Indicated {
    wsp::CompletionRoutine routine = nullptr;
    const wsp::ThreadId *thread = nullptr;

    Indicated(Call &call, wsp::Provider &provider)
    {
        // A structure that is in use stays as the receive that has it needs it: this call will be refused.
        const bool inUse = call.overlapped != nullptr &&
                           call.overlapped->internal.load(std::memory_order_acquire) == wsp::Overlapped::inProgress;
        if (call.overlapped != nullptr && !inUse) {
            call.overlapped->hEvent = call.event;
            call.overlapped->call = &call;
        }
        if (!call.hasRoutine)
            return;
        call.threadId = provider.openCurrentThread();
        routine = toldOfCompletion;
        thread = &call.threadId;
    }
};

void makeReceive(Call &call, Bench &bench, wsp::SocketHandle socket)
{
    wsp::Provider &provider = bench.provider();
    std::vector<wsp::Wsabuf> &buffers = call.memory->array();
    const Indicated indicated(call, provider);
    if (!call.blockingHook.empty())
        provider.setBlockingHook([&call] { makeAll(call.blockingHook); });
    Status error = Status::Success;
    const int result =
        provider.recv(socket, buffers.data(), static_cast<std::uint32_t>(buffers.size()), &call.memory->bytesReceived,
                      &call.memory->flags, call.overlapped, indicated.routine, indicated.thread, &error, tagOf(call));
    if (!call.blockingHook.empty())
        provider.setBlockingHook({});
    call.error = result == 0 ? Status::Success : error;
    call.bytes = touched(call.memory->bytesReceived);
}

} // namespace

template <class Step, class Make>
Deed ApplicationCalls::add(std::unique_ptr<Call> call, const Step &step, const Origin &origin, Make make)
{
    call->verb = scenario::verbOf(scenario::Action(step));
    call->name = step.op;
    call->thread = origin.thread;
    call->step = origin.step;
    call->line = origin.place.line;
    Call &added = m_bench.add(std::move(call));
    wsp::SocketHandle handle = wsp::SocketHandle::Invalid;
    if (!added.socket.empty())
        handle = m_bench.socket(added.socket).handle;
    return {&added, [&added, &bench = m_bench, &recorder = m_recorder, handle, make] {
                added.calledAt = recorder.track().now();
                bench.begins(added);
                make(added, bench, handle);
                added.returnedAt = recorder.track().now();
                added.returned = true;
            }};
}

/// The structure, the event and the routine that the step names.
template <class Step>
void ApplicationCalls::giveOverlapped(Call &call, const Step &step)
{
    call.hasRoutine = !step.routine.empty();
    if (step.overlapped.empty())
        return;
    call.overlapped = &m_bench.overlapped(step.overlapped);
    call.event = step.event.empty() ? nullptr : &m_bench.event(step.event);
}

Deed ApplicationCalls::ready(const scenario::WspRecv &step, const Origin &origin)
{
    auto call = std::make_unique<Call>();
    call->socket = step.socket;
    call->operation = OperationId{++m_operations};
    m_recorder.nameOperation(call->operation, step.op);
    call->flagsIn = step.flags;
    call->memory = std::make_unique<ReceiveMemory>(step.buffers, step.flags);
    giveOverlapped(*call, step);
    Call &made = *call;
    Deed deed = add(std::move(call), step, origin, makeReceive);
    made.onComplete = readyAll(step.onComplete, origin);
    made.blockingHook = readyAll(step.blockingHook, origin);
    return deed;
}

std::vector<Deed> ApplicationCalls::readyAll(const std::vector<scenario::Step> &steps, const Origin &origin)
{
    std::vector<Deed> deeds;
    for (const scenario::Step &step : steps)
        std::visit(
            [&](const auto &action) {
                using Step = std::decay_t<decltype(action)>;
                if constexpr (std::is_same_v<Step, scenario::WspCancelBlocking> ||
                              std::is_same_v<Step, scenario::WskCancel>)
                    deeds.push_back(cancelling(action, origin));
                else if constexpr (requires { ready(action, origin); })
                    deeds.push_back(ready(action, {origin.step, step.place, origin.thread}));
            },
            step.action);
    return deeds;
}

Deed ApplicationCalls::cancelling(const scenario::WspCancelBlocking &step, const Origin &origin)
{
    const ApplicationThread &thread = m_bench.thread(step.thread);
    return {nullptr, [&thread, &bench = m_bench, by = origin.step] { bench.cancelBlockingCall(thread, by); }};
}

Deed ApplicationCalls::ready(const scenario::WspResult &step, const Origin &origin)
{
    auto call = std::make_unique<Call>();
    const Call *of = step.of.empty() ? m_bench.callWith(m_bench.overlapped(step.overlapped)) : m_bench.call(step.of);
    if (of != nullptr) {
        call->operation = of->operation;
        call->socket = of->socket;
        call->overlapped = of->overlapped;
    } else if (!step.overlapped.empty()) {
        call->overlapped = &m_bench.overlapped(step.overlapped);
    }
    return add(std::move(call), step, origin, [wait = step.wait](Call &made, Bench &bench, wsp::SocketHandle socket) {
        std::uint32_t bytes = ReceiveMemory::sentinel;
        std::uint32_t flags = ReceiveMemory::sentinel;
        Status error = Status::Success;
        const bool done =
            bench.provider().getOverlappedResult(socket, made.overlapped, &bytes, wait, &flags, &error, tagOf(made));
        made.error = done ? Status::Success : error;
        made.bytes = touched(bytes);
        made.flags = touched(flags);
    });
}

Deed ApplicationCalls::ready(const scenario::WspShutdown &step, const Origin &origin)
{
    auto call = std::make_unique<Call>();
    call->socket = step.socket;
    return add(std::move(call), step, origin, [how = step.how](Call &made, Bench &bench, wsp::SocketHandle socket) {
        Status error = Status::Success;
        const int result = bench.provider().shutdown(socket, how, &error, tagOf(made));
        made.error = result == 0 ? Status::Success : error;
    });
}

Deed ApplicationCalls::ready(const scenario::WspClose &step, const Origin &origin)
{
    auto call = std::make_unique<Call>();
    call->socket = step.socket;
    return add(std::move(call), step, origin,
               [abortive = step.abortive](Call &made, Bench &bench, wsp::SocketHandle socket) {
                   Status error = Status::Success;
                   const int result = abortive ? bench.provider().closeAbortively(socket, &error, tagOf(made))
                                               : bench.provider().closeSocket(socket, &error, tagOf(made));
                   made.error = result == 0 ? Status::Success : error;
               });
}

Deed ApplicationCalls::ready(const scenario::WspSend &step, const Origin &origin)
{
    auto call = std::make_unique<Call>();
    call->socket = step.socket;
    giveOverlapped(*call, step);
    call->onComplete = readyAll(step.onComplete, origin);
    return add(std::move(call), step, origin,
               [data = scenario::bytesOf(step.data)](Call &made, Bench &bench, wsp::SocketHandle socket) {
                   wsp::Provider &provider = bench.provider();
                   const Indicated indicated(made, provider);
                   std::uint32_t bytes = ReceiveMemory::sentinel;
                   Status error = Status::Success;
                   const int result = provider.send(socket, std::as_bytes(std::span(data)), &bytes, made.overlapped,
                                                    indicated.routine, indicated.thread, &error, tagOf(made));
                   made.error = result == 0 ? Status::Success : error;
                   made.bytes = touched(bytes);
               });
}

Deed ApplicationCalls::ready(const scenario::WspAlertableWait &step, const Origin &origin)
{
    return add(std::make_unique<Call>(), step, origin,
               [routines = step.routines](Call &made, Bench &bench, wsp::SocketHandle) {
                   for (std::size_t ran = 0; ran < routines && !bench.ending();)
                       ran += bench.provider().alertableWait(tagOf(made));
               });
}

Deed ApplicationCalls::ready(const scenario::WspWaitEvent &step, const Origin &origin)
{
    auto call = std::make_unique<Call>();
    call->event = &m_bench.event(step.event);
    return add(std::move(call), step, origin, [](Call &made, Bench &bench, wsp::SocketHandle) {
        Status error = Status::Success;
        bench.provider().waitForEvent(*made.event, &error, tagOf(made));
        made.error = error;
    });
}

Deed ApplicationCalls::ready(const scenario::WspQueueApc &step, const Origin &origin)
{
    const wsp::ThreadId to = m_bench.threadId(step.thread);
    return add(
        std::make_unique<Call>(), step, origin,
        [to, context = step.context, another = step.anotherProcess](Call &made, Bench &bench, wsp::SocketHandle) {
            Status error = Status::Success;
            if (!another) {
                bench.provider().queueApc(to, apc, context, &error, tagOf(made));
            } else {
                const Result<net::Socket> shared = bench.provider().shareThread(to, apc);
                const Result<bool> queued =
                    shared ? wsp::ApcInbox::sendFromAnotherProcess(*shared, context) : Result<bool>(shared.error());
                error = !queued ? Status::WsaEnobufs : *queued ? Status::Success : Status::WsaEinval;
            }
            made.error = error;
        });
}

Deed ApplicationCalls::ready(const scenario::NativeRecv &step, const Origin &origin)
{
    auto call = std::make_unique<Call>();
    call->socket = step.socket;
    call->operation = OperationId{++m_operations};
    m_recorder.nameOperation(call->operation, step.op);
    call->flagsIn = step.flags;
    call->memory = std::make_unique<ReceiveMemory>(step.buffers, step.flags);
    return add(std::move(call), step, origin,
               [flags = step.flags](Call &made, Bench &bench, native::SocketHandle socket) {
                   std::vector<net::Slice> pieces;
                   for (const wsp::Wsabuf &each : made.memory->array())
                       pieces.push_back({reinterpret_cast<std::byte *>(each.buf), each.len});
                   const native::Received received = bench.native().receive(socket, pieces, flags, tagOf(made));
                   made.error = received.status;
                   if (received.status != Status::Success)
                       return;
                   made.bytes = static_cast<std::uint32_t>(received.bytes);
                   made.memory->flags = received.flags;
               });
}

} // namespace recvscope::session
