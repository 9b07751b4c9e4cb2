// The rows of the event table: the playhead's row has a bar in its colour, the selected receive's rows a tint.
//
// Threads: the window's.

#pragma once

#include "gui/events/rows_view.h"
#include "gui/presentation.h"

namespace recvscope::gui {

class Appearance;
class EventModel;

class EventRows final : public RowsView {
    Q_OBJECT
public:
    EventRows(const Presentation &presentation, const Appearance &appearance, EventModel &model,
              QWidget *parent = nullptr);

    /// The row the playhead stands on, or the last one shown before it.
    [[nodiscard]] std::optional<int> playheadRow() const;
    /// Scrolls it into view, unless somebody is choosing rows.
    void followPlayhead();
    void restyle(); ///< in the theme in force; to be called at first, too
    /// What to say when there are no rows.
    void setEmptyText(const QString &text);

    /// Letters are the window's keys, and looking through millions of rows for one would stall it.
    void keyboardSearch(const QString &) override {}

signals:
    void copyAsked();

protected:
    void paintRowGround(QPainter &painter, int row, const QRect &rect) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const Presentation &m_presentation;
    const Appearance &m_appearance;
    EventModel &m_events;
    QString m_emptyText;
};

} // namespace recvscope::gui
