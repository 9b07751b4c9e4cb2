// Where something stands in a scenario's text. Lines and columns count from 1; columns count characters.

#pragma once

#include <cstdint>

namespace recvscope::scenario {

/// From the first character to the one after the last. A default one: it was made, not read.
struct Place {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    std::uint32_t endLine = 0;
    std::uint32_t endColumn = 0;

    /// Where a thing was written is no part of what it says: two scenarios are equal when they say the same.
    friend bool operator==(const Place &, const Place &) { return true; }
};

} // namespace recvscope::scenario
