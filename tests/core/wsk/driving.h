// A WSK provider that records, one connected socket of it and the socket's peer, and calls with their IRPs and chains:
// what the rule tests of WskReceive share.
//
// Threads: the test's own; callbacks and completion routines run on the provider's.

#pragma once

#include "rule_test.h"
#include "wait_until.h"

#include "trace/recorder.h"
#include "wsk/provider.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace recvscope::test {

/// One IRP with a chain of descriptors over memory of its own.
struct Packet {
    explicit Packet(std::vector<std::uint32_t> sizes, std::uint32_t offset = 0);

    /// Its chain from the offset on, all of it.
    [[nodiscard]] std::uint64_t room() const;
    /// What stands in descriptor @p index, its first @p count bytes.
    [[nodiscard]] std::string in(std::size_t index, std::size_t count) const { return {memory[index].data(), count}; }
    /// The first @p count bytes from the offset on.
    [[nodiscard]] std::string text(std::size_t count) const;
    [[nodiscard]] bool done() const { return ran.load(std::memory_order_acquire); }
    [[nodiscard]] Status status() const { return irp.ioStatus.status; }
    [[nodiscard]] std::uint64_t information() const { return irp.ioStatus.information; }

    std::vector<std::vector<char>> memory;
    std::vector<std::unique_ptr<wsk::Mdl>> mdls;
    wsk::WskBuf buffer;
    std::atomic<bool> ran{false}; ///< the completion routine
    std::thread::id ranOn;
    wsk::Irp irp;
    Status returned = Status::Success;
};

class Driving : public RuleTest {
protected:
    ~Driving() override;

    /// Connects a socket of the kind to m_peer, with a fresh provider.
    void connect(net::SocketKind kind = net::SocketKind::Tcp, engine::Policy policy = {});
    void begin(engine::Policy policy = {}); ///< a provider alone
    using RuleTest::begin;
    [[nodiscard]] wsk::SocketTraits traits() { return {.id = SocketId{++m_sockets}}; }

    void send(std::string_view text);
    void sendAndArrive(std::string_view text); ///< the kernel holds it
    void arriveEnd();

    /// WskReceive.
    Status receive(Packet &packet, std::uint32_t flags = 0);
    Status receive(Packet &packet, std::uint32_t flags, std::uint64_t length);
    void awaitDone(Packet &packet);

    // -- the receive event callback

    /// Answers with each of these in turn, then with the last for ever; remembers what it was called with.
    struct Callback {
        struct Answer {
            Status status = Status::Success;
            std::size_t accepted = ~std::size_t{0};
        };
        std::vector<Answer> answers{{}};
        std::function<void()> during; ///< runs inside, first
        std::mutex mutex;
        std::vector<std::string> heard;
        std::vector<std::size_t> descriptors;
        std::vector<wsk::DataIndication *> kept;
        std::atomic<std::size_t> calls{0};
        std::atomic<std::size_t> lost{0};
        std::atomic<std::size_t> graceful{0}, aborted{0};
    };
    void enable(Callback &callback, std::uint32_t mask = wsk::event::Receive, std::uint32_t descriptor = 4096);

    void finish(); ///< hands the trace so far to the proof
    [[nodiscard]] trace::Snapshot snapshot();
    /// Events of that type so far.
    [[nodiscard]] std::vector<trace::Event> events(trace::EventType type);

    std::shared_ptr<trace::Store> m_store;
    SteadyClock m_clock;
    std::unique_ptr<trace::Recorder> m_recorder;
    std::unique_ptr<wsk::Provider> m_provider;
    wsk::SocketHandle m_socket = wsk::SocketHandle::Invalid;
    net::Socket m_peer;
    std::uint16_t m_sockets = 0;
};

} // namespace recvscope::test
