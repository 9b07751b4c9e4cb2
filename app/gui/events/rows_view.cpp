#include "gui/events/rows_view.h"

#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace recvscope::gui {

RowsView::RowsView(QWidget *parent) : QAbstractItemView(parent), m_header(new QHeaderView(Qt::Horizontal, this))
{
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollMode(ScrollPerPixel);
    m_header->setSectionsClickable(false);
    m_header->setHighlightSections(false);
    connect(m_header, &QHeaderView::sectionResized, this, [this] {
        updateGeometries();
        viewport()->update();
    });
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, m_header, &QHeaderView::setOffset);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] { viewport()->update(); });
}

void RowsView::setModel(QAbstractItemModel *newModel)
{
    QAbstractItemView::setModel(newModel);
    m_header->setModel(newModel);
    if (newModel != nullptr) {
        // Of removed rows a view is told before they are gone; the scroll bar wants to know how many are left.
        connect(newModel, &QAbstractItemModel::rowsRemoved, this, [this] {
            updateGeometries();
            viewport()->update();
        });
    }
    updateGeometries();
}

void RowsView::setRowHeight(int pixels)
{
    m_rowHeight = std::max(pixels, 1);
    updateGeometries();
    viewport()->update();
}

void RowsView::setStretchColumn(int column)
{
    m_stretchColumn = column;
    stretch();
}

int RowsView::firstVisibleRow() const
{
    return verticalScrollBar()->value();
}

int RowsView::visibleRows() const
{
    return (viewport()->height() + m_rowHeight - 1) / m_rowHeight;
}

QRect RowsView::visualRect(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    // Far rows would overflow a pixel's number; they cannot be seen anyhow.
    const qint64 top = qint64{index.row() - firstVisibleRow()} * m_rowHeight;
    constexpr qint64 farAway = 1 << 24;
    return {m_header->sectionViewportPosition(index.column()), static_cast<int>(std::clamp(top, -farAway, farAway)),
            m_header->sectionSize(index.column()), m_rowHeight};
}

void RowsView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    if (!index.isValid())
        return;
    const int whole = std::max(viewport()->height() / m_rowHeight, 1);
    const int row = index.row();
    int first = firstVisibleRow();
    if (hint == PositionAtTop)
        first = row;
    else if (hint == PositionAtBottom)
        first = row - whole + 1;
    else if (hint == PositionAtCenter)
        first = row - whole / 2;
    else if (row < first)
        first = row;
    else if (row >= first + whole)
        first = row - whole + 1;
    verticalScrollBar()->setValue(first);
}

QModelIndex RowsView::indexAt(const QPoint &point) const
{
    if (model() == nullptr || point.y() < 0)
        return {};
    const int row = firstVisibleRow() + point.y() / m_rowHeight;
    const int column = m_header->logicalIndexAt(point.x());
    if (row >= model()->rowCount(rootIndex()) || column < 0)
        return {};
    return model()->index(row, column, rootIndex());
}

void RowsView::paintRowGround(QPainter &, int, const QRect &) {}

void RowsView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    if (model() == nullptr)
        return;
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    const QAbstractItemDelegate *delegate = itemDelegate();
    const int first = firstVisibleRow();
    const int last = std::min(first + visibleRows(), model()->rowCount(rootIndex()));
    for (int row = first; row < last; ++row) {
        const QRect line(0, (row - first) * m_rowHeight, viewport()->width(), m_rowHeight);
        paintRowGround(painter, row, line);
        for (int column = 0; column < m_header->count(); ++column) {
            const QModelIndex index = model()->index(row, column, rootIndex());
            option.rect = visualRect(index);
            if (option.rect.right() < 0 || option.rect.left() > viewport()->width())
                continue;
            option.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(index));
            option.state.setFlag(QStyle::State_HasFocus, hasFocus() && currentIndex() == index);
            delegate->paint(&painter, option, index);
        }
    }
}

void RowsView::resizeEvent(QResizeEvent *event)
{
    QAbstractItemView::resizeEvent(event);
    stretch();
}

void RowsView::stretch()
{
    if (m_stretchColumn < 0 || m_stretchColumn >= m_header->count())
        return;
    const int others = m_header->length() - m_header->sectionSize(m_stretchColumn);
    m_header->resizeSection(m_stretchColumn, std::max(viewport()->width() - others, 280));
}

void RowsView::updateGeometries()
{
    const int headerHeight = m_header->isHidden() ? 0 : m_header->sizeHint().height();
    setViewportMargins(0, headerHeight, 0, 0);
    const QRect area = viewport()->geometry();
    m_header->setGeometry(area.left(), area.top() - headerHeight, area.width(), headerHeight);

    const int rows = model() != nullptr ? model()->rowCount(rootIndex()) : 0;
    const int whole = viewport()->height() / m_rowHeight;
    verticalScrollBar()->setRange(0, std::max(rows - whole, 0));
    verticalScrollBar()->setPageStep(std::max(whole, 1));
    verticalScrollBar()->setSingleStep(1);
    horizontalScrollBar()->setRange(0, std::max(m_header->length() - viewport()->width(), 0));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(24);
    QAbstractItemView::updateGeometries();
}

QModelIndex RowsView::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    const int rows = model() != nullptr ? model()->rowCount(rootIndex()) : 0;
    if (rows == 0)
        return {};
    const int page = std::max(viewport()->height() / m_rowHeight - 1, 1);
    const QModelIndex now = currentIndex();
    qint64 row = now.isValid() ? now.row() : 0;
    switch (action) {
    case MoveUp:
    case MovePrevious:
        row -= now.isValid() ? 1 : 0;
        break;
    case MoveDown:
    case MoveNext:
        row += now.isValid() ? 1 : 0;
        break;
    case MovePageUp:
        row -= page;
        break;
    case MovePageDown:
        row += page;
        break;
    case MoveHome:
        row = 0;
        break;
    case MoveEnd:
        row = rows - 1;
        break;
    case MoveLeft:
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - horizontalScrollBar()->singleStep());
        break;
    case MoveRight:
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + horizontalScrollBar()->singleStep());
        break;
    }
    return model()->index(static_cast<int>(std::clamp<qint64>(row, 0, rows - 1)), std::max(now.column(), 0),
                          rootIndex());
}

int RowsView::horizontalOffset() const
{
    return m_header->offset();
}

int RowsView::verticalOffset() const
{
    return 0; // rows are counted, not pixels
}

bool RowsView::isIndexHidden(const QModelIndex &) const
{
    return false;
}

void RowsView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags flags)
{
    const int rows = model() != nullptr ? model()->rowCount(rootIndex()) : 0;
    const int first = firstVisibleRow();
    const auto rowAt = [&](int y) { return first + (y >= 0 ? y / m_rowHeight : (y - m_rowHeight + 1) / m_rowHeight); };
    const int from = std::clamp(rowAt(rect.normalized().top()), 0, std::max(rows - 1, 0));
    const int to = std::clamp(rowAt(rect.normalized().bottom()), 0, std::max(rows - 1, 0));
    QItemSelection selection;
    if (rows > 0)
        selection.select(model()->index(from, 0, rootIndex()), model()->index(to, m_header->count() - 1, rootIndex()));
    selectionModel()->select(selection, flags);
}

QRegion RowsView::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    for (const QItemSelectionRange &range : selection)
        region += visualRect(range.topLeft()).united(visualRect(range.bottomRight())) & viewport()->rect();
    return region;
}

void RowsView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QAbstractItemView::rowsInserted(parent, start, end);
    updateGeometries();
    viewport()->update();
}

} // namespace recvscope::gui
