// Shapes event by event, from Marks, on either axis.
//
// Threads: the window's. Holds references: the marks and the lookup must outlive it.

#pragma once

#include "gui/timeline/marks.h"
#include "gui/timeline/scene_source.h"

namespace recvscope::gui {

/// What marks leave to the story: when an event stands on the axis, when by the clock, and what things are called.
struct StoryLookup {
    std::function<double(std::uint32_t)> moment;
    std::function<double(std::uint32_t)> clock;
    double end = 0; ///< where spans that are still open reach to, on the axis
    std::function<QString(SocketId)> socketName;
    std::function<QString(OperationId)> receiveName;

    [[nodiscard]] static StoryLookup of(const trace::Story &story, trace::TimeAxis axis);
};

class ExactSource final : public SceneSource {
public:
    ExactSource(const Marks &marks, const StoryLookup &lookup);

    [[nodiscard]] LaneLayout layout(const TimeScale &scale, SocketId opened) const override;
    [[nodiscard]] TimelineScene scene(const LaneLayout &layout, const SceneView &view) const override;

private:
    [[nodiscard]] double endOf(const ReceiveMark &mark) const;
    [[nodiscard]] const SocketMarks *marksOf(SocketId socket) const;
    void addReceive(TimelineScene &scene, const SceneView &view, const LaneShape &lane) const;
    void addPacked(TimelineScene &scene, const SceneView &view, const LaneShape &lane) const;
    void addPeer(TimelineScene &scene, const SceneView &view, const LaneShape &lane) const;
    void addLevel(TimelineScene &scene, const SceneView &view, const LaneShape &lane) const;
    void addCalls(TimelineScene &scene, const SceneView &view, const LaneShape &lane) const;

    const Marks &m_marks;
    const StoryLookup &m_lookup;
};

} // namespace recvscope::gui
