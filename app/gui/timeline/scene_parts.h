// Shapes that both kinds of source make alike: where things stand in a lane, which label fits, what is too dense to be
// told apart.
//
// Pure; any thread.

#pragma once

#include "gui/timeline/scene.h"

#include <QStringList>

namespace recvscope::gui {

inline constexpr double spanHeight = 25; ///< of a receive's box, where the lane is high enough
inline constexpr double endMarkRadius = 6;

struct Rows {
    double top = 0, height = 0;
};
/// The rows of a box in a lane.
[[nodiscard]] Rows boxRows(const LaneShape &lane);
/// The rows of what gains by height, levels and packed receives: all but a gap to the next lane.
[[nodiscard]] Rows fullRows(const LaneShape &lane);

/// A scene of the view's size with the lanes it shows and their names.
[[nodiscard]] TimelineScene emptyScene(const LaneLayout &layout, const SceneView &view,
                                       const std::function<QString(SocketId)> &socketName,
                                       const std::function<QString(OperationId)> &receiveName);

/// A span's box from @p begin to @p end (seconds), cut to what is visible; its label is chosen and placed.
/// @param until pixel that its label may not cross; nothing: the lane is its own
[[nodiscard]] SpanShape spanShape(const SceneView &view, const LaneShape &lane, double begin, double end,
                                  SpanShape::Body body, SpanShape::End mark, const QStringList &labels,
                                  std::optional<double> until = {});

/// Something of the peer's, before its neighbours are known.
struct PeerPlace {
    double second = 0; ///< on the axis in force
    PeerMark mark;
    std::optional<std::uint32_t> send; ///< nothing: not counted
};
/// Boxes, each from its moment up to the next at most; or one dense row where they would be slivers.
void addPeerShapes(TimelineScene &scene, const SceneView &view, const LaneShape &lane,
                   const std::vector<PeerPlace> &places);

struct CallPlace {
    double second = 0; ///< on the axis in force
    CallMark mark;
};
/// A triangle each, or one dense row.
void addCallShapes(TimelineScene &scene, const SceneView &view, const LaneShape &lane,
                   const std::vector<CallPlace> &places, const std::function<QString(OperationId)> &receiveName);

/// How many device pixel columns a scene has, and the seconds they begin and end at.
[[nodiscard]] int columnCount(const SceneView &view);
[[nodiscard]] double columnsBegin(const SceneView &view);
[[nodiscard]] double columnsEnd(const SceneView &view);

} // namespace recvscope::gui
