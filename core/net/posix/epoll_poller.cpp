#include "net/poller.h"
#include "net/posix/wake_pipe.h"

#include <sys/epoll.h>

#include <array>
#include <cerrno>

namespace recvscope::net {

namespace {

/// The token of the wake pipe; sockets' tokens come from indexes and never reach it.
constexpr std::uint64_t wakeToken = ~0ULL;
constexpr std::uint32_t oneShot = EPOLLIN | EPOLLRDHUP | EPOLLONESHOT;

class EpollPoller final : public Poller {
public:
    EpollPoller() : m_epoll(epoll_create1(EPOLL_CLOEXEC))
    {
        control(EPOLL_CTL_ADD, m_wake.descriptor(), EPOLLIN, wakeToken);
    }

    Outcome add(int descriptor, std::uint64_t token) override
    {
        if (control(EPOLL_CTL_ADD, descriptor, oneShot, token) != 0)
            return Error::system("watch a socket", {}, errno);
        return Done{};
    }

    void arm(int descriptor, std::uint64_t token) override { control(EPOLL_CTL_MOD, descriptor, oneShot, token); }

    void remove(int descriptor) override { control(EPOLL_CTL_DEL, descriptor, 0, 0); }

    void wait(std::vector<Readiness> &ready, int timeoutMilliseconds) override
    {
        ready.clear();
        std::array<epoll_event, 256> events;
        const int count =
            epoll_wait(m_epoll.get(), events.data(), static_cast<int>(events.size()), timeoutMilliseconds);
        for (int i = 0; i < count; ++i) {
            const epoll_event &event = events[static_cast<std::size_t>(i)];
            if (event.data.u64 == wakeToken)
                m_wake.drain();
            else
                ready.push_back({event.data.u64, true, (event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0});
        }
    }

    void wake() override { m_wake.wake(); }

private:
    int control(int operation, int descriptor, std::uint32_t events, std::uint64_t token)
    {
        epoll_event event{};
        event.events = events;
        event.data.u64 = token;
        return epoll_ctl(m_epoll.get(), operation, descriptor, &event);
    }

    Handle m_epoll;
    WakePipe m_wake;
};

} // namespace

std::unique_ptr<Poller> makePoller()
{
    return std::make_unique<EpollPoller>();
}

} // namespace recvscope::net
