#include "gui/timeline/box_raster.h"

#include <algorithm>
#include <cmath>

namespace recvscope::gui {

namespace {

constexpr double cornerRadius = 5;
constexpr double lineWidth = 1.5;
constexpr double texturePeriod = 5;
constexpr double textureAlpha = 0.45;

/// Columns after which a box's rows run straight.
int cornerColumns(double ratio)
{
    return static_cast<int>(std::ceil((cornerRadius + lineWidth) * ratio));
}

/// Part @p share of 255 of @p over, the rest of @p under.
QRgb mixed(QRgb under, QRgb over, unsigned share)
{
    constexpr QRgb two = 0x00ff00ff;
    const auto channels = [share](QRgb a, QRgb b) {
        const QRgb sum = a * (255 - share) + b * share + 0x00800080;
        return ((sum + ((sum >> 8) & two)) >> 8) & two;
    };
    return channels(under & two, over & two) | channels((under >> 8) & two, (over >> 8) & two) << 8;
}

std::uint8_t toByte(double coverage)
{
    return static_cast<std::uint8_t>(std::clamp(coverage, 0.0, 1.0) * 255 + 0.5);
}

/// How far a point lies outside of a rounded box around the origin; negative within.
double outside(double x, double y, double halfWidth, double halfHeight, double radius)
{
    const double dx = std::abs(x) - (halfWidth - radius);
    const double dy = std::abs(y) - (halfHeight - radius);
    if (dx > 0 && dy > 0)
        return std::sqrt(dx * dx + dy * dy) - radius;
    return std::max(dx, dy) - radius;
}

/// The distance of @p at from the nearest multiple of @p period.
double offBeat(double at, double period)
{
    return std::abs(at - std::round(at / period) * period);
}

/// How much of the pixel whose middle lies at (x, y) of the box a texture covers, all in device pixels.
double textureCoverage(Texture texture, double x, double y, double period, double ratio)
{
    const auto stroke = [ratio](double distance) { return std::clamp(ratio / 2 + 0.5 - distance, 0.0, 1.0); };
    switch (texture) {
    case Texture::None:
        break;
    case Texture::Rising:
        return stroke(offBeat(x + y, period) / std::sqrt(2.0));
    case Texture::Falling:
        return stroke(offBeat(x - y, period) / std::sqrt(2.0));
    case Texture::Level:
        return stroke(offBeat(y, period));
    case Texture::Dots:
        return std::clamp(ratio + 0.5 - std::hypot(offBeat(x, period), offBeat(y, period)), 0.0, 1.0);
    }
    return 0;
}

} // namespace

BoxRaster::Mask::Mask(int width, int height, double ratio, bool outlined)
    : columns(std::min((width + 1) / 2, cornerColumns(ratio)))
{
    // The outline lies on the middle of its line.
    const double line = lineWidth * ratio;
    const double radius = std::min(cornerRadius * ratio, (width - line) / 2);
    const double inset = outlined ? 0 : line / 2;
    for (int row = 0; row < height; ++row)
        for (int column = 0; column < columns; ++column) {
            const double x = column + 0.5 - width / 2.0, y = row + 0.5 - height / 2.0;
            const auto within = [&](double by) {
                return toByte(
                    0.5 - outside(x, y, width / 2.0 - by, height / 2.0 - by, std::max(radius + line / 2 - by, 0.0)));
            };
            outer.push_back(within(inset));
            inner.push_back(outlined ? within(line) : std::uint8_t{255});
        }
}

BoxRaster::Tile::Tile(const SendColour &colour, double ratio)
    : period(std::max(1, static_cast<int>(std::lround(texturePeriod * ratio))))
{
    const double inset = lineWidth / 2 * ratio;
    for (int y = 0; y < period; ++y)
        for (int x = 0; x < 2 * period; ++x) {
            const double part = textureCoverage(colour.texture, x + 0.5 - inset, y + 0.5 - inset, period, ratio);
            pixels.push_back(mixed(colour.fill.rgb(), colour.edge.rgb(), toByte(part * textureAlpha)));
        }
}

BoxRaster::BoxRaster(QImage &image, double ratio)
    : m_bits(reinterpret_cast<QRgb *>(image.bits())),
      m_stride(image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb))),
      m_area(0, 0, image.width(), image.height()),
      m_ratio(ratio)
{
}

void BoxRaster::paint(const QRect &box, const SendColour &colour, bool outlined)
{
    const QRect seen = box & m_area;
    if (seen.isEmpty())
        return;
    const int widest = std::min(box.width(), 2 * cornerColumns(m_ratio));
    const Mask &mask =
        m_masks.try_emplace({widest, box.height(), outlined}, widest, box.height(), m_ratio, outlined).first->second;
    const Tile &tile = m_tiles.try_emplace({colour.edge.rgb(), colour.texture}, colour, m_ratio).first->second;
    const QRgb edge = colour.edge.rgb();

    const int straightFrom = std::clamp(box.left() + mask.columns, seen.left(), seen.right() + 1);
    const int straightTo = std::clamp(box.left() + box.width() - mask.columns, straightFrom, seen.right() + 1);
    for (int y = seen.top(); y <= seen.bottom(); ++y) {
        QRgb *const pixels = m_bits + y * m_stride;
        const int down = y - box.top();
        const std::uint8_t *const outer = mask.outer.data() + down * mask.columns;
        const std::uint8_t *const inner = mask.inner.data() + down * mask.columns;
        const auto corner = [&](int from, int to) {
            for (int x = from; x < to; ++x) {
                const int column = std::min({x - box.left(), box.right() - x, mask.columns - 1});
                const QRgb own = mixed(edge, *tile.at(x - box.left(), down), inner[column]);
                pixels[x] = mixed(pixels[x], own, outer[column]);
            }
        };
        corner(seen.left(), straightFrom);
        if (inner[mask.columns - 1] == 255 && outer[mask.columns - 1] == 255)
            for (int x = straightFrom; x < straightTo; x += tile.period)
                std::copy_n(tile.at(x - box.left(), down), std::min(tile.period, straightTo - x), pixels + x);
        else
            corner(straightFrom, straightTo);
        corner(straightTo, seen.right() + 1);
    }
}

} // namespace recvscope::gui
