// The valid word that was probably meant by one that is not.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace recvscope::scenario {

/// How many letters must be changed, added, left out or swapped with their neighbour to get from one to the other;
/// upper and lower case count as equal.
[[nodiscard]] std::size_t editDistance(std::string_view from, std::string_view to);

/// @return the nearest of @p valid, or empty when none is near enough to be meant.
[[nodiscard]] std::string nearestWord(std::string_view word, std::span<const std::string_view> valid);
[[nodiscard]] std::string nearestWord(std::string_view word, const std::vector<std::string> &valid);

/// "a", "a or b", "a, b or c".
[[nodiscard]] std::string oneOf(std::span<const std::string_view> words);

} // namespace recvscope::scenario
