// Sockets by hand, peers that are no socket's own, and datagrams that are cut below the socket.

#include "net/ip_fragments.h"
#include "session/step_runner.h"

#include <random>

namespace recvscope::session {

namespace {

std::span<const std::byte> asBytes(const std::string &data)
{
    return std::as_bytes(std::span(data));
}

} // namespace

StepRunner::Going StepRunner::done(const Outcome &outcome)
{
    if (!outcome)
        return Ending{RunEnd::Failed, at() + outcome.error().message()};
    return settle({}, "everything to come to rest");
}

StepRunner::Going StepRunner::perform(const scenario::SocketBind &step)
{
    return done(m_bench.provider().bind(m_bench.socket(step.socket).handle,
                                        net::Address::loopback(net::AddressFamily::IPv4), {OperationId{}, m_step}));
}

StepRunner::Going StepRunner::perform(const scenario::SocketListen &step)
{
    wsp::Provider &provider = m_bench.provider();
    const wsp::SocketHandle handle = m_bench.socket(step.socket).handle;
    const wsp::CallTag tag{OperationId{}, m_step};
    if (provider.localAddress(handle).port() == 0)
        if (Outcome bound = provider.bind(handle, net::Address::loopback(net::AddressFamily::IPv4), tag); !bound)
            return done(bound);
    return done(provider.listen(handle, tag));
}

StepRunner::Going StepRunner::perform(const scenario::SocketConnect &step)
{
    BenchSocket &socket = m_bench.socket(step.socket);
    const Outcome connected =
        m_bench.provider().connect(socket.handle, m_bench.furtherPeer(step.to).localAddress(), {OperationId{}, m_step});
    if (connected)
        socket.hears = step.to;
    return done(connected);
}

StepRunner::Going StepRunner::perform(const scenario::SocketAccept &step)
{
    return done(m_bench.accept(m_bench.socket(step.socket), m_bench.socket(step.as), m_step));
}

StepRunner::Going StepRunner::perform(const scenario::SocketSendTo &step)
{
    const std::string data = scenario::bytesOf(step.data);
    return done(m_bench.provider().sendTo(m_bench.socket(step.socket).handle, asBytes(data),
                                          m_bench.furtherPeer(step.to).localAddress(), {OperationId{}, m_step}));
}

StepRunner::Going StepRunner::perform(const scenario::SocketJoin &step)
{
    const Result<net::Address> group = net::Address::parseGroup(step.group);
    if (!group)
        return done(group.error());
    return done(m_bench.provider().join(m_bench.socket(step.socket).handle, *group, {OperationId{}, m_step}));
}

/// Says in the trace who sends next, where that changes.
void StepRunner::chooseSpeaker(BenchSocket &socket, const std::string &peer)
{
    if (socket.speaker == peer)
        return;
    socket.speaker = peer;
    const std::uint32_t name = m_recorder.track().keep(asBytes(peer));
    record(socket, trace::EventType::PeerChosen, peer.empty() ? 0 : m_bench.furtherNumber(peer), name);
}

StepRunner::Going StepRunner::sendFromFurther(const scenario::PeerSend &step)
{
    BenchSocket &socket = m_bench.socket(step.socket);
    net::Socket &peer = m_bench.furtherPeer(step.from);
    const std::string data = scenario::bytesOf(step.data);
    const net::Address to = m_bench.localAddress(socket);
    chooseSpeaker(socket, step.from);
    const std::uint32_t payload = m_recorder.track().keep(asBytes(data));
    record(socket, trace::EventType::PeerSend, static_cast<std::uint32_t>(data.size()), payload);
    if (Going ending = step.ipFragments > 0 ? sendCut(socket, peer.localAddress(), to, data, step.ipFragments)
                                            : done(peer.sendTo(asBytes(data), to)))
        return ending;
    const bool hearsAnother = socket.declared->connected || (!socket.hears.empty() && socket.hears != step.from);
    if (hearsAnother) // the system dropped it on arrival, and tells nobody
        record(socket, trace::EventType::MessageDropped, static_cast<std::uint32_t>(data.size()), 0,
               RuleId::WspSocketConnectedDatagramFilter, trace::Provenance::Modelled);
    else if (m_recorder.settings().detail == trace::Detail::Teaching)
        recordKernelHolds(socket);
    return std::nullopt;
}

StepRunner::Going StepRunner::sendCut(const BenchSocket &socket, const net::Address &from, const net::Address &to,
                                      const std::string &data, std::uint32_t count)
{
    Result<net::RawSender> sender = net::RawSender::open();
    if (!sender)
        return Ending{RunEnd::NotPossibleHere, at() + sender.error().message()};
    // Any number will do that no other datagram on its way over loopback has.
    const auto identification = static_cast<std::uint16_t>(std::random_device{}() | 1U);
    constexpr std::size_t ipHeader = 20;
    std::uint32_t number = 0;
    for (const std::vector<std::byte> &packet : net::ipFragments(from, to, asBytes(data), count, identification)) {
        record(socket, trace::EventType::FragmentSent, number++, static_cast<std::uint32_t>(packet.size() - ipHeader));
        if (Going ending = done(sender->send(packet, to)))
            return ending;
        if (number < count && m_recorder.settings().detail == trace::Detail::Teaching)
            recordKernelHolds(socket);
    }
    return std::nullopt;
}

void StepRunner::record(const BenchSocket &socket, trace::EventType type, std::uint32_t a, std::uint32_t b, RuleId rule,
                        trace::Provenance provenance)
{
    trace::Event event;
    event.type = type;
    event.a = a;
    event.b = b;
    event.rule = rule;
    event.provenance = provenance;
    recordOf(socket, event);
}

void StepRunner::recordOf(const BenchSocket &socket, trace::Event event)
{
    trace::Track &track = m_recorder.track();
    event.time = track.now();
    event.socket = socket.id;
    event.socketSequence = m_recorder.nextSequence(socket.id);
    event.step = m_step;
    track.record(event);
}

} // namespace recvscope::session
