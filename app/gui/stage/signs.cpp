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
    case Sign::Lock:
    case Sign::OpenLock: {
        const QRectF body(at.x() - half * 0.85, at.y() - half * 0.1, half * 1.7, half * 1.1);
        const bool open = sign == Sign::OpenLock;
        const double pen = std::max(size * 0.15, 1.2);
        // An open shackle stands higher and misses a leg; its body is hollow.
        QRectF shackle(at.x() - half * 0.55, at.y() - half * (open ? 1.25 : 1.0), half * 1.1, half * 1.4);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, pen, Qt::SolidLine, Qt::FlatCap));
        painter.drawArc(shackle, open ? 40 * 16 : 0, open ? 150 * 16 : 180 * 16);
        if (open) {
            painter.drawRect(body.adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2));
        } else {
            painter.fillRect(body, colour);
        }
        break;
    }
    case Sign::Bin: {
        const double rim = half * 0.85;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF sides[] = {at + QPointF(-rim, -half * 0.7), at + QPointF(-rim * 0.72, half),
                                 at + QPointF(rim * 0.72, half), at + QPointF(rim, -half * 0.7)};
        painter.drawPolyline(sides, 4);
        for (const double share : {-0.33, 0.0, 0.33})
            painter.drawLine(at + QPointF(rim * share * 1.2, -half * 0.35), at + QPointF(rim * share, half * 0.7));
        break;
    }
    case Sign::Unequal: {
        const QPen pen(colour, std::max(size * 0.17, 1.5), Qt::SolidLine, Qt::RoundCap);
        painter.setPen(pen);
        for (const double y : {-0.28, 0.28})
            painter.drawLine(at + QPointF(-half * 0.8, half * y * 1.2), at + QPointF(half * 0.8, half * y * 1.2));
        painter.drawLine(at + QPointF(half * 0.5, -half), at + QPointF(-half * 0.5, half));
        break;
    }
    }
}

} // namespace recvscope::gui::stage
