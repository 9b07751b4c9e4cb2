#include "engine/reactor.h"

#include <latch>
#include <utility>

namespace recvscope::engine {

Reactor::Reactor(std::unique_ptr<net::Poller> poller, std::function<void(std::uint64_t)> onReady,
                 std::function<void()> started)
    : m_poller(std::move(poller)), m_onReady(std::move(onReady)), m_started(std::move(started))
{
    // Returns when the thread has begun: what it names of itself comes before anything that its maker does next.
    std::latch begun(1);
    m_thread = std::thread([this, &begun] {
        if (m_started)
            m_started();
        begun.count_down();
        run();
    });
    begun.wait();
}

Reactor::~Reactor()
{
    stop();
}

void Reactor::stop()
{
    if (!m_thread.joinable())
        return;
    m_stopping = true;
    m_poller->wake();
    m_thread.join();
}

void Reactor::run()
{
    std::vector<net::Readiness> ready;
    while (!m_stopping) {
        m_poller->wait(ready, -1);
        for (const net::Readiness &one : ready)
            m_onReady(one.token);
    }
}

} // namespace recvscope::engine
