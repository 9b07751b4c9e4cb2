// Where a timeline's shapes come from: event by event from Marks, or for long traces from summaries.
//
// Threads: the window's.

#pragma once

#include "gui/timeline/scene.h"

namespace recvscope::gui {

class SceneSource {
public:
    virtual ~SceneSource() = default;

    /// @param opened a socket whose lanes are shown even among many, or none
    [[nodiscard]] virtual LaneLayout layout(const TimeScale &scale, SocketId opened) const = 0;
    /// The shapes of the lanes that @p view shows.
    [[nodiscard]] virtual TimelineScene scene(const LaneLayout &layout, const SceneView &view) const = 0;
};

} // namespace recvscope::gui
