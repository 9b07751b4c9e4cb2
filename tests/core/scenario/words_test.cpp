#include "scenario/words.h"

#include <gtest/gtest.h>

#include <array>

namespace recvscope::scenario {

TEST(Words, distanceCountsChangesAdditionsOmissionsAndSwaps)
{
    EXPECT_EQ(editDistance("recv", "recv"), 0U);
    EXPECT_EQ(editDistance("RECV", "recv"), 0U);
    EXPECT_EQ(editDistance("rcv", "recv"), 1U);
    EXPECT_EQ(editDistance("recvv", "recv"), 1U);
    EXPECT_EQ(editDistance("rexv", "recv"), 1U);
    EXPECT_EQ(editDistance("rcev", "recv"), 1U);
    EXPECT_EQ(editDistance("", "recv"), 4U);
    EXPECT_EQ(editDistance("abc", "xyz"), 3U);
}

TEST(Words, nearestIsTheOneWithTheFewestMistakesOrNone)
{
    constexpr std::array<std::string_view, 4> words = {"wait", "wsp.wait-event", "expect", "wsp.recv"};
    EXPECT_EQ(nearestWord("wiat", words), "wait");
    EXPECT_EQ(nearestWord("expct", words), "expect");
    EXPECT_EQ(nearestWord("exp", words), "expect");
    EXPECT_EQ(nearestWord("recv", words), "wsp.recv");
    EXPECT_EQ(nearestWord("zzz", words), "");
    EXPECT_EQ(nearestWord("", words), "");
    EXPECT_EQ(nearestWord(std::string(100'000, 'w'), words), "");
}

TEST(Words, oneOf)
{
    constexpr std::array<std::string_view, 3> words = {"a", "b", "c"};
    EXPECT_EQ(oneOf(words), "a, b or c");
    EXPECT_EQ(oneOf(std::span(words).first(2)), "a or b");
    EXPECT_EQ(oneOf(std::span(words).first(1)), "a");
}

} // namespace recvscope::scenario
