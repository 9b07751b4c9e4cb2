// Shapes event by event, from Marks, on either axis.
//
// Threads: the window's. Holds a reference: the marks must outlive it.

#pragma once

#include "gui/timeline/marks.h"
#include "gui/timeline/scene_source.h"

namespace recvscope::gui {

/// What marks leave to the trace.
struct SceneNames {
    std::function<QString(SocketId)> socket;
    std::function<QString(OperationId)> receive;

    [[nodiscard]] static SceneNames of(const trace::Story &story);
};

class ExactSource final : public SceneSource {
public:
    /// @param end where spans that are still open reach to: the end of the axis, or the veil
    /// @param veil count of events that may be seen: the rest is not told, but keeps its lanes
    ExactSource(const Marks &marks, trace::TimeAxis axis, double end, SceneNames names,
                std::optional<std::uint32_t> veil = {});

    [[nodiscard]] LaneLayout layout(const TimeScale &scale, SocketId opened) const override;
    [[nodiscard]] TimelineScene scene(const LaneLayout &layout, const SceneView &view) const override;

private:
    [[nodiscard]] bool seen(const Place &place) const { return !m_veil || place.index < *m_veil; }
    /// As far as it may be seen.
    [[nodiscard]] ReceiveMark seenOf(const ReceiveMark &mark) const;
    [[nodiscard]] double tailEnd(const ReceiveMark &mark) const;
    [[nodiscard]] std::optional<RoutineTail> tailOf(const SceneView &view, const ReceiveMark &mark) const;
    [[nodiscard]] double endOf(const ReceiveMark &mark) const;
    void addReceive(TimelineScene &scene, const SceneView &view, const LaneShape &lane) const;
    void addStrand(TimelineScene &scene, const SceneView &view, const LaneShape &lane) const;
    void addSpan(TimelineScene &scene, const SceneView &view, const LaneShape &lane, const ReceiveMark &whole,
                 const QString &name, std::optional<double> until) const;
    void addPacked(TimelineScene &scene, const SceneView &view, const LaneShape &lane) const;
    void addPeer(TimelineScene &scene, const SceneView &view, const LaneShape &lane) const;
    void addLevel(TimelineScene &scene, const SceneView &view, const LaneShape &lane) const;
    void addCalls(TimelineScene &scene, const SceneView &view, const LaneShape &lane) const;

    const Marks &m_marks;
    trace::TimeAxis m_axis;
    double m_end;
    SceneNames m_names;
    std::optional<std::uint32_t> m_veil;
};

} // namespace recvscope::gui
