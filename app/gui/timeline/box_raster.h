// Paints the boxes of what a peer did pixel by pixel: rounded, outlined, with a send's texture. There may be hundreds
// in a picture, and a painter takes ten times as long for each.
//
// Threads: as raster.h.

#pragma once

#include "gui/theme.h"

#include <QImage>
#include <QRect>

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

namespace recvscope::gui {

class BoxRaster {
public:
    /// @p image: 32 bits, premultiplied; it must keep its bits as long as this is used.
    BoxRaster(QImage &image, double ratio);

    /// @param box in the image's pixels; what lies outside of it is left out
    void paint(const QRect &box, const SendColour &colour, bool outlined);

private:
    /// How much of each pixel lies within the box, and within its outline; the right half mirrors the left one, and
    /// beyond the corner all columns are alike.
    struct Mask {
        Mask(int width, int height, double ratio, bool outlined);
        int columns;
        std::vector<std::uint8_t> outer, inner; ///< row by row, 0 to 255
    };
    /// The ground with its texture: period × period pixels, each row twice so that a period can be read from any
    /// column.
    struct Tile {
        Tile(const SendColour &colour, double ratio);
        int period;
        std::vector<QRgb> pixels;
        [[nodiscard]] const QRgb *at(int x, int y) const
        {
            return pixels.data() + y % period * 2 * period + x % period;
        }
    };

    QRgb *m_bits;
    qsizetype m_stride;
    QRect m_area;
    double m_ratio;
    std::map<std::tuple<int, int, bool>, Mask> m_masks; ///< by width up to two corners, height, outline
    std::map<std::pair<QRgb, Texture>, Tile> m_tiles;
};

} // namespace recvscope::gui
