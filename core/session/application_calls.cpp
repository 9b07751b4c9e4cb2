#include "session/application_calls.h"

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

} // namespace

std::unique_ptr<Call> prepared(const scenario::WspRecv &step, Bench &bench, OperationId operation)
{
    auto call = std::make_unique<Call>();
    call->name = step.op;
    call->socket = step.socket;
    call->operation = operation;
    call->flagsIn = step.flags;
    call->memory = std::make_unique<ReceiveMemory>(step.buffers, step.flags);
    if (!step.overlapped.empty()) {
        call->overlapped = &bench.overlapped(step.overlapped);
        call->event = step.event.empty() ? nullptr : &bench.event(step.event);
    }
    return call;
}

std::unique_ptr<Call> prepared(const scenario::WspResult &step, Bench &bench)
{
    auto call = std::make_unique<Call>();
    call->name = step.op;
    const Call *of = nullptr;
    if (!step.of.empty())
        of = bench.call(step.of);
    else
        of = bench.receiveWith(bench.overlapped(step.overlapped));
    if (of != nullptr) {
        call->operation = of->operation;
        call->socket = of->socket;
        call->overlapped = of->overlapped;
    } else if (!step.overlapped.empty()) {
        call->overlapped = &bench.overlapped(step.overlapped);
    }
    return call;
}

std::unique_ptr<Call> prepared(const scenario::WspShutdown &step)
{
    auto call = std::make_unique<Call>();
    call->name = step.op;
    call->socket = step.socket;
    return call;
}

std::unique_ptr<Call> prepared(const scenario::WspClose &step)
{
    auto call = std::make_unique<Call>();
    call->name = step.op;
    call->socket = step.socket;
    return call;
}

void make(const scenario::WspRecv &, Call &call, wsp::Provider &provider, wsp::SocketHandle socket)
{
    const std::vector<wsp::Wsabuf> &buffers = call.memory->descriptors();
    if (call.overlapped != nullptr && call.overlapped->hEvent != call.event)
        call.overlapped->hEvent = call.event;
    Status error = Status::Success;
    const int result =
        provider.recv(socket, buffers.data(), static_cast<std::uint32_t>(buffers.size()), &call.memory->bytesReceived,
                      &call.memory->flags, call.overlapped, nullptr, nullptr, &error, tagOf(call));
    call.error = result == 0 ? Status::Success : error;
    call.bytes = touched(call.memory->bytesReceived);
}

void make(const scenario::WspResult &step, Call &call, wsp::Provider &provider, wsp::SocketHandle socket)
{
    std::uint32_t bytes = ReceiveMemory::sentinel;
    std::uint32_t flags = ReceiveMemory::sentinel;
    Status error = Status::Success;
    const bool done =
        provider.getOverlappedResult(socket, call.overlapped, &bytes, step.wait, &flags, &error, tagOf(call));
    call.error = done ? Status::Success : error;
    call.bytes = touched(bytes);
    call.flags = touched(flags);
}

void make(const scenario::WspShutdown &step, Call &call, wsp::Provider &provider, wsp::SocketHandle socket)
{
    Status error = Status::Success;
    const int result = provider.shutdown(socket, step.how, &error, tagOf(call));
    call.error = result == 0 ? Status::Success : error;
}

void make(const scenario::WspClose &step, Call &call, wsp::Provider &provider, wsp::SocketHandle socket)
{
    Status error = Status::Success;
    const int result = step.abortive ? provider.closeAbortively(socket, &error, tagOf(call))
                                     : provider.closeSocket(socket, &error, tagOf(call));
    call.error = result == 0 ? Status::Success : error;
}

} // namespace recvscope::session
