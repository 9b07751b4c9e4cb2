#include "gui/stage/scene_painter.h"

#include "gui/stage/signs.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>

namespace recvscope::gui::stage {

namespace {

constexpr double markContrast = 3;

QColor mixed(const QColor &one, const QColor &other, double share)
{
    const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * share)); };
    return {mix(one.red(), other.red()), mix(one.green(), other.green()), mix(one.blue(), other.blue())};
}

class ScenePainter {
public:
    ScenePainter(QPainter &painter, const Scene &scene, const Theme &theme, const Fonts &fonts)
        : m_painter(painter),
          m_theme(theme),
          m_zoom(scene.zoom),
          m_pixel(painter.device() != nullptr ? 1 / painter.device()->devicePixelRatioF() : 1),
          m_quiet(quietMark(theme))
    {
        m_fonts = {scaled(fonts.body, 13),   scaled(fonts.bold, 13),     scaled(fonts.body, 11.6),
                   scaled(fonts.bold, 11.6), scaled(fonts.capitals, 11), scaled(fonts.mono, 11.6),
                   scaled(fonts.bold, 18)};
        m_fonts[static_cast<std::size_t>(Style::Caps)].setLetterSpacing(QFont::AbsoluteSpacing, 0.9 * m_zoom);
        m_cellFont = fonts.monoBold;
    }

    void operator()(const Box &box)
    {
        const QRectF rect = snapped(box.rect);
        const double radius = box.radius * m_zoom;
        QPainterPath outline;
        outline.addRoundedRect(rect, radius, radius);
        if (box.fill != Tone::None)
            m_painter.fillPath(outline, colourOf(m_theme, {box.fill}));
        if (box.hatched)
            hatch(rect, outline);
        if (box.edge == Tone::None)
            return;
        const double width = box.line == Edge::Thick ? 1.5 : 1;
        QPen pen(box.edge == Tone::Line ? m_theme.line : colourOf(m_theme, {box.edge}), width);
        if (box.line == Edge::Dotted) {
            pen.setColor(box.edge == Tone::Line ? m_quiet : pen.color());
            pen.setDashPattern({3, 3});
        }
        m_painter.setPen(pen);
        m_painter.setBrush(Qt::NoBrush);
        const double in = width / 2;
        m_painter.drawRoundedRect(rect.adjusted(in, in, -in, -in), radius, radius);
    }

    void operator()(const Text &text)
    {
        const QRectF rect(text.rect.topLeft() * m_zoom, text.rect.size() * m_zoom);
        std::vector<Span> spans = text.spans;
        double width = widthOf(spans);
        if (width > rect.width() && !text.shorter.isNull() && !spans.empty() && !text.shorter.isEmpty()) {
            spans.back().text = text.shorter;
            width = widthOf(spans);
        }
        while (width > rect.width() && !spans.empty()) {
            Span &last = spans.back();
            const QFontMetricsF metrics(fontOf(last.style));
            const double room = rect.width() - (width - metrics.horizontalAdvance(last.text));
            last.text = metrics.elidedText(last.text, Qt::ElideRight, std::max(room, 0.0));
            // Of what does not even begin, nothing stands there.
            if (last.text.size() <= 1 && spans.size() > 1)
                spans.pop_back();
            else if (widthOf(spans) > rect.width() && spans.size() > 1)
                spans.pop_back();
            else
                break;
            width = widthOf(spans);
        }
        width = std::min(widthOf(spans), rect.width());
        double x = rect.left();
        if ((text.align & Qt::AlignRight) != 0)
            x = rect.right() - width;
        else if ((text.align & Qt::AlignHCenter) != 0)
            x = rect.center().x() - width / 2;
        if (text.plate)
            m_painter.fillRect(QRectF(x - 4 * m_zoom, snap(rect.top()), width + 8 * m_zoom, snap(rect.height())),
                               m_theme.panel);
        // All spans stand on one line: that of the largest.
        double ascent = 0;
        double descent = 0;
        for (const Span &span : spans) {
            const QFontMetricsF metrics(fontOf(span.style));
            ascent = std::max(ascent, metrics.ascent());
            descent = std::max(descent, metrics.descent());
        }
        double baseline = rect.top() + (rect.height() + ascent - descent) / 2;
        if ((text.align & Qt::AlignTop) != 0)
            baseline = rect.top() + ascent;
        baseline = snap(baseline);
        for (const Span &span : spans) {
            m_painter.setFont(fontOf(span.style));
            m_painter.setPen(colourOf(m_theme, span.ink));
            m_painter.drawText(QPointF(x, baseline), span.text);
            x += QFontMetricsF(fontOf(span.style)).horizontalAdvance(span.text);
        }
    }

    void operator()(const Cell &cell)
    {
        const QRectF rect = snapped(cell.rect);
        const SendColour colour = m_theme.sendColour(cell.send);
        const double radius = std::min(3.0, rect.width() / 4);
        QPen pen(colour.edge, 1.2);
        QColor fill = colour.fill;
        QColor ink = m_theme.ink;
        switch (cell.state) {
        case CellState::Empty:
            pen = QPen(m_quiet, 1);
            fill = m_theme.panel;
            break;
        case CellState::Faded:
            pen.setDashPattern({2, 2});
            fill = m_theme.soft;
            ink = m_theme.dim;
            break;
        case CellState::Leaving:
            pen.setDashPattern({1, 2});
            fill = m_theme.soft;
            ink = m_theme.dim;
            break;
        case CellState::Lost:
            pen = QPen(m_theme.caution, 1.2);
            pen.setDashPattern({2, 2});
            fill = m_theme.soft;
            ink = m_theme.dim;
            break;
        case CellState::Filled:
            break;
        }
        m_painter.setPen(pen);
        m_painter.setBrush(fill);
        const double in = pen.widthF() / 2;
        m_painter.drawRoundedRect(rect.adjusted(in, in, -in, -in), radius, radius);
        if (cell.state == CellState::Lost)
            struckThrough(rect);
        if (cell.state == CellState::Filled)
            paintTexture(m_painter, rect.adjusted(1, 1, -1, -1), colour);
        character(rect, cell.character, ink);
        if (cell.urgent)
            paintSign(m_painter, Sign::Flag, {rect.right() - 4, rect.top() + 4}, 7, m_theme.caution);
    }

    void operator()(const Bar &bar)
    {
        const QRectF rect = snapped(bar.rect);
        constexpr double radius = 3;
        QPainterPath outline;
        outline.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
        m_painter.fillPath(outline, m_theme.panel);
        m_painter.save();
        m_painter.setClipPath(outline, Qt::IntersectClip);
        for (const Segment &segment : bar.segments)
            fillSegment(rect, segment);
        m_painter.restore();
        m_painter.setPen(QPen(m_quiet, 1));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawPath(outline);
        for (const Segment &segment : bar.segments)
            edgeSegment(rect, segment);
        m_painter.setPen(QPen(m_quiet, 1));
        for (const double tick : bar.ticks) {
            const double x = snap(rect.left() + tick * rect.width()) + 0.5 * m_pixel;
            m_painter.drawLine(QPointF(x, rect.bottom() - 5), QPointF(x, rect.bottom()));
        }
    }

    void operator()(const Line &line)
    {
        QPointF from = line.from * m_zoom;
        QPointF to = line.to * m_zoom;
        if (line.style == LineStyle::Link) {
            QPen pen(m_theme.line, 8 * m_zoom, Qt::SolidLine, Qt::RoundCap);
            m_painter.setPen(pen);
            m_painter.drawLine(from, to);
            return;
        }
        if (line.style == LineStyle::Upright) {
            const double x = snap(from.x()) + 0.5 * m_pixel;
            m_painter.setPen(QPen(m_quiet, 1));
            m_painter.drawLine(QPointF(x, from.y()), QPointF(x, to.y()));
            return;
        }
        from.setY(snap(from.y()) + 0.5 * m_pixel);
        to.setY(snap(to.y()) + 0.5 * m_pixel);
        QPen pen(line.tone == Tone::Line ? m_quiet : colourOf(m_theme, {line.tone}), 1.5);
        if (line.style == LineStyle::Copy)
            pen.setDashPattern({2, 2});
        m_painter.setPen(pen);
        m_painter.drawLine(from, to - QPointF(line.arrow ? 3 : 0, 0));
        if (line.arrow) {
            const double size = 4 * m_zoom;
            const QPointF head[] = {to, to + QPointF(-1.4 * size, -size), to + QPointF(-1.4 * size, size)};
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(pen.color());
            m_painter.drawPolygon(head, 3);
        }
    }

    void operator()(const Mark &mark)
    {
        paintSign(m_painter, mark.sign, mark.centre * m_zoom, mark.size * m_zoom, colourOf(m_theme, {mark.tone}));
    }

    void operator()(const Parcel &parcel)
    {
        constexpr double width = 1.6;
        const QRectF rect = snapped(parcel.rect).adjusted(width / 2, width / 2, -width / 2, -width / 2);
        const double radius = std::min(4 * m_zoom, rect.width() / 2);
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
        m_painter.setPen(QPen(m_theme.dim, width));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawPath(border);
        QPen open(m_theme.dim, width);
        open.setDashPattern({1, 2});
        m_painter.setPen(open);
        if (parcel.openBefore)
            m_painter.drawLine(rect.topLeft(), rect.bottomLeft());
        if (parcel.openBehind)
            m_painter.drawLine(rect.topRight(), rect.bottomRight());
    }

    void operator()(const Flight &flight)
    {
        const QRectF now = flight.now();
        const QRectF rect(now.topLeft() * m_zoom, now.size() * m_zoom);
        const SendColour colour = m_theme.sendColour(flight.send);
        const double radius = flight.parcel ? 6 * m_zoom : std::min(3.0, rect.width() / 4);
        m_painter.setPen(QPen(colour.edge, 1.5));
        m_painter.setBrush(colour.fill);
        m_painter.drawRoundedRect(rect, radius, radius);
        paintTexture(m_painter, rect.adjusted(1, 1, -1, -1), colour);
        if (flight.parcel) {
            m_painter.setFont(fontOf(Style::SmallStrong));
            m_painter.setPen(m_theme.ink);
            m_painter.drawText(rect, Qt::AlignCenter, flight.text);
        } else {
            character(rect, flight.text, m_theme.ink);
        }
    }

private:
    [[nodiscard]] QFont scaled(QFont font, double size) const
    {
        font.setPixelSize(std::max(static_cast<int>(std::lround(size * m_zoom)), 10));
        return font;
    }
    [[nodiscard]] const QFont &fontOf(Style style) const { return m_fonts[static_cast<std::size_t>(style)]; }

    [[nodiscard]] double widthOf(const std::vector<Span> &spans) const
    {
        double width = 0;
        for (const Span &span : spans)
            width += QFontMetricsF(fontOf(span.style)).horizontalAdvance(span.text);
        return width;
    }

    [[nodiscard]] double snap(double value) const { return std::round(value / m_pixel) * m_pixel; }
    [[nodiscard]] QRectF snapped(const QRectF &rect) const
    {
        return {QPointF(snap(rect.left() * m_zoom), snap(rect.top() * m_zoom)),
                QPointF(snap(rect.right() * m_zoom), snap(rect.bottom() * m_zoom))};
    }

    void hatch(const QRectF &rect, const QPainterPath &outline)
    {
        m_painter.save();
        m_painter.setClipPath(outline, Qt::IntersectClip);
        m_painter.setPen(QPen(m_quiet, 1));
        const double step = 7 * m_zoom;
        for (double x = rect.left() - rect.height(); x < rect.right(); x += step)
            m_painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()));
        m_painter.restore();
    }

    void struckThrough(const QRectF &rect)
    {
        m_painter.save();
        m_painter.setClipRect(rect, Qt::IntersectClip);
        QColor faint = m_theme.caution;
        faint.setAlphaF(0.4F);
        m_painter.setPen(QPen(faint, 1));
        const double step = 5 * m_zoom;
        for (double x = rect.left() - rect.height(); x < rect.right(); x += step)
            m_painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()));
        m_painter.restore();
        m_painter.setPen(QPen(m_theme.caution, 1.5));
        const double y = snap(rect.center().y()) + 0.5 * m_pixel;
        m_painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y));
    }

    static constexpr double edgeAlone = 4; // narrower segments are their edge

    [[nodiscard]] QRectF placeOf(const QRectF &bar, const Segment &segment) const
    {
        return {QPointF(snap(bar.left() + segment.from * bar.width()), bar.top()),
                QPointF(snap(bar.left() + segment.to * bar.width()), bar.bottom())};
    }

    void fillSegment(const QRectF &bar, const Segment &segment)
    {
        const SendColour colour = m_theme.sendColour(segment.send);
        const QRectF rect = placeOf(bar, segment);
        if (segment.state == CellState::Lost) {
            m_painter.fillRect(rect, m_theme.soft);
            struckThrough(rect);
        } else if (segment.state != CellState::Filled) {
            m_painter.fillRect(rect, m_theme.soft);
        } else if (rect.width() < edgeAlone) {
            m_painter.fillRect(rect, colour.edge);
        } else {
            m_painter.fillRect(rect, colour.fill);
            paintTexture(m_painter, rect, colour);
        }
    }

    /// The colour of a send is in its edge: drawn over the bar's own.
    void edgeSegment(const QRectF &bar, const Segment &segment)
    {
        const QRectF rect = placeOf(bar, segment);
        if (rect.width() < edgeAlone)
            return;
        QPen pen(m_theme.sendColour(segment.send).edge, 1.3);
        if (segment.state != CellState::Filled)
            pen.setDashPattern({2, 2});
        m_painter.setPen(pen);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRoundedRect(rect.adjusted(0.65, 0.65, -0.65, -0.65), 2, 2);
    }

    void character(const QRectF &rect, const QString &text, const QColor &ink)
    {
        if (text.isEmpty())
            return;
        QFont font = m_cellFont;
        const double widest = text.size() > 1 ? rect.width() * 0.72 : rect.width();
        const auto pixels = static_cast<int>(std::lround(std::min(rect.height() * 0.56, widest * 0.9)));
        constexpr int legible = 6;
        if (pixels < legible)
            return;
        font.setPixelSize(pixels);
        m_painter.setFont(font);
        m_painter.setPen(ink);
        m_painter.drawText(rect, Qt::AlignCenter | Qt::TextDontClip, text);
    }

    QPainter &m_painter;
    const Theme &m_theme;
    double m_zoom;
    double m_pixel; ///< one device pixel
    QColor m_quiet;
    std::array<QFont, 7> m_fonts; ///< by Style
    QFont m_cellFont;
};

} // namespace

QColor colourOf(const Theme &theme, const Shade &shade)
{
    switch (shade.tone) {
    case Tone::None:
        return Qt::transparent;
    case Tone::Panel:
        return theme.panel;
    case Tone::Soft:
        return theme.soft;
    case Tone::Line:
        return theme.line;
    case Tone::Ink:
        return theme.ink;
    case Tone::Dim:
        return theme.dim;
    case Tone::Accent:
        return theme.accent;
    case Tone::AccentFill:
        return theme.accentFill;
    case Tone::Good:
        return theme.good;
    case Tone::GoodFill:
        return theme.goodFill;
    case Tone::Caution:
        return theme.caution;
    case Tone::CautionFill:
        return theme.cautionFill;
    case Tone::Failure:
        return theme.failure;
    case Tone::FailureFill:
        return theme.failureFill;
    case Tone::Send:
        return theme.sendColour(shade.send).edge;
    case Tone::SendFill:
        return theme.sendColour(shade.send).fill;
    }
    return theme.ink;
}

QColor quietMark(const Theme &theme)
{
    constexpr double step = 0.05;
    for (double share = step; share < 1; share += step) {
        const QColor colour = mixed(theme.line, theme.dim, share);
        if (contrast(colour, theme.panel) >= markContrast && contrast(colour, theme.soft) >= markContrast &&
            contrast(colour, theme.accentFill) >= markContrast)
            return colour;
    }
    return theme.dim;
}

void paintScene(QPainter &painter, const Scene &scene, const Theme &theme, const Fonts &fonts)
{
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    ScenePainter paint(painter, scene, theme, fonts);
    for (const Item &item : scene.items)
        std::visit(paint, item);
    painter.restore();
}

} // namespace recvscope::gui::stage
