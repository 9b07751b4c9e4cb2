// The stage where messages, threads and broken rules are told.

#include "gui/stage/parts.h"
#include "gui/stage/scene.h"
#include "scene_items.h"
#include "told_traces.h"
#include "trace_builder.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace recvscope::gui::stage {
namespace {

using trace::EventType;

using namespace Qt::StringLiterals;

Scene endOf(const trace::Snapshot &snapshot)
{
    const trace::Story story(snapshot);
    return buildScene(story, test::momentAtEnd(story), {});
}

/// Left of it stands the peer, whose empty sends are parcels too.
double kernelBegin()
{
    return frameFor(SceneOptions().size, false).kernel.left();
}

std::vector<Parcel> inKernel(const Scene &scene)
{
    std::vector<Parcel> parcels = all<Parcel>(scene);
    std::erase_if(parcels, [](const Parcel &one) { return one.rect.left() < kernelBegin(); });
    return parcels;
}

QString lostCells(const Scene &scene)
{
    QString text;
    for (const Cell &cell : all<Cell>(scene))
        if (cell.state == CellState::Lost)
            text += cell.character;
    return text;
}

} // namespace

TEST(MessagesOnStage, eachMessageIsAParcelOfItsOwnAndAnEmptyOneIsSeen)
{
    const Scene scene = endOf(test::messages());
    const std::vector<Parcel> parcels = inKernel(scene);
    ASSERT_EQ(parcels.size(), 3U);
    EXPECT_FALSE(parcels[0].openBefore || parcels[0].openBehind);
    EXPECT_GT(parcels[1].rect.width(), 4) << "the empty one";
    EXPECT_LT(parcels[1].rect.width(), parcels[0].rect.width() / 2);
    EXPECT_TRUE(parcels[2].openBehind) << "more of it is to come";
    for (std::size_t i = 1; i < parcels.size(); ++i)
        EXPECT_FALSE(parcels[i].rect.intersects(parcels[i - 1].rect));
    EXPECT_TRUE(allText(scene).contains(u"holds 3 messages, 4 B"_s));
}

TEST(MessagesOnStage, someOfThemStandThereHoweverLittleRoomThereIs)
{
    const trace::Story story(test::messages());
    SceneOptions options;
    for (const QSizeF size : {QSizeF(836, 372), QSizeF(728, 302), QSizeF(540, 260)}) {
        options.size = size;
        const Scene scene = buildScene(story, test::momentAtEnd(story), options);
        const double from = frameFor(size, false).kernel.left();
        const std::vector<Parcel> parcels = all<Parcel>(scene);
        EXPECT_TRUE(std::any_of(parcels.begin(), parcels.end(), [&](const Parcel &one) {
            return one.rect.left() > from && one.rect.height() > 8;
        })) << size.width();
    }
}

TEST(MessagesOnStage, whatFoundNoRoomStandsBesideTheBuffers)
{
    const Scene scene = endOf(test::cutDatagram());
    EXPECT_TRUE(allText(scene).contains(u"2 bytes lost"_s));
    EXPECT_EQ(lostCells(scene), u"lo"_s);
    EXPECT_TRUE(inKernel(scene).empty());
}

TEST(MessagesOnStage, theUrgentByteStandsBesideTheStreamWithItsFlag)
{
    std::vector<Cell> cells = all<Cell>(endOf(test::urgentByte()));
    std::erase_if(cells, [](const Cell &cell) { return cell.rect.left() < kernelBegin(); });
    const auto urgent = std::find_if(cells.begin(), cells.end(), [](const Cell &cell) { return cell.urgent; });
    ASSERT_NE(urgent, cells.end());
    EXPECT_EQ(urgent->character, u"!"_s);
    for (auto cell = cells.begin(); cell != cells.end(); ++cell) {
        EXPECT_TRUE(cell == urgent || !cell->rect.intersects(urgent->rect));
    }
}

TEST(MessagesOnStage, aDisconnectIsDrawnAsAnEndAndNotAsAFailure)
{
    const Scene scene = endOf(test::disconnected());
    EXPECT_TRUE(allText(scene).contains(u"WSAEDISCON = the end"_s));
    for (const Mark &mark : all<Mark>(scene))
        EXPECT_NE(mark.sign, Sign::Cross);
    for (const Box &box : all<Box>(scene))
        EXPECT_NE(box.fill, Tone::FailureFill);
}

TEST(ThreadsOnStage, aThreadShowsWhatItDoesWhatRunsOnItAndWhatIsQueued)
{
    const trace::Story story(test::routines());
    const trace::Moment moment = test::momentAtEnd(story);
    ASSERT_TRUE(showsThreads(moment));
    const Scene scene = buildScene(story, moment, {});
    const QString text = allText(scene);
    EXPECT_TRUE(text.contains(u"waits alertably"_s));
    EXPECT_TRUE(text.contains(u"routine of r1"_s));
    EXPECT_TRUE(text.contains(u"runs its own code"_s)) << "the other thread";
    EXPECT_TRUE(scene.summary.contains(u"waits alertably, and within that runs the routine of r1; queued to it: r2."_s))
        << scene.summary.toStdString();
}

TEST(ThreadsOnStage, aThreadThatRunsWhatWasQueuedHasTheRoomForWhatIsPutOff)
{
    test::TraceBuilder trace;
    for (const OperationId receive : {test::r1, test::r2}) {
        trace.store().log()->operationNames.give(receive.value, "r" + std::to_string(receive.value));
        trace.called(receive, test::toldSocket, {4}, trace::CallOverlapped | trace::CallHasRoutine);
        trace.returnedPending(receive, test::toldSocket);
    }
    trace.on(2).called(test::r3, SocketId{2}, {4}, trace::CallOverlapped);
    for (const OperationId receive : {test::r1, test::r2})
        trace.on(1).add(EventType::RoutineQueued, test::toldSocket, 0, 0, receive);
    trace.on(0).add(EventType::WaitBegan, {}, static_cast<std::uint32_t>(trace::WaitFor::Alertably));
    trace.add(EventType::RoutineBegan, test::toldSocket, 3, 0, test::r1);
    trace.add(EventType::WaitBegan, {}, static_cast<std::uint32_t>(trace::WaitFor::Alertably));
    trace.add(EventType::ApcBegan, test::toldSocket, 0, 0, test::r2);
    const trace::Story story(trace.snapshot());
    for (const QSizeF size : {QSizeF(728, 300), QSizeF(836, 372)}) { // of a window of 1280 by 800, and of 1440 by 900
        SceneOptions options;
        options.size = size;
        const Scene scene = buildScene(story, test::momentAtEnd(story), options);
        QRectF chip;
        for (const Text &one : all<Text>(scene))
            if (!one.spans.empty() && one.spans.back().text.contains(u"put off"_s))
                chip = one.rect;
        EXPECT_FALSE(chip.isEmpty()) << "a chip, not a number";
        for (const Text &one : all<Text>(scene))
            if (one.rect.intersects(chip) && one.rect != chip) {
                ADD_FAILURE() << one.spans.back().text.toStdString();
            }
    }
}

TEST(ThreadsOnStage, oneThreadWithNothingQueuedToItTakesNoPlace)
{
    const trace::Story story(test::pendingLesson());
    EXPECT_FALSE(showsThreads(test::momentAtEnd(story)));
    EXPECT_TRUE(frameFor(SceneOptions().size, false).threads.isEmpty());
}

TEST(ThreadsOnStage, withThreadsNothingLeavesASmallStage)
{
    constexpr QSizeF small(728, 302); // the stage in a window of 1280 by 800
    for (const bool tabs : {false, true}) {
        const Frame frame = frameFor(small, tabs, Lanes::Threads);
        EXPECT_LE(frame.row.bottom(), frame.size.height());
        EXPECT_GE(frame.threads.top(), frame.strip.bottom());
        EXPECT_LE(frame.threads.bottom(), frame.row.top());
    }
}

TEST(MisuseOnStage, namesTheOperationTheRuleAndTheRepair)
{
    const Rule &rule = ruleOf(RuleId::WspIndicateOverlappedStaysValid);
    ASSERT_FALSE(rule.repair.empty());
    const QString text = allText(endOf(test::misuse()));
    EXPECT_TRUE(text.contains(u"THE PROGRAM BREAKS A RULE"_s));
    EXPECT_TRUE(
        text.contains(u"r1  "_s + QString::fromUtf8(rule.name.data(), static_cast<qsizetype>(rule.name.size()))))
        << text.toStdString();
    EXPECT_TRUE(text.contains(u"Instead: "_s));
    EXPECT_FALSE(text.contains(u"injected"_s));
}

} // namespace recvscope::gui::stage
