#include "gui/stage/bytes.h"

#include <gtest/gtest.h>

#include <array>

namespace recvscope::gui::stage {
namespace {

using namespace Qt::StringLiterals;

std::vector<Cell> cellsOf(const std::vector<Item> &items)
{
    std::vector<Cell> cells;
    for (const Item &item : items)
        if (const auto *cell = std::get_if<Cell>(&item))
            cells.push_back(*cell);
    return cells;
}

const Bar *barOf(const std::vector<Item> &items)
{
    for (const Item &item : items)
        if (const auto *bar = std::get_if<Bar>(&item))
            return bar;
    return nullptr;
}

Grid gridOf(std::uint64_t count, double width, double height)
{
    const std::array counts = {count};
    return gridFor(counts, width, height);
}

} // namespace

TEST(Bytes, below64AreCellsWithTheirCharacterAndSend)
{
    std::vector<Item> items;
    const std::vector<Stretch> content = {{0, 2, "lo"}, {1, 1, "w"}};
    drawBytes(items, {0, 0, 300, 26}, 5, gridOf(5, 300, 26), content, false);
    const std::vector<Cell> cells = cellsOf(items);
    ASSERT_EQ(cells.size(), 5U);
    EXPECT_EQ(cells[0].character, u"l"_s);
    EXPECT_EQ(cells[1].character, u"o"_s);
    EXPECT_EQ(cells[2].character, u"w"_s);
    EXPECT_EQ(cells[1].send, 0U);
    EXPECT_EQ(cells[2].send, 1U);
    EXPECT_EQ(cells[2].state, CellState::Filled);
    EXPECT_EQ(cells[3].state, CellState::Empty);
    EXPECT_EQ(barOf(items), nullptr);
}

TEST(Bytes, cellsNeverOverlapAndStayWithinTheirWidth)
{
    for (const std::uint64_t count : {1U, 7U, 16U, 40U, 63U}) {
        std::vector<Item> items;
        const QRectF area(10, 10, 150, 120);
        const Grid grid = gridOf(count, area.width(), area.height());
        ASSERT_TRUE(grid.cells()) << count;
        EXPECT_LE(grid.height(count, area.width()), area.height()) << count;
        drawBytes(items, area, count, grid, {}, false);
        const std::vector<Cell> cells = cellsOf(items);
        ASSERT_EQ(cells.size(), count);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            EXPECT_TRUE(area.contains(cells[i].rect)) << count << " cells, cell " << i;
            for (std::size_t j = i + 1; j < cells.size(); ++j)
                EXPECT_FALSE(cells[i].rect.intersects(cells[j].rect)) << i << " and " << j;
        }
    }
}

TEST(Bytes, from64OnTheyAreABarInTheColoursOfTheirSends)
{
    std::vector<Item> items;
    const std::vector<Stretch> content = {{0, 256, {}}, {4, 444, {}}};
    const BytePlaces places = drawBytes(items, {0, 0, 200, 24}, 1024, gridOf(1024, 200, 24), content, false);
    const Bar *bar = barOf(items);
    ASSERT_NE(bar, nullptr);
    EXPECT_TRUE(bar->ticks.empty());
    ASSERT_EQ(bar->segments.size(), 2U);
    EXPECT_EQ(bar->segments[0], (Segment{0, 0.25, 0, CellState::Filled}));
    EXPECT_EQ(bar->segments[1], (Segment{0.25, 700.0 / 1024, 4, CellState::Filled}));
    EXPECT_FALSE(places.cells());
    EXPECT_EQ(places.stretch(256, 256), QRectF(50, 0, 50, 24));
}

TEST(Bytes, fromAMebibyteOnTheBarHasAScale)
{
    std::vector<Item> items;
    drawBytes(items, {0, 0, 300, 38}, 4 << 20, {}, {}, false);
    const Bar *bar = barOf(items);
    ASSERT_NE(bar, nullptr);
    EXPECT_EQ(bar->ticks, (std::vector<double>{0.25, 0.5, 0.75}));
}

TEST(Bytes, moreSendsThanPixelsAreSampledAndKeepTheirEnd)
{
    std::vector<Stretch> content;
    for (std::uint32_t i = 0; i < 10'000; ++i)
        content.push_back({i % 2, 50, {}});
    std::vector<Item> items;
    drawBytes(items, {0, 0, 200, 24}, 1'000'000, {}, content, false);
    const Bar *bar = barOf(items);
    ASSERT_NE(bar, nullptr);
    EXPECT_LE(bar->segments.size(), 100U);
    EXPECT_DOUBLE_EQ(bar->segments.front().from, 0);
    EXPECT_DOUBLE_EQ(bar->segments.back().to, 0.5);
}

TEST(Bytes, oneByteOfManyIsStillSeen)
{
    std::vector<Item> items;
    const std::vector<Stretch> content = {{2, 1, {}}};
    drawBytes(items, {0, 0, 200, 24}, 1 << 30, {}, content, false);
    const Bar *bar = barOf(items);
    ASSERT_EQ(bar->segments.size(), 1U);
    EXPECT_GE(bar->segments[0].to * 200, 2);
    EXPECT_EQ(bar->segments[0].send, 2U);
}

} // namespace recvscope::gui::stage
