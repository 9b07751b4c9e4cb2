// The event table: every event of the trace in words, with a filter. Selecting a row selects in all views; Enter moves
// the playhead there; the playhead's row is marked.
//
// Threads: the window's.

#pragma once

#include "gui/presentation.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace recvscope::gui {

class Appearance;
class EventModel;
class EventRows;

class EventTable final : public QWidget {
    Q_OBJECT
public:
    EventTable(Presentation &presentation, const Appearance &appearance, QWidget *parent = nullptr);

    [[nodiscard]] EventModel &model() const { return *m_model; }
    [[nodiscard]] EventRows &rows() const { return *m_rows; }
    [[nodiscard]] QLineEdit &filter() const { return *m_filter; }
    [[nodiscard]] QSize sizeHint() const override { return {900, 320}; }

    /// As text, columns parted by tabs; the first 100,000 of them.
    void copySelectedRows() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void restyle();
    void showCount();
    void rowChosen(const QModelIndex &index);
    void selectionChanged();
    void playheadMoved();

    Presentation &m_presentation;
    const Appearance &m_appearance;
    EventModel *m_model;
    EventRows *m_rows;
    QLineEdit *m_filter;
    QLabel *m_count;
    bool m_choosing = false; ///< a row is being chosen here, by hand or since another view selected
};

} // namespace recvscope::gui
