#include "gui/stage/bytes.h"

#include "gui/words.h"

#include <algorithm>
#include <cmath>

namespace recvscope::gui::stage {

namespace {

constexpr double widestCell = 18;
constexpr double narrowestCell = 10;
constexpr double cellHeight = 26;
constexpr double rowGap = 3;
constexpr double between = 1.5;       // two neighbouring cells
constexpr double smallestSegment = 2; // units: one byte of a gigabyte is still seen
constexpr std::uint64_t mostTicks = 4;

QSizeF cellOf(double width)
{
    return {width, std::min(cellHeight, std::floor(width * 1.5))};
}

/// The scale of a level: steps of a power of two.
std::vector<double> ticksOf(std::uint64_t capacity)
{
    std::uint64_t step = 1;
    while (capacity / step > mostTicks)
        step *= 2;
    std::vector<double> ticks;
    for (std::uint64_t at = step; at < capacity; at += step)
        ticks.push_back(static_cast<double>(at) / static_cast<double>(capacity));
    return ticks;
}

void drawCells(std::vector<Item> &items, const BytePlaces &places, std::uint64_t capacity,
               std::span<const Stretch> content, bool hexCells)
{
    std::uint64_t offset = 0;
    for (const Stretch &stretch : content)
        for (std::uint64_t i = 0; i < stretch.length && offset < capacity; ++i, ++offset) {
            Cell cell{places.byte(offset), {}, stretch.send, stretch.state, stretch.urgent};
            if (i < stretch.text.size())
                cell.character = cellText(static_cast<unsigned char>(stretch.text[i]), hexCells);
            items.emplace_back(std::move(cell));
        }
    for (; offset < capacity; ++offset)
        items.emplace_back(Cell{places.byte(offset), {}, 0, CellState::Empty, false});
}

/// One segment a stretch; with more stretches than can be told apart, what stands at each column.
std::vector<Segment> segmentsOf(std::span<const Stretch> content, std::uint64_t capacity, double width)
{
    std::vector<Segment> segments;
    const double whole = static_cast<double>(std::max<std::uint64_t>(capacity, 1));
    const auto add = [&](double from, double to, const Stretch &stretch) {
        if (!segments.empty() && segments.back().send == stretch.send && segments.back().state == stretch.state)
            segments.back().to = to;
        else if (to > from)
            segments.push_back({from, to, stretch.send, stretch.state});
    };
    if (static_cast<double>(content.size()) <= width) {
        std::uint64_t offset = 0;
        for (const Stretch &stretch : content) {
            const std::uint64_t end = std::min(offset + stretch.length, capacity);
            add(static_cast<double>(offset) / whole, static_cast<double>(end) / whole, stretch);
            offset = end;
        }
    } else {
        std::uint64_t total = 0;
        for (const Stretch &stretch : content)
            total += stretch.length;
        const double filled = std::min(static_cast<double>(total) / whole, 1.0);
        const double columns = std::max(std::ceil(filled * width), 1.0);
        std::size_t at = 0;
        std::uint64_t end = content.front().length;
        for (double column = 0; column < columns; ++column) {
            const auto middle = static_cast<std::uint64_t>((column + 0.5) / columns * filled * whole);
            while (at + 1 < content.size() && end <= middle)
                end += content[++at].length;
            add(column / columns * filled, (column + 1) / columns * filled, content[at]);
        }
    }
    if (!segments.empty() && segments.back().to * width < smallestSegment)
        segments = {{0, smallestSegment / width, segments.front().send, segments.front().state}};
    return segments;
}

} // namespace

std::uint64_t Grid::perRow(double width) const
{
    return cells() ? std::max<std::uint64_t>(static_cast<std::uint64_t>((width + between) / cell.width()), 1) : 0;
}

double Grid::height(std::uint64_t count, double width) const
{
    if (count >= levelsFrom)
        return barHeight + scaleHeight;
    if (!cells() || count >= cellsBelow)
        return barHeight;
    const std::uint64_t row = perRow(width);
    const auto rows = static_cast<double>(std::max<std::uint64_t>((count + row - 1) / row, 1));
    return rows * cell.height() + (rows - 1) * rowGap;
}

Grid gridFor(std::span<const std::uint64_t> counts, double width, double height)
{
    for (double cell = widestCell; cell >= narrowestCell; --cell) {
        const Grid grid{cellOf(cell)};
        double total = 0;
        for (const std::uint64_t count : counts)
            total += grid.height(count, width);
        if (total <= height)
            return grid;
    }
    return {};
}

QRectF BytePlaces::byte(std::uint64_t offset) const
{
    if (!cells())
        return stretch(offset, 1);
    const std::uint64_t row = m_grid.perRow(m_area.width());
    return {m_area.left() + static_cast<double>(offset % row) * m_grid.cell.width(),
            m_area.top() + static_cast<double>(offset / row) * (m_grid.cell.height() + rowGap),
            m_grid.cell.width() - between, m_grid.cell.height()};
}

QRectF BytePlaces::stretch(std::uint64_t offset, std::uint64_t length) const
{
    const double whole = static_cast<double>(std::max<std::uint64_t>(m_capacity, 1));
    const double from = std::min(static_cast<double>(offset) / whole, 1.0);
    const double to = std::min(static_cast<double>(offset + length) / whole, 1.0);
    return {m_area.left() + from * m_area.width(), m_area.top(),
            std::max((to - from) * m_area.width(), smallestSegment), std::min(barHeight, m_area.height())};
}

BytePlaces drawBytes(std::vector<Item> &items, QRectF area, std::uint64_t capacity, Grid grid,
                     std::span<const Stretch> content, bool hexCells)
{
    const BytePlaces places(area, capacity, grid);
    if (places.cells()) {
        drawCells(items, places, capacity, content, hexCells);
        return places;
    }
    const double height = std::min(barHeight, area.height());
    Bar bar{QRectF(area.topLeft(), QSizeF(area.width(), height)), segmentsOf(content, capacity, area.width()), {}};
    if (capacity >= levelsFrom) {
        bar.ticks = ticksOf(capacity);
        const QRectF scale(area.left(), area.top() + barHeight, area.width(), scaleHeight);
        const bool crowded = area.width() < 46 * static_cast<double>(bar.ticks.size() + 1);
        for (std::size_t i = crowded ? 1 : 0; i < bar.ticks.size(); i += crowded ? 2 : 1) {
            const double tick = bar.ticks[i];
            const auto at = static_cast<std::uint64_t>(std::llround(tick * static_cast<double>(capacity)));
            items.emplace_back(Text{QRectF(scale.left() + tick * scale.width() - 23, scale.top(), 46, scaleHeight),
                                    {{shortSize(at), Style::Small, {Tone::Dim}}},
                                    Qt::AlignHCenter | Qt::AlignVCenter,
                                    {},
                                    false});
        }
    }
    items.emplace_back(std::move(bar));
    return places;
}

} // namespace recvscope::gui::stage
