// The speed slider: logarithmic places of 0 to 1, the rate each stands for, and how that reads.
//
// Threads: pure functions.

#pragma once

#include "trace/story.h"

#include <QString>

namespace recvscope::gui {

/// Seconds of the axis told in one second of the learner's time.
using Rate = double;

/// The rate at @p place, rounded to 1, 2 or 5 times a power of ten (clock) or to an eighth-root step (story).
[[nodiscard]] Rate rateAt(double place, trace::TimeAxis axis);
/// The inverse, not rounded; clamped to the slider's ends.
[[nodiscard]] double placeOf(Rate rate, trace::TimeAxis axis);

/// "×1" in story time; "1 : 200" on the clock axis: a second of the clock takes 200.
[[nodiscard]] QString rateText(Rate rate, trace::TimeAxis axis);

/// What tells a trace of @p seconds on the clock axis in about ten seconds.
[[nodiscard]] Rate comfortableClockRate(double seconds);

} // namespace recvscope::gui
