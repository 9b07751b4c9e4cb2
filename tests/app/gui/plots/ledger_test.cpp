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
}

TEST(Ledger, aCallThatCompletesAtOnceTellsByItsReturn)
{
    Told told;
    told.send(6).call(1, {8}).receive(1, 6);
    EXPECT_EQ(ledgerOf(told).entries.back().consumed, 0U);
    EXPECT_EQ(ledgerOf(told).entries.back().untold, 6U);
    told.add(EventType::Returned, 1, 6, trace::packOutcome(Status::Success, 0));
    EXPECT_EQ(ledgerOf(told).entries.back().consumed, 6U);
    EXPECT_EQ(ledgerOf(told).entries.back().untold, 0U);
}

TEST(Ledger, aRoutineTellsWhenItRunsAndNotWhenItIsQueued)
{
    Told told;
    told.call(1, {8}).pend(1).send(6).receive(1, 6).add(EventType::RoutineQueued, 1);
    EXPECT_EQ(ledgerOf(told).entries.back().consumed, 0U);
    told.add(EventType::RoutineBegan, 1, 6, trace::packOutcome(Status::Success, 0));
    EXPECT_EQ(ledgerOf(told).entries.back().consumed, 6U);
    EXPECT_EQ(ledgerOf(told).entries.back().untold, 0U);
}

TEST(Ledger, otherwiseTheProgramIsToldWhenItAsksAndOnlyOnce)
{
    Told told;
    told.call(1, {8}).pend(1).send(6).receive(1, 6);
    const auto asks = [&](std::uint32_t bytes, Status status) {
        told.add(EventType::ResultAsked, 1).add(EventType::ResultReturned, 1, bytes, trace::packOutcome(status, 0));
    };
    asks(trace::leftAlone, Status::WsaIoIncomplete);
    EXPECT_EQ(ledgerOf(told).entries.back().consumed, 0U);
    asks(6, Status::Success);
    asks(6, Status::Success);
    EXPECT_EQ(ledgerOf(told).entries.back().consumed, 6U);
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

TEST(Ledger, aPeerThatSentNothingIsNotFromOutside)
{
    Told told;
    told.call(1, {8}).pend(1).fail(1, Status::WsaEnetreset);
    EXPECT_FALSE(ledgerOf(told).fromOutside());
    EXPECT_TRUE(ledgerOf(Told().call(1, {8}).receive(1, 6)).fromOutside());
}

TEST(Ledger, aSocketWithoutBytesHasNone)
{
    EXPECT_TRUE(ledgerOf(Told().add(EventType::SocketOpened, 0)).entries.empty());
}

} // namespace recvscope::gui
