// Chance that falls the same way on every machine for the same seed (splitmix64).
//
// Threads: a value.

#pragma once

#include <cstdint>
#include <initializer_list>

namespace recvscope::checker {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : m_state(seed) {}

    [[nodiscard]] std::uint64_t next()
    {
        std::uint64_t mixed = m_state += 0x9E37'79B9'7F4A'7C15U;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58'476D'1CE4'E5B9U;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D0'49BB'1331'11EBU;
        return mixed ^ (mixed >> 31);
    }
    /// 0 ≤ result < @p end
    [[nodiscard]] std::uint32_t below(std::uint32_t end) { return static_cast<std::uint32_t>(next() % end); }
    /// True in so many of a hundred throws.
    [[nodiscard]] bool chance(std::uint32_t percent) { return below(100) < percent; }
    template <class T>
    [[nodiscard]] T oneOf(std::initializer_list<T> values)
    {
        return values.begin()[below(static_cast<std::uint32_t>(values.size()))];
    }

private:
    std::uint64_t m_state;
};

} // namespace recvscope::checker
