#include "gui/timeline/lanes.h"

#include <gtest/gtest.h>

namespace recvscope::gui {

namespace {
constexpr SocketId s{1}, t{2};

std::vector<OperationId> receives(std::uint32_t first, std::uint32_t count)
{
    std::vector<OperationId> list;
    for (std::uint32_t i = 0; i < count; ++i)
        list.push_back(OperationId{first + i});
    return list;
}
} // namespace

TEST(LaneLayout, oneSocketHasPeerKernelItsReceivesAndTheProgram)
{
    const LaneLayout layout({{s, false, receives(1, 2)}});
    ASSERT_EQ(layout.count(), 5U);
    EXPECT_EQ(layout.lane(0), (Lane{Lane::Kind::Peer, s, {}, true}));
    EXPECT_EQ(layout.lane(1), (Lane{Lane::Kind::Kernel, s, {}, false}));
    EXPECT_EQ(layout.lane(2), (Lane{Lane::Kind::Receive, s, OperationId{1}, false}));
    EXPECT_EQ(layout.lane(3), (Lane{Lane::Kind::Receive, s, OperationId{2}, false}));
    EXPECT_EQ(layout.lane(4), (Lane{Lane::Kind::Program, {}, {}, true}));
}

TEST(LaneLayout, manyReceivesAreOnePackedLaneAndCompactSocketsOneLaneAltogether)
{
    const LaneLayout layout({{s, false, {}}, {t, true, {}}});
    ASSERT_EQ(layout.count(), 5U);
    EXPECT_EQ(layout.lane(2), (Lane{Lane::Kind::Packed, s, {}, false}));
    EXPECT_EQ(layout.lane(3), (Lane{Lane::Kind::Packed, t, {}, true}));
    EXPECT_EQ(layout.lane(4).kind, Lane::Kind::Program);
}

TEST(LaneLayout, findsAnyOfTenThousandLanes)
{
    std::vector<SocketLanes> sockets;
    for (std::uint16_t i = 1; i <= 10'000; ++i)
        sockets.push_back({SocketId{i}, true, {}});
    const LaneLayout layout(std::move(sockets));
    ASSERT_EQ(layout.count(), 10'001U);
    for (const std::size_t lane : {0U, 1U, 4'999U, 9'999U})
        EXPECT_EQ(layout.lane(lane).socket.value, lane + 1);
}

TEST(LaneLayout, withoutAnythingThereIsNoLane)
{
    EXPECT_EQ(LaneLayout().count(), 0U);
}

TEST(LaneView, lanesShrinkUntilAllFitAndScrollWhenTheyDoNot)
{
    EXPECT_EQ((LaneView{400, 0, 6}.pitch()), 44);
    EXPECT_EQ((LaneView{180, 0, 6}.pitch()), 30);
    EXPECT_EQ((LaneView{180, 0, 6}.highestScroll()), 0);
    EXPECT_EQ((LaneView{180, 0, 20}.pitch()), 24);
    EXPECT_EQ((LaneView{180, 0, 20}.highestScroll()), 300);
}

TEST(LaneView, onlyWhatCanBeSeenIsShown)
{
    const LaneView view{240, 24 * 5000 + 10, 10'000};
    EXPECT_EQ(view.first(), 5000U);
    EXPECT_EQ(view.last(), 5011U);
    EXPECT_EQ(view.top(5000), -10);
    EXPECT_EQ(view.laneAt(0), 5000U);
    EXPECT_EQ(view.laneAt(14), 5001U);
    EXPECT_FALSE(view.laneAt(241));
    EXPECT_FALSE((LaneView{240, 0, 2}.laneAt(100)));
}

} // namespace recvscope::gui
