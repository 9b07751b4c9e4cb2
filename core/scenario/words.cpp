#include "scenario/words.h"

#include <algorithm>
#include <cctype>

namespace recvscope::scenario {

namespace {

char folded(char c)
{
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

/// Longer ones are never near anything, and comparing them would cost their product.
constexpr std::size_t longestWord = 64;

} // namespace

std::size_t editDistance(std::string_view from, std::string_view to)
{
    if (from.size() > longestWord || to.size() > longestWord)
        return std::max(from.size(), to.size());
    const std::size_t width = to.size() + 1;
    std::vector<std::size_t> beforeLast(width);
    std::vector<std::size_t> last(width);
    std::vector<std::size_t> current(width);
    for (std::size_t j = 0; j < width; ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= from.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j < width; ++j) {
            const bool same = folded(from[i - 1]) == folded(to[j - 1]);
            current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
            const bool swapped =
                i > 1 && j > 1 && folded(from[i - 1]) == folded(to[j - 2]) && folded(from[i - 2]) == folded(to[j - 1]);
            if (swapped)
                current[j] = std::min(current[j], beforeLast[j - 2] + 1);
        }
        std::swap(beforeLast, last);
        std::swap(last, current);
    }
    return last[to.size()];
}

std::string nearestWord(std::string_view word, std::span<const std::string_view> valid)
{
    // A third of the letters may be wrong, one at least; a word whose end alone was left out ("recv") is near as well.
    const std::size_t allowed = std::max<std::size_t>(1, word.size() / 3);
    std::string_view nearest;
    std::size_t distance = allowed + 1;
    for (const std::string_view candidate : valid) {
        const std::size_t each = editDistance(word, candidate);
        if (each < distance) {
            nearest = candidate;
            distance = each;
        }
    }
    if (nearest.empty() && word.size() >= 3)
        for (const std::string_view candidate : valid)
            if (candidate.starts_with(word) || candidate.ends_with("." + std::string(word)))
                return std::string(candidate);
    return std::string(nearest);
}

std::string nearestWord(std::string_view word, const std::vector<std::string> &valid)
{
    return nearestWord(word, std::vector<std::string_view>(valid.begin(), valid.end()));
}

std::string oneOf(std::span<const std::string_view> words)
{
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0)
            text += i + 1 == words.size() ? " or " : ", ";
        text += words[i];
    }
    return text;
}

} // namespace recvscope::scenario
