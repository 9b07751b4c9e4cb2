// How fast an application consumes: when it may take more, after what it took.
//
// Threads: one thread's. Pure but for what it remembers; the time is a parameter.

#pragma once

#include "base/clock.h"

#include <cstdint>

namespace recvscope::session {

class Pace {
public:
    /// @p bytes were taken at @p now, at a pace of @p bytesPerSecond (0: no limit).
    void took(std::uint64_t bytes, Nanoseconds now, std::uint64_t bytesPerSecond);

    /// How long the next receive has to wait at @p now; 0: not at all. Less than a millisecond is not waited for but
    /// kept: the debt grows, so that the pace holds on average however small the receives are.
    [[nodiscard]] Nanoseconds pause(Nanoseconds now) const;

private:
    Nanoseconds m_free = 0; ///< what was taken so far is consumed then
};

} // namespace recvscope::session
