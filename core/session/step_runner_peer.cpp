// What the scripted peer does, and when its effect is there.

#include "session/byte_text.h"
#include "session/step_runner.h"

#include <algorithm>
#include <utility>

namespace recvscope::session {

StepRunner::Going StepRunner::perform(const scenario::PeerSend &step)
{
    if (!step.from.empty())
        return sendFromFurther(step);
    BenchSocket &socket = m_bench.socket(step.socket);
    if (Going gone = peerMissing(socket, "send"))
        return gone;
    const std::string data = scenario::bytesOf(step.data);
    chooseSpeaker(socket, {});
    if (step.ipFragments > 0) {
        socket.peer->announce(std::as_bytes(std::span(data)), m_step);
        if (Going ending =
                sendCut(socket, socket.peer->address(), m_bench.localAddress(socket), data, step.ipFragments))
            return ending;
        if (m_recorder.settings().detail == trace::Detail::Teaching)
            recordKernelHolds(socket);
        return std::nullopt;
    }
    std::span<const std::byte> rest = std::as_bytes(std::span(data));
    std::vector<std::uint32_t> pieces = step.fragments;
    std::uint64_t cut = 0;
    for (const std::uint32_t piece : pieces)
        cut += piece;
    if (cut < rest.size() || pieces.empty()) // without any data: an empty message
        pieces.push_back(static_cast<std::uint32_t>(rest.size() - cut));
    for (const std::uint32_t piece : pieces) {
        const auto bytes = rest.first(std::min<std::size_t>(piece, rest.size()));
        rest = rest.subspan(bytes.size());
        if (Going ending = sendPiece(socket, bytes, step.part))
            return ending;
    }
    return std::nullopt;
}

StepRunner::Going StepRunner::sendPiece(BenchSocket &socket, std::span<const std::byte> bytes, bool part)
{
    socket.peer->beginSend(bytes, part, m_step);
    std::optional<Error> refused;
    const WaitEnd end = m_causes.wait(News::Kernel, [&] {
        const Result<bool> all = socket.peer->sendSome();
        if (!all)
            refused = all.error();
        return refused || *all;
    });
    if (refused)
        return Ending{RunEnd::Failed,
                      at() + "the peer of " + socket.declared->name + " could not send: " + refused->message()};
    if (end != WaitEnd::Came)
        return waitEnded(end, "the kernel to take the " + countedBytes(bytes.size()) + " of peer.send",
                         "it took " + std::to_string(bytes.size() - std::min(bytes.size(), socket.peer->left())) +
                             ", its buffers are full and no receive makes room");
    if (Going ending = settle({Effect::Kind::BytesArrive, &socket, nullptr}, "the bytes of peer.send to arrive"))
        return ending;
    if (!socket.closed && m_recorder.settings().detail == trace::Detail::Teaching)
        recordKernelHolds(socket);
    return std::nullopt;
}

StepRunner::Going StepRunner::perform(const scenario::PeerSendOob &step)
{
    BenchSocket &socket = m_bench.socket(step.socket);
    if (Going gone = peerMissing(socket, "send"))
        return gone;
    const std::string data = scenario::bytesOf(step.data);
    if (const Outcome done = socket.peer->sendUrgent(static_cast<std::byte>(data.front()), m_step); !done)
        return Ending{RunEnd::Failed,
                      at() + "the peer of " + socket.declared->name + " could not send: " + done.error().message()};
    const auto kind = socket.declared->oobInline ? Effect::Kind::BytesArrive : Effect::Kind::UrgentArrives;
    return settle({kind, &socket, nullptr}, "the urgent byte to arrive");
}

StepRunner::Going StepRunner::perform(const scenario::PeerShutdown &step)
{
    BenchSocket &socket = m_bench.socket(step.socket);
    if (Going gone = peerMissing(socket, "shut down"))
        return gone;
    if (const Outcome done = socket.peer->shutDown(m_step); !done)
        return Ending{RunEnd::Failed, at() + "the peer of " + socket.declared->name +
                                          " could not shut down: " + done.error().message()};
    return settle({Effect::Kind::EndArrives, &socket, nullptr}, "the peer's end to arrive");
}

StepRunner::Going StepRunner::perform(const scenario::PeerReset &step)
{
    BenchSocket &socket = m_bench.socket(step.socket);
    if (Going gone = peerMissing(socket, "reset"))
        return gone;
    if (!net::isTcpBelow(socket.peer->kind()))
        return Ending{RunEnd::NotPossibleHere,
                      at() + "peer.reset needs a tcp socket: a " + std::string(net::nameOf(socket.peer->kind())) +
                          " socket's peer can only close, and " + socket.declared->name + " is one."};
    socket.peer->reset(m_step);
    return settle({Effect::Kind::ResetArrives, &socket, nullptr}, "the peer's reset to arrive");
}

StepRunner::Going StepRunner::perform(const scenario::PeerClose &step)
{
    BenchSocket &socket = m_bench.socket(step.socket);
    if (Going gone = peerMissing(socket, "close"))
        return gone;
    socket.peer->close(m_step);
    if (socket.peer->kind() == net::SocketKind::Udp)
        return std::nullopt; // nobody is told
    return settle({Effect::Kind::EndArrives, &socket, nullptr}, "the peer's end to arrive");
}

StepRunner::Going StepRunner::perform(const scenario::PeerLink &step)
{
    BenchSocket &socket = m_bench.socket(step.socket);
    if (Going gone = peerMissing(socket, "lose its link"))
        return gone;
    if (const Outcome done = socket.peer->cutLink(m_step); !done)
        return Ending{RunEnd::NotPossibleHere,
                      at() + "the link of " + socket.declared->name + " cannot be cut: " + done.error().message()};
    return std::nullopt;
}

StepRunner::Going StepRunner::peerMissing(const BenchSocket &socket, const std::string &act)
{
    if (socket.peer && socket.peer->open())
        return std::nullopt;
    return Ending{RunEnd::Failed, at() + "the peer of " + socket.declared->name + " cannot " + act + ": " +
                                      (socket.peer ? "it has closed." : "the socket has none, it is not connected.")};
}

void StepRunner::recordKernelHolds(const BenchSocket &socket)
{
    record(socket, trace::EventType::KernelHolds, static_cast<std::uint32_t>(m_bench.state(socket).available));
}

} // namespace recvscope::session
