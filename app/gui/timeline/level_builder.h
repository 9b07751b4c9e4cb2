// Draws the kernel's level from pixel to pixel: steps where they stand alone, a band from the lowest to the highest
// where they are crowded.
//
// A value; any thread.

#pragma once

#include "gui/timeline/scene.h"

namespace recvscope::gui {

class LevelBuilder {
public:
    /// @p highest: what reaches the lane's top. @p before: the level at the left edge.
    LevelBuilder(const SceneView &view, const LaneShape &lane, std::uint64_t highest, std::uint64_t before);

    /// What happened in the pixels [x, x + width). Columns come from left to right.
    void column(double x, double width, std::uint64_t low, std::uint64_t high, std::uint64_t last);

    [[nodiscard]] LevelShape finish();

private:
    [[nodiscard]] double y(std::uint64_t held) const;
    /// A column's extremes end where it does, unless the next one goes on from there.
    void closeColumn(double x);

    LevelShape m_shape;
    double m_right;
    double m_scale;
    std::uint64_t m_last;
    std::optional<double> m_columnEnd;
};

} // namespace recvscope::gui
