// Makes the views that stand in the panels.
//
// Threads: the window's.

#pragma once

#include "gui/window/desk.h"

namespace recvscope::gui {

class Studio;

/// All but the left panel, which the window makes itself.
[[nodiscard]] Desk::Views makeViews(Studio &studio);

/// Views that paint with the next frame paint now what they owe: for pictures.
void flushViews(const QWidget &window);

} // namespace recvscope::gui
