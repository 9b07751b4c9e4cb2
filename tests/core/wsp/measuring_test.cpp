// What a trace holds when it measures: less of the asking and of the stamps, and the same truth.

#include "receiving.h"

#include "trace/moment.h"
#include "trace/spans.h"

#include <gmock/gmock.h>

namespace recvscope::test {

namespace {

using testing::ElementsAre;
using trace::Event;
using trace::EventType;

class Measuring : public Receiving {
protected:
    // A RuleTest of no rule: nothing has to be proved by its trace.
    void TearDown() override {}

    void begin(trace::Detail detail)
    {
        m_detail = detail;
        connect();
    }

    [[nodiscard]] std::vector<Event> events()
    {
        std::vector<Event> events;
        const trace::Snapshot trace = snapshot();
        const trace::Story story(trace);
        for (std::uint32_t i = 0; i < story.size(); ++i)
            events.push_back(story.event(i));
        return events;
    }

    [[nodiscard]] static std::vector<EventType> typesOf(const std::vector<Event> &events)
    {
        std::vector<EventType> types;
        for (const Event &event : events)
            types.push_back(event.type);
        return types;
    }
};

TEST_F(Measuring, aReceiveThatCompletesAtOnceHasOneStampAndNumbersInARow)
{
    begin(trace::Detail::Measuring);
    sendAndArrive("hello");
    Call call({2, 8});
    overlapped(call.withEvent());

    const std::vector<Event> told = events();
    using enum EventType;
    ASSERT_THAT(typesOf(told), ElementsAre(Called, BufferGiven, BufferGiven, KernelReceived, Placed, Placed, Completed,
                                           EventSet, Returned));
    for (std::uint32_t i = 0; i < told.size(); ++i) {
        EXPECT_EQ(told[i].time, told[0].time);
        EXPECT_EQ(told[i].socketSequence, i + 1);
    }
    EXPECT_EQ(told[3].a, 5U);
    EXPECT_EQ(told[4].b, 2U);
    EXPECT_EQ(told[5].b, 3U);
}

TEST_F(Measuring, aReceiveThatWaitsIsToldWhenItIsCalledAndWhenItsBytesCome)
{
    begin(trace::Detail::Measuring);
    Call call({8});
    overlapped(call);
    ASSERT_EQ(call.error, Status::WsaIoPending);
    send("hello");
    EXPECT_EQ(result(call, true), Status::Success);

    const std::vector<Event> told = events();
    std::vector<EventType> types = typesOf(told);
    std::erase_if(types, [](EventType type) { return type == EventType::ResultAsked; }); // races with the bytes
    using enum EventType;
    ASSERT_THAT(types,
                ElementsAre(Called, BufferGiven, Queued, Returned, KernelReceived, Placed, Completed, ResultReturned));
    EXPECT_EQ(told[0].time, told[1].time);
    const auto timeOf = [&](EventType type) {
        return std::find_if(told.begin(), told.end(), [&](const Event &event) { return event.type == type; })->time;
    };
    EXPECT_EQ(timeOf(KernelReceived), timeOf(Completed));
}

TEST_F(Measuring, aBlockingCallThatFindsNothingSaysThatItBlocks)
{
    begin(trace::Detail::Measuring);
    Call call({8});
    std::thread caller([&] { nonoverlapped(call); });
    waitUntil([&] { return m_provider->blocked(caller.get_id()); }, "the call blocks");
    send("hello");
    caller.join();

    const std::vector<Event> told = events();
    using enum EventType;
    ASSERT_THAT(typesOf(told), ElementsAre(Called, BufferGiven, Blocked, KernelReceived, Placed, Completed, Returned));
    EXPECT_EQ(told[5].rule, RuleId::WspCallOneByteUnblocks);
    EXPECT_EQ(told[3].time, told[6].time);
}

/// What the picture shows of receives, without times.
struct Shown {
    trace::ReceiveState state;
    std::vector<std::uint64_t> filled;
    Status returned;
    RuleId decidedBy;
    bool eventSet;

    friend bool operator==(const Shown &, const Shown &) = default;
};

TEST_F(Measuring, tellsTheSameMomentAsTeaching)
{
    std::vector<std::vector<Shown>> shown;
    for (const trace::Detail detail : {trace::Detail::Teaching, trace::Detail::Measuring}) {
        begin(detail);
        Call first({4, 4}), second({3}), third({16}), fourth({8});
        sendAndArrive("abcdefgh");
        overlapped(first.withEvent());
        overlapped(second);
        send("ij");
        EXPECT_EQ(result(second, true), Status::Success);
        sendAndArrive("k");
        nonoverlapped(third);
        m_peer.close();
        arriveEnd();
        nonoverlapped(fourth); // sees the end

        const trace::Story story(snapshot());
        trace::Moments moments;
        std::vector<Shown> all;
        for (const trace::ReceiveMoment &receive : moments.at(story, {story.size(), 0}).receives) {
            Shown &one = all.emplace_back();
            one.state = receive.state;
            for (const trace::BufferMoment &buffer : receive.buffers)
                one.filled.push_back(buffer.filled);
            one.returned = receive.returned ? receive.returned->status : Status::WsaIoPending;
            one.decidedBy = receive.decidedBy;
            one.eventSet = receive.eventSet.value_or(false);
        }
        shown.push_back(std::move(all));
    }
    ASSERT_EQ(shown[0].size(), 4U);
    EXPECT_EQ(shown[0], shown[1]);
}

TEST_F(Measuring, aSpanOfOneStampIsFoundByTheTimeline)
{
    begin(trace::Detail::Measuring);
    sendAndArrive("hello");
    Call call({8});
    overlapped(call);

    trace::SpanIndex spans;
    spans.extend(snapshot());
    const Nanoseconds at = events().front().time;
    const std::vector<trace::Span> found = spans.spans(SocketId{1}, at, at, 10);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].begin, found[0].end);
    EXPECT_EQ(spans.columns(SocketId{1}, 0, at + 1, 1).at(0).spans, 1U);
}

} // namespace

} // namespace recvscope::test
