#include "gui/timeline/hatch.h"

#include <gtest/gtest.h>

namespace recvscope::gui {

TEST(Hatch, rowsJoinWithoutASeam)
{
    const Hatch hatch(Qt::white, Qt::black, 1);
    for (int y = 0; y < 20; ++y)
        for (int x = -10; x < 30; ++x) {
            EXPECT_EQ(hatch.at(x, y), hatch.at(x + hatch.period(), y));
            EXPECT_EQ(hatch.row(x, y)[0], hatch.at(x, y));
            EXPECT_EQ(hatch.row(x, y)[hatch.period() - 1], hatch.at(x + hatch.period() - 1, y));
        }
}

TEST(Hatch, strokesRiseToTheRight)
{
    const Hatch hatch(Qt::white, Qt::black, 2);
    for (int y = 0; y < 20; ++y)
        EXPECT_EQ(hatch.at(5, y), hatch.at(6, y - 1));
}

TEST(Hatch, hasStrokesAndGroundAtEveryScale)
{
    for (const double scale : {1.0, 1.25, 1.5, 2.0, 3.0}) {
        const Hatch hatch(Qt::white, Qt::black, scale);
        int dark = 0, light = 0;
        for (int x = 0; x < hatch.period(); ++x) {
            dark += qGray(hatch.at(x, 0)) < 80 ? 1 : 0;
            light += qGray(hatch.at(x, 0)) > 200 ? 1 : 0;
        }
        EXPECT_GE(dark, 1) << scale;
        EXPECT_GE(light, hatch.period() / 2) << scale;
        EXPECT_NEAR(hatch.period(), 7 * scale, 0.51);
    }
}

} // namespace recvscope::gui
