#include "gui/plots/byte_curves.h"
#include "gui/plots/bytes_ticker.h"

#include "../timeline/random_trace.h"
#include "trace_builder.h"

#include <gtest/gtest.h>

namespace recvscope::gui {

using test::Told;

namespace {

Ledger ledgerOf(const std::vector<trace::Event> &events)
{
    Ledger ledger;
    for (std::uint32_t i = 0; i < events.size(); ++i)
        ledger.add({i, 0.1 * i, static_cast<double>(events[i].time) * 1e-9}, events[i]);
    return ledger;
}

} // namespace

TEST(ByteCurves, stepWhereBytesWereSentAndReceived)
{
    const Ledger ledger = ledgerOf(test::lesson17());
    const ByteCurves curves = curvesOf(ledger.of(SocketId{1}), trace::TimeAxis::Clock, {0, 8e-3, 800});
    ASSERT_TRUE(curves.sent);
    EXPECT_EQ(curves.sent->at(3.0e-3), 0);
    EXPECT_EQ(curves.sent->at(3.2e-3), 6);
    EXPECT_EQ(curves.sent->at(7e-3), 11);
    EXPECT_EQ(curves.received.at(3.2e-3), 0);
    EXPECT_EQ(curves.received.at(3.5e-3), 6);
    EXPECT_EQ(curves.highest, 11);
    EXPECT_EQ(curves.highestKernel, 6);
}

TEST(ByteCurves, aViewInTheMiddleBeginsWithWhatWasReachedBefore)
{
    const Ledger ledger = ledgerOf(test::lesson17());
    const ByteCurves curves = curvesOf(ledger.of(SocketId{1}), trace::TimeAxis::Clock, {4e-3, 4.5e-3, 800});
    EXPECT_EQ(curves.received.at(4e-3), 6);
    EXPECT_EQ(curves.lowest, 6);
    EXPECT_EQ(curves.received.seconds.back(), 4.5e-3);
}

TEST(ByteCurves, areAtMostTwoPointsAPixelAndStillEndWhereTheTraceDoes)
{
    std::mt19937 random(3);
    const std::vector<trace::Event> events = test::randomTrace(random, 4000);
    const Ledger ledger = ledgerOf(events);
    const double length = static_cast<double>(events.back().time) * 1e-9;
    for (const double width : {40.0, 200.0}) {
        const ByteCurves curves = curvesOf(ledger.of(SocketId{1}), trace::TimeAxis::Clock, {0, length, width});
        for (const StepCurve *curve : {&*curves.sent, &curves.received, &*curves.kernel}) {
            EXPECT_LE(static_cast<double>(curve->seconds.size()), 2 * width + 4);
            EXPECT_TRUE(std::is_sorted(curve->seconds.begin(), curve->seconds.end()));
        }
        EXPECT_EQ(curves.sent->values.back(), static_cast<double>(ledger.of(SocketId{1})->entries.back().sent));
        EXPECT_EQ(*std::max_element(curves.kernel->values.begin(), curves.kernel->values.end()),
                  static_cast<double>(ledger.of(SocketId{1})->highest))
            << "a narrow tooth keeps its height";
    }
}

TEST(ByteCurves, summariesAgreeWithEventsAtEveryPixelsEnd)
{
    std::mt19937 random(4);
    const std::vector<trace::Event> events = test::randomTrace(random, 300);
    test::TraceBuilder trace;
    for (const trace::Event &event : events)
        trace.add(event);
    trace::SpanIndex spans;
    spans.extend(trace.snapshot());
    const Ledger ledger = ledgerOf(events);
    const Nanoseconds perPixel = 8 * test::grain;
    const auto pixels = static_cast<int>(events.back().time / perPixel);
    const double end = static_cast<double>(perPixel * static_cast<Nanoseconds>(pixels)) * 1e-9;
    const TimeScale scale{0, end, static_cast<double>(pixels)};
    const ByteCurves summed = curvesOf(spans, SocketId{1}, scale, false);
    const ByteCurves exact = curvesOf(ledger.of(SocketId{1}), trace::TimeAxis::Clock, {0, end, 1e9});
    ASSERT_EQ(summed.received.values.size(), pixels);
    for (int i = 0; i < pixels; ++i) {
        const double pixelEnd = static_cast<double>(perPixel * (static_cast<Nanoseconds>(i) + 1)) * 1e-9 - 1e-10;
        EXPECT_EQ(summed.received.values[i], exact.received.at(pixelEnd)) << i;
        EXPECT_EQ(summed.sent->values[i], exact.sent->at(pixelEnd)) << i;
    }
}

TEST(ByteCurves, withAnOutsidePeerWhatWasSentIsNotKnown)
{
    const Ledger ledger = ledgerOf(Told().call(1, {8}).receive(1, 5).events());
    const ByteCurves curves = curvesOf(ledger.of(SocketId{1}), trace::TimeAxis::Clock, {0, 1, 100});
    EXPECT_FALSE(curves.sent);
    EXPECT_FALSE(curves.kernel);
    EXPECT_EQ(curves.received.values.back(), 5);
}

TEST(ByteCurves, whereNothingTellsTheProgramThatIsSaidInsteadOfDrawn)
{
    Told told;
    told.call(1, {8}).pend(1).send(6).receive(1, 6);
    const auto curvesNow = [&] {
        return curvesOf(ledgerOf(told.events()).of(SocketId{1}), trace::TimeAxis::Clock, {0, 1, 100});
    };
    EXPECT_FALSE(curvesNow().consumed);
    EXPECT_EQ(curvesNow().untold, 6);
    told.call(2, {8}).pend(2).send(5).receive(2, 5).add(trace::EventType::RoutineBegan, 2, 5);
    const ByteCurves curves = curvesNow();
    ASSERT_TRUE(curves.consumed);
    EXPECT_EQ(curves.consumed->values.back(), 5);
    EXPECT_EQ(curves.untold, 6);
}

TEST(ByteCurves, aSocketWithoutBytesIsALineAtNothing)
{
    const ByteCurves curves = curvesOf(nullptr, trace::TimeAxis::Clock, {0, 1, 100});
    ASSERT_TRUE(curves.sent);
    EXPECT_EQ(curves.received.values, (QVector<double>{0, 0}));
}

TEST(BytesTicker, stepsAreRoundInBytesAndPowersOfTwoBeyond)
{
    struct Row {
        double highest;
        int most;
        double step;
    };
    for (const Row &row : {Row{11, 4, 5}, Row{11, 12, 1}, Row{100, 3, 50}, Row{900, 3, 500}, Row{131072, 3, 65536},
                           Row{40.0 * 1024 * 1024, 5, 16.0 * 1024 * 1024}, Row{70000, 2, 65536}, Row{1, 5, 1}})
        EXPECT_EQ(bytesStep(row.highest, row.most), row.step) << row.highest;
}

} // namespace recvscope::gui
