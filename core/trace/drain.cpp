#include "trace/drain.h"

#include "trace/track.h"

#include <algorithm>

namespace recvscope::trace {

namespace {
using namespace std::chrono_literals;
constexpr std::chrono::microseconds shortestNap = 250us;
constexpr std::chrono::microseconds longestNap = 4ms;
constexpr std::chrono::microseconds longSleep = 100ms;
constexpr int emptyRoundsBeforeLongSleep = 32;
} // namespace

Drain::Drain(std::shared_ptr<Log> log) : m_log(std::move(log)), m_thread([this] { run(); }) {}

Drain::~Drain()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void Drain::add(std::shared_ptr<Track> track)
{
    const std::lock_guard lock(m_mutex);
    m_added.push_back(std::move(track));
}

void Drain::flush()
{
    std::unique_lock lock(m_mutex);
    const std::uint64_t ticket = ++m_flushesAsked;
    m_wake.notify_one();
    m_drained.wait(lock, [&] { return m_flushesDone >= ticket; });
}

void Drain::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        m_woken = true;
        m_sleeps.store(false, std::memory_order_relaxed); // one event wakes it, not each of a burst
    }
    m_wake.notify_one();
}

void Drain::waitForRoom(const Track &track, std::uint64_t head)
{
    // The tail moves before the drain takes the mutex to tell, so no telling can be missed.
    std::unique_lock lock(m_mutex);
    m_woken = true;
    m_wake.notify_one();
    m_drained.wait(lock, [&] { return head - track.m_tail.load(std::memory_order_acquire) <= track.m_mask; });
}

void Drain::run()
{
    std::chrono::microseconds nap = shortestNap;
    int emptyRounds = 0;
    std::unique_lock lock(m_mutex);
    for (;;) {
        std::move(m_added.begin(), m_added.end(), std::back_inserter(m_tracks));
        m_added.clear();
        const std::uint64_t ticket = m_flushesAsked;
        const bool stopping = m_stopping;
        const bool idle = emptyRounds == emptyRoundsBeforeLongSleep;
        m_woken = false;
        m_sleeps.exchange(idle); // before the last look: who records after it sees that nobody will look for long

        lock.unlock();
        const bool some = drainAll();
        lock.lock();

        m_flushesDone = ticket;
        m_drained.notify_all();
        if (stopping)
            return;
        emptyRounds = some ? 0 : std::min(emptyRounds + 1, emptyRoundsBeforeLongSleep);
        nap = some ? shortestNap : std::min(nap * 2, longestNap);
        if (some)
            m_sleeps.store(false, std::memory_order_relaxed);
        sleep(lock, idle && !some ? longSleep : nap);
    }
}

void Drain::sleep(std::unique_lock<std::mutex> &lock, std::chrono::microseconds longest)
{
    m_wake.wait_for(lock, longest, [&] { return m_woken || m_stopping || m_flushesAsked != m_flushesDone; });
}

bool Drain::drainAll()
{
    bool some = false;
    std::erase_if(m_tracks, [&](const std::shared_ptr<Track> &track) {
        const bool ended = track->m_threadEnded.load(std::memory_order_acquire); // read first: nothing follows it
        some = drainOne(*track) > 0 || some;
        if (ended)
            track->m_ring.reset();
        return ended;
    });
    return some;
}

std::size_t Drain::drainOne(Track &track)
{
    const std::uint64_t tail = track.m_tail.load(std::memory_order_relaxed);
    const std::uint64_t head = track.m_head.load(std::memory_order_acquire);
    const std::size_t count = static_cast<std::size_t>(head - tail);
    if (count == 0)
        return 0;
    const std::size_t start = static_cast<std::size_t>(tail & track.m_mask);
    const std::size_t untilWrap = std::min(count, static_cast<std::size_t>(track.m_mask + 1) - start);
    m_log->append(track.m_number, {track.m_ring.get() + start, untilWrap});
    if (untilWrap < count)
        m_log->append(track.m_number, {track.m_ring.get(), count - untilWrap});
    track.m_tail.store(head, std::memory_order_release);
    return count;
}

} // namespace recvscope::trace
