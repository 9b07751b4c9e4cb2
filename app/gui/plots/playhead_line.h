// The playhead over a plot: a line in the colour that means nothing else, with a handle where it can be dragged.
//
// Threads: the window's.

#pragma once

#include "gui/plots/qcustomplot_wrapper.h"

namespace recvscope::gui {

class Appearance;

class PlayheadLine : public QCPLayerable {
    Q_OBJECT
public:
    /// Stands on a buffered layer of its own, so that moving it repaints nothing else.
    PlayheadLine(QCustomPlot &plot, const Appearance &appearance, bool handle);

    /// @return whether it moved by a visible amount
    bool moveTo(double second);
    /// Where it stands in the plot's pixels, or nothing when that is out of view.
    [[nodiscard]] std::optional<double> pixel() const;

    static constexpr double handleHeight = 9;
    static constexpr double handleHalf = 7;

protected:
    [[nodiscard]] QRect clipRect() const override;
    void applyDefaultAntialiasingHint(QCPPainter *painter) const override;
    void draw(QCPPainter *painter) override;

private:
    const Appearance &m_appearance;
    bool m_handle;
    double m_second = 0;
};

} // namespace recvscope::gui
