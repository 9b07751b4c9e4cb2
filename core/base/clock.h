// Time as a parameter: who needs the time is given a Clock at construction, and tests move a manual one.
//
// Threads: now() may be called from any thread.

#pragma once

#include <cstdint>

namespace recvscope {

/// Nanoseconds on a monotonic clock. A trace counts from its own start.
using Nanoseconds = std::uint64_t;

class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Nanoseconds now() const = 0;
};

/// The system's monotonic clock, counted from the object's construction.
class SteadyClock final : public Clock {
public:
    SteadyClock();
    [[nodiscard]] Nanoseconds now() const override;

private:
    Nanoseconds m_start;
};

} // namespace recvscope
