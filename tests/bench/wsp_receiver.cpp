#include "receivers.h"
#include "supply.h"

#include "wsp/provider.h"

namespace recvscope::benchmarks {

namespace {

class WspReceiver final : public Receiver {
public:
    WspReceiver(net::Socket socket, const BufferSizes &sizes, WspCall call, trace::Recorder *recorder)
        : m_memory(sizes), m_call(call), m_provider({recorder, {}, false, {}})
    {
        for (const net::Slice &piece : m_memory.pieces())
            m_buffers.push_back({static_cast<std::uint32_t>(piece.size), reinterpret_cast<char *>(piece.data)});
        wsp::SocketTraits traits;
        traits.nonblocking = call == WspCall::Nonblocking;
        traits.id = SocketId{recorder != nullptr ? std::uint16_t{1} : std::uint16_t{0}};
        m_socket = m_provider.adopt(std::move(socket), traits);
    }

    void receive(std::size_t times) override
    {
        for (; times > 0; --times)
            if (once() != m_memory.size())
                giveUp("WSPRecv did not give a whole message at once");
    }

    void receiveBlocking() override
    {
        if (once() == 0)
            giveUp("WSPRecv failed");
    }

private:
    std::size_t once()
    {
        std::uint32_t bytes = 0;
        std::uint32_t flags = 0;
        Status error = Status::Success;
        const int result =
            m_provider.recv(m_socket, m_buffers.data(), static_cast<std::uint32_t>(m_buffers.size()), &bytes, &flags,
                            m_call == WspCall::Overlapped ? &m_overlapped : nullptr, nullptr, nullptr, &error);
        return result == 0 ? bytes : 0;
    }

    Memory m_memory;
    WspCall m_call;
    std::vector<wsp::Wsabuf> m_buffers;
    wsp::Overlapped m_overlapped;
    wsp::Provider m_provider;
    wsp::SocketHandle m_socket = wsp::SocketHandle::Invalid;
};

} // namespace

std::unique_ptr<Receiver> wspReceiver(net::Socket socket, const BufferSizes &sizes, WspCall call,
                                      trace::Recorder *recorder)
{
    return std::make_unique<WspReceiver>(std::move(socket), sizes, call, recorder);
}

} // namespace recvscope::benchmarks
