// Cancelling races completion, on real sockets: one thread ends a receive by closing the socket or by cancelling its
// call, another sends to it. Whoever wins, each receive ends exactly once, and the checker (tests/checker) has nothing
// against what the trace and the memory tell of it.
//
//     RECVSCOPE_RACES=1000000 race_test

#include "receiving.h"

#include "checker.h"
#include "dice.h"

#include "session/scripted_peer.h"

#include <array>
#include <atomic>
#include <cstdlib>
#include <deque>
#include <functional>
#include <iostream>
#include <optional>
#include <semaphore>
#include <thread>

namespace recvscope::test {

namespace {

constexpr std::uint32_t batch = 250; ///< races told in one trace

std::uint32_t races()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    constexpr std::uint32_t inTheDailyRun = 4000;
#else
    constexpr std::uint32_t inTheDailyRun = 20000;
#endif
    const char *text = std::getenv("RECVSCOPE_RACES");
    return text != nullptr && *text != '\0' ? static_cast<std::uint32_t>(std::atoi(text)) : inTheDailyRun;
}

/// Lets two threads begin together; the one that comes last is ahead by the other's waking up.
class Start {
public:
    void arriveAndGo(bool last, std::uint32_t delay)
    {
        if (last)
            waitFor(1);
        m_here.fetch_add(1, std::memory_order_acq_rel);
        waitFor(2);
        for (std::uint32_t i = 0; i < delay; ++i)
            std::atomic_signal_fence(std::memory_order_seq_cst);
    }

private:
    void waitFor(int count)
    {
        for (int turns = 0; m_here.load(std::memory_order_acquire) < count; ++turns)
            if (turns > 2000) // the other one may need this processor
                std::this_thread::yield();
    }

    std::atomic<int> m_here = 0;
};

/// A thread that does one thing after another, as it is told.
class Doer {
public:
    ~Doer()
    {
        does([] {});
        m_thread.request_stop();
        m_next.release();
    }
    template <class Act>
    void does(Act act)
    {
        finish();
        m_act = std::move(act);
        m_busy = true;
        m_next.release();
    }
    /// Waits until it is done.
    void finish()
    {
        if (m_busy)
            m_done.acquire();
        m_busy = false;
    }
    [[nodiscard]] std::thread::id id() const { return m_thread.get_id(); }

private:
    std::function<void()> m_act;
    bool m_busy = false;
    std::binary_semaphore m_next{0}, m_done{0};
    std::jthread m_thread{[this](const std::stop_token &stop) {
        for (;;) {
            m_next.acquire();
            if (stop.stop_requested())
                return;
            m_act();
            m_done.release();
        }
    }};
};

} // namespace

class Races : public testing::Test {
protected:
    void SetUp() override { begin(); }
    void TearDown() override
    {
        m_provider.reset();
        m_recorder.reset();
    }

    void begin()
    {
        m_peers.clear();
        m_provider.reset();
        m_recorder.reset();
        m_calls.clear();
        m_setup = {};
        m_store = std::make_shared<trace::Store>();
        m_recorder = std::make_unique<trace::Recorder>(*m_store, m_clock);
        m_provider = std::make_unique<wsp::Provider>(wsp::ProviderSettings{m_recorder.get(), {}, false, {}});
    }

    struct Ends {
        wsp::SocketHandle handle;
        session::ScriptedPeer &peer;
    };
    Ends connect(net::SocketKind kind)
    {
        Result<net::ConnectedPair> pair = net::connectedPair(kind);
        EXPECT_TRUE(pair) << pair.error().message();
        const SocketId id{static_cast<std::uint16_t>(m_peers.size() + 1)};
        m_setup.sockets[id] = {kind, true, false, std::nullopt, false, true, {}};
        m_peers.emplace_back(std::move(pair->peer), id, *m_recorder);
        return {m_provider->adopt(std::move(pair->receiver), {.id = id}), m_peers.back()};
    }

    Call &made(std::vector<std::size_t> sizes) { return m_calls.emplace_back(std::move(sizes)); }
    void receive(wsp::SocketHandle handle, Call &call, wsp::Overlapped *overlapped)
    {
        const wsp::CallTag tag{OperationId{static_cast<std::uint32_t>(m_calls.size())}, {}};
        call.result = m_provider->recv(handle, call.buffers.data(), static_cast<std::uint32_t>(call.buffers.size()),
                                       &call.bytes, &call.flags, overlapped, nullptr, nullptr, &call.error, tag);
    }
    static void send(session::ScriptedPeer &peer, std::string_view text)
    {
        peer.beginSend(std::as_bytes(std::span(text)), false, {});
        // The receiver may be gone already.
        static_cast<void>(peer.sendSome());
    }

    /// How many turns one of the two lags behind.
    std::uint32_t later() { return m_dice.chance(50) ? 0 : m_dice.below(10000); }

    /// Everything was closed: the checker reads what was told so far, and a new trace begins.
    void judge()
    {
        m_recorder->flush();
        std::uint32_t number = 0;
        for (const Call &call : m_calls) {
            const bool pending = call.error == Status::WsaIoPending;
            const std::size_t count = pending ? call.overlapped.internalHigh.load() : call.result == 0 ? call.bytes : 0;
            m_setup.seen[OperationId{++number}] = {call.bytes != 0xDEAD, {call.text(count)}, {}};
        }
        const auto refusals = checker::refusalsOf(m_store->snapshot(), m_setup);
        ASSERT_TRUE(refusals.empty()) << checker::told(refusals);
        begin();
    }

    SteadyClock m_clock;
    std::shared_ptr<trace::Store> m_store;
    std::unique_ptr<trace::Recorder> m_recorder;
    std::unique_ptr<wsp::Provider> m_provider;
    std::deque<session::ScriptedPeer> m_peers;
    std::deque<Call> m_calls;
    checker::Setup m_setup;
    checker::Dice m_dice{1};
};

TEST_F(Races, closingAgainstData)
{
    Doer sender;
    std::uint64_t withData = 0;
    const std::uint32_t count = races();
    for (std::uint32_t race = 1; race <= count; ++race) {
        const auto [handle, peer] = connect(race % 4 == 0 ? net::SocketKind::Tcp : net::SocketKind::Unix);
        std::array<Call *, 2> calls{};
        for (Call *&call : calls) {
            call = &made({2, 2});
            call->withEvent();
            receive(handle, *call, &call->overlapped);
        }
        Start start;
        const bool sendsLast = m_dice.chance(50);
        sender.does([&, &to = peer, sendsLast, delay = later()] {
            start.arriveAndGo(sendsLast, delay);
            send(to, "abcdef");
        });
        start.arriveAndGo(!sendsLast, later());
        Status error = Status::Success;
        ASSERT_EQ(m_provider->closeSocket(handle, &error), 0);
        sender.finish();
        for (Call *call : calls) {
            call->event.wait();
            withData += call->overlapped.internalHigh > 0 ? 1U : 0U;
        }
        if (race % batch == 0 || race == count) {
            ASSERT_NO_FATAL_FAILURE(judge()) << "race " << race;
        }
    }
    RecordProperty("completed with data", std::to_string(withData));
    std::cout << withData << " of " << 2ULL * count << " receives got data, the others were cancelled\n";
}

TEST_F(Races, cancellingABlockedCallAgainstData)
{
    Doer sender;
    Doer receiver;
    std::uint64_t cancelled = 0;
    const std::uint32_t count = races();
    std::optional<Ends> ends;
    for (std::uint32_t race = 1; race <= count; ++race) {
        if (!ends)
            ends.emplace(connect(race / batch % 2 == 0 ? net::SocketKind::Unix : net::SocketKind::Tcp));
        Call &call = made({1, 7});
        std::atomic<bool> returned = false;
        receiver.does([&] {
            receive(ends->handle, call, nullptr);
            returned = true;
        });
        Start start;
        const bool sendsLast = m_dice.chance(50);
        sender.does([&, sendsLast, delay = later()] {
            start.arriveAndGo(sendsLast, delay);
            send(ends->peer, "abc");
        });
        while (!m_provider->blocked(receiver.id()) && !returned)
            std::this_thread::yield();
        start.arriveAndGo(!sendsLast, later());
        m_provider->cancelBlockingCall(receiver.id());
        sender.finish();
        receiver.finish();
        cancelled += call.error == Status::WsaEintr ? 1U : 0U;
        // Bytes whose receive was cancelled are the next one's: what was not received is still to come.
        while (m_provider->state(ends->handle).taken < ends->peer.sent())
            receive(ends->handle, made({64}), nullptr);
        if (race % batch == 0 || race == count) {
            Status error = Status::Success;
            ASSERT_EQ(m_provider->closeSocket(ends->handle, &error), 0);
            ends.reset();
            ASSERT_NO_FATAL_FAILURE(judge()) << "race " << race;
        }
    }
    std::cout << cancelled << " of " << count << " calls were cancelled, the others got data\n";
}

} // namespace recvscope::test
