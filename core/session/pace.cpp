#include "session/pace.h"

#include <algorithm>

namespace recvscope::session {

void Pace::took(std::uint64_t bytes, Nanoseconds now, std::uint64_t bytesPerSecond)
{
    if (bytesPerSecond == 0) {
        m_free = now;
        return;
    }
    const double seconds = static_cast<double>(bytes) / static_cast<double>(bytesPerSecond);
    m_free = std::max(m_free, now) + static_cast<Nanoseconds>(seconds * 1e9);
}

Nanoseconds Pace::pause(Nanoseconds now) const
{
    constexpr Nanoseconds shortest = 1'000'000;
    return m_free >= now + shortest ? m_free - now : 0;
}

} // namespace recvscope::session
