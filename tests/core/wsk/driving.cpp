#include "driving.h"

#include <algorithm>
#include <cstring>
#include <span>

namespace recvscope::test {

Packet::Packet(std::vector<std::uint32_t> sizes, std::uint32_t offset)
    : irp(
          [](wsk::Irp &, void *context) {
              auto &packet = *static_cast<Packet *>(context);
              packet.ranOn = std::this_thread::get_id();
              packet.ran.store(true, std::memory_order_release);
          },
          this)
{
    for (const std::uint32_t size : sizes) {
        memory.emplace_back(size, '.');
        mdls.push_back(std::make_unique<wsk::Mdl>(memory.back().data(), size));
        if (mdls.size() > 1)
            mdls[mdls.size() - 2]->next = mdls.back().get();
    }
    buffer.mdl = mdls.empty() ? nullptr : mdls.front().get();
    buffer.offset = offset;
    buffer.length = room();
}

std::uint64_t Packet::room() const
{
    std::uint64_t size = 0;
    for (const auto &mdl : mdls)
        size += mdl->byteCount();
    return size - std::min<std::uint64_t>(size, buffer.offset);
}

std::string Packet::text(std::size_t count) const
{
    std::string all;
    for (const auto &each : memory)
        all.append(each.begin(), each.end());
    return all.substr(buffer.offset, count);
}

Driving::~Driving()
{
    m_provider.reset();
    m_recorder.reset();
}

void Driving::begin(engine::Policy policy)
{
    m_provider.reset();
    m_recorder.reset();
    m_store = std::make_shared<trace::Store>();
    m_recorder = std::make_unique<trace::Recorder>(*m_store, m_clock);
    m_provider = std::make_unique<wsk::Provider>(wsk::ProviderSettings{m_recorder.get(), policy, false, {}});
}

void Driving::connect(net::SocketKind kind, engine::Policy policy)
{
    begin(policy);
    Result<net::ConnectedPair> pair = net::connectedPair(kind);
    ASSERT_TRUE(pair) << pair.error().message();
    m_socket = m_provider->adopt(std::move(pair->receiver), traits());
    m_peer = std::move(pair->peer);
}

void Driving::send(std::string_view text)
{
    const auto sent = m_peer.send(std::as_bytes(std::span(text)));
    ASSERT_TRUE(sent) << sent.error().message();
    ASSERT_EQ(*sent, text.size());
}

void Driving::sendAndArrive(std::string_view text)
{
    const std::size_t before = m_provider->state(m_socket).available;
    send(text);
    waitUntil([&] { return m_provider->state(m_socket).available == before + text.size(); }, "the bytes arrive");
}

void Driving::arriveEnd()
{
    waitUntil([&] { return m_provider->state(m_socket).endArrived; }, "the peer's end arrives");
}

Status Driving::receive(Packet &packet, std::uint32_t flags)
{
    return packet.returned = m_provider->receive(m_socket, &packet.buffer, flags, &packet.irp);
}

Status Driving::receive(Packet &packet, std::uint32_t flags, std::uint64_t length)
{
    packet.buffer.length = length;
    return receive(packet, flags);
}

void Driving::awaitDone(Packet &packet)
{
    waitUntil([&] { return packet.done() && m_provider->state(m_socket).busy == 0; }, "the IRP completes");
    EXPECT_EQ(packet.irp.completions(), 1U);
}

void Driving::enable(Callback &callback, std::uint32_t mask, std::uint32_t descriptor)
{
    wsk::ClientDispatch dispatch;
    dispatch.receiveEvent = [&callback](std::uint32_t, wsk::DataIndication *list, std::size_t, std::size_t *accepted) {
        if (list == nullptr) {
            ++callback.lost;
            return Status::Success;
        }
        if (callback.during)
            callback.during();
        const std::lock_guard lock(callback.mutex);
        const auto &answer = callback.answers[std::min(callback.heard.size(), callback.answers.size() - 1)];
        std::string heard;
        std::size_t nodes = 0;
        for (const wsk::DataIndication *node = list; node != nullptr; node = node->next, ++nodes)
            heard.append(reinterpret_cast<const char *>(node->buffer.mdl->address()) + node->buffer.offset,
                         node->buffer.length);
        callback.heard.push_back(heard);
        callback.descriptors.push_back(nodes);
        *accepted = std::min(*accepted, answer.accepted);
        if (answer.status == Status::NtPending)
            callback.kept.push_back(list);
        ++callback.calls;
        return answer.status;
    };
    dispatch.disconnectEvent = [&callback](std::uint32_t flags) {
        ++((flags & wsk::abortive) != 0 ? callback.aborted : callback.graceful);
        return Status::Success;
    };
    m_provider->setDispatch(m_socket, std::move(dispatch), descriptor);
    EXPECT_EQ(m_provider->controlEvents(m_socket, mask, nullptr), Status::Success);
}

trace::Snapshot Driving::snapshot()
{
    m_recorder->flush();
    return m_store->snapshot();
}

std::vector<trace::Event> Driving::events(trace::EventType type)
{
    std::vector<trace::Event> found;
    const trace::Snapshot all = snapshot();
    for (std::uint16_t track = 0; track < all.trackCount(); ++track)
        for (std::uint32_t i = 0; i < all.trackSize(track); ++i)
            if (all.event({track, i}).type == type)
                found.push_back(all.event({track, i}));
    return found;
}

void Driving::finish()
{
    provedBy(snapshot());
}

} // namespace recvscope::test
