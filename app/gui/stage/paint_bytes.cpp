// Bytes: one in its cell, many in a bar, those of a message in a parcel, and those on their way.

#include "gui/stage/brush.h"

#include "gui/stage/signs.h"

#include <QPainter>

#include <algorithm>

namespace recvscope::gui::stage {

namespace {

constexpr double edgeAlone = 4; // narrower segments are their edge

QRectF placeOf(const Brush &brush, const QRectF &bar, const Segment &segment)
{
    return {QPointF(brush.snap(bar.left() + segment.from * bar.width()), bar.top()),
            QPointF(brush.snap(bar.left() + segment.to * bar.width()), bar.bottom())};
}

void fillSegment(Brush &brush, const QRectF &bar, const Segment &segment)
{
    const SendColour colour = brush.theme.sendColour(segment.send);
    const QRectF rect = placeOf(brush, bar, segment);
    if (segment.state == CellState::Lost) {
        brush.painter.fillRect(rect, brush.theme.soft);
        brush.struckThrough(rect);
    } else if (segment.state != CellState::Filled) {
        brush.painter.fillRect(rect, brush.theme.soft);
    } else if (rect.width() < edgeAlone) {
        brush.painter.fillRect(rect, colour.edge);
    } else {
        brush.painter.fillRect(rect, colour.fill);
        paintTexture(brush.painter, rect, colour);
    }
}

/// The colour of a send is in its edge: drawn over the bar's own.
void edgeSegment(Brush &brush, const QRectF &bar, const Segment &segment)
{
    const QRectF rect = placeOf(brush, bar, segment);
    if (rect.width() < edgeAlone)
        return;
    QPen pen(brush.theme.sendColour(segment.send).edge, 1.3);
    if (segment.state != CellState::Filled)
        pen.setDashPattern({2, 2});
    brush.painter.setPen(pen);
    brush.painter.setBrush(Qt::NoBrush);
    brush.painter.drawRoundedRect(rect.adjusted(0.65, 0.65, -0.65, -0.65), 2, 2);
}

} // namespace

void paint(Brush &brush, const Cell &cell)
{
    const QRectF rect = brush.snapped(cell.rect);
    const SendColour colour = brush.theme.sendColour(cell.send);
    const double radius = std::min(3.0, rect.width() / 4);
    QPen pen(colour.edge, 1.2);
    QColor fill = colour.fill;
    QColor ink = brush.theme.ink;
    switch (cell.state) {
    case CellState::Empty:
        pen = QPen(brush.quiet, 1);
        fill = brush.theme.panel;
        break;
    case CellState::Faded:
        pen.setDashPattern({2, 2});
        fill = brush.theme.soft;
        ink = brush.theme.dim;
        break;
    case CellState::Leaving:
        pen.setDashPattern({1, 2});
        fill = brush.theme.soft;
        ink = brush.theme.dim;
        break;
    case CellState::Lost:
        pen = QPen(brush.theme.caution, 1.2);
        pen.setDashPattern({2, 2});
        fill = brush.theme.soft;
        ink = brush.theme.dim;
        break;
    case CellState::Filled:
        break;
    }
    brush.painter.setPen(pen);
    brush.painter.setBrush(fill);
    const double in = pen.widthF() / 2;
    brush.painter.drawRoundedRect(rect.adjusted(in, in, -in, -in), radius, radius);
    if (cell.state == CellState::Lost)
        brush.struckThrough(rect);
    if (cell.state == CellState::Filled)
        paintTexture(brush.painter, rect.adjusted(1, 1, -1, -1), colour);
    brush.character(rect, cell.character, ink);
    if (cell.urgent)
        paintSign(brush.painter, Sign::Flag, {rect.right() - 4, rect.top() + 4}, 7, brush.theme.caution);
}

void paint(Brush &brush, const Bar &bar)
{
    const QRectF rect = brush.snapped(bar.rect);
    constexpr double radius = 3;
    QPainterPath outline;
    outline.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    brush.painter.fillPath(outline, brush.theme.panel);
    brush.painter.save();
    brush.painter.setClipPath(outline, Qt::IntersectClip);
    for (const Segment &segment : bar.segments)
        fillSegment(brush, rect, segment);
    brush.painter.restore();
    brush.painter.setPen(QPen(brush.quiet, 1));
    brush.painter.setBrush(Qt::NoBrush);
    brush.painter.drawPath(outline);
    for (const Segment &segment : bar.segments)
        edgeSegment(brush, rect, segment);
    brush.painter.setPen(QPen(brush.quiet, 1));
    for (const double tick : bar.ticks) {
        const double x = brush.snap(rect.left() + tick * rect.width()) + 0.5 * brush.pixel;
        brush.painter.drawLine(QPointF(x, rect.bottom() - 5), QPointF(x, rect.bottom()));
    }
}

void paint(Brush &brush, const Parcel &parcel)
{
    constexpr double width = 1.6;
    const QRectF rect = brush.snapped(parcel.rect).adjusted(width / 2, width / 2, -width / 2, -width / 2);
    const double radius = std::min(4 * brush.zoom, rect.width() / 2);
    const double corner = 2 * radius;
    QPainterPath border; // from the upper end on the left, around the right one, to the lower end on the left
    if (parcel.openBehind) {
        border.moveTo(rect.topRight());
        border.lineTo(rect.left() + radius, rect.top());
    } else {
        border.moveTo(rect.left() + radius, rect.bottom());
        border.lineTo(rect.right() - radius, rect.bottom());
        border.arcTo(QRectF(rect.right() - corner, rect.bottom() - corner, corner, corner), 270, 90);
        border.arcTo(QRectF(rect.right() - corner, rect.top(), corner, corner), 0, 90);
        border.lineTo(rect.left() + radius, rect.top());
    }
    if (parcel.openBefore) {
        if (parcel.openBehind) {
            border.moveTo(rect.bottomLeft());
            border.lineTo(rect.bottomRight());
        }
    } else {
        border.arcTo(QRectF(rect.left(), rect.top(), corner, corner), 90, 90);
        border.arcTo(QRectF(rect.left(), rect.bottom() - corner, corner, corner), 180, 90);
        if (parcel.openBehind)
            border.lineTo(rect.bottomRight());
    }
    brush.painter.setPen(QPen(brush.theme.dim, width));
    brush.painter.setBrush(Qt::NoBrush);
    brush.painter.drawPath(border);
    QPen open(brush.theme.dim, width);
    open.setDashPattern({1, 2});
    brush.painter.setPen(open);
    if (parcel.openBefore)
        brush.painter.drawLine(rect.topLeft(), rect.bottomLeft());
    if (parcel.openBehind)
        brush.painter.drawLine(rect.topRight(), rect.bottomRight());
}

void paint(Brush &brush, const Flight &flight)
{
    const QRectF now = flight.now();
    const QRectF rect(now.topLeft() * brush.zoom, now.size() * brush.zoom);
    const SendColour colour = brush.theme.sendColour(flight.send);
    const double radius = flight.parcel ? 6 * brush.zoom : std::min(3.0, rect.width() / 4);
    brush.painter.setPen(QPen(colour.edge, 1.5));
    brush.painter.setBrush(colour.fill);
    brush.painter.drawRoundedRect(rect, radius, radius);
    paintTexture(brush.painter, rect.adjusted(1, 1, -1, -1), colour);
    if (flight.parcel) {
        brush.painter.setFont(brush.fontOf(Style::SmallStrong));
        brush.painter.setPen(brush.theme.ink);
        brush.painter.drawText(rect, Qt::AlignCenter, flight.text);
    } else {
        brush.character(rect, flight.text, brush.theme.ink);
    }
}

} // namespace recvscope::gui::stage
