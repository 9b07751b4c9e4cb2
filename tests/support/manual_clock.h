// A clock that stands still until the test moves it.
//
// Threads: any.

#pragma once

#include "base/clock.h"

#include <atomic>

namespace recvscope::test {

class ManualClock final : public Clock {
public:
    [[nodiscard]] Nanoseconds now() const override { return m_now.load(); }
    void advance(Nanoseconds by) { m_now += by; }

private:
    std::atomic<Nanoseconds> m_now{0};
};

} // namespace recvscope::test
