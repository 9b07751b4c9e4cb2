// The interrupt request level of a thread. Simulated: nothing is kept from running, calls look at it.

#pragma once

#include <cstdint>

namespace recvscope::wsk {

using Irql = std::uint8_t;
inline constexpr Irql passiveLevel = 0;
inline constexpr Irql apcLevel = 1;
inline constexpr Irql dispatchLevel = 2;

/// The calling thread's.
[[nodiscard]] Irql currentIrql();

/// Raises the calling thread's level (KeRaiseIrql) for its own lifetime; a lower one than it has changes nothing.
class RaisedIrql {
public:
    explicit RaisedIrql(Irql level);
    ~RaisedIrql();
    RaisedIrql(const RaisedIrql &) = delete;
    RaisedIrql &operator=(const RaisedIrql &) = delete;

private:
    const Irql m_before;
};

} // namespace recvscope::wsk
