// One live connection: a thread that receives from its socket as the behaviour says, until an end.
//
// Threads: the connection's own thread receives; stop(), summary() and ended() may be called from any thread.

#pragma once

#include "session/live.h"
#include "session/live_log.h"
#include "session/pace.h"
#include "trace/recorder.h"
#include "wsp/provider.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace recvscope::session {

/// The behaviour that all connections share, and its version, so that a change is noticed without taking a lock.
class SharedBehaviour {
public:
    explicit SharedBehaviour(LiveBehaviour behaviour) : m_behaviour(std::move(behaviour)) {}

    void set(LiveBehaviour behaviour);
    [[nodiscard]] LiveBehaviour get() const;
    [[nodiscard]] std::uint64_t version() const { return m_version.load(std::memory_order_acquire); }

private:
    mutable std::mutex m_mutex;
    LiveBehaviour m_behaviour;
    std::atomic<std::uint64_t> m_version = 1;
};

/// What the connections of a live session share.
struct LiveContext {
    wsp::Provider *provider = nullptr;
    trace::Recorder *recorder = nullptr;
    SharedBehaviour *behaviour = nullptr;
    LiveLog *log = nullptr;
    LiveWatch watch;
    std::mutex watching;         ///< held while one of watch runs
    std::function<void()> ended; ///< a connection's thread is about to end
};

class LiveConnection {
public:
    /// Begins to receive. @p context must outlive it. @param accepted the peer connected to us, else we to it
    LiveConnection(LiveContext &context, net::Socket socket, SocketId id, net::Address peer, bool accepted);
    ~LiveConnection();
    LiveConnection(const LiveConnection &) = delete;
    LiveConnection &operator=(const LiveConnection &) = delete;

    /// Ends it soon; returns at once.
    void stop();
    /// The behaviour changed: a pause that the old one asked for ends.
    void behaviourChanged();
    [[nodiscard]] Connection summary() const;
    [[nodiscard]] bool ended() const;
    /// Returns when its thread has ended.
    void join();

private:
    struct Receive;

    void live(net::AddressFamily family, bool accepted, std::size_t receiveBuffer);
    void receiveUntilEnd();
    /// The rest of an end that stop() brought about.
    void seenStop();
    /// Takes over a changed behaviour.
    void renew();
    /// @return false when it has to stop.
    bool waitForPace();
    void receiveBlocking();
    void postOverlapped();
    void finishOldest();
    /// The receive ended, with what it brought.
    void seen(const Receive &receive, bool overlapped, bool wasPending, Status status, std::uint32_t bytes);
    void log(const Receive &receive, bool overlapped, bool wasPending, Status status, std::uint32_t bytes);
    [[nodiscard]] bool stopping() const;
    [[nodiscard]] std::unique_ptr<Receive> takeReceive();
    void giveBack(std::unique_ptr<Receive> receive);
    void record(trace::EventType type, std::uint32_t a = 0, std::uint32_t b = 0);

    LiveContext &m_context;
    const SocketId m_id;
    wsp::SocketHandle m_handle = wsp::SocketHandle::Invalid;

    // The connection's thread alone.
    LiveBehaviour m_behaviour;
    std::uint64_t m_version = 0;
    Pace m_pace;
    std::uint64_t m_number = 0;
    bool m_over = false;                           ///< an end was seen
    bool m_closedByUs = false;                     ///< told to the log
    std::deque<std::unique_ptr<Receive>> m_flying; ///< pending, oldest first
    std::vector<std::unique_ptr<Receive>> m_spare; ///< with the buffers of the present behaviour

    mutable std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_news;
    Connection m_summary;
    bool m_stopping = false;
    bool m_ended = false;
    std::thread m_thread;
};

} // namespace recvscope::session
