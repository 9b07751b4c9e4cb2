// The ruler's ticks: round steps of 1, 2 or 5 in ns, µs, ms or s, as many as fit without touching one another.
//
// Pure functions; any thread.

#pragma once

#include "gui/plots/time_scale.h"

#include <functional>
#include <string>
#include <vector>

namespace recvscope::gui {

struct Tick {
    double second = 0;
    std::string label; ///< "2 ms"

    friend bool operator==(const Tick &, const Tick &) = default;
};

/// How wide a label will be drawn, in pixels.
using LabelWidth = std::function<double(const std::string &)>;

/// The ticks inside the scale, oldest first, evenly spaced. Two labels centred on neighbouring ticks stay at least
/// @p gap pixels apart.
[[nodiscard]] std::vector<Tick> rulerTicks(const TimeScale &scale, const LabelWidth &width, double gap = 24);

/// "1.204 ms", "17 µs", "2.5 s": a time to read, with at most @p digits significant figures, exact zeros dropped.
[[nodiscard]] std::string timeText(double seconds, int digits = 4);

/// "2.2 ms": a duration for a label; two figures are enough there.
[[nodiscard]] inline std::string durationText(double seconds)
{
    return timeText(seconds, 2);
}

} // namespace recvscope::gui
