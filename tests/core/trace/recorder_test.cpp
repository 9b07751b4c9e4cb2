#include "trace/recorder.h"

#include "manual_clock.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <thread>

namespace recvscope::trace {

namespace {

Event numbered(std::uint32_t number, Nanoseconds time = 0)
{
    Event event;
    event.time = time;
    event.type = EventType::PeerSend;
    event.a = number;
    event.b = noPayload;
    return event;
}

std::span<const std::byte> asBytes(std::string_view text)
{
    return std::as_bytes(std::span(text));
}

std::string asText(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

/// The `a` of every event of a track, in order.
std::vector<std::uint32_t> numbersOf(const Snapshot &snapshot, std::uint16_t track)
{
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t i = 0; i < snapshot.trackSize(track); ++i)
        numbers.push_back(snapshot.event({track, i}).a);
    return numbers;
}

std::vector<std::uint32_t> countedTo(std::uint32_t count)
{
    std::vector<std::uint32_t> numbers(count);
    for (std::uint32_t i = 0; i < count; ++i)
        numbers[i] = i;
    return numbers;
}

class Recording : public testing::Test {
protected:
    test::ManualClock m_clock;
};

} // namespace

TEST_F(Recording, anEventIsInTheStoreAfterAFlush)
{
    Store store;
    Recorder recorder(store, m_clock);
    m_clock.advance(42);
    recorder.track().record(numbered(7, recorder.track().now()));
    recorder.flush();

    const Snapshot snapshot = store.snapshot();
    ASSERT_EQ(snapshot.eventCount(), 1U);
    EXPECT_EQ(snapshot.event({0, 0}), numbered(7, 42));
    EXPECT_EQ(snapshot.end(), 42U);
}

TEST_F(Recording, eachThreadHasATrackOfItsOwnThatOutlivesIt)
{
    Store store;
    Recorder recorder(store, m_clock);
    recorder.nameThread("main");
    recorder.track().record(numbered(1));
    std::thread([&] {
        recorder.nameThread("peer");
        recorder.track().record(numbered(2));
    }).join();
    recorder.track().record(numbered(3));
    recorder.flush();

    const Snapshot snapshot = store.snapshot();
    ASSERT_EQ(snapshot.trackCount(), 2U);
    EXPECT_EQ(snapshot.trackName(0), "main");
    EXPECT_EQ(snapshot.trackName(1), "peer");
    EXPECT_EQ(numbersOf(snapshot, 0), (std::vector<std::uint32_t>{1, 3}));
    EXPECT_EQ(numbersOf(snapshot, 1), (std::vector<std::uint32_t>{2}));
}

TEST_F(Recording, oneThreadRecordsWithSeveralRecordersInTurn)
{
    Store first, second;
    Recorder one(first, m_clock);
    {
        Recorder two(second, m_clock);
        for (std::uint32_t i = 0; i < 100; ++i)
            (i % 2 ? one : two).track().record(numbered(i / 2));
    }
    {
        Recorder three(second, m_clock); // may stand where `two` stood
        three.track().record(numbered(1000));
    }
    one.flush();
    EXPECT_EQ(numbersOf(first.snapshot(), 0), countedTo(50));
    EXPECT_EQ(numbersOf(second.snapshot(), 0), countedTo(50));
    EXPECT_EQ(numbersOf(second.snapshot(), 1), (std::vector<std::uint32_t>{1000}));
}

TEST_F(Recording, nothingIsLostWithManyProducersASmallRingAndASlowReader)
{
    constexpr std::uint32_t producers = 4, each = 50'000;
    Store store;
    std::atomic<bool> done{false};
    std::thread reader;
    {
        Recorder recorder(store, m_clock, {.ringEvents = 64});
        reader = std::thread([&] {
            // Holds each snapshot while the trace grows: it must stay what it was.
            while (!done.load()) {
                const Snapshot snapshot = store.snapshot();
                const std::uint64_t count = snapshot.eventCount();
                for (std::uint16_t track = 0; track < snapshot.trackCount(); ++track)
                    EXPECT_EQ(numbersOf(snapshot, track), countedTo(snapshot.trackSize(track)));
                EXPECT_EQ(snapshot.eventCount(), count);
            }
        });
        std::vector<std::thread> threads;
        for (std::uint32_t t = 0; t < producers; ++t)
            threads.emplace_back([&] {
                for (std::uint32_t i = 0; i < each; ++i)
                    recorder.track().record(numbered(i));
            });
        for (std::thread &thread : threads)
            thread.join();
    }
    done = true;
    reader.join();

    const Snapshot snapshot = store.snapshot();
    ASSERT_EQ(snapshot.trackCount(), producers);
    for (std::uint16_t track = 0; track < producers; ++track)
        EXPECT_EQ(numbersOf(snapshot, track), countedTo(each));
    EXPECT_EQ(snapshot.dropped(), 0U);
}

TEST_F(Recording, aFlushCoversWhatThreadsThatWereJoinedRecorded)
{
    Store store;
    Recorder recorder(store, m_clock);
    for (std::uint32_t round = 1; round <= 50; ++round) {
        std::thread([&] { recorder.track().record(numbered(round)); }).join();
        recorder.flush();
        EXPECT_EQ(store.snapshot().eventCount(), round);
    }
}

TEST_F(Recording, aPayloadIsReadBackAsKept)
{
    Store store;
    Recorder recorder(store, m_clock, {.payloadPerTransfer = 8});
    Track &track = recorder.track();
    const auto send = [&](std::uint32_t payload) {
        Event event = numbered(0);
        event.b = payload;
        track.record(event);
    };
    send(track.keep(asBytes("hello")));
    send(track.keep(asBytes("hello world")));
    const std::array pieces = {asBytes("hel"), asBytes(""), asBytes("lo wo"), asBytes("rld")};
    send(track.keep(pieces, 7));
    send(track.keep(asBytes("")));
    recorder.flush();

    const Snapshot snapshot = store.snapshot();
    EXPECT_EQ(asText(snapshot.payload({0, 0})), "hello");
    EXPECT_EQ(asText(snapshot.payload({0, 1})), "hello wo");
    EXPECT_EQ(asText(snapshot.payload({0, 2})), "hello w");
    EXPECT_EQ(asText(snapshot.payload({0, 3})), "");
}

TEST_F(Recording, payloadsOfEverySizeSurviveAcrossChunks)
{
    Store store;
    Recorder recorder(store, m_clock, {.payloadPerTransfer = 0xFFFF'FFFF});
    const auto text = [](std::size_t i) {
        const std::size_t size = (i * 7919) % (PayloadLog::longest + 1);
        return std::string(size, static_cast<char>('a' + i % 26));
    };
    for (std::size_t i = 0; i < 40; ++i) {
        Event event = numbered(static_cast<std::uint32_t>(i));
        event.b = recorder.track().keep(asBytes(text(i)));
        recorder.track().record(event);
    }
    recorder.flush();
    const Snapshot snapshot = store.snapshot();
    for (std::uint32_t i = 0; i < 40; ++i)
        EXPECT_EQ(asText(snapshot.payload({0, i})), text(i));
}

TEST_F(Recording, nothingIsKeptWhenPayloadIsOff)
{
    Store store;
    Recorder recorder(store, m_clock, {.payloadPerTransfer = 0});
    EXPECT_EQ(recorder.track().keep(asBytes("hello")), noPayload);
}

TEST_F(Recording, aStampOlderThanTheOneBeforeIsRaisedToIt)
{
    Store store;
    Recorder recorder(store, m_clock);
    recorder.track().record(numbered(0, 10));
    recorder.track().record(numbered(1, 9));
    recorder.flush();
    EXPECT_EQ(store.snapshot().event({0, 1}).time, 10U);
}

TEST_F(Recording, anEventArrivesWithoutAFlush)
{
    Store store;
    Recorder recorder(store, m_clock);
    for (std::uint32_t i = 0; i < 3; ++i) {
        recorder.track().record(numbered(i));
        while (store.snapshot().eventCount() <= i)
            std::this_thread::yield();
    }
    EXPECT_EQ(numbersOf(store.snapshot(), 0), countedTo(3));
}

} // namespace recvscope::trace
