// The bar at the top: where we are, the two times, the transport, the speed, the peers, and the score.
//
// Threads: the window's.

#pragma once

#include "gui/controls/glyph.h"

#include <QWidget>

class QAction;
class QMenu;

namespace recvscope::gui {

class Actions;
class FlatButton;
class Label;
class Segments;
class SpeedSlider;
class Studio;

class TopBar : public QWidget {
    Q_OBJECT
public:
    /// @p menu opens from the button at its left.
    TopBar(Studio &studio, Actions &actions, QMenu &menu, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    FlatButton *transport(QAction *action, Glyph glyph);
    FlatButton *pill(QAction *action, const QString &text);
    void connectStudio();
    void showPlace();
    void showState();
    void showSpeed();
    void showTime();
    void showScore();
    void showTheme();

    Studio &m_studio;
    Actions &m_actions;
    Label *m_place = nullptr;
    Segments *m_axis = nullptr;
    FlatButton *m_play = nullptr;
    FlatButton *m_again = nullptr;
    FlatButton *m_theme = nullptr;
    SpeedSlider *m_slider = nullptr;
    Label *m_speed = nullptr;
    Label *m_time = nullptr;
    Label *m_score = nullptr;
};

} // namespace recvscope::gui
