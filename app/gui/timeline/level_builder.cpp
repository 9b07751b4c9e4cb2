#include "gui/timeline/level_builder.h"

#include "gui/timeline/scene_parts.h"

#include <algorithm>
#include <utility>

namespace recvscope::gui {

namespace {
/// A single byte beside a megabyte is still not nothing.
constexpr double lowestVisible = 2;
} // namespace

LevelBuilder::LevelBuilder(const SceneView &view, const LaneShape &lane, std::uint64_t highest, std::uint64_t before)
    : m_right(view.scale.width), m_last(before)
{
    const auto [top, height] = fullRows(lane);
    m_shape.top = top;
    m_shape.base = top + height;
    m_shape.socket = lane.lane.socket;
    m_scale = highest > 0 ? height / static_cast<double>(highest) : 0;
    m_shape.line << QPointF(0, y(before));
    m_shape.low << QPointF(0, y(before));
}

double LevelBuilder::y(std::uint64_t held) const
{
    return held == 0 ? m_shape.base : m_shape.base - std::max(static_cast<double>(held) * m_scale, lowestVisible);
}

void LevelBuilder::closeColumn(double x)
{
    const double last = y(m_last);
    if (m_columnEnd && *m_columnEnd < x - 0.01) {
        for (QPolygonF *line : {&m_shape.line, &m_shape.low})
            if (line->last().y() != last)
                *line << QPointF(*m_columnEnd, line->last().y()) << QPointF(*m_columnEnd, last);
    }
    for (QPolygonF *line : {&m_shape.line, &m_shape.low})
        *line << QPointF(x, line->last().y());
    m_columnEnd.reset();
}

void LevelBuilder::column(double x, double width, std::uint64_t low, std::uint64_t high, std::uint64_t last)
{
    if (low == high && last == m_last && high == last)
        return; // flat stretches need no points of their own
    if (std::min(low, high) == std::min(m_last, last) && std::max(low, high) == std::max(m_last, last))
        low = high = last; // one way only: a step, and no band
    if (x >= m_right)
        return;
    if (x < 0) {
        // Beyond the left edge nothing is drawn, but it says where the line begins.
        m_last = last;
        m_shape.line = m_shape.low = QPolygonF{QPointF(0, y(last))};
        return;
    }
    closeColumn(x);
    m_shape.line << QPointF(x, y(high));
    m_shape.low << QPointF(x, y(low));
    if (high != last || low != last)
        m_columnEnd = std::min(x + width, m_right);
    m_last = last;
}

LevelShape LevelBuilder::finish()
{
    closeColumn(m_right);
    if (m_shape.low == m_shape.line)
        m_shape.low.clear();
    return std::move(m_shape);
}

} // namespace recvscope::gui
