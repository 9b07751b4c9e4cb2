#include "gui/plots/ledger.h"

#include "../timeline/lesson_events.h"

#include <gtest/gtest.h>

namespace recvscope::gui {

using test::Told;
using trace::EventType;

namespace {

SocketLedger ledgerOf(const Told &told)
{
    Ledger ledger;
    for (std::uint32_t i = 0; i < told.events().size(); ++i)
        ledger.add({i, 0.1 * i, static_cast<double>(told.events()[i].time) * 1e-9}, told.events()[i]);
    const SocketLedger *own = ledger.of(SocketId{1});
    return own != nullptr ? *own : SocketLedger{};
}

} // namespace

TEST(Ledger, holdsWhatWasSentAndNotReceived)
{
    Told told;
    told.send(6).send(5).call(1, {8}).receive(1, 8);
    const SocketLedger ledger = ledgerOf(told);
    EXPECT_FALSE(ledger.outside);
    EXPECT_EQ(ledger.highest, 11U);
    ASSERT_FALSE(ledger.entries.empty());
    EXPECT_EQ(ledger.entries.back().held, 3U);
    EXPECT_EQ(ledger.entries.back().sent, 11U);
    EXPECT_EQ(ledger.entries.back().received, 8U);
    EXPECT_EQ(ledger.entries.back().consumed, 8U);
}

TEST(Ledger, theProgramKnowsOnlyWhatCompletedTellsIt)
{
    Told told;
    told.send(6).call(1, {8}).add(EventType::KernelReceived, 1, 6);
    EXPECT_EQ(ledgerOf(told).entries.back().received, 6U);
    EXPECT_EQ(ledgerOf(told).entries.back().consumed, 0U);
}

TEST(Ledger, lookingDoesNotTake)
{
    Told told;
    told.send(6).call(1, {8}, 0x2).receive(1, 6);
    EXPECT_EQ(ledgerOf(told).entries.back().held, 6U);
    EXPECT_EQ(ledgerOf(told).entries.back().received, 0U);
}

TEST(Ledger, aMessageThatNeverCameInIsNeitherHeldNorSent)
{
    Told told;
    told.send(6).send(5).add(EventType::MessageDropped, 0, 5);
    EXPECT_EQ(ledgerOf(told).entries.back().held, 6U);
    EXPECT_EQ(ledgerOf(told).entries.back().sent, 6U);
}

TEST(Ledger, filteredMessagesLeaveTheKernelAndNobodyReceivesThem)
{
    Told told;
    told.send(6).send(5).call(1, {8}, 0x2).add(EventType::MessagesFiltered, 1, 1, 6);
    EXPECT_EQ(ledgerOf(told).entries.back().held, 5U);
    EXPECT_EQ(ledgerOf(told).entries.back().sent, 11U);
    EXPECT_EQ(ledgerOf(told).entries.back().received, 0U);
}

TEST(Ledger, whatFoundNoRoomLeavesTheKernelUnreceived)
{
    Told told;
    told.send(9).call(1, {4}).receive(1, 4).add(EventType::MessageLost, 1, 5);
    EXPECT_EQ(ledgerOf(told).entries.back().held, 0U);
    EXPECT_EQ(ledgerOf(told).entries.back().received, 4U);
}

TEST(Ledger, withAnOutsidePeerTheLevelIsWhatWasAsked)
{
    Told told;
    told.add(EventType::KernelHolds, 0, 9).call(1, {8}).receive(1, 8).add(EventType::KernelHolds, 0, 1);
    const SocketLedger ledger = ledgerOf(told);
    EXPECT_TRUE(ledger.outside);
    EXPECT_TRUE(ledger.asked);
    EXPECT_EQ(ledger.entries.back().held, 1U);
    EXPECT_EQ(ledger.highest, 9U);
}

TEST(Ledger, aSocketWithoutBytesHasNone)
{
    EXPECT_TRUE(ledgerOf(Told().add(EventType::SocketOpened, 0)).entries.empty());
}

} // namespace recvscope::gui
