#include "session/application_thread.h"

#include <cassert>
#include <utility>

namespace recvscope::session {

ApplicationThread::ApplicationThread(std::string name, const std::function<void()> &begin,
                                     std::function<void()> changed)
    : m_name(std::move(name)), m_changed(std::move(changed)), m_thread([this, begin] { live(begin); })
{
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [this] { return !m_busy; });
    m_id = m_thread.get_id();
}

ApplicationThread::~ApplicationThread()
{
    exit();
}

void ApplicationThread::exit()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

bool ApplicationThread::exited() const
{
    const std::lock_guard lock(m_mutex);
    return m_ending;
}

void ApplicationThread::start(std::function<void()> call)
{
    {
        const std::lock_guard lock(m_mutex);
        assert(!m_busy);
        m_call = std::move(call);
        m_busy = true;
    }
    m_wake.notify_all();
}

bool ApplicationThread::idle() const
{
    const std::lock_guard lock(m_mutex);
    return !m_busy;
}

void ApplicationThread::live(const std::function<void()> &begin)
{
    begin();
    std::unique_lock lock(m_mutex);
    m_busy = false;
    m_wake.notify_all();
    for (;;) {
        m_wake.wait(lock, [this] { return m_busy || m_ending; });
        if (!m_busy)
            return;
        const std::function<void()> call = std::exchange(m_call, nullptr);
        lock.unlock();
        call();
        lock.lock();
        m_busy = false;
        lock.unlock();
        m_changed();
        lock.lock();
    }
}

} // namespace recvscope::session
