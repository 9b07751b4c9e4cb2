#include "trace/sequences.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>
#include <vector>

namespace recvscope::trace {

TEST(Sequences, eachSocketCountsFromOneByItself)
{
    Sequences sequences;
    EXPECT_EQ(sequences.next(SocketId{7}), 1U);
    EXPECT_EQ(sequences.next(SocketId{7}), 2U);
    EXPECT_EQ(sequences.next(SocketId{65535}), 1U);
    EXPECT_EQ(sequences.next(SocketId{7}), 3U);
}

TEST(Sequences, noNumberIsGivenTwiceToThreadsThatCountTogether)
{
    constexpr std::size_t each = 20'000;
    Sequences sequences;
    std::vector<std::vector<std::uint32_t>> drawn(4);
    std::vector<std::thread> threads;
    for (auto &numbers : drawn)
        threads.emplace_back([&] {
            for (std::size_t i = 0; i < each; ++i)
                numbers.push_back(sequences.next(SocketId{300}));
        });
    for (std::thread &thread : threads)
        thread.join();

    std::vector<std::uint32_t> all;
    for (const auto &numbers : drawn) {
        EXPECT_TRUE(std::is_sorted(numbers.begin(), numbers.end()));
        all.insert(all.end(), numbers.begin(), numbers.end());
    }
    std::sort(all.begin(), all.end());
    for (std::size_t i = 0; i < all.size(); ++i)
        ASSERT_EQ(all[i], i + 1);
}

} // namespace recvscope::trace
