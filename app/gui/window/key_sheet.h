// The sheet of keys, over the window until a key or a click.
//
// Threads: the window's.

#pragma once

#include "gui/window/actions.h"

#include <QWidget>

namespace recvscope::gui {

class Appearance;

class KeySheet : public QWidget {
    Q_OBJECT
public:
    KeySheet(const QList<Actions::Line> &lines, const Appearance &appearance, QWidget *window);

    void toggle();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] QRectF sheet() const;

    QList<Actions::Line> m_lines;
    const Appearance &m_appearance;
};

} // namespace recvscope::gui
