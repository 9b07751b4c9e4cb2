// Draws a scene in the colours and fonts of a theme, onto a widget, a picture or a page.
//
// Threads: the thread of the painter.

#pragma once

#include "gui/appearance.h"
#include "gui/stage/scene.h"

class QPainter;

namespace recvscope::gui::stage {

/// Draws the whole scene with its top left corner at the painter's origin. Edges lie on device pixels.
void paintScene(QPainter &painter, const Scene &scene, const Theme &theme, const Fonts &fonts);

/// The colour a tone stands for.
[[nodiscard]] QColor colourOf(const Theme &theme, const Shade &shade);

/// The faintest mix of line and dim that still stands out 3 to 1 from every surface it is used on: free space.
[[nodiscard]] QColor quietMark(const Theme &theme);

} // namespace recvscope::gui::stage
