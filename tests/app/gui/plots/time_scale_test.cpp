#include "gui/plots/time_scale.h"

#include <gtest/gtest.h>

namespace recvscope::gui {

TEST(TimeScale, mapsSecondsToPixelsAndBack)
{
    struct Row {
        TimeScale scale;
        double second, pixel;
    };
    for (const Row &row : {Row{{0, 1, 100}, 0.25, 25}, Row{{2, 4, 800}, 3, 400}, Row{{-1, 1, 10}, -1, 0},
                           Row{{0, 1e-6, 1000}, 5e-7, 500}, Row{{0, 1, 100}, 2, 200}}) {
        EXPECT_DOUBLE_EQ(row.scale.toPixel(row.second), row.pixel);
        EXPECT_DOUBLE_EQ(row.scale.toSecond(row.pixel), row.second);
    }
}

TEST(TimeScale, zoomingKeepsTheSecondUnderThePointer)
{
    const TimeScale scale{10, 20, 500};
    for (const double pixel : {0.0, 100.0, 250.0, 500.0})
        for (const double factor : {0.1, 0.8, 1.25, 7.0})
            EXPECT_NEAR(scale.zoomedAt(pixel, factor).toSecond(pixel), scale.toSecond(pixel), 1e-9);
    EXPECT_DOUBLE_EQ(scale.zoomedAt(250, 0.5).length(), 5);
}

TEST(TimeScale, zoomingStopsAtTheShortestView)
{
    TimeScale scale{0, 1, 100};
    for (int i = 0; i < 100; ++i)
        scale = scale.zoomedAt(50, 0.5);
    EXPECT_NEAR(scale.length(), shortestView, shortestView * 1e-3);
}

TEST(TimeScale, panningMovesWhatStoodUnderThePointerAlong)
{
    const TimeScale scale{10, 20, 500};
    EXPECT_DOUBLE_EQ(scale.panned(50).toPixel(15), scale.toPixel(15) + 50);
    EXPECT_DOUBLE_EQ(scale.panned(-50).length(), scale.length());
}

TEST(TimeScale, staysWithinTheAxis)
{
    EXPECT_EQ((TimeScale{-5, 5, 100}.within(0, 100)), (TimeScale{0, 10, 100}));
    EXPECT_EQ((TimeScale{95, 105, 100}.within(0, 100)), (TimeScale{90, 100, 100}));
    EXPECT_EQ((TimeScale{-50, 150, 100}.within(0, 100)), (TimeScale{0, 100, 100}));
    EXPECT_EQ((TimeScale{20, 30, 100}.within(0, 100)), (TimeScale{20, 30, 100}));
}

} // namespace recvscope::gui
