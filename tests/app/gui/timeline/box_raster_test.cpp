#include "gui/timeline/box_raster.h"

#include <gtest/gtest.h>

#include <vector>

namespace recvscope::gui {
namespace {

const SendColour colour{QColor(0, 97, 154), QColor(214, 234, 246), Texture::None};

QImage painted(const QRect &box, const SendColour &with, bool outlined = true, double ratio = 1)
{
    QImage image(60, 40, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    BoxRaster(image, ratio).paint(box, with, outlined);
    return image;
}

TEST(BoxRaster, aBoxHasAnEdgeAGroundAndRoundCorners)
{
    const QImage image = painted({10, 5, 30, 25}, colour);
    EXPECT_EQ(image.pixel(25, 5), colour.edge.rgb());
    EXPECT_EQ(image.pixel(10, 17), colour.edge.rgb());
    EXPECT_EQ(image.pixel(39, 17), colour.edge.rgb());
    EXPECT_EQ(image.pixel(25, 29), colour.edge.rgb());
    EXPECT_EQ(image.pixel(25, 17), colour.fill.rgb());
    EXPECT_EQ(image.pixel(10, 5), 0U);
    EXPECT_EQ(image.pixel(39, 29), 0U);
    EXPECT_GT(qAlpha(image.pixel(11, 7)), 0);
    EXPECT_LT(qAlpha(image.pixel(11, 7)), 255);
}

TEST(BoxRaster, nothingIsPaintedOutsideOfTheBoxOrTheImage)
{
    for (const QRect box : {QRect(10, 5, 30, 25), QRect(-20, -10, 35, 25), QRect(50, 30, 100, 25), QRect(20, 8, 5, 25)})
        for (const Texture texture : {Texture::None, Texture::Rising, Texture::Dots}) {
            const QImage image = painted(box, {colour.edge, colour.fill, texture});
            bool any = false;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x) {
                    any = any || image.pixel(x, y) != 0;
                    if (!box.contains(x, y)) {
                        ASSERT_EQ(image.pixel(x, y), 0U) << x << ", " << y;
                    }
                }
            EXPECT_TRUE(any);
        }
}

TEST(BoxRaster, aBoxIsItsOwnMirrorImageWhateverItsWidth)
{
    for (const double ratio : {1.0, 1.5, 2.0})
        for (int width = 4; width <= 40; ++width) {
            const QImage image = painted({5, 5, width, 25}, colour, true, ratio);
            const QImage box = image.copy(5, 5, width, 25);
            EXPECT_EQ(box, box.mirrored(true, false)) << width;
            EXPECT_EQ(box, box.mirrored(false, true)) << width;
        }
}

TEST(BoxRaster, texturesTellTheSameColourApart)
{
    std::vector<QImage> images;
    for (const Texture texture : {Texture::None, Texture::Rising, Texture::Falling, Texture::Level, Texture::Dots})
        images.push_back(painted({10, 5, 30, 25}, {colour.edge, colour.fill, texture}));
    for (std::size_t i = 0; i < images.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            EXPECT_NE(images[i], images[j]);
    // Strokes that rise go on one column to the right in the row above.
    EXPECT_EQ(images[1].copy(16, 12, 15, 10), images[1].copy(17, 11, 15, 10));
    EXPECT_EQ(images[2].copy(16, 12, 15, 10), images[2].copy(17, 13, 15, 10));
}

TEST(BoxRaster, withoutAnOutlineTheGroundReachesTheBoxsRim)
{
    const QImage image = painted({10, 5, 30, 25}, colour, false);
    EXPECT_EQ(image.pixel(11, 17), colour.fill.rgb());
    EXPECT_EQ(image.pixel(25, 6), colour.fill.rgb());
    EXPECT_LT(qAlpha(image.pixel(10, 17)), 255); // where the middle of the outline would lie
}

} // namespace
} // namespace recvscope::gui
