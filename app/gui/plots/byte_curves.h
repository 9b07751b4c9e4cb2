// The bytes panel's curves as points: a pure function of what is known of a socket and of the view. At most two points
// a pixel for each curve.
//
// Values; any thread.

#pragma once

#include "gui/plots/ledger.h"
#include "gui/plots/time_scale.h"
#include "trace/spans.h"

#include <QString>
#include <QVector>

#include <optional>

namespace recvscope::gui {

/// A step curve: from each second on, the value. Seconds ascend.
struct StepCurve {
    QVector<double> seconds;
    QVector<double> values;

    [[nodiscard]] double at(double second) const; ///< 0 before the first
};

struct ByteCurves {
    std::optional<StepCurve> sent; ///< nothing: an outside peer's sends cannot be known
    StepCurve received;
    std::optional<StepCurve> consumed; ///< nothing: not known when the program was told
    std::optional<StepCurve> kernel;   ///< nothing: not known, an outside peer and nobody asked
    std::optional<StepCurve> arrived;  ///< received and what the kernel holds; nothing as for kernel
    double lowest = 0;                 ///< of the totals in view: what each of them has reached at its left edge
    double highest = 0;                ///< of all totals in view
    double highestKernel = 0;          ///< of what the kernel holds, at any time
    double untold = 0; ///< bytes completed of which the trace does not tell when the program looked at them
};

/// Event by event. @p ledger may be null: a socket without bytes.
[[nodiscard]] ByteCurves curvesOf(const SocketLedger *ledger, trace::TimeAxis axis, const TimeScale &scale);

/// From summaries, on the clock axis.
[[nodiscard]] ByteCurves curvesOf(const trace::SpanIndex &spans, SocketId socket, const TimeScale &scale, bool outside);

} // namespace recvscope::gui
