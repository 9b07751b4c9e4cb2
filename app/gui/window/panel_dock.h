// A panel that can be moved, floated and hidden, and looks like a card: a slim grip at its top shows what it can do
// only when the pointer is there.
//
// Threads: the window's.

#pragma once

#include <QDockWidget>

namespace recvscope::gui {

class Appearance;

class PanelDock : public QDockWidget {
    Q_OBJECT
public:
    /// @param name stable, for the saved layout @param title for menus, tabs and screen readers
    PanelDock(const QString &name, const QString &title, const Appearance &appearance, QWidget *parent);

    /// @p side: pixels between the frame and the body on the left, right and below.
    void setBody(QWidget *body, int side);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Appearance &m_appearance;
};

} // namespace recvscope::gui
