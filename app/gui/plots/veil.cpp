#include "gui/plots/veil.h"

#include "gui/appearance.h"

#include <QFontMetricsF>

#include <algorithm>

namespace recvscope::gui {

namespace {
constexpr double overhang = 10; ///< marks at the range's end reach so far beyond it
}

Veil::Veil(QCustomPlot &plot, const Appearance &appearance)
    : QCPLayerable(&plot, QStringLiteral("axes")), m_appearance(appearance)
{
}

QRect Veil::clipRect() const
{
    return mParentPlot->viewport();
}

void Veil::applyDefaultAntialiasingHint(QCPPainter *painter) const
{
    painter->setAntialiasing(false);
}

void Veil::draw(QCPPainter *painter)
{
    if (!m_from)
        return;
    const QRect area = mParentPlot->axisRect()->rect();
    const double left = std::max(mParentPlot->xAxis->coordToPixel(*m_from), static_cast<double>(area.left()));
    if (left > area.right())
        return;
    int bottom = area.bottom() + 1;
    for (const QCPAxisRect *rect : mParentPlot->axisRects())
        bottom = std::max(bottom, rect->bottom() + 1);
    const QRectF hidden(QPointF(left, area.top()), QPointF(area.right() + 1 + overhang, bottom));
    painter->fillRect(hidden, m_appearance.theme().soft);

    painter->setFont(m_appearance.fonts().small);
    painter->setPen(m_appearance.theme().dim);
    const QFontMetricsF metrics(painter->font());
    for (const QString &words :
         {tr("hidden until the question is answered"), tr("hidden until answered"), tr("hidden")})
        if (metrics.horizontalAdvance(words) + 16 <= hidden.width()) {
            painter->drawText(hidden, static_cast<int>(Qt::AlignCenter), words);
            break;
        }
}

} // namespace recvscope::gui
