#include "gui/stage/signs.h"

#include <QPainter>

#include <algorithm>

namespace recvscope::gui::stage {

void paintTexture(QPainter &painter, const QRectF &rect, const SendColour &colour)
{
    if (colour.texture == Texture::None)
        return;
    painter.save();
    painter.setClipRect(rect, Qt::IntersectClip);
    QColor faint = colour.edge;
    faint.setAlphaF(0.35F);
    painter.setPen(QPen(faint, 1));
    const double step = 5;
    const double height = rect.height();
    for (double at = -height; at < std::max(rect.width(), height); at += step)
        switch (colour.texture) {
        case Texture::Rising:
            painter.drawLine(rect.bottomLeft() + QPointF(at, 0), rect.bottomLeft() + QPointF(at + height, -height));
            break;
        case Texture::Falling:
            painter.drawLine(rect.topLeft() + QPointF(at, 0), rect.topLeft() + QPointF(at + height, height));
            break;
        case Texture::Level:
            painter.drawLine(rect.topLeft() + QPointF(0, at), rect.topLeft() + QPointF(rect.width(), at));
            break;
        case Texture::Dots:
            for (double y = 2; y < height; y += step)
                painter.drawPoint(rect.topLeft() + QPointF(at, y));
            break;
        case Texture::None:
            break;
        }
    painter.restore();
}

void paintSign(QPainter &painter, Sign sign, QPointF at, double size, const QColor &colour)
{
    const double half = size / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    switch (sign) {
    case Sign::Dot:
        painter.drawEllipse(at, half, half);
        break;
    case Sign::Diamond: {
        const double reach = half * 1.15;
        const QPointF corners[] = {at + QPointF(0, -reach), at + QPointF(reach, 0), at + QPointF(0, reach),
                                   at + QPointF(-reach, 0)};
        painter.drawPolygon(corners, 4);
        break;
    }
    case Sign::EndCap:
        painter.drawRect(QRectF(at.x() - half, at.y() - half, size, size));
        break;
    case Sign::Cross:
        painter.setPen(QPen(colour, std::max(size * 0.2, 1.5), Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(at - QPointF(half, half) * 0.85, at + QPointF(half, half) * 0.85);
        painter.drawLine(at + QPointF(-half, half) * 0.85, at + QPointF(half, -half) * 0.85);
        break;
    case Sign::Chevron: {
        painter.setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
        const QPointF points[] = {at + QPointF(-half * 0.4, -half), at + QPointF(half * 0.4, 0),
                                  at + QPointF(-half * 0.4, half)};
        painter.drawPolyline(points, 3);
        break;
    }
    case Sign::Flag: {
        painter.setPen(QPen(colour, 1.2));
        painter.drawLine(at + QPointF(-half * 0.6, -half), at + QPointF(-half * 0.6, half));
        const QPointF flag[] = {at + QPointF(-half * 0.6, -half), at + QPointF(half, -half * 0.4),
                                at + QPointF(-half * 0.6, half * 0.2)};
        painter.drawPolygon(flag, 3);
        break;
    }
    }
}

} // namespace recvscope::gui::stage
