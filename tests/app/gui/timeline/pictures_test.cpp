// Pictures of the panels, to be looked at; each test also says what must be in its picture.

#include "panels.h"

#include <gtest/gtest.h>

#include <random>

namespace recvscope::gui {

namespace {

using test::Panels;
using test::Told;
using test::TraceBuilder;

void nameLesson(TraceBuilder &trace)
{
    trace.store().log()->socketNames.give(1, "s");
    for (std::uint32_t i = 1; i <= 9; ++i)
        trace.store().log()->operationNames.give(i, "r" + std::to_string(i));
}

bool holds(const QImage &image, const QColor &colour)
{
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixelColor(x, y).rgb() == colour.rgb())
                return true;
    return false;
}

} // namespace

class Pictures : public testing::TestWithParam<Appearance::Choice> {};
INSTANTIATE_TEST_SUITE_P(, Pictures, testing::Values(Appearance::Choice::Light, Appearance::Choice::Dark));

TEST_P(Pictures, lesson17OnBothAxes)
{
    TraceBuilder trace;
    test::addAll(trace, test::lesson17());
    nameLesson(trace);
    Panels panels(GetParam());
    panels.show(trace);
    panels.presentation.setPlayhead({20, 0});
    panels.save(QStringLiteral("timeline-lesson17-story"));
    panels.presentation.setAxis(trace::TimeAxis::Clock);
    panels.save(QStringLiteral("timeline-lesson17-clock"));

    const Theme &theme = panels.appearance.theme();
    const QImage image = panels.timeline->grab().toImage();
    EXPECT_TRUE(holds(image, theme.good)) << "a completed receive";
    EXPECT_TRUE(holds(image, theme.caution)) << "the end";
    EXPECT_TRUE(holds(image, theme.playhead));
    EXPECT_TRUE(holds(image, theme.sendColour(0).edge));
    EXPECT_TRUE(holds(image, theme.sendColour(1).edge));
    EXPECT_FALSE(holds(image, theme.failure));
}

TEST_P(Pictures, everyMark)
{
    using enum trace::EventType;
    TraceBuilder trace;
    Told told;
    told.at(0.1).add(SocketOpened, 0, 0, 1).send(5).call(1, {8}).receive(1, 5);
    told.at(0.6).call(2, {16}).pend(2).at(1.0).send(300).at(1.1).receive(2, 16);
    told.at(1.6)
        .call(3, {4})
        .add(Refused, 3)
        .add(Returned, 3, trace::leftAlone, trace::packOutcome(Status::WsaEinval, 0));
    told.at(2.0).call(4, {8}).add(Blocked, 4).at(2.8).send(70'000).at(2.9).receive(4, 8);
    for (int i = 0; i < 4; ++i)
        told.at(3.1 + 0.25 * i).send(10 + static_cast<std::uint32_t>(i));
    told.at(4.3).add(PeerSendOob, 0, 1, trace::noPayload);
    told.at(4.5).call(5, {8}).pend(5).at(5.0).fail(5, Status::WsaOperationAborted);
    told.at(5.2).call(6, {8}).pend(6).at(5.9).add(PeerReset, 0).at(6.1).fail(6, Status::WsaEconnreset);
    told.at(6.5).call(7, {8}).pend(7).at(7).add(ResultAsked, 7, 1);
    told.at(8).add(WaitBegan, 0);
    test::addAll(trace, told.events());
    nameLesson(trace);
    Panels panels(GetParam(), {1200, 620});
    panels.show(trace);
    panels.presentation.setAxis(trace::TimeAxis::Clock);
    panels.presentation.selectReceive(OperationId{2});
    panels.presentation.setPlayhead({trace.snapshot().trackSize(0), 0});
    panels.presentation.selectReceive(OperationId{2});
    panels.save(QStringLiteral("timeline-marks"));
    EXPECT_TRUE(holds(panels.timeline->grab().toImage(), panels.appearance.theme().failure));
    EXPECT_TRUE(holds(panels.timeline->grab().toImage(), panels.appearance.theme().accent));
}

TEST_P(Pictures, aMillionEvents)
{
    using enum trace::EventType;
    TraceBuilder trace;
    Told told;
    std::mt19937 random(3);
    double at = 0;
    std::uint32_t operation = 0;
    std::uint64_t held = 0;
    while (told.events().size() < 1'000'000) {
        at += (random() % 1000 < 2 ? 40 : 0.02) * (0.5 + static_cast<double>(random() % 100) / 100);
        told.at(at);
        if (random() % 2 == 0) {
            const std::uint32_t bytes = 100 + static_cast<std::uint32_t>(random() % 60'000);
            told.send(bytes);
            held += bytes;
        }
        told.call(++operation, {65536});
        if (random() % 4000 == 0) {
            told.pend(operation).fail(operation, Status::WsaOperationAborted);
            continue;
        }
        if (held == 0) {
            told.pend(operation);
            at += 0.01;
            told.at(at).send(777);
            held += 777;
        }
        const auto bytes = static_cast<std::uint32_t>(std::min<std::uint64_t>(held, 65536));
        held -= bytes;
        told.receive(operation, bytes);
    }
    test::addAll(trace, told.events());
    trace.store().log()->socketNames.give(1, "s");
    Panels panels(GetParam(), {1200, 560});
    panels.show(trace);
    EXPECT_EQ(panels.presentation.axis(), trace::TimeAxis::Clock) << "story time is replaced";
    panels.presentation.setPlayhead({400'000, 0});
    panels.save(QStringLiteral("timeline-million"));
    const double middle = panels.presentation.second();
    panels.presentation.setRange({middle - 0.02, middle + 0.02});
    panels.save(QStringLiteral("timeline-million-middle"));
    panels.presentation.setRange({middle - 0.0002, middle + 0.0002});
    panels.save(QStringLiteral("timeline-million-near"));
}

TEST_P(Pictures, manySocketsFromOutside)
{
    using enum trace::EventType;
    TraceBuilder trace;
    std::mt19937 random(5);
    std::vector<trace::Event> events;
    std::uint32_t operation = 0;
    for (std::uint16_t socket = 1; socket <= 3; ++socket) {
        Told told{SocketId{socket}};
        double at = socket;
        for (int i = 0; i < 5; ++i) {
            ++operation;
            told.at(at).call(operation, {4096}).pend(operation);
            at += 0.3 + static_cast<double>(random() % 100) / 60;
            told.at(at).receive(operation, 1 + static_cast<std::uint32_t>(random() % 4096));
        }
        ++operation;
        told.call(operation, {4096}).pend(operation);
        events.insert(events.end(), told.events().begin(), told.events().end());
    }
    std::stable_sort(events.begin(), events.end(), [](const auto &a, const auto &b) { return a.time < b.time; });
    test::addAll(trace, events);
    Panels panels(GetParam(), {1000, 560});
    panels.show(trace);
    panels.presentation.setAxis(trace::TimeAxis::Clock);
    panels.save(QStringLiteral("timeline-outside"));
    EXPECT_FALSE(panels.bytes->curves().sent) << "what an outside peer sent is not known";
}

} // namespace recvscope::gui
