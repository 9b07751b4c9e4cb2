// Bytes as they are drawn at every size: cells with their character, from 64 on a proportional bar in the colours of
// the sends, from a mebibyte on a level with a scale.
//
// Threads: pure functions.

#pragma once

#include "gui/stage/scene.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace recvscope::gui::stage {

inline constexpr std::uint64_t cellsBelow = 64;
inline constexpr std::uint64_t levelsFrom = 1024 * 1024;
inline constexpr double barHeight = 24;
inline constexpr double scaleHeight = 14;

/// Consecutive bytes of one send.
struct Stretch {
    std::uint32_t send = 0;
    std::uint64_t length = 0;
    std::string text; ///< the bytes as far as they were kept
    CellState state = CellState::Filled;
    bool urgent = false;
};

/// How large the cells of one place are; without cells its bytes are bars.
struct Grid {
    QSizeF cell;

    [[nodiscard]] bool cells() const { return cell.width() > 0; }
    [[nodiscard]] std::uint64_t perRow(double width) const;
    /// Height that @p count bytes take in @p width.
    [[nodiscard]] double height(std::uint64_t count, double width) const;
};

/// The largest cells with which containers of these sizes stand one under the other within @p height; bars where no
/// legible cell fits. A container of 64 bytes or more is a bar whatever the grid.
[[nodiscard]] Grid gridFor(std::span<const std::uint64_t> counts, double width, double height);

/// Where the bytes of one container stand.
class BytePlaces {
public:
    BytePlaces() = default;
    BytePlaces(QRectF area, std::uint64_t capacity, Grid grid) : m_area(area), m_capacity(capacity), m_grid(grid) {}

    [[nodiscard]] bool cells() const { return m_grid.cells() && m_capacity < cellsBelow; }
    [[nodiscard]] QRectF area() const { return m_area; }
    [[nodiscard]] QRectF byte(std::uint64_t offset) const;
    /// A stretch of the bar.
    [[nodiscard]] QRectF stretch(std::uint64_t offset, std::uint64_t length) const;

private:
    QRectF m_area;
    std::uint64_t m_capacity = 0;
    Grid m_grid;
};

/// Adds the container and what is in it to the items. @p area is as wide as the container may be, and as high as
/// grid.height() says; a bar makes do with less.
BytePlaces drawBytes(std::vector<Item> &items, QRectF area, std::uint64_t capacity, Grid grid,
                     std::span<const Stretch> content, bool hexCells);

} // namespace recvscope::gui::stage
