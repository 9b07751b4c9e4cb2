// A live session: one thread that accepts and clears away, and a thread for each connection.

#include "session/live.h"

#include "net/poller.h"
#include "session/live_connection.h"
#include "session/live_log.h"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <numeric>
#include <utility>

namespace recvscope::session {

namespace {

constexpr std::uint32_t maxBuffer = 16U << 20;
constexpr std::uint64_t maxInFlight = std::uint64_t{256} << 20;
constexpr std::uint32_t maxCount = 64;

Outcome checkSettings(const LiveSettings &settings)
{
    if (settings.address.family() == net::AddressFamily::Unspecified)
        return Error{"start", {}, "no address was given: write one as 127.0.0.1:7000 or [::1]:7000", 0};
    if (settings.maxConnections == 0)
        return Error{"start", {}, "at least one connection must be allowed", 0};
    return checkBehaviour(settings.behaviour);
}

trace::RecorderSettings recorderSettings(const LiveSettings &settings)
{
    trace::RecorderSettings recorder;
    recorder.payloadPerTransfer = settings.payloadPerTransfer;
    return recorder;
}

/// A peer that went away again before it was accepted is no trouble: there is nothing to accept then.
bool passes(const Error &error)
{
    return error.systemCode == EAGAIN || error.systemCode == EINTR || error.systemCode == ECONNABORTED ||
           error.systemCode == EPROTO;
}

wsp::ProviderSettings providerSettings(const LiveSettings &settings, trace::Recorder &recorder)
{
    wsp::ProviderSettings provider;
    provider.recorder = &recorder;
    provider.policy = settings.policy;
    return provider;
}

class LiveSession final : public Live {
public:
    /// @param listener or @param connected, as the mode asks.
    LiveSession(LiveSettings settings, net::Socket listener, net::Socket connected)
        : m_settings(std::move(settings)),
          m_store(m_settings.memoryLimit),
          m_recorder(m_store, m_clock, recorderSettings(m_settings)),
          m_behaviour(m_settings.behaviour),
          m_poller(net::makePoller()),
          m_listener(std::move(listener)),
          m_provider(providerSettings(m_settings, m_recorder))
    {
        m_context.provider = &m_provider;
        m_context.recorder = &m_recorder;
        m_context.behaviour = &m_behaviour;
        m_context.log = &m_log;
        m_context.watch = m_settings.watch;
        m_context.ended = [this] { m_poller->wake(); };
        m_address = m_listener ? m_listener.localAddress() : m_settings.address;
        m_thread = std::thread([this, socket = std::move(connected)]() mutable { live(std::move(socket)); });
    }

    ~LiveSession() override
    {
        LiveSession::stop();
        m_thread.join();
    }

    void setBehaviour(LiveBehaviour behaviour) override
    {
        if (!checkBehaviour(behaviour))
            return;
        m_behaviour.set(std::move(behaviour));
        const std::lock_guard lock(m_mutex);
        for (const auto &connection : m_open)
            connection->behaviourChanged();
    }

    LiveBehaviour behaviour() const override { return m_behaviour.get(); }
    net::Address address() const override { return m_address; }

    std::vector<Connection> connections() const override
    {
        const std::lock_guard lock(m_mutex);
        std::vector<Connection> all = m_past;
        for (const auto &connection : m_open)
            all.push_back(connection->summary());
        std::sort(all.begin(), all.end(),
                  [](const Connection &left, const Connection &right) { return left.socket < right.socket; });
        return all;
    }

    trace::Snapshot snapshot() const override { return m_store.snapshot(); }

    bool running() const override
    {
        const std::lock_guard lock(m_mutex);
        return !m_over;
    }

    std::string trouble() const override
    {
        const std::lock_guard lock(m_mutex);
        return m_trouble;
    }

    void stop() override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
            for (const auto &connection : m_open)
                connection->stop();
        }
        m_poller->wake();
        wait();
    }

    void wait() override
    {
        std::unique_lock lock(m_mutex);
        m_ended.wait(lock, [this] { return m_over; });
    }

    std::string asScenario(std::size_t maxBytes) const override
    {
        return scenarioOf(m_log.entries(), m_settings.policy, !m_log.full(), maxBytes);
    }

private:
    static constexpr std::uint64_t listenerToken = 1;

    void live(net::Socket connected)
    {
        m_recorder.nameThread("acceptor");
        bool accepting = static_cast<bool>(m_listener);
        if (accepting) {
            if (const Outcome added = m_poller->add(m_listener.descriptor(), listenerToken); !added) {
                tell(added.error().message());
                accepting = false;
            }
        } else {
            begin(std::move(connected), m_settings.address, false);
        }

        std::vector<net::Readiness> ready;
        bool armed = false;
        for (;;) {
            clearAway();
            const std::size_t open = openCount();
            if (stopping() || (!accepting && open == 0))
                break;
            // With a full house, or when accepting failed, the listener is left alone until a connection has ended.
            if (accepting && !armed && open < m_settings.maxConnections && !(m_failed && open > 0)) {
                m_poller->arm(m_listener.descriptor(), listenerToken);
                armed = true;
            }
            ready.clear();
            m_poller->wait(ready, -1);
            for (const net::Readiness &one : ready) {
                if (one.token != listenerToken || stopping())
                    continue;
                armed = false;
                acceptOne();
            }
            if (accepting && ((m_settings.once && m_accepted > 0) || (m_failed && openCount() == 0))) {
                m_poller->remove(m_listener.descriptor());
                m_listener.close();
                accepting = false;
            }
        }
        end();
    }

    void acceptOne()
    {
        net::Address peer;
        Result<net::Socket> accepted = m_listener.accept(&peer);
        m_failed = false;
        if (!accepted) {
            if (!passes(accepted.error())) {
                m_failed = true;
                tell(accepted.error().message());
            }
            return;
        }
        if (m_lastId == std::numeric_limits<std::uint16_t>::max()) {
            tell("No more connections are accepted: a trace holds 65,535 of them. Start again for more.");
            m_failed = true;
            return;
        }
        ++m_accepted;
        tell({});
        begin(std::move(*accepted), peer, true);
    }

    void begin(net::Socket socket, const net::Address &peer, bool accepted)
    {
        const SocketId id{++m_lastId};
        const std::lock_guard lock(m_mutex);
        m_open.push_back(std::make_unique<LiveConnection>(m_context, std::move(socket), id, peer, accepted));
        if (m_stopping)
            m_open.back()->stop();
    }

    /// Joins the connections that have ended.
    void clearAway()
    {
        std::vector<std::unique_ptr<LiveConnection>> ended;
        {
            const std::lock_guard lock(m_mutex);
            const auto first = std::stable_partition(m_open.begin(), m_open.end(),
                                                     [](const auto &connection) { return !connection->ended(); });
            for (auto each = first; each != m_open.end(); ++each) {
                m_past.push_back((*each)->summary());
                ended.push_back(std::move(*each));
            }
            m_open.erase(first, m_open.end());
        }
        for (const auto &connection : ended)
            connection->join();
    }

    /// Every connection was told to stop, or has ended.
    void end()
    {
        for (const auto &connection : m_open) // only this thread changes the list
            connection->join();
        clearAway();
        m_recorder.flush();
        const std::lock_guard lock(m_mutex);
        m_over = true;
        m_ended.notify_all();
    }

    bool stopping() const
    {
        const std::lock_guard lock(m_mutex);
        return m_stopping;
    }

    std::size_t openCount() const
    {
        const std::lock_guard lock(m_mutex);
        return m_open.size();
    }

    void tell(std::string trouble)
    {
        const std::lock_guard lock(m_mutex);
        m_trouble = std::move(trouble);
    }

    const LiveSettings m_settings;
    const SteadyClock m_clock;
    trace::Store m_store;
    trace::Recorder m_recorder;
    SharedBehaviour m_behaviour;
    LiveLog m_log;
    LiveContext m_context;
    const std::unique_ptr<net::Poller> m_poller;
    net::Address m_address;

    // The accepting thread alone.
    net::Socket m_listener;
    std::uint16_t m_lastId = 0;
    std::uint64_t m_accepted = 0;
    bool m_failed = false;

    mutable std::mutex m_mutex; ///< guards what follows; the list is changed by the accepting thread alone
    std::condition_variable m_ended;
    std::vector<std::unique_ptr<LiveConnection>> m_open;
    std::vector<Connection> m_past;
    std::string m_trouble;
    bool m_stopping = false;
    bool m_over = false;

    wsp::Provider m_provider;
    std::thread m_thread;
};

/// What to do about an address that cannot be listened on, after the system's reason.
Error withAdvice(Error error)
{
    if (error.systemCode == EACCES)
        error.why += "; low ports are for the system's own programs: take one from 1024 on, or 0 for any free one";
    else if (error.systemCode == EADDRINUSE)
        error.why += "; another program has that port: end it, or take another one, or 0 for any free one";
    else if (error.systemCode == EADDRNOTAVAIL)
        error.why += "; it is no address of this machine: 127.0.0.1 always is, and 0.0.0.0 is all of them";
    return error;
}

Result<net::Socket> listening(const LiveSettings &settings)
{
    Result<net::Socket> listener = net::Socket::open(net::SocketKind::Tcp, settings.address.family());
    if (!listener)
        return listener.error();
    // An address whose earlier connections are still being forgotten is free; one that somebody listens on is not.
    for (const auto &step :
         {+[](net::Socket &socket, const LiveSettings &) { return socket.setReuseAddress(true); },
          +[](net::Socket &socket, const LiveSettings &wanted) { return socket.bind(wanted.address); },
          +[](net::Socket &socket, const LiveSettings &) { return socket.listen(64); },
          +[](net::Socket &socket, const LiveSettings &) { return socket.setNonblocking(true); }})
        if (const Outcome done = step(*listener, settings); !done)
            return withAdvice(done.error());
    return listener;
}

Result<net::Socket> connecting(const LiveSettings &settings)
{
    Result<net::Socket> socket = net::Socket::open(net::SocketKind::Tcp, settings.address.family());
    if (!socket)
        return socket;
    if (const Outcome done = socket->connectWithin(settings.address, settings.connectTime); !done)
        return done.error();
    return socket;
}

} // namespace

Outcome checkBehaviour(const LiveBehaviour &behaviour)
{
    const auto wrong = [](std::string why) { return Error{"receive that way", {}, std::move(why), 0}; };
    if (behaviour.buffers.empty() || behaviour.buffers.size() > maxCount)
        return wrong("a receive takes 1 to 64 buffers, and " + std::to_string(behaviour.buffers.size()) +
                     " were given");
    for (const std::uint32_t size : behaviour.buffers)
        if (size > maxBuffer)
            return wrong("a buffer holds at most 16 MiB (16777216 bytes), and one of " + std::to_string(size) +
                         " was given");
    const std::uint64_t total = std::accumulate(behaviour.buffers.begin(), behaviour.buffers.end(), std::uint64_t{0});
    if (total == 0)
        return wrong("buffers that hold nothing at all would never take a byte: give one of them a size");
    if (behaviour.outstanding == 0 || behaviour.outstanding > maxCount)
        return wrong("1 to 64 receives may be in flight, and " + std::to_string(behaviour.outstanding) +
                     " were asked for");
    if (behaviour.overlapped && total * behaviour.outstanding > maxInFlight)
        return wrong("the receives in flight hold at most 256 MiB together: take smaller buffers or fewer receives");
    return Done{};
}

Result<std::unique_ptr<Live>> startLive(LiveSettings settings)
{
    if (const Outcome good = checkSettings(settings); !good)
        return good.error();
    const bool listens = settings.mode == LiveSettings::Mode::Listen;
    Result<net::Socket> socket = listens ? listening(settings) : connecting(settings);
    if (!socket)
        return socket.error();
    return std::unique_ptr<Live>(
        listens ? std::make_unique<LiveSession>(std::move(settings), std::move(*socket), net::Socket())
                : std::make_unique<LiveSession>(std::move(settings), net::Socket(), std::move(*socket)));
}

} // namespace recvscope::session
