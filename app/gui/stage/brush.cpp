#include "gui/stage/brush.h"

#include "gui/stage/scene_painter.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace recvscope::gui::stage {

Brush::Brush(QPainter &onto, const Scene &scene, const Theme &look, const Fonts &fonts)
    : painter(onto),
      theme(look),
      zoom(scene.zoom),
      pixel(onto.device() != nullptr ? 1 / onto.device()->devicePixelRatioF() : 1),
      quiet(quietMark(look))
{
    m_fonts = {scaled(fonts.body, 13),     scaled(fonts.bold, 13),   scaled(fonts.body, 11.6), scaled(fonts.bold, 11.6),
               scaled(fonts.capitals, 11), scaled(fonts.mono, 11.6), scaled(fonts.bold, 18)};
    m_fonts[static_cast<std::size_t>(Style::Caps)].setLetterSpacing(QFont::AbsoluteSpacing, 0.9 * zoom);
    m_cellFont = fonts.monoBold;
}

QFont Brush::scaled(QFont font, double size) const
{
    font.setPixelSize(std::max(static_cast<int>(std::lround(size * zoom)), 10));
    return font;
}

double Brush::widthOf(const std::vector<Span> &spans) const
{
    double width = 0;
    for (const Span &span : spans)
        width += QFontMetricsF(fontOf(span.style)).horizontalAdvance(span.text);
    return width;
}

void Brush::hatch(const QRectF &rect, const QPainterPath &outline)
{
    painter.save();
    painter.setClipPath(outline, Qt::IntersectClip);
    painter.setPen(QPen(quiet, 1));
    const double step = 7 * zoom;
    for (double x = rect.left() - rect.height(); x < rect.right(); x += step)
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()));
    painter.restore();
}

void Brush::struckThrough(const QRectF &rect)
{
    painter.save();
    painter.setClipRect(rect, Qt::IntersectClip);
    QColor faint = theme.caution;
    faint.setAlphaF(0.4F);
    painter.setPen(QPen(faint, 1));
    const double step = 5 * zoom;
    for (double x = rect.left() - rect.height(); x < rect.right(); x += step)
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()));
    painter.restore();
    painter.setPen(QPen(theme.caution, 1.5));
    const double y = snap(rect.center().y()) + 0.5 * pixel;
    painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y));
}

void Brush::character(const QRectF &rect, const QString &text, const QColor &ink)
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
    painter.setFont(font);
    painter.setPen(ink);
    painter.drawText(rect, Qt::AlignCenter | Qt::TextDontClip, text);
}

} // namespace recvscope::gui::stage
