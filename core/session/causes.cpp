#include "session/causes.h"

#include <algorithm>

namespace recvscope::session {

void Causes::changed()
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_changes;
    }
    m_news.notify_all();
}

void Causes::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
        ++m_changes;
    }
    m_news.notify_all();
}

bool Causes::stopped() const
{
    const std::lock_guard lock(m_mutex);
    return m_stopped;
}

WaitEnd Causes::wait(News news, const std::function<bool()> &cause)
{
    using SteadyTime = std::chrono::steady_clock;
    const auto deadline = SteadyTime::now() + m_watchdog;
    for (;;) {
        std::uint64_t seen = 0;
        {
            const std::lock_guard lock(m_mutex);
            if (m_stopped)
                return WaitEnd::Stopped;
            seen = m_changes;
        }
        // A change after `seen` was read wakes the wait below at once, so none is missed while the cause is looked at.
        if (cause())
            return WaitEnd::Came;
        if (SteadyTime::now() >= deadline)
            return WaitEnd::TimedOut;
        const auto until =
            news == News::Announced ? deadline : std::min(deadline, SteadyTime::now() + std::chrono::milliseconds(1));
        std::unique_lock lock(m_mutex);
        m_news.wait_until(lock, until, [&] { return m_changes != seen; });
    }
}

} // namespace recvscope::session
