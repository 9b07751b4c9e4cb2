#include "receiving.h"

#include <span>

namespace recvscope::test {

Call::Call(std::vector<std::size_t> sizes)
{
    memory.reserve(sizes.size());
    for (const std::size_t size : sizes) {
        memory.emplace_back(size + 1, '.'); // one more than asked for, so that an empty one has an address too
        buffers.push_back({static_cast<std::uint32_t>(size), memory.back().data()});
    }
}

std::string Call::text(std::size_t count) const
{
    std::string all;
    for (std::size_t i = 0; i < buffers.size(); ++i)
        all.append(memory[i].data(), buffers[i].len);
    return all.substr(0, count);
}

Receiving::~Receiving()
{
    m_provider.reset();
    m_recorder.reset();
}

void Receiving::connect(net::SocketKind kind, wsp::SocketTraits traits, engine::Policy policy,
                        net::AddressFamily family)
{
    Result<net::ConnectedPair> pair = net::connectedPair(kind, family);
    ASSERT_TRUE(pair) << pair.error().message();
    m_peer = std::move(pair->peer);
    m_provider.reset();
    m_recorder.reset();
    m_store = std::make_shared<trace::Store>();
    m_recorder = std::make_unique<trace::Recorder>(*m_store, m_clock, trace::RecorderSettings{.detail = m_detail});
    m_provider = std::make_unique<wsp::Provider>(wsp::ProviderSettings{m_recorder.get(), policy, false, {}});
    if (!traits.id)
        traits.id = SocketId{1};
    m_socket = m_provider->adopt(std::move(pair->receiver), traits);
}

void Receiving::adopt(net::Socket socket, wsp::SocketTraits traits)
{
    connect();
    traits.id = SocketId{2};
    m_socket = m_provider->adopt(std::move(socket), traits);
}

void Receiving::send(std::string_view text)
{
    const Result<std::size_t> sent = m_peer.send(std::as_bytes(std::span(text)));
    ASSERT_TRUE(sent) << sent.error().message();
    ASSERT_EQ(*sent, text.size());
}

void Receiving::sendAndArrive(std::string_view text)
{
    const std::size_t before = m_provider->available(m_socket);
    send(text);
    waitUntil([&] { return m_provider->available(m_socket) >= before + text.size(); }, "the bytes arrived");
}

void Receiving::arriveEnd()
{
    waitUntil([&] { return m_provider->state(m_socket).endArrived; }, "the end arrived");
}

void Receiving::overlapped(Call &call)
{
    call.result = m_provider->recv(m_socket, call.buffers.data(), static_cast<std::uint32_t>(call.buffers.size()),
                                   &call.bytes, &call.flags, &call.overlapped, nullptr, nullptr, &call.error);
}

void Receiving::nonoverlapped(Call &call)
{
    call.result = m_provider->recv(m_socket, call.buffers.data(), static_cast<std::uint32_t>(call.buffers.size()),
                                   &call.bytes, &call.flags, nullptr, nullptr, nullptr, &call.error);
}

Status Receiving::result(Call &call, bool wait)
{
    Status error = Status::Success;
    const bool ok = m_provider->getOverlappedResult(m_socket, &call.overlapped, &call.bytes, wait, &call.flags, &error);
    EXPECT_EQ(ok, error == Status::Success);
    return error;
}

void Receiving::finish()
{
    provedBy(snapshot());
}

trace::Snapshot Receiving::snapshot()
{
    m_recorder->flush();
    return m_store->snapshot();
}

} // namespace recvscope::test
