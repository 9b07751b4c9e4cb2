// The recorder's thread: moves what the tracks hold into the log, in batches, and sleeps in between.
//
// Threads: it owns one, the log's only writer. The public functions may be called from any other thread.
//
// While events come it looks every fraction of a millisecond, growing to a few; a producer calls into the system only
// when its ring is half full. When nothing came for a while it sleeps for long and says so in sleeps(): then the next
// event wakes it. A wake-up missed by that unsynchronised look costs one long sleep (100 ms) of delay, never an event.

#pragma once

#include "trace/log.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace recvscope::trace {

class Track;

class Drain {
public:
    explicit Drain(std::shared_ptr<Log> log);
    ~Drain(); ///< drains everything first

    void add(std::shared_ptr<Track> track);
    /// Returns when all that was recorded before the call is in the log.
    void flush();
    /// Something waits to be drained soon.
    void wake();
    /// Blocks a track's producer until @p head events fit.
    void waitForRoom(const Track &track, std::uint64_t head);

    [[nodiscard]] const std::atomic<bool> &sleeps() const { return m_sleeps; }
    [[nodiscard]] Log &log() { return *m_log; }

private:
    void run();
    /// @return whether there was anything.
    bool drainAll();
    std::size_t drainOne(Track &track);
    void sleep(std::unique_lock<std::mutex> &lock, std::chrono::microseconds longest);

    const std::shared_ptr<Log> m_log;
    alignas(64) std::atomic<bool> m_sleeps{false}; ///< read at every event: on a cache line of its own

    alignas(64) std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_wake, m_drained;
    std::vector<std::shared_ptr<Track>> m_added;
    std::uint64_t m_flushesAsked = 0, m_flushesDone = 0;
    bool m_woken = false;
    bool m_stopping = false;

    std::vector<std::shared_ptr<Track>> m_tracks; ///< the thread's own
    std::thread m_thread;
};

} // namespace recvscope::trace
