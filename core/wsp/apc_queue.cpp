#include "wsp/apc_queue.h"

#include <algorithm>
#include <utility>

namespace recvscope::wsp {

bool ApcQueue::post(const Apc &apc, const std::function<void()> &told)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_closed)
            return false;
        if (told)
            told();
        m_queue.push_back(apc);
        m_resting = false; // from here on it has something to do, though it may still have to wake up
    }
    m_news.notify_all();
    return true;
}

void ApcQueue::takeBack(const void *owner)
{
    std::deque<Apc> taken;
    {
        const std::lock_guard lock(m_mutex);
        const auto kept =
            std::stable_partition(m_queue.begin(), m_queue.end(), [&](const Apc &apc) { return apc.owner != owner; });
        taken.assign(kept, m_queue.end());
        m_queue.erase(kept, m_queue.end());
    }
    for (const Apc &apc : taken)
        if (apc.discard != nullptr)
            apc.discard(apc.context);
}

void ApcQueue::close()
{
    std::deque<Apc> left;
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        left = std::exchange(m_queue, {});
    }
    for (const Apc &apc : left)
        if (apc.discard != nullptr)
            apc.discard(apc.context);
}

std::size_t ApcQueue::waitAlertably()
{
    std::unique_lock lock(m_mutex);
    m_resting = m_queue.empty();
    m_news.wait(lock, [this] { return !m_queue.empty(); });
    m_resting = false;
    return runAll(lock);
}

void ApcQueue::waitUntil(const std::atomic<bool> &done, std::chrono::milliseconds atMost)
{
    const auto end = std::chrono::steady_clock::now() + atMost;
    std::unique_lock lock(m_mutex);
    for (;;) {
        runAll(lock);
        if (done.load(std::memory_order_acquire))
            break;
        m_resting = true;
        const auto news = [&] { return !m_queue.empty() || done.load(std::memory_order_acquire); };
        bool came = true;
        if (atMost.count() == 0)
            m_news.wait(lock, news);
        else
            came = m_news.wait_until(lock, end, news);
        m_resting = false;
        if (!came)
            break;
    }
}

void ApcQueue::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        m_resting = false;
    }
    m_news.notify_all();
}

bool ApcQueue::resting() const
{
    const std::lock_guard lock(m_mutex);
    return m_resting;
}

ApcQueue::Apc ApcQueue::take()
{
    const auto newest =
        std::find_if(m_queue.rbegin(), m_queue.rend(), [](const Apc &each) { return each.newestFirst; });
    const auto which = newest == m_queue.rend() ? m_queue.begin() : std::prev(newest.base());
    const Apc apc = *which;
    m_queue.erase(which);
    return apc;
}

std::size_t ApcQueue::runAll(std::unique_lock<std::mutex> &lock)
{
    std::size_t ran = 0;
    while (!m_queue.empty()) {
        const Apc apc = take();
        lock.unlock();
        apc.run(apc.context);
        ++ran;
        lock.lock();
    }
    return ran;
}

} // namespace recvscope::wsp
