#include "gui/timeline/kernel_lane.h"
#include "gui/timeline/raster_parts.h"

#include <QPainter>
#include <QPainterPath>

namespace recvscope::gui {

namespace {

constexpr double cornerRadius = 6;

QPen pen(const QColor &colour, double width, Qt::PenStyle style = Qt::SolidLine)
{
    return {colour, width, style, Qt::FlatCap, Qt::MiterJoin};
}

bool isSend(const PeerShape &peer)
{
    return peer.kind == PeerMark::Kind::Send || peer.kind == PeerMark::Kind::Urgent ||
           peer.kind == PeerMark::Kind::Observed;
}

} // namespace

MarkPainter::MarkPainter(QPainter &painter, const RasterStyle &style)
    : m_painter(painter), m_style(style), m_labelFont(style.fonts.small)
{
    m_labelFont.setWeight(QFont::DemiBold);
}

void MarkPainter::span(const SpanShape &span)
{
    const Theme &theme = m_style.theme;
    const bool selected = span.operation && span.operation == m_style.selectedReceive;
    if (span.tail) {
        const double y = span.rect.bottom() - 2.5; // below the label, which stands beside the end's mark
        m_painter.setPen(pen(theme.dim, 2, Qt::DotLine));
        m_painter.drawLine(QPointF(span.tail->queuedAt, y), QPointF(span.tail->beganAt, y));
        if (span.tail->began) {
            const double width = std::max(span.tail->endedAt - span.tail->beganAt, 4.0);
            m_painter.fillRect(QRectF(span.tail->beganAt, y - 2.5, width, 5), theme.good);
        }
    }
    const bool onPlainBody = span.body == SpanShape::Body::Plain && span.rect.intersects(span.labelRect);
    // The label's ground ends above the tail.
    if (!span.label.isEmpty() && !onPlainBody)
        m_painter.fillRect(span.tail ? span.labelRect.adjusted(0, 0, 0, -6) : span.labelRect,
                           theme.panel); // over the hatch, or over the ruler's lines
    if (span.body != SpanShape::Body::None) {
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(selected ? pen(theme.accent, 2)
                                  : pen(theme.dim, 1, span.injected ? Qt::DotLine : Qt::SolidLine));
        m_painter.drawRoundedRect(span.rect.adjusted(0.5, 0.5, -0.5, -0.5), cornerRadius - 0.5, cornerRadius - 0.5);
    }
    if (!span.label.isEmpty()) {
        m_painter.setFont(m_labelFont);
        m_painter.setPen(theme.ink);
        m_painter.drawText(span.labelRect, static_cast<int>(Qt::AlignCenter), span.label);
    }
    if (span.endVisible)
        endMark(span);
    if (span.unlike != Unlike::No)
        unlikeMark(span);
}

/// Before the span: in substance, on a plate; only in words, quietly.
void MarkPainter::unlikeMark(const SpanShape &span)
{
    const Theme &theme = m_style.theme;
    const bool differs = span.unlike == Unlike::Yes;
    const double half = differs ? 6 : 4;
    const QPointF at(span.rect.left() - half - (differs ? 6 : 4), span.rect.center().y());
    if (differs) {
        m_painter.setPen(pen(theme.caution, 1.2));
        m_painter.setBrush(theme.cautionFill);
        m_painter.drawRoundedRect(QRectF(at.x() - 9, at.y() - 9, 18, 18), 4, 4);
    }
    m_painter.setPen(QPen(differs ? theme.caution : theme.dim, differs ? 2 : 1.4, Qt::SolidLine, Qt::RoundCap));
    for (const double y : {-0.34, 0.34})
        m_painter.drawLine(at + QPointF(-half * 0.8, half * y), at + QPointF(half * 0.8, half * y));
    m_painter.drawLine(at + QPointF(half * 0.5, -half), at + QPointF(-half * 0.5, half));
}

void MarkPainter::endMark(const SpanShape &span)
{
    const Theme &theme = m_style.theme;
    const QPointF at(span.endAt, span.rect.center().y());
    // A rim of the panel's colour keeps the mark apart from the hatch under it.
    const auto solid = [&](const QColor &colour) {
        m_painter.setPen(pen(theme.panel, 1.5));
        m_painter.setBrush(colour);
    };
    const auto bar = [&] { m_painter.fillRect(QRectF(at.x() - 3.5, at.y() - 1.1, 7, 2.2), theme.panel); };
    const auto diamond = [&] {
        m_painter.drawPolygon(QPolygonF{QPointF(at.x(), at.y() - 7.5), QPointF(at.x() + 7.5, at.y()),
                                        QPointF(at.x(), at.y() + 7.5), QPointF(at.x() - 7.5, at.y())});
    };
    switch (span.end) {
    case SpanShape::End::Open:
        break;
    case SpanShape::End::Dot:
        solid(theme.good);
        m_painter.drawEllipse(at, 6.5, 6.5);
        break;
    case SpanShape::End::Diamond:
        solid(theme.good);
        diamond();
        break;
    case SpanShape::End::Cap:
        solid(theme.caution);
        m_painter.drawRect(QRectF(at.x() - 4, at.y() - 7, 9, 14));
        break;
    case SpanShape::End::Cross: {
        QPainterPath cross;
        cross.moveTo(at + QPointF(-5.5, -5.5));
        cross.lineTo(at + QPointF(5.5, 5.5));
        cross.moveTo(at + QPointF(5.5, -5.5));
        cross.lineTo(at + QPointF(-5.5, 5.5));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(theme.panel, 6, Qt::SolidLine, Qt::RoundCap));
        m_painter.drawPath(cross);
        m_painter.setPen(QPen(theme.failure, 3, Qt::SolidLine, Qt::RoundCap));
        m_painter.drawPath(cross);
        break;
    }
    case SpanShape::End::Failed:
        solid(theme.failure);
        m_painter.drawEllipse(at, 6.5, 6.5);
        bar();
        break;
    case SpanShape::End::FailedAtOnce:
        solid(theme.failure);
        diamond();
        bar();
        break;
    }
}

SendColour peerColour(const PeerShape &peer, const Theme &theme)
{
    if (peer.kind == PeerMark::Kind::Reset)
        return {theme.failure, theme.failureFill, Texture::None};
    if (peer.kind == PeerMark::Kind::LinkCut)
        return {theme.caution, theme.cautionFill, Texture::None};
    return isSend(peer) && peer.send ? theme.sendColour(*peer.send) : SendColour{theme.dim, theme.soft, Texture::None};
}

Qt::PenStyle peerLine(const PeerShape &peer)
{
    return peer.injected ? Qt::DotLine : peer.kind == PeerMark::Kind::Observed ? Qt::DashLine : Qt::SolidLine;
}

bool isSliver(const PeerShape &peer)
{
    return peer.rect.width() < 4.5;
}

void MarkPainter::peer(const PeerShape &peer)
{
    if (isSliver(peer))
        return;
    const Theme &theme = m_style.theme;
    const SendColour colour = peerColour(peer, theme);
    const QRectF box = peer.rect.adjusted(0.75, 0.75, -0.75, -0.75);
    const bool selected = m_style.selectedEvent == peer.event;
    if (selected || peerLine(peer) != Qt::SolidLine) {
        const double radius = std::min(5.0, box.width() / 2);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(selected ? pen(theme.accent, 2.5) : pen(colour.edge, 1.5, peerLine(peer)));
        m_painter.drawRoundedRect(box, radius, radius);
    }
    if (peer.kind == PeerMark::Kind::Urgent && box.width() > 12) {
        // Urgent has a flag.
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(colour.edge);
        m_painter.drawPolygon(
            QPolygonF{box.topLeft() + QPointF(1, 0), box.topLeft() + QPointF(9, 4.5), box.topLeft() + QPointF(1, 9)});
    }
    if (peer.label.isEmpty())
        return;
    const bool sent = isSend(peer);
    m_painter.setFont(sent ? m_style.fonts.monoBold : m_labelFont);
    m_painter.setPen(sent && !(colour.edge == theme.dim) ? colour.edge : theme.ink);
    if (sent && colour.texture != Texture::None) {
        const double width = QFontMetricsF(m_painter.font()).horizontalAdvance(peer.label) + 6;
        m_painter.fillRect(QRectF(box.center().x() - width / 2, box.top() + 4, width, box.height() - 8), colour.fill);
    }
    m_painter.drawText(box, static_cast<int>(Qt::AlignCenter), peer.label);
}

void MarkPainter::call(const CallShape &call)
{
    const double middle = call.top + call.height * 0.4;
    const bool selected = m_style.selectedEvent == call.event;
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(selected ? m_style.theme.accent : m_style.theme.ink);
    m_painter.drawPolygon(
        QPolygonF{QPointF(call.x, middle - 5), QPointF(call.x + 5, middle + 4), QPointF(call.x - 5, middle + 4)});
}

void MarkPainter::note(const NoteShape &note)
{
    paintNote(m_painter, note, m_style);
}

void MarkPainter::unknownLevel(const LevelShape &level)
{
    m_painter.setPen(pen(m_style.theme.dim, 1, Qt::DashLine));
    m_painter.drawLine(level.line.first(), level.line.last());
    m_painter.setFont(m_style.fonts.small);
    m_painter.drawText(QPointF(8, level.base - 8), level.note);
}

void MarkPainter::selectedMoment(double x, double height)
{
    m_painter.setPen(pen(m_style.theme.accent, 1.5, Qt::DotLine));
    m_painter.drawLine(QPointF(x, 0), QPointF(x, height));
}

} // namespace recvscope::gui
