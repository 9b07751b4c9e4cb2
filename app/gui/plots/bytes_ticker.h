// Round steps of bytes for a value axis: 0, 5, 10 B; 0, 64, 128 KiB.
//
// Pure functions, and the ticker that hands them to QCustomPlot.

#pragma once

#include "gui/plots/qcustomplot_wrapper.h"

#include <vector>

namespace recvscope::gui {

/// The step between ticks so that at most @p most of them stand in [0, highest]: 1, 2 or 5 below a KiB, powers of two
/// beyond.
[[nodiscard]] double bytesStep(double highest, int most);

class BytesTicker : public QCPAxisTicker {
public:
    /// @p axis must outlive it: its length decides how many ticks fit.
    explicit BytesTicker(const QCPAxis &axis) : m_axis(axis) {}

    /// Ticks count from here: "+64 KiB". 0: they are what they say.
    void setBase(double base) { m_base = base; }

    void generate(const QCPRange &range, const QLocale &locale, QChar formatChar, int precision, QVector<double> &ticks,
                  QVector<double> *subTicks, QVector<QString> *tickLabels) override;

private:
    const QCPAxis &m_axis;
    double m_base = 0;
};

} // namespace recvscope::gui
