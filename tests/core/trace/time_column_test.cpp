#include "trace/time_column.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace recvscope::trace {

/// Grows and shrinks at its end against a plain vector, with gaps of every size.
class TimeColumns : public testing::TestWithParam<unsigned> {};

TEST_P(TimeColumns, countsWhatAVectorCounts)
{
    std::mt19937_64 random(GetParam());
    const auto upTo = [&](std::uint64_t most) { return std::uniform_int_distribution<std::uint64_t>(0, most)(random); };
    const std::uint64_t rareness = 1 + upTo(100);
    TimeColumn column;
    std::vector<Nanoseconds> plain;
    for (int round = 0; round < 40; ++round) {
        if (upTo(2) == 0) {
            for (std::uint64_t i = upTo(std::min<std::uint64_t>(plain.size(), 600)); i > 0; --i) {
                column.removeLast();
                plain.pop_back();
            }
        } else {
            for (std::uint64_t i = upTo(700); i > 0; --i) {
                const Nanoseconds gap = upTo(rareness) == 0 ? upTo(20'000'000'000) : upTo(3);
                plain.push_back((plain.empty() ? 0 : plain.back()) + gap);
                column.append(plain.back());
            }
        }
        ASSERT_EQ(column.size(), plain.size());
        std::vector<Nanoseconds> moments{0};
        for (int i = 0; i < 50; ++i)
            moments.push_back(plain.empty() || upTo(1) == 0 ? upTo(plain.empty() ? 9 : plain.back() + 9)
                                                            : plain[upTo(plain.size() - 1)] + upTo(2));
        std::sort(moments.begin(), moments.end());
        std::vector<std::uint32_t> counts(moments.size());
        column.before(moments, counts);
        for (std::size_t i = 0; i < moments.size(); ++i) {
            const auto smaller = std::lower_bound(plain.begin(), plain.end(), moments[i]) - plain.begin();
            ASSERT_EQ(counts[i], smaller);
            ASSERT_EQ(column.before(moments[i]), smaller);
        }
        // Few moments lie far apart, and are looked for in another way.
        const std::vector<Nanoseconds> few{moments.front(), moments[moments.size() / 2], moments.back()};
        counts.resize(few.size());
        column.before(few, counts);
        for (std::size_t i = 0; i < few.size(); ++i)
            ASSERT_EQ(counts[i], std::lower_bound(plain.begin(), plain.end(), few[i]) - plain.begin());
        for (std::uint32_t i = 0; i < column.size(); i += 7)
            ASSERT_EQ(column[i], plain[i]);
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, TimeColumns, testing::Range(0U, 20U));

} // namespace recvscope::trace
