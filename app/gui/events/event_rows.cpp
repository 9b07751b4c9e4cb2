#include "gui/events/event_rows.h"

#include "gui/appearance.h"
#include "gui/events/event_model.h"

#include <QApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <array>

namespace recvscope::gui {

namespace {

constexpr std::array<int, EventModel::ColumnCount> widths = {64, 96, 84, 84, 84, 320, 96, 156, 200, 88};

/// Cells in the theme's faces: numbers, times and identifiers in the monospace.
class EventDelegate final : public QStyledItemDelegate {
public:
    EventDelegate(const Appearance &appearance, QObject *parent) : QStyledItemDelegate(parent), m_appearance(appearance)
    {
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        constexpr int inset = 8;
        const Theme &theme = m_appearance.theme();
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const int column = index.column();
        const bool words = column == EventModel::What;
        const QFont &face = words ? m_appearance.fonts().body : m_appearance.fonts().mono;
        const bool quiet = column == EventModel::Number || column == EventModel::Time || column == EventModel::Thread ||
                           column == EventModel::Source;
        painter->setFont(face);
        painter->setPen(selected || !quiet ? theme.ink : theme.dim);
        const QRect rect = option.rect.adjusted(inset, 0, -inset, 0);
        const QString text = index.data(Qt::DisplayRole).toString();
        painter->drawText(rect, index.data(Qt::TextAlignmentRole).toInt(),
                          QFontMetrics(face).elidedText(text, Qt::ElideRight, rect.width()));
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        return {widths[static_cast<std::size_t>(index.column())], 24};
    }

private:
    const Appearance &m_appearance;
};

} // namespace

EventRows::EventRows(const Presentation &presentation, const Appearance &appearance, EventModel &model, QWidget *parent)
    : RowsView(parent), m_presentation(presentation), m_appearance(appearance), m_events(model)
{
    setFrameShape(QFrame::NoFrame);
    setItemDelegate(new EventDelegate(appearance, this));
    setModel(&model);
    for (int column = 0; column < EventModel::ColumnCount; ++column)
        header().resizeSection(column, widths[static_cast<std::size_t>(column)]);
    setStretchColumn(EventModel::What);
}

std::optional<int> EventRows::playheadRow() const
{
    const std::uint32_t happened = m_presentation.playhead().event;
    if (happened == 0)
        return {};
    const std::optional<std::uint32_t> told = m_presentation.story().told(m_presentation.playhead());
    return m_events.rowAtOrBefore(told ? *told : happened - 1);
}

void EventRows::followPlayhead()
{
    viewport()->update();
    if (QApplication::mouseButtons() != Qt::NoButton)
        return;
    if (const std::optional<int> row = playheadRow())
        scrollTo(model()->index(*row, 0));
}

void EventRows::restyle()
{
    const Theme &theme = m_appearance.theme();
    const auto colour = [](const QColor &of) { return of.name(QColor::HexRgb); };
    setStyleSheet(
        QStringLiteral("QAbstractItemView { background: transparent; border: none; }"
                       "QHeaderView { background: transparent; border: none; }"
                       "QHeaderView::section { background: transparent; color: %1; border: none;"
                       " border-bottom: 1px solid %2; padding: 4px 8px; font-size: 11px; font-weight: 600; }"
                       "QScrollBar { background: transparent; border: none; width: 8px; height: 8px; }"
                       "QScrollBar::handle { background: %2; border-radius: 4px; min-height: 24px; min-width: 24px; }"
                       "QScrollBar::handle:hover { background: %1; }"
                       "QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page"
                       " { background: none; border: none; width: 0; height: 0; }")
            .arg(colour(theme.dim), colour(theme.line)));
    viewport()->update();
}

void EventRows::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        emit copyAsked(); // rows, where the base class would take a cell
    else
        RowsView::keyPressEvent(event);
}

void EventRows::setEmptyText(const QString &text)
{
    m_emptyText = text;
    viewport()->update();
}

void EventRows::paintRowGround(QPainter &painter, int row, const QRect &rect)
{
    const Theme &theme = m_appearance.theme();
    const QModelIndex first = model()->index(row, 0);
    const trace::Event &event = m_events.event(row);
    const OperationId receive = m_presentation.selection().receive;
    if (selectionModel()->isSelected(first))
        painter.fillRect(rect, theme.accentFill);
    else if (receive && event.operation == receive)
        painter.fillRect(rect, theme.soft);
    if (const std::optional<Status> status = statusOf(event);
        status && *status != Status::Success && *status != Status::WsaIoPending && *status != Status::NtPending)
        painter.fillRect(QRect(rect.right() - 2, rect.top() + 4, 3, rect.height() - 8), theme.failure);
    if (playheadRow() != row)
        return;
    painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.playhead);
    painter.setPen(QPen(theme.playhead, 1));
    painter.drawLine(rect.bottomLeft(), rect.bottomRight());
}

void EventRows::paintEvent(QPaintEvent *event)
{
    RowsView::paintEvent(event);
    if (model()->rowCount() > 0 || m_emptyText.isEmpty())
        return;
    QPainter painter(viewport());
    painter.setFont(m_appearance.fonts().body);
    painter.setPen(m_appearance.theme().dim);
    painter.drawText(viewport()->rect().adjusted(16, 0, -16, 0), static_cast<int>(Qt::AlignCenter) | Qt::TextWordWrap,
                     m_emptyText);
}

} // namespace recvscope::gui
