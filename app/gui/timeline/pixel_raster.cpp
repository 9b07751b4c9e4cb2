#include "gui/timeline/raster_parts.h"

#include <algorithm>
#include <cmath>

namespace recvscope::gui {

namespace {

constexpr double cornerRadius = 6;

/// Pixels that the corner takes from row @p y (counted from the box's nearer edge, at the row's middle).
int cornerInset(double y, double radius)
{
    if (y >= radius)
        return 0;
    const double up = radius - y;
    return static_cast<int>(std::ceil(radius - std::sqrt(std::max(0.0, radius * radius - up * up))));
}

QRgb mixed(const QColor &one, const QColor &other, double part)
{
    const auto channel = [part](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * part)); };
    return qRgb(channel(one.red(), other.red()), channel(one.green(), other.green()),
                channel(one.blue(), other.blue()));
}

/// The value of a step line at each column's middle, as it is passed from left to right.
class StepReader {
public:
    explicit StepReader(const QPolygonF &line) : m_line(line) {}

    [[nodiscard]] double at(double x)
    {
        while (m_next < m_line.size() && m_line[m_next].x() <= x)
            ++m_next;
        return m_line[std::max<qsizetype>(m_next - 1, 0)].y();
    }

private:
    const QPolygonF &m_line;
    qsizetype m_next = 0;
};

} // namespace

PixelRaster::PixelRaster(QImage &image, const Theme &theme, double ratio, double overhang)
    : m_image(image),
      m_ratio(ratio),
      m_overhang(overhang),
      m_hatch(theme.soft, theme.dim, ratio),
      m_plain(theme.goodFill.rgb()),
      m_line(theme.dim.rgb()),
      m_atOnce(theme.good.rgb()),
      m_failed(theme.failure.rgb()),
      m_dense(theme.dim.rgb()),
      m_level(theme.accent.rgb()),
      m_levelFill(theme.accentFill.rgb()),
      m_levelBand(mixed(theme.accentFill, theme.accent, 0.45))
{
}

int PixelRaster::device(double pixels) const
{
    return static_cast<int>(std::lround(pixels * m_ratio));
}

QRgb *PixelRaster::row(int y) const
{
    return reinterpret_cast<QRgb *>(m_image.scanLine(y));
}

void PixelRaster::spanBody(const SpanShape &span) const
{
    if (span.body == SpanShape::Body::None)
        return;
    const int left = device(span.rect.left() + m_overhang);
    const int right = device(span.rect.right() + m_overhang);
    const int top = device(span.rect.top());
    const int bottom = device(span.rect.bottom());
    const double radius = std::min(cornerRadius * m_ratio, (right - left) / 2.0);
    for (int y = std::max(top, 0); y < std::min(bottom, m_image.height()); ++y) {
        const int inset = cornerInset(std::min(y - top + 0.5, bottom - y - 0.5), radius);
        const int from = std::max(left + inset, 0);
        const int to = std::min(right - inset, m_image.width());
        QRgb *pixels = row(y);
        if (span.body == SpanShape::Body::Plain) {
            if (from < to)
                std::fill(pixels + from, pixels + to, m_plain);
            continue;
        }
        for (int x = from; x < to; x += m_hatch.period())
            std::copy_n(m_hatch.row(x, y), std::min(m_hatch.period(), to - x), pixels + x);
    }
}

void PixelRaster::packed(const PackedShape &packed) const
{
    const int top = std::max(device(packed.top), 0);
    const int bottom = std::min(device(packed.top + packed.height), m_image.height());
    const int width = std::min(static_cast<int>(packed.columns.size()), m_image.width());
    if (top >= bottom)
        return;
    const int edge = std::max(1, device(1));

    // Row by row for the hatch, since memory lies that way: runs of pending columns are copied whole.
    for (int begin = 0; begin < width;) {
        const auto isPending = [&](int x) { return packed.columns[static_cast<std::size_t>(x)].pending; };
        if (!isPending(begin)) {
            ++begin;
            continue;
        }
        int end = begin + 1;
        while (end < width && isPending(end))
            ++end;
        for (int y = top; y < bottom; ++y) {
            QRgb *pixels = row(y);
            if (y < top + edge || y >= bottom - edge) {
                std::fill(pixels + begin, pixels + end, m_line);
                continue;
            }
            for (int x = begin; x < end; x += m_hatch.period())
                std::copy_n(m_hatch.row(x, y), std::min(m_hatch.period(), end - x), pixels + x);
        }
        begin = end;
    }

    // What completed at once stands as a bar in the middle, higher where more began; a call's beginning as a tick at
    // the foot; a failure through the whole height.
    const int height = bottom - top;
    for (int x = 0; x < width; ++x) {
        const trace::Column &at = packed.columns[static_cast<std::size_t>(x)];
        if (at.spans == 0)
            continue;
        if (at.failed > 0) {
            column(x, top, bottom, m_failed);
            continue;
        }
        if (!at.pending) {
            const double share = std::min(0.35 + 0.12 * std::log2(1.0 + at.began), 0.9);
            const int bar = std::max(2, static_cast<int>(height * share));
            column(x, top + (height - bar) / 2, top + (height - bar) / 2 + bar, m_atOnce);
        } else if (at.began > 0) {
            column(x, bottom - std::max(3, height / 5), bottom, m_line);
        }
    }
}

void PixelRaster::dense(const DenseShape &dense) const
{
    const bool calls = dense.what == DenseShape::What::Calls;
    // Calls keep to the foot of their lane, as triangles do.
    const int top = std::max(device(calls ? dense.top + dense.height * 0.4 : dense.top), 0);
    const int bottom =
        std::min(device(calls ? dense.top + dense.height * 0.75 : dense.top + dense.height), m_image.height());
    const int width = std::min(static_cast<int>(dense.columns.size()), m_image.width());
    for (int y = top; y < bottom; ++y) {
        QRgb *pixels = row(y);
        for (int x = 0; x < width; ++x)
            if (dense.columns[static_cast<std::size_t>(x)] != 0)
                pixels[x] = m_dense;
    }
}

void PixelRaster::level(const LevelShape &level) const
{
    const int base = device(level.base);
    const int from = device(level.line.first().x() + m_overhang);
    const int to = device(level.line.last().x() + m_overhang);
    const bool crowded = !level.low.isEmpty();
    StepReader high(level.line), low(crowded ? level.low : level.line);
    for (int x = std::max(from, 0); x < std::min(to, m_image.width()); ++x) {
        const double at = (x + 0.5) / m_ratio - m_overhang;
        const int top = device(high.at(at));
        const int middle = crowded ? device(low.at(at)) : top;
        column(x, top, middle, m_levelBand);
        column(x, middle, base, m_levelFill);
    }
    stroke(level.line, m_level, std::max(1, crowded ? device(1) : device(1.5)));
}

void PixelRaster::stroke(const QPolygonF &line, QRgb colour, int thickness) const
{
    for (qsizetype i = 1; i < line.size(); ++i) {
        const int x0 = device(line[i - 1].x() + m_overhang), x1 = device(line[i].x() + m_overhang);
        const int y0 = device(line[i - 1].y()), y1 = device(line[i].y());
        if (y0 == y1)
            fill(x0, y0 - thickness / 2, x1 + thickness - thickness / 2, y0 - thickness / 2 + thickness, colour);
        else
            fill(x0 - thickness / 2, std::min(y0, y1) - thickness / 2, x0 - thickness / 2 + thickness,
                 std::max(y0, y1) - thickness / 2 + thickness, colour);
    }
}

void PixelRaster::fill(int left, int top, int right, int bottom, QRgb colour) const
{
    left = std::max(left, 0);
    right = std::min(right, m_image.width());
    for (int y = std::max(top, 0); left < right && y < std::min(bottom, m_image.height()); ++y)
        std::fill(row(y) + left, row(y) + right, colour);
}

void PixelRaster::column(int x, int top, int bottom, QRgb colour) const
{
    for (int y = std::max(top, 0); y < std::min(bottom, m_image.height()); ++y)
        row(y)[x] = colour;
}

} // namespace recvscope::gui
