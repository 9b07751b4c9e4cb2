#include "gui/plots/bytes_view.h"

#include "gui/appearance.h"
#include "gui/plots/bytes_text.h"
#include "gui/plots/bytes_ticker.h"
#include "gui/plots/ruler.h"

#include <QPainter>

#include <cmath>

namespace recvscope::gui {

namespace {

constexpr int bottomMargin = 14;
constexpr int legendBaseline = 24;
constexpr int heightForKernelPlot = 210;
constexpr double kernelShare = 0.32;

void fill(QCPGraph &graph, const StepCurve *curve)
{
    if (curve != nullptr)
        graph.setData(curve->seconds, curve->values, true);
    else
        graph.data()->clear();
}

const StepCurve *pointer(const std::optional<StepCurve> &curve)
{
    return curve ? &*curve : nullptr;
}

} // namespace

BytesView::BytesView(Presentation &presentation, const Appearance &appearance, QWidget *parent)
    : TimePlot(presentation, appearance, QStringLiteral("Bytes"), false, parent),
      m_kernelRect(new QCPAxisRect(this)),
      m_kernel(addGraph(m_kernelRect->axis(QCPAxis::atBottom), m_kernelRect->axis(QCPAxis::atLeft))),
      m_arrived(addGraph()),
      m_sent(addGraph()),
      m_consumed(addGraph()),
      m_received(addGraph()),
      m_ticker(QSharedPointer<BytesTicker>::create(*yAxis))
{
    setAccessibleName(tr("Bytes over time"));
    for (QCPGraph *graph : {m_kernel, m_arrived, m_sent, m_consumed, m_received}) {
        graph->setLineStyle(QCPGraph::lsStepLeft);
        graph->setSelectable(QCP::stNone);
        graph->setAntialiased(false);
    }
    m_arrived->setPen(Qt::NoPen);
    m_arrived->setChannelFillGraph(m_received);
    yAxis->setTicker(m_ticker);

    m_kernelRect->setAutoMargins(QCP::msNone);
    m_kernelRect->setMargins(QMargins(timeMarginLeft, 10, timeMarginRight, bottomMargin));
    m_kernelRect->axis(QCPAxis::atBottom)->setVisible(false);
    QCPAxis *values = m_kernelRect->axis(QCPAxis::atLeft);
    values->setTicker(QSharedPointer<BytesTicker>::create(*values));
    plotLayout()->setRowSpacing(0);

    connect(&presentation, &Presentation::traceReplaced, this, &BytesView::replaced);
    connect(&presentation, &Presentation::traceGrew, this, &BytesView::grew);
    connect(&presentation, &Presentation::veilChanged, this, &BytesView::replaced);
    connect(&presentation, &Presentation::playheadMoved, this, &BytesView::playheadMoved);
    replaced();
    BytesView::restyle();
}

void BytesView::replaced()
{
    m_ledger = Ledger();
    m_taken = 0;
    grew();
}

void BytesView::grew()
{
    const trace::Story &story = presentation().story();
    const std::uint32_t seen = std::min(story.size(), presentation().veil().value_or(story.size()));
    if (story.size() > storyAxisLimit || story.unchanged() < m_taken || seen < m_taken) {
        m_ledger = Ledger();
        m_taken = 0;
    }
    if (story.size() <= storyAxisLimit)
        for (trace::StoryWalk walk(story, std::exchange(m_taken, seen)); walk.index() < seen; walk.next())
            m_ledger.add(Place::of(walk), walk.event());
}

void BytesView::playheadMoved()
{
    // With several sockets the playhead may have come to another one's event.
    if (presentation().shownSocket() != m_socket)
        ask();
}

void BytesView::placeKernelPlot()
{
    const bool shown = m_curves.kernel && height() >= heightForKernelPlot;
    if (shown && plotLayout()->elementCount() == 1) {
        plotLayout()->addElement(1, 0, m_kernelRect);
        plotLayout()->setRowStretchFactors({1 - kernelShare, kernelShare});
    } else if (!shown && plotLayout()->elementCount() == 2) {
        plotLayout()->take(m_kernelRect);
        plotLayout()->simplify();
    }
    m_kernelRect->setVisible(shown);
    m_kernel->setVisible(shown);
    axisRect()->setMargins(QMargins(timeMarginLeft, headHeight, timeMarginRight, shown ? 2 : bottomMargin));
}

void BytesView::rebuild()
{
    const trace::Story &story = presentation().story();
    m_socket = presentation().shownSocket();
    const bool exact = story.size() <= storyAxisLimit;
    const SocketLedger *ledger = m_ledger.of(m_socket);
    m_outside = presentation().telling().outside || (exact && ledger != nullptr && ledger->fromOutside());
    m_curves = exact ? curvesOf(ledger, presentation().axis(), scale())
                     : curvesOf(presentation().spans(), m_socket, scale(), m_outside);

    placeKernelPlot();
    fill(*m_received, &m_curves.received);
    fill(*m_sent, pointer(m_curves.sent));
    fill(*m_consumed, pointer(m_curves.consumed));
    fill(*m_arrived, pointer(m_curves.arrived));
    fill(*m_kernel, pointer(m_curves.kernel));
    scaleValues();
    m_kernelRect->axis(QCPAxis::atLeft)->setRange(0, std::max(m_curves.highestKernel, 1.0) * 1.1);
    m_kernelRect->axis(QCPAxis::atBottom)->setRange(xAxis->range());
}

void BytesView::scaleValues()
{
    // Seen closely, a stretch of a long trace would be a flat line under the sky: then its bytes are counted from the
    // stretch's start.
    const double gain = m_curves.highest - m_curves.lowest;
    const double base = m_curves.lowest > 0 && gain > 0 && gain < m_curves.highest / 2 ? m_curves.lowest : 0;
    m_ticker->setBase(base);
    yAxis->setRange(base, base + std::max(m_curves.highest - base, 1.0) * 1.06);

    QStringList note;
    const trace::Snapshot &snapshot = presentation().story().snapshot();
    if (m_socket && snapshot.sockets().size() > 1)
        note << QString::fromStdString(snapshot.socketName(m_socket));
    if (base > 0)
        note << tr("from %1").arg(bytesText(static_cast<std::uint64_t>(base)));
    setNote(note.join(QStringLiteral(" · ")));
}

void BytesView::restyle()
{
    const Theme &theme = appearance().theme();
    const auto stroke = [](const QColor &colour, double width, QList<double> dashes = {}) {
        QPen pen(colour, width);
        pen.setJoinStyle(Qt::MiterJoin);
        pen.setCapStyle(Qt::FlatCap);
        if (!dashes.isEmpty())
            pen.setDashPattern(dashes);
        return pen;
    };
    m_sent->setPen(stroke(theme.dim, 1.5, {4, 3}));
    m_received->setPen(stroke(theme.accent, 2));
    m_consumed->setPen(stroke(theme.good, 2, {1, 1.5}));
    m_arrived->setBrush(theme.accentFill);
    m_kernel->setPen(stroke(theme.accent, 1.5));
    m_kernel->setBrush(theme.accentFill);
    for (QCPAxis *axis : {yAxis, m_kernelRect->axis(QCPAxis::atLeft)}) {
        axis->setBasePen(Qt::NoPen);
        axis->setTickPen(Qt::NoPen);
        axis->setSubTicks(false);
        axis->setTickLength(0);
        axis->setTickLabelPadding(8);
        axis->setTickLabelColor(theme.dim);
        axis->setTickLabelFont(appearance().fonts().small);
        axis->grid()->setPen(QPen(theme.line, 1));
        axis->grid()->setZeroLinePen(QPen(theme.line, 1));
    }
    m_kernelRect->axis(QCPAxis::atBottom)->grid()->setVisible(false);
}

QString BytesView::tipAt(QPointF at) const
{
    if (m_outside && at.y() < headHeight)
        return tr("What an outside peer sent cannot be known before it arrives here.");
    if (m_curves.untold > 0 && at.y() < headHeight)
        return tr("The program is told by what a call returns, by its routine, or when it asks for the result. When it "
                  "looks into its overlapped structure itself nobody sees that.");
    return {};
}

void BytesView::hovered(std::optional<QPointF> at)
{
    const QRect area = axisRect()->rect();
    if (at && (at->x() < area.left() || at->x() > area.left() + area.width() || at->y() < area.top() || veiled(*at)))
        at.reset();
    if (at != m_hover) {
        m_hover = at;
        update(); // the curves stand in their buffer, only the reading is painted anew
    }
}

void BytesView::paintEvent(QPaintEvent *event)
{
    TimePlot::paintEvent(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_hover)
        paintReading(painter);
    else
        paintLegend(painter);
    if (m_kernelRect->visible() && m_kernelRect->height() > 0) {
        painter.setFont(appearance().fonts().small);
        painter.setPen(appearance().theme().dim);
        painter.drawText(QPointF(m_kernelRect->left() + 6, m_kernelRect->top() + 11), tr("in the kernel"));
    }
}

void BytesView::paintLegend(QPainter &painter) const
{
    QStringList words;
    words << (m_outside ? tr("sent: not known, an outside peer") : tr("sent (dashes)")) << tr("received (line)");
    const QString untold = bytesText(static_cast<std::uint64_t>(m_curves.untold));
    if (m_curves.consumed)
        words << (m_curves.untold > 0 ? tr("told to the program (dots), %1 it never asked for").arg(untold)
                                      : tr("told to the program (dots)"));
    else if (m_curves.untold > 0)
        words << tr("told: not known, it never asked");
    if (m_curves.arrived)
        words << tr("in the kernel (shaded)");
    painter.setFont(appearance().fonts().small);
    painter.setPen(appearance().theme().dim);
    const QRectF area(timeMarginLeft, legendBaseline - 13, width() - timeMarginLeft - timeMarginRight, 18);
    // Where there is little room the last words go first.
    const QFontMetricsF metrics(painter.font());
    while (words.size() > 2 && metrics.horizontalAdvance(words.join(QStringLiteral(" · "))) > area.width())
        words.removeLast();
    painter.drawText(area, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), words.join(QStringLiteral(" · ")));
}

void BytesView::paintReading(QPainter &painter) const
{
    const double second = scale().toSecond(m_hover->x() - axisRect()->left());
    const auto bytes = [&](const StepCurve &curve) { return bytesText(static_cast<std::uint64_t>(curve.at(second))); };
    QStringList words;
    // In story time a second of the axis is nobody's clock: the event there has one.
    double clock = second;
    if (presentation().axis() == trace::TimeAxis::Story)
        clock = presentation().story().second(presentation().story().at(second, trace::TimeAxis::Story),
                                              trace::TimeAxis::Clock);
    words << QString::fromStdString(timeText(clock));
    if (m_curves.sent)
        words << tr("sent %1").arg(bytes(*m_curves.sent));
    words << tr("received %1").arg(bytes(m_curves.received));
    if (m_curves.consumed)
        words << tr("told %1").arg(bytes(*m_curves.consumed));
    if (m_curves.kernel)
        words << tr("in the kernel %1").arg(bytes(*m_curves.kernel));
    painter.setPen(QPen(appearance().theme().dim, 1, Qt::DotLine));
    painter.drawLine(QPointF(m_hover->x(), headHeight), QPointF(m_hover->x(), height() - bottomMargin));
    painter.setFont(appearance().fonts().mono);
    painter.setPen(appearance().theme().ink);
    painter.drawText(QRectF(timeMarginLeft, legendBaseline - 13, width() - timeMarginLeft - timeMarginRight, 18),
                     static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), words.join(QStringLiteral(" · ")));
}

} // namespace recvscope::gui
