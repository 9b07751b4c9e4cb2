#include "trace/spans.h"
#include "trace/story.h"

#include "trace_builder.h"

#include <gtest/gtest.h>

namespace recvscope::trace {

using test::TraceBuilder;

namespace {

constexpr SocketId s{1};
constexpr OperationId r1{1}, r2{2}, r3{3};

SpanIndex indexOf(const TraceBuilder &trace)
{
    SpanIndex index;
    index.extend(trace.snapshot());
    return index;
}

} // namespace

TEST(SpanIndex, aReceiveIsASpanFromItsCallToItsCompletion)
{
    TraceBuilder trace;
    trace.at(10).called(r1, s, {8}, CallOverlapped);
    trace.add(EventType::Queued, s, 0, 0, r1);
    trace.at(15).returnedPending(r1, s);
    trace.at(20).called(r2, s, {8});
    trace.at(30).completed(r2, s, 5);
    trace.at(40).completed(r1, s, 0, Status::WsaEconnreset);
    EXPECT_EQ(indexOf(trace).spans(s, 0, 100, 10), (std::vector<Span>{{10, 40, r1, Status::WsaEconnreset, true, false},
                                                                      {20, 30, r2, Status::Success, false, false}}));
}

TEST(SpanIndex, aCallThatIsRefusedEndsWithItsReturnAndAPendingOneStaysOpen)
{
    TraceBuilder trace;
    trace.at(10).called(r1, s, {8});
    trace.at(12).returned(r1, s, leftAlone, Status::WsaEwouldblock, flagsLeftAlone);
    trace.at(20).called(r2, s, {8}, CallOverlapped);
    trace.at(21).returnedPending(r2, s);
    trace.at(30).sent(s, "now");
    const SpanIndex index = indexOf(trace);
    EXPECT_EQ(index.spans(s, 0, 100, 10), (std::vector<Span>{{10, 12, r1, Status::WsaEwouldblock, false, false},
                                                             {20, 0, r2, Status::Success, true, false}}));
    EXPECT_EQ(index.spans(s, 30, 30, 10).size(), 1U) << "it reaches to now";
    EXPECT_TRUE(index.spans(s, 31, 40, 10).empty()) << "and not beyond";
}

TEST(SpanIndex, zeroBytesAfterTheKernelsEndAreTheEndAndNoFailure)
{
    TraceBuilder trace;
    trace.at(10).called(r1, s, {8});
    trace.add(EventType::KernelEnd, s, 0, 0, r1);
    trace.at(20).completed(r1, s, 0);
    trace.at(30).called(r2, s, {8});
    trace.at(40).completed(r2, s, 0, Status::WsaEdiscon, 0, RuleId::WspCloseMessageDiscon);
    trace.at(50).called(r3, s, {0});
    trace.at(60).completed(r3, s, 0);
    const SpanIndex index = indexOf(trace);
    const std::vector<Span> spans = index.spans(s, 0, 100, 10);
    ASSERT_EQ(spans.size(), 3U);
    EXPECT_TRUE(spans[0].isEnd);
    EXPECT_TRUE(spans[1].isEnd);
    EXPECT_FALSE(spans[2].isEnd);
    EXPECT_EQ(index.columns(s, 0, 100, 1)[0].failed, 0U);
}

TEST(SpanIndex, aReceiveThatIsPendingForLongIsFoundUnderAMillionLaterOnes)
{
    TraceBuilder trace;
    trace.at(1).called(r1, s, {8}, CallOverlapped);
    trace.returnedPending(r1, s);
    for (std::uint32_t i = 2; i < 100'000; ++i) {
        trace.at(i * 1000).called({i}, s, {8});
        trace.after(10).completed({i}, s, 1);
    }
    const SpanIndex index = indexOf(trace);
    const Nanoseconds quiet = 50'000'500;
    const std::vector<Span> found = index.spans(s, quiet, quiet + 10, 10);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].operation, r1);
    const Column column = index.columns(s, quiet, quiet + 10, 1)[0];
    EXPECT_EQ(column.spans, 1U);
    EXPECT_TRUE(column.pending);
    EXPECT_EQ(column.some, r1);
    EXPECT_TRUE(index.spans(s, 0, 100'000'000, 1000).empty()) << "too many for the caller";
}

TEST(SpanIndex, anOutsidePeersBytesAreSentWhenSeenAndAPeekTakesNothing)
{
    TraceBuilder trace;
    trace.at(10).called(r1, s, {4}, 0, 0x2);
    trace.at(11).received(r1, s, "abc", {{0, 3}});
    trace.at(20).called(r2, s, {8});
    trace.at(21).received(r2, s, "abcde", {{0, 5}});
    const SpanIndex index = indexOf(trace);
    const std::vector<LevelColumn> levels = index.levels(s, 0, 30, 3);
    EXPECT_EQ(levels[0], LevelColumn{});
    EXPECT_EQ(levels[1], (LevelColumn{0, 3, 3, 3, 0}));
    EXPECT_EQ(levels[2], (LevelColumn{0, 3, 0, 5, 5}));
}

TEST(SpanIndex, aTransferOfGigabytesKeepsItsSize)
{
    TraceBuilder trace;
    trace.at(10).add(EventType::PeerSend, s, 0xFFFF'FFFF, noPayload);
    trace.at(20).add(EventType::KernelReceived, s, 0xFFFF'FFFE, noPayload);
    EXPECT_EQ(indexOf(trace).levels(s, 0, 100, 1)[0], (LevelColumn{0, 0xFFFF'FFFF, 1, 0xFFFF'FFFF, 0xFFFF'FFFE}));
}

TEST(SpanIndex, aLaneThatDoesNotExistIsEmpty)
{
    const SpanIndex index;
    EXPECT_TRUE(index.lanes().empty());
    EXPECT_EQ(index.spanCount(s), 0U);
    EXPECT_TRUE(index.spans(s, 0, 10, 10).empty());
    EXPECT_EQ(index.columns(s, 0, 10, 4), std::vector<Column>(4));
    EXPECT_EQ(index.levels(s, 0, 10, 4), std::vector<LevelColumn>(4));
}

TEST(SpanIndex, tenThousandLanesCostWhatTheyHold)
{
    TraceBuilder trace;
    for (std::uint32_t i = 1; i <= 10'000; ++i)
        trace.at(i).called({i}, {static_cast<std::uint16_t>(i)}, {8});
    const SpanIndex index = indexOf(trace);
    EXPECT_EQ(index.lanes().size(), 10'000U);
    EXPECT_EQ(index.spanCount({777}), 1U);
    EXPECT_LT(index.memoryUsed(), 20'000'000U);
}

TEST(SpanIndex, aFullStoreStaysWithinItsLimitWithTheStoryAndTheIndexOfIt)
{
    constexpr std::size_t limit = std::size_t{6} << 20;
    Store store(limit);
    const std::size_t track = store.log()->addTrack();
    Event event;
    event.socket = s;
    while (store.snapshot().dropped() == 0) {
        ++event.operation.value;
        for (const EventType type : {EventType::Called, EventType::BufferGiven, EventType::KernelReceived,
                                     EventType::Placed, EventType::Completed, EventType::Returned}) {
            event.time += 1000;
            ++event.socketSequence;
            event.type = type;
            event.a = type == EventType::Placed ? 0 : 64;
            event.b = type == EventType::KernelReceived ? noPayload : type == EventType::Placed ? 64 : 0;
            store.log()->append(track, {&event, 1});
        }
    }
    const Snapshot snapshot = store.snapshot();
    SpanIndex index;
    index.extend(snapshot);
    const Story story(snapshot);
    const std::size_t taken = store.memoryUsed() + story.memoryUsed() + index.memoryUsed();
    EXPECT_LE(taken, limit);
    EXPECT_GT(taken, limit / 2) << "and what was allowed is used";
}

TEST(SpanIndex, takesWithTheStoryAtMostEightBytesAnEvent)
{
    TraceBuilder trace;
    for (std::uint32_t i = 1; i <= 20'000; ++i) {
        trace.on(1).sent(s, "");
        trace.on(0).called({i}, s, {64});
        trace.received({i}, s, "", {{0, 64}});
        trace.completed({i}, s, 64);
        trace.returned({i}, s, 64);
    }
    const Snapshot snapshot = trace.snapshot();
    SpanIndex index;
    index.extend(snapshot);
    const Story story(snapshot);
    EXPECT_LE(index.memoryUsed() + story.memoryUsed(), 8 * snapshot.eventCount());
}

} // namespace recvscope::trace
