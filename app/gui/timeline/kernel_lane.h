// The lane of a WSK socket's callback: a box for each call with its answer, a line for what it kept until it was given
// back, dots while it is silent, and a crossed line while the socket is due to be closed.
//
// Pure; any thread.

#pragma once

#include "gui/timeline/scene.h"

class QPainter;

namespace recvscope::gui {

struct RasterStyle;

/// @param end where stretches that are still open reach to, seconds on @p axis
/// @param veil count of events that may be seen
void addKernelShapes(TimelineScene &scene, const SceneView &view, const LaneShape &lane, const KernelMarks &marks,
                     trace::TimeAxis axis, double end, std::optional<std::uint32_t> veil);

/// "11 B accepted", "3 of 6 B accepted", "7 B kept", "3 B not accepted", "null: does not function".
[[nodiscard]] QString indicationWords(const IndicationMark &mark);

void paintNote(QPainter &painter, const NoteShape &note, const RasterStyle &style);

} // namespace recvscope::gui
