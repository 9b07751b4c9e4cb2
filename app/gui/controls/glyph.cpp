#include "gui/controls/glyph.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace recvscope::gui {

namespace {

/// Pointing right (or left with @p way -1), its centre at @p x.
QPolygonF triangle(double x, double way, double half = 5)
{
    return QPolygonF({{x - way * half * 0.8, -half}, {x + way * half, 0}, {x - way * half * 0.8, half}});
}

void bar(QPainter &painter, double x)
{
    painter.drawRect(QRectF(x - 1, -5, 2, 10));
}

void runAgain(QPainter &painter, const QColor &colour)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, 1.8, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(QRectF(-5, -5, 10, 10), 60 * 16, 285 * 16);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(QPolygonF({{1.2, -8}, {6.4, -4.6}, {0.8, -1.6}}));
}

void sun(QPainter &painter, const QColor &colour)
{
    painter.drawEllipse(QPointF(0, 0), 3.2, 3.2);
    painter.setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap));
    for (int ray = 0; ray < 8; ++ray) {
        const double angle = ray * std::acos(-1) / 4;
        const QPointF way(std::cos(angle), std::sin(angle));
        painter.drawLine(way * 5.2, way * 6.8);
    }
}

void moon(QPainter &painter)
{
    QPainterPath full, bite;
    full.addEllipse(QPointF(0, 0), 6, 6);
    bite.addEllipse(QPointF(3, -2), 5.2, 5.2);
    painter.drawPath(full - bite);
}

void stroke(QPainter &painter, const QColor &colour, const QPolygonF &line)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
}

} // namespace

void paintGlyph(QPainter &painter, Glyph glyph, const QRectF &rect, const QColor &colour)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(rect.center());
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    switch (glyph) {
    case Glyph::None:
        break;
    case Glyph::ToStart:
        bar(painter, -6);
        painter.drawPolygon(triangle(-1, -1, 4.4));
        painter.drawPolygon(triangle(5, -1, 4.4));
        break;
    case Glyph::ToEnd:
        bar(painter, 6);
        painter.drawPolygon(triangle(1, 1, 4.4));
        painter.drawPolygon(triangle(-5, 1, 4.4));
        break;
    case Glyph::StepBack:
        painter.drawPolygon(triangle(1, -1, 5.5));
        bar(painter, -6);
        break;
    case Glyph::StepForward:
        painter.drawPolygon(triangle(-1, 1, 5.5));
        bar(painter, 6);
        break;
    case Glyph::Play:
        painter.drawPolygon(triangle(0, 1, 6.5));
        break;
    case Glyph::Pause:
        painter.drawRect(QRectF(-5, -6, 3.6, 12));
        painter.drawRect(QRectF(1.4, -6, 3.6, 12));
        break;
    case Glyph::RunAgain:
        runAgain(painter, colour);
        break;
    case Glyph::Stop:
        painter.drawRoundedRect(QRectF(-5, -5, 10, 10), 1, 1);
        break;
    case Glyph::Menu:
        for (const double y : {-5.0, -0.8, 3.4})
            painter.drawRect(QRectF(-7, y, 14, 1.6));
        break;
    case Glyph::Sun:
        sun(painter, colour);
        break;
    case Glyph::Moon:
        moon(painter);
        break;
    case Glyph::Tick:
        stroke(painter, colour, QPolygonF({{-4, 0}, {-1.2, 3}, {4, -3.4}}));
        break;
    case Glyph::Cross:
        stroke(painter, colour, QPolygonF({{-3.5, -3.5}, {3.5, 3.5}}));
        stroke(painter, colour, QPolygonF({{-3.5, 3.5}, {3.5, -3.5}}));
        break;
    }
    painter.restore();
}

} // namespace recvscope::gui
