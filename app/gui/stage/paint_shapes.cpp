// Everything that is not bytes: boxes, texts, lines and signs.

#include "gui/stage/brush.h"

#include "gui/stage/scene_painter.h"
#include "gui/stage/signs.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace recvscope::gui::stage {

void paint(Brush &brush, const Box &box)
{
    const QRectF rect = brush.snapped(box.rect);
    const double radius = box.radius * brush.zoom;
    QPainterPath outline;
    outline.addRoundedRect(rect, radius, radius);
    if (box.fill != Tone::None)
        brush.painter.fillPath(outline, colourOf(brush.theme, {box.fill, box.send}));
    if (box.hatched)
        brush.hatch(rect, outline);
    if (box.edge == Tone::None)
        return;
    const double width = box.line == Edge::Thick ? 1.5 : 1;
    QPen pen(box.edge == Tone::Line ? brush.theme.line : colourOf(brush.theme, {box.edge}), width);
    if (box.line == Edge::Dotted) {
        pen.setColor(box.edge == Tone::Line ? brush.quiet : pen.color());
        pen.setDashPattern({3, 3});
    }
    brush.painter.setPen(pen);
    brush.painter.setBrush(Qt::NoBrush);
    const double in = width / 2;
    brush.painter.drawRoundedRect(rect.adjusted(in, in, -in, -in), radius, radius);
}

void paint(Brush &brush, const Text &text)
{
    const QRectF rect(text.rect.topLeft() * brush.zoom, text.rect.size() * brush.zoom);
    std::vector<Span> spans = text.spans;
    double width = brush.widthOf(spans);
    if (width > rect.width() && !text.shorter.isNull() && !spans.empty() && !text.shorter.isEmpty()) {
        spans.back().text = text.shorter;
        width = brush.widthOf(spans);
    }
    while (width > rect.width() && !spans.empty()) {
        Span &last = spans.back();
        const QFontMetricsF metrics(brush.fontOf(last.style));
        const double room = rect.width() - (width - metrics.horizontalAdvance(last.text));
        last.text = metrics.elidedText(last.text, Qt::ElideRight, std::max(room, 0.0));
        // Of what does not even begin, nothing stands there.
        if (last.text.size() <= 1 && spans.size() > 1)
            spans.pop_back();
        else if (brush.widthOf(spans) > rect.width() && spans.size() > 1)
            spans.pop_back();
        else
            break;
        width = brush.widthOf(spans);
    }
    width = std::min(brush.widthOf(spans), rect.width());
    double x = rect.left();
    if ((text.align & Qt::AlignRight) != 0)
        x = rect.right() - width;
    else if ((text.align & Qt::AlignHCenter) != 0)
        x = rect.center().x() - width / 2;
    if (text.plate)
        brush.painter.fillRect(
            QRectF(x - 4 * brush.zoom, brush.snap(rect.top()), width + 8 * brush.zoom, brush.snap(rect.height())),
            brush.theme.panel);
    // All spans stand on one line: that of the largest.
    double ascent = 0;
    double descent = 0;
    for (const Span &span : spans) {
        const QFontMetricsF metrics(brush.fontOf(span.style));
        ascent = std::max(ascent, metrics.ascent());
        descent = std::max(descent, metrics.descent());
    }
    double baseline = rect.top() + (rect.height() + ascent - descent) / 2;
    if ((text.align & Qt::AlignTop) != 0)
        baseline = rect.top() + ascent;
    baseline = brush.snap(baseline);
    for (const Span &span : spans) {
        brush.painter.setFont(brush.fontOf(span.style));
        brush.painter.setPen(colourOf(brush.theme, span.ink));
        brush.painter.drawText(QPointF(x, baseline), span.text);
        x += QFontMetricsF(brush.fontOf(span.style)).horizontalAdvance(span.text);
    }
}

void paint(Brush &brush, const Line &line)
{
    QPointF from = line.from * brush.zoom;
    QPointF to = line.to * brush.zoom;
    if (line.style == LineStyle::Link) {
        QPen pen(brush.theme.line, 8 * brush.zoom, Qt::SolidLine, Qt::RoundCap);
        brush.painter.setPen(pen);
        brush.painter.drawLine(from, to);
        return;
    }
    if (line.style == LineStyle::Upright) {
        const double x = brush.snap(from.x()) + 0.5 * brush.pixel;
        brush.painter.setPen(line.tone == Tone::Line ? QPen(brush.quiet, 1)
                                                     : QPen(colourOf(brush.theme, {line.tone}), 1.5));
        brush.painter.drawLine(QPointF(x, from.y()), QPointF(x, to.y()));
        return;
    }
    from.setY(brush.snap(from.y()) + 0.5 * brush.pixel);
    to.setY(brush.snap(to.y()) + 0.5 * brush.pixel);
    QPen pen(line.tone == Tone::Line ? brush.quiet : colourOf(brush.theme, {line.tone}), 1.5);
    if (line.style == LineStyle::Copy)
        pen.setDashPattern({2, 2});
    brush.painter.setPen(pen);
    brush.painter.drawLine(from, to - QPointF(line.arrow ? 3 : 0, 0));
    if (line.arrow) {
        const double size = 4 * brush.zoom;
        const QPointF head[] = {to, to + QPointF(-1.4 * size, -size), to + QPointF(-1.4 * size, size)};
        brush.painter.setPen(Qt::NoPen);
        brush.painter.setBrush(pen.color());
        brush.painter.drawPolygon(head, 3);
    }
}

void paint(Brush &brush, const Mark &mark)
{
    paintSign(brush.painter, mark.sign, mark.centre * brush.zoom, mark.size * brush.zoom,
              colourOf(brush.theme, {mark.tone}));
}

} // namespace recvscope::gui::stage
