#include "base/clock.h"

#include <chrono>

namespace recvscope {

namespace {
Nanoseconds steadyNow()
{
    using namespace std::chrono;
    return static_cast<Nanoseconds>(duration_cast<nanoseconds>(steady_clock::now().time_since_epoch()).count());
}
} // namespace

SteadyClock::SteadyClock() : m_start(steadyNow()) {}

Nanoseconds SteadyClock::now() const
{
    return steadyNow() - m_start;
}

} // namespace recvscope
