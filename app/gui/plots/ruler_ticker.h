// The ruler as QCustomPlot asks for it.
//
// Threads: the window's.

#pragma once

#include "gui/plots/qcustomplot_wrapper.h"

namespace recvscope::gui {

class RulerTicker : public QCPAxisTicker {
public:
    /// @p axis must outlive it: its length and font decide how many ticks fit.
    explicit RulerTicker(const QCPAxis &axis) : m_axis(axis) {}

    void generate(const QCPRange &range, const QLocale &locale, QChar formatChar, int precision, QVector<double> &ticks,
                  QVector<double> *subTicks, QVector<QString> *tickLabels) override;

private:
    const QCPAxis &m_axis;
};

} // namespace recvscope::gui
