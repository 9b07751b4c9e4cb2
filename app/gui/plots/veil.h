// The veil over a plot: what lies behind an open question is not shown before the learner has chosen.
//
// Threads: the window's.

#pragma once

#include "gui/plots/qcustomplot_wrapper.h"

#include <optional>

namespace recvscope::gui {

class Appearance;

class Veil : public QCPLayerable {
    Q_OBJECT
public:
    /// Hangs over everything the plot draws but the playhead.
    Veil(QCustomPlot &plot, const Appearance &appearance);

    /// From there on, on the axis; nothing: it does not hang.
    void hangFrom(std::optional<double> second) { m_from = second; }

protected:
    [[nodiscard]] QRect clipRect() const override;
    void applyDefaultAntialiasingHint(QCPPainter *painter) const override;
    void draw(QCPPainter *painter) override;

private:
    const Appearance &m_appearance;
    std::optional<double> m_from;
};

} // namespace recvscope::gui
