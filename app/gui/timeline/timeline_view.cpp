#include "gui/timeline/timeline_view.h"

#include "gui/appearance.h"
#include "gui/plots/ruler.h"
#include "gui/timeline/source_for.h"
#include "gui/timeline/timeline_plottable.h"

#include <QScrollBar>
#include <QWheelEvent>

#include <memory>

namespace recvscope::gui {

namespace {
/// Whole device pixels at the usual fractional scales, so that the raster is never resampled.
constexpr double overhang = 8;
constexpr int scrollBarWidth = 8;
} // namespace

TimelineView::TimelineView(Presentation &presentation, const Appearance &appearance, QWidget *parent)
    : TimePlot(presentation, appearance, QStringLiteral("Timeline"), true, parent),
      m_plottable(new TimelinePlottable(xAxis, yAxis)),
      m_scrollBar(new QScrollBar(Qt::Vertical, this))
{
    setAccessibleName(tr("Timeline"));
    yAxis->setVisible(false);
    yAxis->grid()->setVisible(false);
    m_scrollBar->hide();
    connect(m_scrollBar, &QScrollBar::valueChanged, this, &TimelineView::ask);
    connect(&presentation, &Presentation::traceReplaced, this, &TimelineView::replaced);
    connect(&presentation, &Presentation::traceGrew, this, &TimelineView::grew);
    connect(&presentation, &Presentation::playheadMoved, this, &TimelineView::playheadMoved);
    connect(&presentation, &Presentation::axisChanged, this, [this] {
        sayAxis();
        m_lastLength = this->presentation().story().length(this->presentation().axis());
    });
    TimelineView::restyle();
    replaced();
}

const TimelineScene &TimelineView::scene() const
{
    return m_plottable->scene();
}

bool TimelineView::exact() const
{
    return toldExactly(presentation().story());
}

void TimelineView::replaced()
{
    m_marks = Marks();
    m_revealed = {};
    m_revealedSocket = {};
    m_scrollBar->setValue(0);
    grew();
}

void TimelineView::grew()
{
    if (exact())
        m_marks.extend(presentation().story());
    else if (m_marks.size() > 0)
        m_marks = Marks();
    sayAxis();

    // One who looked at the end goes on looking at it; Presentation does the same for one who looks at everything.
    const double length = presentation().story().length(presentation().axis());
    const TimeRange range = presentation().range();
    const bool atEnd = range.end >= m_lastLength * (1 - 1e-9);
    if (presentation().growing() && atEnd && m_lastLength > 0 && range.begin > 0 && length > m_lastLength)
        presentation().setRange({length - range.length(), length});
    m_lastLength = length;
}

void TimelineView::sayAxis()
{
    setNote(presentation().axis() == trace::TimeAxis::Story ? tr("story time") : tr("clock time"));
}

void TimelineView::rebuild()
{
    const trace::Story &story = presentation().story();
    const TimeScale shown = scale();
    const std::unique_ptr<SceneSource> source = sourceFor(story, m_marks, presentation().spans(), presentation().axis(),
                                                          presentation().telling().outside, presentation().veil());

    const Selection &selection = presentation().selection();
    const LaneLayout layout = source->layout(shown, selection.socket);
    LaneView lanes{static_cast<double>(axisRect()->height()), 0, layout.count()};
    const int highest = static_cast<int>(lanes.highestScroll());
    {
        const QSignalBlocker quiet(m_scrollBar);
        m_scrollBar->setRange(0, highest);
        m_scrollBar->setPageStep(axisRect()->height());
        m_scrollBar->setSingleStep(static_cast<int>(lanes.pitch()));
        m_scrollBar->setVisible(highest > 0);
        lanes.scroll = m_scrollBar->value();
        reveal(layout, lanes);
        m_scrollBar->setValue(static_cast<int>(lanes.scroll));
        lanes.scroll = m_scrollBar->value();
    }
    SceneView view{shown, lanes, overhang, bufferDevicePixelRatio(), m_textWidth, m_monoWidth};
    if (const std::optional<double> veiled = presentation().veiledFrom())
        view.veil = shown.toPixel(*veiled);
    TimelineScene scene = source->scene(layout, view);
    if (selection.event && *selection.event < story.size()) {
        const double at = shown.toPixel(story.moment(*selection.event, presentation().axis()));
        if (at >= 0 && at <= shown.width)
            scene.selectedAt = at;
    }
    m_plottable->show(std::move(scene),
                      {appearance().theme(), appearance().fonts(), selection.receive, selection.event});
}

void TimelineView::playheadMoved()
{
    // Where all lanes can be seen the playhead alone moves.
    if (m_scrollBar->isVisible() && presentation().shownReceive() != m_revealed)
        ask();
}

void TimelineView::reveal(const LaneLayout &layout, LaneView &lanes)
{
    const OperationId receive = presentation().shownReceive();
    const SocketId socket = presentation().selection().socket;
    if (receive == m_revealed && socket == m_revealedSocket)
        return;
    const bool receiveToo = receive && (receive != m_revealed || socket != m_revealedSocket);
    m_revealed = receive;
    m_revealedSocket = socket;
    constexpr std::size_t worthSearching = 10'000;
    if (lanes.highestScroll() <= 0 || layout.count() > worthSearching)
        return;
    const auto bring = [&](std::size_t first, std::size_t last) {
        const double bottom = lanes.top(last) + lanes.pitch();
        if (bottom > lanes.height)
            lanes.scroll += bottom - lanes.height;
        if (lanes.top(first) < 0)
            lanes.scroll += lanes.top(first);
    };
    std::optional<std::size_t> first, last, own;
    for (std::size_t i = 0; i < layout.count(); ++i) {
        const Lane lane = layout.lane(i);
        if (socket && lane.socket == socket) {
            first = first.value_or(i);
            last = i;
        }
        if (receiveToo && lane.receive == receive)
            own = i;
    }
    if (first)
        bring(*first, *last);
    if (own)
        bring(*own, *own);
    lanes.scroll = std::clamp(lanes.scroll, 0.0, lanes.highestScroll());
}

QPointF TimelineView::inScene(QPointF at) const
{
    return at - QPointF(axisRect()->left(), axisRect()->top());
}

void TimelineView::clicked(QPointF at)
{
    const QPointF point = inScene(at);
    if (point.x() < 0) {
        // A lane's name stands for its receive or socket.
        for (const LaneShape &lane : scene().lanes)
            if (point.y() >= lane.top && point.y() < lane.top + lane.height)
                presentation().select({lane.lane.receive, lane.lane.socket, {}});
        return;
    }
    const std::optional<SceneHit> hit = hitAt(scene(), point);
    if (!hit) {
        presentation().select({});
        return;
    }
    SocketId socket = hit->socket;
    if (const ReceiveMark *mark = m_marks.receive(hit->receive))
        socket = mark->socket;
    else if (!socket && hit->event && *hit->event < presentation().story().size())
        socket = presentation().story().event(*hit->event).socket;
    presentation().select({hit->receive, socket, hit->event});
}

QString TimelineView::tipAt(QPointF at) const
{
    const QPointF point = inScene(at);
    if (veiled(at))
        return tr("What comes now answers the question: it is shown when you have chosen.");
    if (point.y() < 0) {
        if (!exact())
            return tr("Clock time. A trace of more than %L1 events is too long to be told in story time.")
                .arg(storyAxisLimit);
        return presentation().axis() == trace::TimeAxis::Story
                   ? tr("Story time: each event has its moment, gaps are shortened.")
                   : tr("Clock time: true distances.");
    }
    if (const std::optional<SceneHit> hit = hitAt(scene(), point))
        return hit->tip;
    for (const LevelShape &level : scene().levels)
        if (point.y() <= level.base && point.y() > level.base - 26)
            return tr("The kernel's receive buffer: %1").arg(level.note);
    return {};
}

void TimelineView::restyle()
{
    m_textWidth = labelWidthIn(appearance().fonts());
    m_monoWidth = monoWidthIn(appearance().fonts());
    const auto colour = [](const QColor &of) { return of.name(QColor::HexRgb); };
    m_scrollBar->setStyleSheet(
        QStringLiteral("QScrollBar { background: transparent; border: none; width: %1px; }"
                       "QScrollBar::handle { background: %2; border-radius: %3px; min-height: 24px; }"
                       "QScrollBar::handle:hover { background: %4; }"
                       "QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page"
                       " { background: none; border: none; width: 0; height: 0; }")
            .arg(scrollBarWidth)
            .arg(colour(appearance().theme().line))
            .arg(scrollBarWidth / 2)
            .arg(colour(appearance().theme().dim)));
}

bool TimelineView::wheeledElsewhere(QWheelEvent &event)
{
    const bool overNames = event.position().x() < axisRect()->left();
    if (!m_scrollBar->isVisible() || !overNames)
        return false;
    const int delta = event.angleDelta().y() != 0 ? event.angleDelta().y() : event.angleDelta().x();
    m_scrollBar->setValue(m_scrollBar->value() - delta * m_scrollBar->singleStep() / 120);
    return true;
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    TimePlot::resizeEvent(event);
    placeScrollBar();
}

void TimelineView::placeScrollBar()
{
    m_scrollBar->setGeometry(width() - scrollBarWidth - 4, headHeight, scrollBarWidth,
                             std::max(height() - headHeight - 12, 0));
}

} // namespace recvscope::gui
