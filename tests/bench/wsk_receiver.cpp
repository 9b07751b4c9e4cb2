#include "receivers.h"
#include "supply.h"

#include "wsk/provider.h"

#include <deque>

namespace recvscope::benchmarks {

namespace {

class WskReceiver final : public Receiver {
public:
    WskReceiver(net::Socket socket, const BufferSizes &sizes, trace::Recorder *recorder)
        : m_memory(sizes), m_provider({recorder, {}, false, {}})
    {
        for (const net::Slice &piece : m_memory.pieces()) {
            m_mdls.emplace_back(piece.data, static_cast<std::uint32_t>(piece.size));
            if (m_mdls.size() > 1)
                m_mdls[m_mdls.size() - 2].next = &m_mdls.back();
        }
        m_buffer = {&m_mdls.front(), 0, m_memory.size()};
        m_socket = m_provider.adopt(std::move(socket),
                                    {.id = SocketId{recorder != nullptr ? std::uint16_t{1} : std::uint16_t{0}}});
    }

    void receive(std::size_t times) override
    {
        for (; times > 0; --times)
            if (m_provider.receive(m_socket, &m_buffer, 0, &m_irp) != Status::Success ||
                m_irp.ioStatus.information != m_memory.size())
                giveUp("WskReceive did not give a whole message at once");
    }

private:
    Memory m_memory;
    std::deque<wsk::Mdl> m_mdls;
    wsk::WskBuf m_buffer;
    wsk::Irp m_irp;
    wsk::Provider m_provider;
    wsk::SocketHandle m_socket = wsk::SocketHandle::Invalid;
};

} // namespace

std::unique_ptr<Receiver> wskReceiver(net::Socket socket, const BufferSizes &sizes, trace::Recorder *recorder)
{
    return std::make_unique<WskReceiver>(std::move(socket), sizes, recorder);
}

} // namespace recvscope::benchmarks
