// Moving and zooming the visible stretch of time: what wheel, mouse and keys ask for.
//
// Pure but for Presentation::setRange, which keeps the range within the axis. Threads: the window's.

#pragma once

#include "gui/plots/time_scale.h"

namespace recvscope::gui {

class Presentation;

/// W and S zoom at the playhead where it is in view, else in the middle; A and D move by an eighth; F shows everything.
/// @return whether the key was one of these
bool moveRangeByKey(Presentation &presentation, int key);

/// Shows @p scale's stretch.
void showRange(Presentation &presentation, const TimeScale &scale);

/// How much one wheel step zooms.
[[nodiscard]] double wheelZoom(double angleDelta);

} // namespace recvscope::gui
