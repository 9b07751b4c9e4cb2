#include "gui/timeline/raster_parts.h"

#include <algorithm>
#include <cmath>
#include <limits>

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

// Columns are painted a row at a time, since memory lies that way, and without branches, so that a processor does
// several columns together.

/// Sets the pixels of row @p y in those columns that begin there or above.
void below(QRgb *pixels, int width, int y, const int *top, QRgb colour)
{
    for (int x = 0; x < width; ++x) {
        const QRgb was = pixels[x];
        pixels[x] = y >= top[x] ? colour : was;
    }
}

/// Sets the pixels of row @p y in those columns whose rows [top, bottom) hold it.
void between(QRgb *pixels, int width, int y, const int *top, const int *bottom, const QRgb *colours)
{
    for (int x = 0; x < width; ++x) {
        const QRgb was = pixels[x], colour = colours[x];
        const QRgb begun = y >= top[x] ? colour : was;
        pixels[x] = y < bottom[x] ? begun : was;
    }
}

} // namespace

/// For each column of the picture where a level and its line begin and end.
struct PixelRaster::Heights {
    Heights(int width, int base)
        : top(static_cast<std::size_t>(width), base),
          middle(top),
          lineTop(top.size(), std::numeric_limits<int>::max()),
          lineBottom(top.size(), std::numeric_limits<int>::min())
    {
    }

    std::vector<int> top, middle;         ///< of the band, and of what is filled down to the base
    std::vector<int> lineTop, lineBottom; ///< rows [lineTop, lineBottom)
};

PixelRaster::PixelRaster(QImage &image, const Theme &theme, double ratio, double overhang)
    : m_bits(reinterpret_cast<QRgb *>(image.bits())),
      m_stride(image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb))),
      m_width(image.width()),
      m_height(image.height()),
      m_ratio(ratio),
      m_overhang(overhang),
      m_theme(theme),
      m_boxes(image, ratio),
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
    const double at = pixels * m_ratio; // rounded here: lround() is a call, and this is asked for every column
    return static_cast<int>(at < 0 ? at - 0.5 : at + 0.5);
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
    for (int y = std::max(top, 0); y < std::min(bottom, m_height); ++y) {
        const int inset = cornerInset(std::min(y - top + 0.5, bottom - y - 0.5), radius);
        const int from = std::max(left + inset, 0);
        const int to = std::min(right - inset, m_width);
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

void PixelRaster::peer(const PeerShape &peer)
{
    const SendColour colour = peerColour(peer, m_theme);
    const int left = device(peer.rect.left() + m_overhang);
    const int right = std::max(device(peer.rect.right() + m_overhang), left + 1);
    const QRect box(left, device(peer.rect.top()), right - left, device(peer.rect.bottom()) - device(peer.rect.top()));
    if (isSliver(peer))
        fill(box.left(), box.top(), right, box.top() + box.height(), colour.edge.rgb());
    else
        m_boxes.paint(box, colour, peerLine(peer) == Qt::SolidLine);
}

void PixelRaster::packed(const PackedShape &packed) const
{
    const int top = std::max(device(packed.top), 0);
    const int bottom = std::min(device(packed.top + packed.height), m_height);
    const int width = std::min(static_cast<int>(packed.columns.size()), m_width);
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
    std::vector<int> from(static_cast<std::size_t>(width), bottom), to(from);
    std::vector<QRgb> colour(from.size());
    for (int x = 0; x < width; ++x) {
        const auto i = static_cast<std::size_t>(x);
        const trace::Column &at = packed.columns[i];
        const auto stroke = [&](int begin, int end, QRgb with) {
            from[i] = begin;
            to[i] = end;
            colour[i] = with;
        };
        if (at.failed > 0) {
            stroke(top, bottom, m_failed);
        } else if (at.spans > 0 && !at.pending) {
            const double share = std::min(0.35 + 0.12 * std::log2(1.0 + at.began), 0.9);
            const int bar = std::max(2, static_cast<int>(height * share));
            stroke(top + (height - bar) / 2, top + (height - bar) / 2 + bar, m_atOnce);
        } else if (at.began > 0) {
            stroke(bottom - std::max(3, height / 5), bottom, m_line);
        }
    }
    for (int y = top; y < bottom; ++y)
        between(row(y), width, y, from.data(), to.data(), colour.data());
}

void PixelRaster::dense(const DenseShape &dense) const
{
    const bool calls = dense.what == DenseShape::What::Calls;
    // Calls keep to the foot of their lane, as triangles do.
    const int top = std::max(device(calls ? dense.top + dense.height * 0.4 : dense.top), 0);
    const int bottom = std::min(device(calls ? dense.top + dense.height * 0.75 : dense.top + dense.height), m_height);
    const int width = std::min(static_cast<int>(dense.columns.size()), m_width);
    for (auto begin = dense.columns.begin(), stop = begin + width; begin != stop;) {
        begin = std::find(begin, stop, std::uint8_t{1});
        const auto end = std::find(begin, stop, std::uint8_t{0});
        fill(static_cast<int>(begin - dense.columns.begin()), top, static_cast<int>(end - dense.columns.begin()),
             bottom, m_dense);
        begin = end;
    }
}

void PixelRaster::level(const LevelShape &level) const
{
    const int base = device(level.base);
    const int from = std::max(device(level.line.first().x() + m_overhang), 0);
    const int to = std::min(device(level.line.last().x() + m_overhang), m_width);
    const bool crowded = !level.low.isEmpty();
    Heights heights(m_width, base);
    StepReader high(level.line), low(crowded ? level.low : level.line);
    for (int x = from; x < to; ++x) {
        const double at = (x + 0.5) / m_ratio - m_overhang;
        const auto column = static_cast<std::size_t>(x);
        heights.top[column] = device(high.at(at));
        heights.middle[column] = crowded ? device(low.at(at)) : heights.top[column];
    }
    const std::vector<QRgb> line(heights.top.size(), m_level);
    strokeInto(heights, level.line, std::max(1, crowded ? device(1) : device(1.5)));

    const auto lowest = std::max(base, *std::max_element(heights.lineBottom.begin(), heights.lineBottom.end()));
    const auto highest = std::min(*std::min_element(heights.top.begin(), heights.top.end()),
                                  *std::min_element(heights.lineTop.begin(), heights.lineTop.end()));
    for (int y = std::max(highest, 0); y < std::min(lowest, m_height); ++y) {
        if (y < base) {
            below(row(y), m_width, y, heights.top.data(), m_levelBand);
            below(row(y), m_width, y, heights.middle.data(), m_levelFill);
        }
        between(row(y), m_width, y, heights.lineTop.data(), heights.lineBottom.data(), line.data());
    }
}

void PixelRaster::strokeInto(Heights &heights, const QPolygonF &line, int thickness) const
{
    // The line is whole, so what it covers of a column is one stretch.
    const int before = thickness / 2, after = thickness - before;
    for (qsizetype i = 1; i < line.size(); ++i) {
        const auto [x0, x1] = std::minmax({device(line[i - 1].x() + m_overhang), device(line[i].x() + m_overhang)});
        const auto [y0, y1] = std::minmax({device(line[i - 1].y()), device(line[i].y())});
        const int right = std::min((y0 == y1 ? x1 : x0) + after, m_width);
        for (int x = std::max(y0 == y1 ? x0 : x0 - before, 0); x < right; ++x) {
            const auto column = static_cast<std::size_t>(x);
            heights.lineTop[column] = std::min(heights.lineTop[column], y0 - before);
            heights.lineBottom[column] = std::max(heights.lineBottom[column], y1 + after);
        }
    }
}

void PixelRaster::fill(int left, int top, int right, int bottom, QRgb colour) const
{
    left = std::max(left, 0);
    right = std::min(right, m_width);
    for (int y = std::max(top, 0); left < right && y < std::min(bottom, m_height); ++y)
        std::fill(row(y) + left, row(y) + right, colour);
}

} // namespace recvscope::gui
