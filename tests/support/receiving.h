// A provider that records, one connected socket of it, and the socket's peer: what the rule tests of WSPRecv share.
//
// Threads: the test's own; blocking calls run on threads that the test starts.

#pragma once

#include "rule_test.h"
#include "wait_until.h"

#include "trace/recorder.h"
#include "wsp/provider.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace recvscope::test {

/// One WSPRecv with memory of its own.
struct Call {
    explicit Call(std::vector<std::size_t> sizes);

    std::vector<std::vector<char>> memory;
    std::vector<wsp::Wsabuf> buffers;
    wsp::Event event;
    wsp::Overlapped overlapped;
    std::uint32_t bytes = 0xDEAD; ///< as the program left it
    std::uint32_t flags = 0;
    int result = 0;
    Status error = Status::Success;

    Call &withEvent()
    {
        overlapped.hEvent = &event;
        return *this;
    }
    /// What stands in the first @p count bytes of all buffers, in order.
    [[nodiscard]] std::string text(std::size_t count) const;
    [[nodiscard]] std::string in(std::size_t buffer, std::size_t count) const { return {memory[buffer].data(), count}; }
};

class Receiving : public RuleTest {
protected:
    ~Receiving() override;

    /// Connects a socket of the kind to m_peer, with a fresh provider.
    void connect(net::SocketKind kind = net::SocketKind::Tcp, wsp::SocketTraits traits = {}, engine::Policy policy = {},
                 net::AddressFamily family = net::AddressFamily::IPv4);
    /// The socket of a kind that was never connected.
    void adopt(net::Socket socket, wsp::SocketTraits traits);

    /// Runs the body on every byte stream there is: TCP over IPv4 and IPv6, unix.
    template <class Body>
    void onEveryStream(Body body)
    {
        for (const auto &[kind, family] : {std::pair{net::SocketKind::Tcp, net::AddressFamily::IPv4},
                                           std::pair{net::SocketKind::Tcp, net::AddressFamily::IPv6},
                                           std::pair{net::SocketKind::Unix, net::AddressFamily::IPv4}}) {
            SCOPED_TRACE(std::string(net::nameOf(kind)) + (family == net::AddressFamily::IPv6 ? " IPv6" : ""));
            connect(kind, {}, {}, family);
            body();
            finish();
        }
    }

    void send(std::string_view text);
    /// Sends, and waits until the kernel holds it for the receiver.
    void sendAndArrive(std::string_view text);
    void arriveEnd(); ///< waits until the peer's FIN or RST is here

    /// WSPRecv, overlapped or not.
    void overlapped(Call &call);
    void nonoverlapped(Call &call);
    /// WSPGetOverlappedResult. @return the error
    Status result(Call &call, bool wait);

    /// Hands the trace so far to the proof.
    void finish();
    [[nodiscard]] trace::Snapshot snapshot();

    trace::Detail m_detail = trace::Detail::Teaching; ///< of the next connect()
    std::shared_ptr<trace::Store> m_store;
    SteadyClock m_clock;
    std::unique_ptr<trace::Recorder> m_recorder;
    std::unique_ptr<wsp::Provider> m_provider;
    wsp::SocketHandle m_socket = wsp::SocketHandle::Invalid;
    net::Socket m_peer;
};

} // namespace recvscope::test
