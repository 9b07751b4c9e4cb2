#include "gui/plots/playhead_line.h"

#include "gui/appearance.h"

#include <cmath>

namespace recvscope::gui {

namespace {

QString layerOf(QCustomPlot &plot)
{
    const QString name = QStringLiteral("playhead");
    if (plot.layer(name) == nullptr) {
        // A layer allocates buffers of the plot's size at once: not before that is known, which a resize tells.
        plot.setViewport(QRect(0, 0, 1, 1));
        plot.addLayer(name);
        plot.layer(name)->setMode(QCPLayer::lmBuffered);
    }
    return name;
}

} // namespace

PlayheadLine::PlayheadLine(QCustomPlot &plot, const Appearance &appearance, bool handle)
    : QCPLayerable(&plot, layerOf(plot)), m_appearance(appearance), m_handle(handle)
{
}

bool PlayheadLine::moveTo(double second)
{
    const QCPAxis *axis = mParentPlot->xAxis;
    const bool moves = std::abs(axis->coordToPixel(second) - axis->coordToPixel(m_second)) > 0.05;
    m_second = second;
    return moves;
}

std::optional<double> PlayheadLine::pixel() const
{
    const QRect area = mParentPlot->axisRect()->rect();
    const double x = mParentPlot->xAxis->coordToPixel(m_second);
    // Rounding must not hide a playhead that stands exactly on the range's edge.
    if (x < area.left() - 0.5 || x > area.left() + area.width() + 0.5)
        return {};
    return x;
}

QRect PlayheadLine::clipRect() const
{
    return mParentPlot->viewport();
}

void PlayheadLine::applyDefaultAntialiasingHint(QCPPainter *painter) const
{
    painter->setAntialiasing(true);
}

void PlayheadLine::draw(QCPPainter *painter)
{
    const std::optional<double> x = pixel();
    if (!x)
        return;
    const QRect area = mParentPlot->axisRect()->rect();
    const QColor colour = m_appearance.theme().playhead;
    QPen pen(colour, 2);
    pen.setCapStyle(Qt::FlatCap);
    painter->setPen(pen);
    // Through all plots that stand below one another.
    int bottom = area.bottom() + 1;
    for (const QCPAxisRect *rect : mParentPlot->axisRects())
        bottom = std::max(bottom, rect->bottom() + 1);
    painter->drawLine(QLineF(*x, area.top(), *x, bottom));
    if (!m_handle)
        return;
    painter->setPen(Qt::NoPen);
    painter->setBrush(colour);
    const double top = area.top() - 3;
    painter->drawPolygon(
        QPolygonF{QPointF(*x - handleHalf, top), QPointF(*x + handleHalf, top), QPointF(*x, top + handleHeight)});
}

} // namespace recvscope::gui
