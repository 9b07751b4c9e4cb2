// A table of rows that are all equally high, of which it knows nothing but their number: ten million cost what is
// visible. (QTableView keeps a record of each row.)
//
// Threads: the window's.

#pragma once

#include <QAbstractItemView>

class QHeaderView;

namespace recvscope::gui {

class RowsView : public QAbstractItemView {
    Q_OBJECT
public:
    explicit RowsView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    [[nodiscard]] QHeaderView &header() const { return *m_header; }
    void setRowHeight(int pixels);
    [[nodiscard]] int rowHeight() const { return m_rowHeight; }
    /// The column that takes what the others leave.
    void setStretchColumn(int column);
    /// The rows that can be seen, the last of them maybe in part.
    [[nodiscard]] int firstVisibleRow() const;
    [[nodiscard]] int visibleRows() const;

    [[nodiscard]] QRect visualRect(const QModelIndex &index) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    [[nodiscard]] QModelIndex indexAt(const QPoint &point) const override;

protected:
    /// Draws what lies under a row's cells.
    virtual void paintRowGround(QPainter &painter, int row, const QRect &rect);

    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void updateGeometries() override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    [[nodiscard]] int horizontalOffset() const override;
    [[nodiscard]] int verticalOffset() const override;
    [[nodiscard]] bool isIndexHidden(const QModelIndex &index) const override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags flags) override;
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;

private:
    void stretch();

    QHeaderView *m_header;
    int m_rowHeight = 24;
    int m_stretchColumn = -1;
};

} // namespace recvscope::gui
