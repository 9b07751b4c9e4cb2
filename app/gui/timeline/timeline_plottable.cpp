#include "gui/timeline/timeline_plottable.h"

#include "gui/card.h"
#include "gui/plots/time_scale.h"

#include <QFontMetricsF>

#include <utility>

namespace recvscope::gui {

TimelinePlottable::TimelinePlottable(QCPAxis *keyAxis, QCPAxis *valueAxis) : QCPAbstractPlottable(keyAxis, valueAxis)
{
    setSelectable(QCP::stNone);
}

void TimelinePlottable::show(TimelineScene scene, RasterStyle style)
{
    m_scene = std::move(scene);
    m_style = std::move(style);
    m_painted = false;
}

double TimelinePlottable::selectTest(const QPointF &, bool, QVariant *) const
{
    return -1; // hitAt() answers, in the view
}

QCPRange TimelinePlottable::getKeyRange(bool &found, QCP::SignDomain) const
{
    found = false;
    return {};
}

QCPRange TimelinePlottable::getValueRange(bool &found, QCP::SignDomain, const QCPRange &) const
{
    found = false;
    return {};
}

QRect TimelinePlottable::clipRect() const
{
    // The names and the marks at both ends stand beside the axis' area.
    const QRect area = mKeyAxis->axisRect()->rect();
    return {0, area.top(), mParentPlot->width(), area.height()};
}

void TimelinePlottable::draw(QCPPainter *painter)
{
    if (!m_painted)
        paintTimeline(m_scene, m_style, m_raster);
    m_painted = true;
    const QRect area = mKeyAxis->axisRect()->rect();
    painter->drawImage(QPointF(area.left() - m_scene.overhang, area.top()), m_raster);
    drawNames(*painter, area);
}

void TimelinePlottable::drawLegendIcon(QCPPainter *, const QRectF &) const {}

void TimelinePlottable::drawNames(QCPPainter &painter, const QRect &area) const
{
    const double room = timeMarginLeft - Card::padding - m_scene.overhang - 4;
    QFont face = m_style.fonts.bold;
    face.setPixelSize(13);
    const QFontMetricsF metrics(face);
    QFont narrow = face;
    narrow.setPixelSize(11);
    const QFontMetricsF narrowMetrics(narrow);
    for (const LaneShape &lane : m_scene.lanes) {
        QString text = lane.name + lane.suffix;
        const bool fits = metrics.horizontalAdvance(text) <= room;
        painter.setFont(fits ? face : narrow);
        if (!fits)
            text = narrowMetrics.elidedText(lane.name, Qt::ElideMiddle,
                                            room - narrowMetrics.horizontalAdvance(lane.suffix)) +
                   lane.suffix;
        const bool selected = lane.lane.receive && lane.lane.receive == m_style.selectedReceive;
        painter.setPen(selected ? m_style.theme.accent : m_style.theme.ink);
        painter.drawText(QRectF(Card::padding, area.top() + lane.top, room, lane.height),
                         static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter), text);
    }
}

} // namespace recvscope::gui
