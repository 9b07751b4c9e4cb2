// The timeline panel: when things happened, in lanes. A function of the presentation; clicking selects in all views.
//
// Threads: the window's.

#pragma once

#include "gui/plots/time_plot.h"
#include "gui/timeline/marks.h"
#include "gui/timeline/scene_source.h"

class QScrollBar;

namespace recvscope::gui {

class TimelinePlottable;

class TimelineView final : public TimePlot {
    Q_OBJECT
public:
    TimelineView(Presentation &presentation, const Appearance &appearance, QWidget *parent = nullptr);

    [[nodiscard]] const TimelineScene &scene() const;
    [[nodiscard]] QSize sizeHint() const override { return {800, headHeight + 6 * 36 + 12}; }

protected:
    void rebuild() override;
    void clicked(QPointF at) override;
    [[nodiscard]] QString tipAt(QPointF at) const override;
    void restyle() override;
    bool wheeledElsewhere(QWheelEvent &event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void replaced();
    void grew();
    void sayAxis();
    [[nodiscard]] bool exact() const;
    [[nodiscard]] QPointF inScene(QPointF at) const;
    void placeScrollBar();
    void playheadMoved();
    /// Scrolls so that the lane of the receive that all views show can be seen, or those of the chosen socket: once
    /// for each, so that one who scrolls on is left alone.
    void reveal(const LaneLayout &layout, LaneView &lanes);

    TimelinePlottable *m_plottable; ///< owned by the plot
    QScrollBar *m_scrollBar;
    Marks m_marks;
    TextWidth m_textWidth, m_monoWidth;
    double m_lastLength = 0;
    OperationId m_revealed;
    SocketId m_revealedSocket;
};

} // namespace recvscope::gui
