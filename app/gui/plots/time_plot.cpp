#include "gui/plots/time_plot.h"

#include "gui/appearance.h"
#include "gui/card.h"
#include "gui/plots/playhead_line.h"
#include "gui/plots/range_moves.h"
#include "gui/plots/ruler_ticker.h"
#include "gui/plots/veil.h"

#include <QMouseEvent>
#include <QToolTip>

#include <cmath>

namespace recvscope::gui {

namespace {

constexpr double dragDistance = 4;
constexpr double playheadReach = 6;
constexpr int titleBaseline = 24;
constexpr int noteBaseline = 37;

} // namespace

TimePlot::TimePlot(Presentation &presentation, const Appearance &appearance, const QString &title, bool ruler,
                   QWidget *parent)
    : QCustomPlot(parent),
      m_presentation(presentation),
      m_appearance(appearance),
      m_title(title),
      m_ruler(ruler),
      m_veil(new Veil(*this, appearance)),
      m_playhead(new PlayheadLine(*this, appearance, ruler)),
      m_pacer([this] { paintFrame(); })
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setNoAntialiasingOnDrag(false);
    // The card shows through, so that its corners stay round.
    setBackground(QBrush(Qt::NoBrush));
    setAttribute(Qt::WA_OpaquePaintEvent, false);
    plotLayout()->setMargins(QMargins());
    axisRect()->setAutoMargins(QCP::msNone);
    axisRect()->setMargins(QMargins(timeMarginLeft, headHeight, timeMarginRight, 12));
    // The ruler stands above; the axis below carries the range alone.
    xAxis->setVisible(false);
    xAxis->grid()->setVisible(false);
    xAxis2->setVisible(ruler);
    xAxis2->setTicker(QSharedPointer<RulerTicker>::create(*xAxis2));
    xAxis2->setTickLength(0);
    xAxis2->setTickLabelPadding(12);
    xAxis2->grid()->setVisible(ruler);

    connect(&presentation, &Presentation::rangeChanged, this, &TimePlot::ask);
    connect(&presentation, &Presentation::axisChanged, this, &TimePlot::ask);
    connect(&presentation, &Presentation::traceReplaced, this, &TimePlot::ask);
    connect(&presentation, &Presentation::traceGrew, this, &TimePlot::ask);
    connect(&presentation, &Presentation::selectionChanged, this, &TimePlot::ask);
    connect(&presentation, &Presentation::veilChanged, this, &TimePlot::ask);
    connect(&presentation, &Presentation::playheadMoved, this, &TimePlot::movePlayhead);
    connect(&appearance, &Appearance::changed, this, &TimePlot::applyTheme);
    applyTheme();
}

TimeScale TimePlot::scale() const
{
    const TimeRange range = m_presentation.range();
    return {range.begin, range.end, std::max(1.0, static_cast<double>(axisRect()->width()))};
}

void TimePlot::flush()
{
    m_pacer.flush();
}

void TimePlot::ask()
{
    // What cannot be seen costs nothing; it is built when it is shown.
    if (isVisible())
        m_pacer.ask();
}

void TimePlot::setTitle(const QString &title)
{
    m_title = title;
}

void TimePlot::setNote(const QString &note)
{
    m_note = note;
}

void TimePlot::applyTheme()
{
    const Theme &theme = m_appearance.theme();
    const QPen line(theme.line, 1);
    for (QCPAxis *axis : {xAxis, xAxis2, yAxis, yAxis2}) {
        axis->setBasePen(Qt::NoPen);
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelColor(theme.dim);
        axis->setTickLabelFont(m_appearance.fonts().small);
        axis->grid()->setPen(line);
        axis->grid()->setZeroLinePen(line);
        axis->grid()->setSubGridVisible(false);
    }
    restyle();
    ask();
}

void TimePlot::paintFrame()
{
    if (bufferDevicePixelRatio() != devicePixelRatioF()) // moved to another screen
        setBufferDevicePixelRatio(devicePixelRatioF());
    const TimeScale shown = scale();
    for (QCPAxis *axis : {xAxis, xAxis2})
        axis->setRange(shown.begin, shown.end);
    updateLayout();
    rebuild();
    m_veil->hangFrom(m_presentation.veiledFrom());
    m_playhead->moveTo(m_presentation.second());
    replot(rpQueuedRefresh);
}

void TimePlot::movePlayhead()
{
    if (isVisible() && m_playhead->moveTo(m_presentation.second()) && !m_pacer.asked())
        m_playhead->layer()->replot();
}

void TimePlot::paintEvent(QPaintEvent *event)
{
    QCustomPlot::paintEvent(event);
    QPainter painter(this);
    paintCapitals(painter, QPointF(Card::padding, titleBaseline), m_title, m_appearance);
    if (!m_note.isEmpty()) {
        painter.setFont(m_appearance.fonts().small);
        // Under the title where the ruler stands beside it, else behind it.
        const double behind = QFontMetricsF(m_appearance.fonts().capitals).horizontalAdvance(m_title.toUpper()) + 12;
        painter.drawText(
            m_ruler ? QPointF(Card::padding, noteBaseline) : QPointF(Card::padding + behind, titleBaseline), m_note);
    }
}

void TimePlot::resizeEvent(QResizeEvent *event)
{
    QCustomPlot::resizeEvent(event);
    ask();
}

void TimePlot::showEvent(QShowEvent *event)
{
    QCustomPlot::showEvent(event);
    ask();
}

bool TimePlot::veiled(QPointF at) const
{
    const QRectF area(axisRect()->rect());
    const std::optional<double> from = m_presentation.veiledFrom();
    return from && at.y() >= area.top() && at.x() > area.left() + scale().toPixel(*from) && at.x() <= area.right() + 1;
}

bool TimePlot::scrubsAt(QPointF point) const
{
    const QRectF area(axisRect()->rect());
    const std::optional<double> line = m_playhead->pixel();
    if (line && std::abs(point.x() - *line) <= playheadReach && point.y() >= area.top() - 12 &&
        point.y() <= area.bottom())
        return true;
    return m_ruler && point.y() < area.top() && point.x() >= area.left() - 8;
}

void TimePlot::scrubTo(double x)
{
    const trace::Story &story = m_presentation.story();
    trace::Playhead to = story.at(scale().toSecond(x - axisRect()->left()), m_presentation.axis());
    to.toNext = 0; // one who scrubs looks at events, and sees them exactly
    m_presentation.askPlayhead(to);
}

void TimePlot::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return;
    m_pressedAt = event->position();
    m_pressedScale = scale();
    if (event->button() == Qt::LeftButton && scrubsAt(m_pressedAt)) {
        m_gesture = Gesture::Scrubbing;
        scrubTo(m_pressedAt.x());
    } else {
        m_gesture = Gesture::Pressed;
    }
}

void TimePlot::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF at = event->position();
    if (m_gesture == Gesture::Scrubbing) {
        scrubTo(at.x());
        return;
    }
    if (m_gesture == Gesture::Pressed && std::abs(at.x() - m_pressedAt.x()) > dragDistance)
        m_gesture = Gesture::Panning;
    if (m_gesture == Gesture::Panning) {
        setCursor(Qt::ClosedHandCursor);
        showRange(m_presentation, m_pressedScale.panned(at.x() - m_pressedAt.x()));
        return;
    }
    if (m_gesture == Gesture::None) {
        setCursor(scrubsAt(at) ? Qt::SizeHorCursor : Qt::ArrowCursor);
        hovered(at);
    }
}

void TimePlot::mouseReleaseEvent(QMouseEvent *event)
{
    const Gesture ended = std::exchange(m_gesture, Gesture::None);
    unsetCursor();
    if (ended == Gesture::Pressed && event->button() == Qt::LeftButton)
        clicked(event->position());
}

void TimePlot::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && axisRect()->rect().contains(event->position().toPoint()))
        scrubTo(event->position().x());
}

void TimePlot::leaveEvent(QEvent *event)
{
    QCustomPlot::leaveEvent(event);
    hovered({});
}

void TimePlot::wheelEvent(QWheelEvent *event)
{
    event->accept();
    const QPointF delta = event->angleDelta();
    if (wheeledElsewhere(*event))
        return;
    const double x = std::clamp(event->position().x() - axisRect()->left(), 0.0, scale().width);
    const Qt::KeyboardModifiers keys = event->modifiers();
    if (keys.testFlag(Qt::ShiftModifier) || std::abs(delta.x()) > std::abs(delta.y()))
        showRange(m_presentation, scale().panned(delta.x() + delta.y()));
    else if (delta.y() != 0)
        showRange(m_presentation,
                  scale().zoomedAt(x, wheelZoom(delta.y() * (keys.testFlag(Qt::ControlModifier) ? 3 : 1))));
}

void TimePlot::keyPressEvent(QKeyEvent *event)
{
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (!plain || !moveRangeByKey(m_presentation, event->key()))
        QCustomPlot::keyPressEvent(event);
}

bool TimePlot::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString tip = tipAt(QPointF(help->pos()));
        if (tip.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), tip, this);
        return true;
    }
    return QCustomPlot::event(event);
}

} // namespace recvscope::gui
