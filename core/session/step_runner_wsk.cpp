// The calls of WskReceive's interface, and what a driver does to memory and packets that it should leave alone.

#include "session/step_runner.h"

namespace recvscope::session {

StepRunner::Going StepRunner::perform(const scenario::WskReceive &step)
{
    return handOver(step, {});
}
StepRunner::Going StepRunner::perform(const scenario::WskSend &step)
{
    return handOver(step, {});
}
StepRunner::Going StepRunner::perform(const scenario::WskEvent &step)
{
    return handOver(step, {});
}
StepRunner::Going StepRunner::perform(const scenario::WskRelease &step)
{
    return handOver(step, {});
}
StepRunner::Going StepRunner::perform(const scenario::WskAccept &step)
{
    return handOver(step, {});
}
StepRunner::Going StepRunner::perform(const scenario::WskDisconnect &step)
{
    return handOver(step, {});
}
StepRunner::Going StepRunner::perform(const scenario::WskClose &step)
{
    m_bench.socket(step.socket).closed = true;
    return handOver(step, {});
}

/// A listening socket for the one that is about to connect, and the connection as its peer.
template <class Step>
StepRunner::Going StepRunner::connectToOwnPeer(const Step &step)
{
    BenchSocket &socket = m_bench.socket(step.socket);
    Result<net::Socket> listener = net::Socket::open(socket.declared->kind, socket.declared->family);
    if (!listener)
        return done(listener.error());
    for (const Outcome &made : {listener->bind(net::Address::loopback(socket.declared->family)), listener->listen(1)})
        if (!made)
            return done(made);
    socket.listener = std::move(*listener);
    if (Going ending = handOver(step, {}))
        return ending;
    if (m_bench.latestCallOf(m_bench.thread(step.on))->error != Status::Success) {
        socket.listener.reset(); // nobody comes
        return std::nullopt;
    }
    Result<net::Socket> peer = socket.listener->accept(); // it is connected by now
    if (!peer)
        return done(peer.error());
    if (Outcome set = peer->setNoDelay(true); !set)
        return done(set);
    socket.peer = std::make_unique<ScriptedPeer>(std::move(*peer), socket.id, m_recorder);
    socket.listener.reset();
    return std::nullopt;
}

StepRunner::Going StepRunner::perform(const scenario::WskConnect &step)
{
    return connectToOwnPeer(step);
}
StepRunner::Going StepRunner::perform(const scenario::WskSocketConnect &step)
{
    return connectToOwnPeer(step);
}

StepRunner::Going StepRunner::perform(const scenario::WskCancel &step)
{
    m_bench.kernel().cancel(m_bench.irp(step.irp), {OperationId{}, m_step});
    return settle({}, "the cancelled IRP to complete");
}

StepRunner::Going StepRunner::perform(const scenario::MdlUnlock &step)
{
    if (Call *call = m_bench.call(step.of))
        for (const auto &mdl : call->chain) {
            mdl->step = m_step;
            mdl->unlock();
        }
    return settle({}, "what used the memory to complete");
}

StepRunner::Going StepRunner::perform(const scenario::MdlFree &step)
{
    if (Call *call = m_bench.call(step.of)) {
        for (const auto &mdl : call->chain)
            mdl->step = m_step;
        call->chain.clear();
    }
    return settle({}, "what used the memory to complete");
}

StepRunner::Going StepRunner::perform(const scenario::IrpTouch &step)
{
    m_bench.irp(step.irp).touch(m_step);
    return std::nullopt;
}

StepRunner::Going StepRunner::perform(const scenario::IrpReuse &step)
{
    m_bench.irp(step.irp).reuse(m_step);
    return std::nullopt;
}

StepRunner::Going StepRunner::perform(const scenario::Provoke &step)
{
    m_bench.kernel().provokeRace(m_bench.socket(step.socket).handle);
    return std::nullopt;
}

StepRunner::Going StepRunner::perform(const scenario::NativeRecv &step)
{
    return handOver(step, {});
}

} // namespace recvscope::session
