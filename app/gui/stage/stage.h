// The stage: the scene of the moment at the playhead, to look at, to ask and to select in.
//
// It fills its whole area without a frame: put it into a Card without padding. It repaints when its scene changed.
// Up and Down walk through what can be selected, Enter selects it, Escape lets the playhead choose again; a double
// click on a step of the call asks for that moment.
// Threads: the window's.

#pragma once

#include "gui/stage/scene.h"

#include <QWidget>

namespace recvscope::gui {

class Appearance;
class Presentation;

namespace stage {

class Stage : public QWidget {
    Q_OBJECT
public:
    Stage(Presentation &presentation, const Appearance &appearance, QWidget *parent = nullptr);

    /// What is shown: equal to buildScene() of the presentation's trace and playhead with options().
    [[nodiscard]] const Scene &scene() const { return m_scene; }
    [[nodiscard]] SceneOptions options() const;

    void setHexCells(bool hex);
    /// What lies between peer and kernel: "loopback" unless told.
    void setLink(const QString &link);

    [[nodiscard]] QSize minimumSizeHint() const override { return {560, 300}; }
    [[nodiscard]] QSize sizeHint() const override { return {836, 372}; }

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void rebuild();
    void choose(const Target &target);
    void walk(int step);

    Presentation &m_presentation;
    const Appearance &m_appearance;
    Scene m_scene;
    QString m_link;
    bool m_hexCells = false;
    int m_current = -1; ///< index of the place the keyboard stands on
};

} // namespace stage
} // namespace recvscope::gui
