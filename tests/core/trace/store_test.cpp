#include "trace/store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace recvscope::trace {

namespace {

std::vector<Event> eventsOf(std::size_t count, SocketId socket = {}, Nanoseconds from = 0)
{
    std::vector<Event> events(count);
    for (std::size_t i = 0; i < count; ++i) {
        events[i].time = from + i;
        events[i].socket = socket;
        events[i].a = static_cast<std::uint32_t>(i);
    }
    return events;
}

} // namespace

TEST(Store, aSnapshotNeverChangesAndOutlivesItsStore)
{
    Snapshot before, after;
    {
        Store store;
        const std::size_t track = store.log()->addTrack();
        store.log()->append(track, eventsOf(10));
        before = store.snapshot();
        store.log()->append(track, eventsOf(10'000, {}, 100));
        after = store.snapshot();
    }
    EXPECT_EQ(before.eventCount(), 10U);
    EXPECT_EQ(before.end(), 9U);
    ASSERT_EQ(after.eventCount(), 10'010U);
    EXPECT_EQ(after.event({0, 10'009}).a, 9'999U);
    EXPECT_EQ(after.end(), 100U + 9'999U);
}

TEST(Store, anEmptyOneHasNothing)
{
    const Snapshot snapshot = Store().snapshot();
    EXPECT_EQ(snapshot.trackCount(), 0U);
    EXPECT_EQ(snapshot.eventCount(), 0U);
    EXPECT_EQ(snapshot.end(), 0U);
    EXPECT_TRUE(snapshot.sockets().empty());
    EXPECT_EQ(Snapshot().eventCount(), 0U);
    EXPECT_EQ(Snapshot().socketName({2}), "socket 2");
}

TEST(Store, beyondTheLimitEventsAreCountedAndMemoryStaysWithinIt)
{
    constexpr std::size_t limit = 1 << 20;
    Store store(limit);
    const std::size_t first = store.log()->addTrack(), second = store.log()->addTrack();
    for (int i = 0; i < 100; ++i)
        store.log()->append(first, eventsOf(1000));
    const std::uint64_t kept = store.snapshot().eventCount();
    store.log()->append(second, eventsOf(10));

    const Snapshot snapshot = store.snapshot();
    EXPECT_GT(kept, 20'000U);
    EXPECT_LE(kept * (sizeof(Event) + TrackLog::besideEvent), limit) << "with what a reader takes beside each";
    EXPECT_EQ(snapshot.eventCount(), kept) << "the trace ends at one moment, in every track";
    EXPECT_EQ(kept + snapshot.dropped(), 100'010U);
    EXPECT_LE(store.memoryUsed(), limit);
}

TEST(Store, payloadCountsTowardsTheLimit)
{
    Store store(std::size_t{512} << 10);
    TrackLog *log = store.log()->track(store.log()->addTrack());
    std::byte *bytes = nullptr;
    std::size_t made = 0;
    while (log->payload().make(1000, store.log()->memory(), bytes) != noPayload)
        ++made;
    EXPECT_GT(made, 400U);
    EXPECT_LT(made, 525U);
    EXPECT_LE(store.memoryUsed(), store.limit());
}

TEST(Store, namesAreGivenOrMadeUp)
{
    Store store;
    ASSERT_EQ(store.log()->addTrack(), 0U);
    store.log()->socketNames.give(1, "s");
    store.log()->operationNames.give(70'000, "r1");
    store.log()->operationNames.give(70'000, "r2");
    const Snapshot snapshot = store.snapshot();
    EXPECT_EQ(snapshot.socketName({1}), "s");
    EXPECT_EQ(snapshot.socketName({3}), "socket 3");
    EXPECT_EQ(snapshot.operationName({70'000}), "r2");
    EXPECT_EQ(snapshot.operationName({5}), "receive 5");
    EXPECT_EQ(snapshot.trackName(0), "thread 1");
}

TEST(Store, itsSocketsAreThoseOfItsEvents)
{
    Store store;
    const std::size_t track = store.log()->addTrack();
    store.log()->append(track, eventsOf(2, {7}));
    const Snapshot early = store.snapshot();
    store.log()->append(track, eventsOf(2, {3}));
    store.log()->append(track, eventsOf(2, {7}));
    EXPECT_EQ(early.sockets(), (std::vector<SocketId>{{7}}));
    EXPECT_EQ(store.snapshot().sockets(), (std::vector<SocketId>{{3}, {7}}));
}

TEST(ChunkSource, everyChunkIsItsOwnWithinTheLimit)
{
    constexpr std::size_t limit = std::size_t{11} << 20;
    ChunkSource source(limit);
    std::vector<std::byte *> chunks;
    for (std::size_t size = 1; std::byte *chunk = source.take(size << 17); size = 3 - size) {
        std::fill_n(chunk, size << 17, static_cast<std::byte>(chunks.size()));
        chunks.push_back(chunk);
        ASSERT_LE(source.used(), limit);
    }
    EXPECT_GT(chunks.size(), 50U);
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        EXPECT_EQ(chunks[i][0], static_cast<std::byte>(i));
        EXPECT_EQ(chunks[i][(std::size_t{1 + i % 2} << 17) - 1], static_cast<std::byte>(i));
    }
}

TEST(Slots, everySlotHoldsItsOwnObject)
{
    Slots<std::size_t> slots;
    for (std::size_t i = 0; i < 1000; i += 3)
        slots.set(i, std::make_unique<std::size_t>(i));
    for (std::size_t i = 0; i < 1000; ++i) {
        if (i % 3 == 0) {
            ASSERT_NE(slots.get(i), nullptr);
            EXPECT_EQ(*slots.get(i), i);
        } else {
            EXPECT_EQ(slots.get(i), nullptr);
        }
    }
}

} // namespace recvscope::trace
