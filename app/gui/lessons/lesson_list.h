// The lessons by track: dots for how many are done, the lesson that is told set off.
//
// Threads: the window's.

#pragma once

#include <QTreeWidget>

namespace recvscope::gui {

class Appearance;
class Progress;
struct Shelf;

class LessonList : public QTreeWidget {
    Q_OBJECT
public:
    /// All must outlive this.
    LessonList(const Shelf &shelf, const Progress &progress, const Appearance &appearance, QWidget *parent = nullptr);

    /// Fills the list from the shelf.
    void refill();
    /// Sets the lesson off that is told, and opens its track; 0: none.
    void setTold(int lesson);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void lessonChosen(int number);

protected:
    void drawBranches(QPainter *, const QRect &, const QModelIndex &) const override {}
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void choose(QTreeWidgetItem *item);
    void paintTrack(QPainter &painter, const QRect &row, const QModelIndex &index) const;
    void paintLesson(QPainter &painter, const QRect &row, int number, bool current) const;
    [[nodiscard]] int contentHeight() const;

    const Shelf &m_shelf;
    const Progress &m_progress;
    const Appearance &m_appearance;
    int m_told = 0;
};

} // namespace recvscope::gui
