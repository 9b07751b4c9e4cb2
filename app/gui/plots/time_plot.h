// A plot over the shared time axis: its range, ruler and playhead, and what mouse and keys do to them. Timeline and
// bytes panel are two of these, so a moment stands in the same column in both.
//
// Dragging the playhead or on the ruler scrubs; dragging elsewhere moves the range; the wheel zooms at the pointer,
// with Ctrl in larger steps, with Shift or sideways it moves along time; a double click moves the playhead there.
// Threads: the window's.

#pragma once

#include "gui/plots/frame_pacer.h"
#include "gui/plots/qcustomplot_wrapper.h"
#include "gui/plots/time_scale.h"
#include "gui/presentation.h"

namespace recvscope::gui {

class Appearance;
class PlayheadLine;
class Veil;

class TimePlot : public QCustomPlot {
    Q_OBJECT
public:
    /// @param title in capitals, at the upper left @param ruler times over the plot, and the handle to scrub with
    TimePlot(Presentation &presentation, const Appearance &appearance, const QString &title, bool ruler,
             QWidget *parent);

    /// The range in force over the plot's width.
    [[nodiscard]] TimeScale scale() const;
    /// Paints now what waits for the next frame: for pictures and tests.
    void flush();

    static constexpr int headHeight = 40; ///< title and ruler

protected:
    /// Computes anew what is shown; called once before each repaint that asked for it.
    virtual void rebuild() = 0;
    /// A click at a place of the widget that neither scrubbed nor dragged.
    virtual void clicked(QPointF) {}
    /// What to say about a place of the widget; empty: nothing.
    [[nodiscard]] virtual QString tipAt(QPointF) const { return {}; }
    /// The pointer moved without a button, or left (nothing).
    virtual void hovered(std::optional<QPointF>) {}
    virtual void restyle() {}
    /// A wheel movement that has nothing to do with time. @return whether it was used
    virtual bool wheeledElsewhere(QWheelEvent &) { return false; }

    /// Rebuilds and repaints with the next frame.
    void ask();

    [[nodiscard]] Presentation &presentation() const { return m_presentation; }
    [[nodiscard]] const Appearance &appearance() const { return m_appearance; }
    void setTitle(const QString &title);
    /// A few dim words under the title; empty for none.
    void setNote(const QString &note);
    /// That place of the widget stands behind the veil.
    [[nodiscard]] bool veiled(QPointF at) const;

    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, headHeight + 48}; }

private:
    enum class Gesture : unsigned char { None, Pressed, Panning, Scrubbing };

    void applyTheme();
    void paintFrame();
    void movePlayhead();
    void scrubTo(double x);
    [[nodiscard]] bool scrubsAt(QPointF point) const;

    Presentation &m_presentation;
    const Appearance &m_appearance;
    QString m_title, m_note;
    bool m_ruler;
    Veil *m_veil;             ///< owned by the plot
    PlayheadLine *m_playhead; ///< owned by the plot
    FramePacer m_pacer;
    Gesture m_gesture = Gesture::None;
    QPointF m_pressedAt;
    TimeScale m_pressedScale;
};

} // namespace recvscope::gui
