#include "wsp/event.h"

namespace recvscope::wsp {

void Event::State::set()
{
    {
        const std::lock_guard lock(m_mutex);
        m_set = true;
    }
    m_changed.notify_all();
}

void Event::State::reset()
{
    const std::lock_guard lock(m_mutex);
    m_set = false;
}

bool Event::State::isSet() const
{
    const std::lock_guard lock(m_mutex);
    return m_set;
}

void Event::State::wait()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_set; });
}

} // namespace recvscope::wsp
