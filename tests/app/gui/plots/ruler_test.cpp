#include "gui/plots/ruler.h"

#include <gmock/gmock.h>

#include <cmath>
#include <random>

namespace recvscope::gui {

namespace {

double sevenPerCharacter(const std::string &text)
{
    return 7.0 * static_cast<double>(text.size());
}

std::vector<std::string> labelsOf(const TimeScale &scale)
{
    std::vector<std::string> labels;
    for (const Tick &tick : rulerTicks(scale, sevenPerCharacter))
        labels.push_back(tick.label);
    return labels;
}

} // namespace

TEST(Ruler, labelsRoundStepsInTheUnitThatFits)
{
    EXPECT_THAT(labelsOf({0, 8e-3, 700}),
                testing::ElementsAre("0 ms", "1 ms", "2 ms", "3 ms", "4 ms", "5 ms", "6 ms", "7 ms", "8 ms"));
    EXPECT_THAT(labelsOf({0, 10, 400}), testing::ElementsAre("0 s", "2 s", "4 s", "6 s", "8 s", "10 s"));
    EXPECT_THAT(labelsOf({0, 2e-6, 400}), testing::ElementsAre("0 µs", "0.5 µs", "1.0 µs", "1.5 µs", "2.0 µs"));
    EXPECT_THAT(labelsOf({0, 1.0, 160}), testing::ElementsAre("0 s", "0.5 s", "1.0 s"));
    EXPECT_THAT(labelsOf({3.4e-3, 3.42e-3, 500}),
                testing::ElementsAre("3.400 ms", "3.405 ms", "3.410 ms", "3.415 ms", "3.420 ms"));
}

TEST(Ruler, labelsNeverTouchAndStepsAreEqualForAnyRange)
{
    std::mt19937 random(7);
    std::uniform_real_distribution<double> exponent(-8, 4), width(60, 3000), part(0, 1);
    for (int round = 0; round < 4000; ++round) {
        const double length = std::pow(10.0, exponent(random));
        const double begin = part(random) < 0.3 ? 0 : part(random) * std::pow(10.0, exponent(random));
        const TimeScale scale{begin, begin + length, width(random)};
        const std::vector<Tick> ticks = rulerTicks(scale, sevenPerCharacter, 16);
        for (std::size_t i = 0; i < ticks.size(); ++i) {
            EXPECT_GE(scale.toPixel(ticks[i].second), -0.01);
            EXPECT_LE(scale.toPixel(ticks[i].second), scale.width + 0.01);
            if (i == 0)
                continue;
            const double left = scale.toPixel(ticks[i - 1].second) + sevenPerCharacter(ticks[i - 1].label) / 2;
            const double right = scale.toPixel(ticks[i].second) - sevenPerCharacter(ticks[i].label) / 2;
            EXPECT_GE(right - left, 15.9) << ticks[i - 1].label << " and " << ticks[i].label;
            EXPECT_NE(ticks[i].label, ticks[i - 1].label) << "from " << scale.begin << " over " << length;
            if (i > 1) {
                EXPECT_NEAR(ticks[i].second - ticks[i - 1].second, ticks[1].second - ticks[0].second,
                            length * 1e-6 + scale.end * 1e-14);
            }
        }
    }
}

TEST(Ruler, aRangeOfNothingHasNoTicks)
{
    EXPECT_TRUE(rulerTicks({1, 1, 500}, sevenPerCharacter).empty());
    EXPECT_TRUE(rulerTicks({0, 1, 0}, sevenPerCharacter).empty());
}

TEST(Ruler, timesAreTextedInSoManyFigures)
{
    EXPECT_EQ(timeText(0), "0 s");
    EXPECT_EQ(timeText(3.412e-3), "3.412 ms");
    EXPECT_EQ(timeText(17e-6), "17 µs");
    EXPECT_EQ(timeText(2.5), "2.5 s");
    EXPECT_EQ(timeText(999.96e-6), "1 ms");
    EXPECT_EQ(timeText(123456e-9, 4), "123.5 µs");
    EXPECT_EQ(timeText(7e-9), "7 ns");
    EXPECT_EQ(durationText(2.2049e-3), "2.2 ms");
    EXPECT_EQ(durationText(123.4), "120 s");
}

} // namespace recvscope::gui
