#include "net/poller.h"
#include "net/posix/wake_pipe.h"

#include <poll.h>

#include <mutex>
#include <unordered_map>

namespace recvscope::net {

namespace {

class PollPoller final : public Poller {
public:
    Outcome add(int descriptor, std::uint64_t token) override
    {
        arm(descriptor, token);
        return Done{};
    }

    void arm(int descriptor, std::uint64_t token) override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_watched[descriptor] = {token, true};
        }
        m_wake.wake(); // poll() copied its list when it began
    }

    void remove(int descriptor) override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_watched.erase(descriptor);
        }
        m_wake.wake();
    }

    void wait(std::vector<Readiness> &ready, int timeoutMilliseconds) override
    {
        ready.clear();
        m_polled.assign(1, {m_wake.descriptor(), POLLIN, 0});
        {
            const std::lock_guard lock(m_mutex);
            for (const auto &[descriptor, watch] : m_watched)
                if (watch.armed)
                    m_polled.push_back({descriptor, POLLIN, 0});
        }
        if (::poll(m_polled.data(), m_polled.size(), timeoutMilliseconds) <= 0)
            return;
        if (m_polled.front().revents != 0)
            m_wake.drain();
        const std::lock_guard lock(m_mutex);
        for (std::size_t i = 1; i < m_polled.size(); ++i) {
            const pollfd &polled = m_polled[i];
            const auto watch = m_watched.find(polled.fd);
            // Removed or answered meanwhile: its descriptor may be another socket's by now.
            if (polled.revents == 0 || watch == m_watched.end() || !watch->second.armed)
                continue;
            watch->second.armed = false;
            // poll() has no portable sign for a half close, so every answer may hide one.
            ready.push_back({watch->second.token, true, true});
        }
    }

    void wake() override { m_wake.wake(); }

private:
    struct Watch {
        std::uint64_t token = 0;
        bool armed = false;
    };

    std::mutex m_mutex;
    std::unordered_map<int, Watch> m_watched;
    std::vector<pollfd> m_polled;
    WakePipe m_wake;
};

} // namespace

std::unique_ptr<Poller> makePollPoller()
{
    return std::make_unique<PollPoller>();
}

#ifndef __linux__
std::unique_ptr<Poller> makePoller()
{
    return makePollPoller();
}
#endif

} // namespace recvscope::net
