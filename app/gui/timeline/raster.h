// Paints a timeline's scene into an image: hatch and columns pixel by pixel, marks and words with a painter.
//
// Needs no window. Threads: one that may use QPainter on images.

#pragma once

#include "gui/appearance.h"
#include "gui/timeline/scene.h"

#include <QImage>

namespace recvscope::gui {

struct RasterStyle {
    Theme theme;
    Fonts fonts;
    OperationId selectedReceive; ///< outlined
    std::optional<std::uint32_t> selectedEvent;
};

/// The measures for SceneView.
[[nodiscard]] TextWidth labelWidthIn(const Fonts &fonts);
[[nodiscard]] TextWidth monoWidthIn(const Fonts &fonts);

/// The scene on a transparent ground. @p image is used again when its size fits. It covers the scene's width and an
/// overhang on both sides; its device pixel ratio is the scene's.
void paintTimeline(const TimelineScene &scene, const RasterStyle &style, QImage &image);

} // namespace recvscope::gui
