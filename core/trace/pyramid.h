// Summaries of blocks, and of every 16 summaries below, up to a single one.

#pragma once

#include "trace/growth.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace recvscope::trace {

/// [0]: of each block; [n + 1]: of each 16 of [n].
template <class T>
using Pyramid = std::vector<std::vector<T>>;

inline constexpr std::uint32_t pyramidWidth = 16;

/// Brings the upper levels up to date after the lowest changed from @p place on.
/// @param include makes its first argument a summary of its second as well; T() summarises nothing
template <class T, class Include>
void extendPyramid(Pyramid<T> &pyramid, std::uint32_t place, Include include)
{
    for (std::size_t level = 1; pyramid[level - 1].size() > 1; ++level) {
        if (level == pyramid.size())
            pyramid.emplace_back();
        const std::vector<T> &below = pyramid[level - 1];
        std::vector<T> &own = pyramid[level];
        place = std::min(place / pyramidWidth, static_cast<std::uint32_t>(own.size()));
        own.resize(place);
        for (std::size_t first = std::size_t{place} * pyramidWidth; first < below.size(); first += pyramidWidth) {
            T summary = T();
            for (std::size_t i = first; i < std::min<std::size_t>(first + pyramidWidth, below.size()); ++i)
                include(summary, below[i]);
            pushTightly(own, summary);
        }
    }
}

template <class T>
[[nodiscard]] std::size_t bytesHeldBy(const Pyramid<T> &pyramid)
{
    std::size_t bytes = 0;
    for (const std::vector<T> &level : pyramid)
        bytes += bytesHeld(level);
    return bytes;
}

} // namespace recvscope::trace
