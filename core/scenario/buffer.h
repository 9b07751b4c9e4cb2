// Memory as a scenario writes it: a size, a row of equal ones, or memory that may not be written.

#pragma once

#include <cstdint>
#include <vector>

namespace recvscope::scenario {

struct Buffer {
    std::uint32_t size = 0;
    bool invalid = false;    ///< memory that may not be written
    std::uint32_t count = 1; ///< so many of them in a row
    friend bool operator==(const Buffer &, const Buffer &) = default;
};

/// Sizes of every single buffer, `count` written out.
[[nodiscard]] std::vector<Buffer> writtenOut(const std::vector<Buffer> &buffers);

/// Of all of them together.
[[nodiscard]] std::uint64_t roomIn(const std::vector<Buffer> &buffers);
[[nodiscard]] std::uint64_t countOf(const std::vector<Buffer> &buffers);

} // namespace recvscope::scenario
