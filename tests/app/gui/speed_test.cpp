#include "gui/speed.h"

#include <gtest/gtest.h>

namespace recvscope::gui {
namespace {

using trace::TimeAxis;

TEST(Speed, readsAsTheAxisDoes)
{
    EXPECT_EQ(rateText(1, TimeAxis::Story), QStringLiteral("×1"));
    EXPECT_EQ(rateText(0.5, TimeAxis::Story), QStringLiteral("×0.5"));
    EXPECT_EQ(rateText(0.125, TimeAxis::Story), QStringLiteral("×0.125"));
    EXPECT_EQ(rateText(1.0 / 200, TimeAxis::Clock), QStringLiteral("1 : 200"));
    EXPECT_EQ(rateText(1.0 / 10000, TimeAxis::Clock), QStringLiteral("1 : 10,000"));
    EXPECT_EQ(rateText(1, TimeAxis::Clock), QStringLiteral("1 : 1"));
    EXPECT_EQ(rateText(5, TimeAxis::Clock), QStringLiteral("5 : 1"));
}

TEST(Speed, theSliderIsLogarithmicAndRoundsToWhatCanBeSaid)
{
    for (const TimeAxis axis : {TimeAxis::Story, TimeAxis::Clock}) {
        double last = 0;
        for (int i = 0; i <= 1000; ++i) {
            const Rate rate = rateAt(i / 1000.0, axis);
            EXPECT_GE(rate, last);
            EXPECT_DOUBLE_EQ(rateAt(placeOf(rate, axis), axis), rate) << "what was chosen stays chosen";
            last = rate;
        }
    }
    EXPECT_DOUBLE_EQ(rateAt(placeOf(1, TimeAxis::Story), TimeAxis::Story), 1);
    EXPECT_DOUBLE_EQ(placeOf(0, TimeAxis::Clock), 0) << "beyond the ends is the end";
    EXPECT_DOUBLE_EQ(placeOf(1e9, TimeAxis::Story), 1);
}

TEST(Speed, aTraceIsToldInAComfortableTime)
{
    EXPECT_DOUBLE_EQ(comfortableClockRate(0.010), 0.001);
    EXPECT_DOUBLE_EQ(comfortableClockRate(0.021), 0.002);
    EXPECT_DOUBLE_EQ(comfortableClockRate(3600), 1) << "never faster than it was";
    EXPECT_DOUBLE_EQ(comfortableClockRate(0), 1);
}

} // namespace
} // namespace recvscope::gui
