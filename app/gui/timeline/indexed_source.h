// Shapes of traces of any length on the clock axis, from the index of spans: what it costs depends on the picture's
// width, never on the trace's length. Where few events are in view they are drawn one by one, as ExactSource does.
//
// Threads: the window's. Holds references: story and index must outlive it and be of the same store.

#pragma once

#include "gui/timeline/scene_source.h"

namespace recvscope::gui {

class IndexedSource final : public SceneSource {
public:
    /// @param outside an outside peer sends: what the kernel holds is not known
    IndexedSource(const trace::Story &story, const trace::SpanIndex &spans, bool outside);

    [[nodiscard]] LaneLayout layout(const TimeScale &scale, SocketId opened) const override;
    [[nodiscard]] TimelineScene scene(const LaneLayout &layout, const SceneView &view) const override;

    /// Up to so many events in view are visited one by one.
    static constexpr std::uint32_t visitedEvents = 4000;

private:
    class Answers;
    struct Visited;
    [[nodiscard]] Visited visit(const SceneView &view) const;
    void addReceive(TimelineScene &scene, const SceneView &view, const LaneShape &lane) const;
    void addPacked(TimelineScene &scene, const SceneView &view, const LaneShape &lane, Answers &answers) const;
    void addPeer(TimelineScene &scene, const SceneView &view, const LaneShape &lane, const Visited &visited,
                 Answers &answers) const;
    void addLevel(TimelineScene &scene, const SceneView &view, const LaneShape &lane, Answers &answers) const;
    void addCalls(TimelineScene &scene, const SceneView &view, const LaneShape &lane, const Visited &visited,
                  Answers &answers) const;

    const trace::Story &m_story;
    const trace::SpanIndex &m_spans;
    bool m_outside;
};

} // namespace recvscope::gui
