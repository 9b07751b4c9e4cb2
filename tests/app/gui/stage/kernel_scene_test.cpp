// The stage of a socket of Winsock Kernel: chains of descriptors, IRPs, the callback and what it keeps, drains, and
// sockets that are due to be closed.

#include "gui/stage/call_steps.h"
#include "gui/stage/parts.h"
#include "gui/stage/scene.h"

#include "scene_items.h"
#include "told_traces.h"
#include "trace_builder.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace recvscope::gui::stage {
namespace {

using test::r1;
using test::r2;
using trace::EventType;
using namespace Qt::StringLiterals;

constexpr SocketId k{1};

struct Kernel : test::TraceBuilder {
    Kernel()
    {
        opened(k, "k");
        add(EventType::FaceGiven, k, static_cast<std::uint32_t>(trace::Interface::Wsk));
        for (const OperationId operation : {r1, r2})
            store().log()->operationNames.give(operation.value, "r" + std::to_string(operation.value));
    }
    /// Eight and eight bytes, from 6 on, 10 of them: a part of 2 and one of 8.
    void calledInto(OperationId operation, std::uint16_t flags = 0)
    {
        called(operation, k, {2, 8}, trace::CallOverlapped | trace::CallWsk, flags);
        add(EventType::ChainGiven, k, 6, 10, operation);
        add(EventType::MdlGiven, k, 0, 8, operation);
        add(EventType::MdlGiven, k, 1, 8, operation);
    }
    void drain(OperationId operation)
    {
        called(operation, k, {}, trace::CallOverlapped | trace::CallWsk, 0x4);
        add(EventType::ChainGiven, k, 0, 0, operation);
        wskPends(operation, k);
    }
    void enable() { add(EventType::CallbackSet, k, trace::EventReceive, trace::packOutcome(Status::Success, 0)); }
    void done(OperationId operation, std::uint32_t bytes, Status status = Status::Success)
    {
        completed(operation, k, bytes, status);
        irpCompleted(operation, k, bytes, status);
    }
    [[nodiscard]] Scene scene(QSizeF size = SceneOptions().size) const
    {
        const trace::Story story(snapshot());
        SceneOptions options;
        options.size = size;
        return buildScene(story, test::momentAtEnd(story), options);
    }
};

std::size_t signs(const Scene &scene, Sign sign)
{
    const std::vector<Mark> marks = all<Mark>(scene);
    return static_cast<std::size_t>(
        std::count_if(marks.begin(), marks.end(), [&](const Mark &mark) { return mark.sign == sign; }));
}

std::vector<CallStep> stepsOf(const Kernel &trace, OperationId operation)
{
    const trace::Story story(trace.snapshot());
    const trace::Moment moment = test::momentAtEnd(story);
    return callSteps(story, *moment.socket(k), *moment.receive(operation));
}

} // namespace

TEST(KernelScene, aChainIsLinkedDescriptorsWithLocksAndABracket)
{
    Kernel trace;
    trace.calledInto(r1);
    trace.wskPends(r1, k);
    const Scene scene = trace.scene();
    const QString text = allText(scene);
    EXPECT_TRUE(text.contains(u"MDL[0]  0 of 2"_s)) << text.toStdString();
    EXPECT_TRUE(text.contains(u"MDL[1]  0 of 8"_s));
    EXPECT_TRUE(text.contains(u"locked · offset 6, length 10"_s));
    EXPECT_TRUE(text.contains(u"IRP pending"_s));
    EXPECT_TRUE(text.contains(u"cancel routine set"_s));
    EXPECT_FALSE(text.contains(u"WSABUF"_s));
    EXPECT_EQ(signs(scene, Sign::Lock), 2U);
    EXPECT_EQ(all<Cell>(scene).size(), 8U + 10U) << "the kernel's, and only those that the call may fill";
    const std::vector<Line> lines = all<Line>(scene);
    EXPECT_EQ(std::count_if(lines.begin(), lines.end(),
                            [](const Line &line) { return line.style == LineStyle::Rule && line.arrow; }),
              1)
        << "a link between the two";
}

TEST(KernelScene, bytesFillTheChainFromItsOffsetOn)
{
    Kernel trace;
    trace.calledInto(r1);
    trace.wskPends(r1, k);
    trace.sent(k, "hello wor");
    trace.received(r1, k, "hello wor", {{0, 2}, {1, 7}});
    trace.done(r1, 9);
    const Scene scene = trace.scene();
    const QString text = allText(scene);
    EXPECT_TRUE(text.contains(u"MDL[0]  2 of 2"_s)) << text.toStdString();
    EXPECT_TRUE(text.contains(u"MDL[1]  7 of 8"_s));
    EXPECT_TRUE(text.contains(u"IRP completed: STATUS_SUCCESS, Information 9"_s));
    EXPECT_TRUE(text.contains(u"the driver's again"_s));
    EXPECT_EQ(signs(scene, Sign::Lock), 0U);
    EXPECT_EQ(signs(scene, Sign::OpenLock), 2U);
}

TEST(KernelScene, memoryTakenAwayTooEarlyIsNamedAndDotted)
{
    Kernel trace;
    trace.calledInto(r1);
    trace.wskPends(r1, k);
    trace.add(EventType::PagesUnlocked, k, 1, 0, r1);
    const Scene scene = trace.scene();
    EXPECT_TRUE(allText(scene).contains(u"freed too early"_s));
    EXPECT_GE(signs(scene, Sign::Cross), 2U);
    const std::vector<Box> boxes = all<Box>(scene);
    EXPECT_EQ(std::count_if(boxes.begin(), boxes.end(),
                            [](const Box &box) { return box.line == Edge::Dotted && box.edge == Tone::Failure; }),
              2);
}

TEST(KernelScene, aDrainHasABinAndNothingFills)
{
    Kernel trace;
    trace.drain(r1);
    trace.sent(k, "noise");
    trace.drained(r1, k, "noise");
    const Scene scene = trace.scene();
    EXPECT_EQ(signs(scene, Sign::Bin), 1U);
    EXPECT_TRUE(allText(scene).contains(u"5 B  thrown away"_s)) << allText(scene).toStdString();
    for (const Cell &cell : all<Cell>(scene))
        if (cell.rect.left() > scene.size.width() / 2) {
            EXPECT_EQ(cell.state, CellState::Lost) << "never looks like a buffer that fills";
        }
    EXPECT_TRUE(allText(scene).contains(u"the drain takes what comes"_s));
}

TEST(KernelScene, bytesOfADrainFallIntoTheBin)
{
    Kernel trace;
    trace.drain(r1);
    trace.sent(k, "abc");
    trace.drained(r1, k, "abc");
    const trace::Story story(trace.snapshot());
    trace::Moment moment = trace::momentAt(story, {story.size() - 1, 0.5});
    const Scene scene = buildScene(story, moment, {});
    const std::vector<Flight> flights = all<Flight>(scene);
    ASSERT_EQ(flights.size(), 3U);
    EXPECT_EQ(flights[0].to, flights[2].to);
}

TEST(KernelScene, queuedIrpsComeBeforeTheCallback)
{
    Kernel trace;
    trace.enable();
    EXPECT_TRUE(allText(trace.scene()).contains(u"is called with the next bytes"_s));
    trace.calledInto(r1);
    trace.wskPends(r1, k);
    trace.calledInto(r2);
    trace.wskPends(r2, k, 1);
    const QString text = allText(trace.scene());
    EXPECT_TRUE(text.contains(u"2 · gets the next bytes"_s)) << text.toStdString();
    EXPECT_TRUE(text.contains(u"on, but IRPs go first"_s));
}

TEST(KernelScene, aStoppedCallbackIsSilentUntilAWskReceive)
{
    Kernel trace;
    trace.enable();
    trace.sent(k, "abcdef");
    trace.indicated(k, "abcdef");
    EXPECT_TRUE(allText(trace.scene()).contains(u"runs with 6 B"_s));
    trace.answered(k, 3);
    trace.add(EventType::CallbackStopped, k);
    const QString text = allText(trace.scene());
    EXPECT_TRUE(text.contains(u"silent until a WskReceive"_s)) << text.toStdString();
    EXPECT_TRUE(text.contains(u"call 1 accepted 3 of 6"_s));
}

TEST(KernelScene, nothingSaysWhatComesWhileAQuestionIsOpen)
{
    Kernel trace;
    trace.enable();
    trace.calledInto(r1);
    trace.wskPends(r1, k);
    const trace::Story story(trace.snapshot());
    SceneOptions options;
    options.asking = true;
    const Scene scene = buildScene(story, test::momentAtEnd(story), options);
    const QString text = allText(scene);
    EXPECT_FALSE(text.contains(u"next"_s)) << text.toStdString();
    EXPECT_FALSE(text.contains(u"IRPs go first"_s));
    EXPECT_TRUE(text.contains(u"IRP QUEUE"_s));
    EXPECT_TRUE(text.contains(u"switched on"_s));

    Kernel silent;
    silent.enable();
    silent.sent(k, "abc");
    silent.indicated(k, "abc");
    silent.answered(k, 0, Status::NtDataNotAccepted);
    silent.add(EventType::CallbackStopped, k);
    const trace::Story told(silent.snapshot());
    EXPECT_FALSE(allText(buildScene(told, test::momentAtEnd(told), options)).contains(u"silent"_s));
}

TEST(KernelScene, onAnEndedOrClosedSocketNothingIsNext)
{
    Kernel trace;
    trace.enable();
    trace.add(EventType::PeerShutDown, k);
    QString text = allText(trace.scene());
    EXPECT_TRUE(text.contains(u"no more bytes come"_s)) << text.toStdString();
    EXPECT_FALSE(text.contains(u"next bytes"_s));
    trace.add(EventType::SocketClosed, k);
    text = allText(trace.scene());
    EXPECT_TRUE(text.contains(u"closed with its socket"_s)) << text.toStdString();
    EXPECT_FALSE(text.contains(u"next bytes"_s));
    EXPECT_FALSE(text.contains(u"stays in the kernel"_s));
}

TEST(KernelScene, irpsThatCameBackAreCountedAndNoOthers)
{
    Kernel trace;
    constexpr OperationId r3{3}, r4{4}, r5{5}, r6{6}, r7{7};
    for (const OperationId operation : {r3, r4, r5, r6, r7})
        trace.store().log()->operationNames.give(operation.value, "r" + std::to_string(operation.value));
    // Refused, and it had no IRP.
    trace.calledInto(r7);
    trace.returned(r7, k, trace::leftAlone, Status::NtInvalidParameter, trace::flagsLeftAlone);
    for (const OperationId operation : {r1, r2, r3, r4, r5, r6}) {
        trace.calledInto(operation);
        trace.done(operation, 1);
        trace.returned(operation, k, trace::leftAlone, Status::Success, trace::flagsLeftAlone);
    }
    const QString text = allText(trace.scene());
    EXPECT_TRUE(text.contains(u"IRPs that came back:"_s)) << text.toStdString();
    EXPECT_TRUE(text.contains(u"and 2 more"_s)) << "five others, three of them listed: " << text.toStdString();
    EXPECT_FALSE(text.contains(u"r7"_s));
}

TEST(KernelScene, theCallbackCardLeadsToItsLatestCall)
{
    Kernel trace;
    trace.enable();
    trace.sent(k, "abc");
    const trace::EventRef began = trace.indicated(k, "abc");
    trace.answered(k, 3);
    const Scene scene = trace.scene();
    const auto card = std::find_if(scene.places.begin(), scene.places.end(),
                                   [](const Place &place) { return place.name == u"the receive event callback"_s; });
    ASSERT_NE(card, scene.places.end());
    EXPECT_EQ(card->target.kind, Target::Kind::Event);
    EXPECT_EQ(card->target.event, began);
    EXPECT_TRUE(allText(scene).contains(u"the receive event callback on"_s)) << "nothing was asked for by a call";
}

TEST(KernelScene, ofManySocketsThoseBeforeAndBehindTheChosenOneCanBeReached)
{
    test::TraceBuilder trace;
    for (std::uint16_t i = 1; i <= 12; ++i)
        trace.opened({i}, "a-socket-with-a-long-name-" + std::to_string(i));
    const trace::Story story(trace.snapshot());
    SceneOptions options;
    options.socket = {6};
    const Scene scene = buildScene(story, test::momentAtEnd(story), options);
    const auto has = [&](std::uint16_t number) {
        return std::any_of(scene.places.begin(), scene.places.end(), [&](const Place &place) {
            return place.target.kind == Target::Kind::Socket && place.target.socket == SocketId{number};
        });
    };
    EXPECT_TRUE(has(5));
    EXPECT_TRUE(has(7));
    EXPECT_FALSE(has(12)) << "there is no room for all of them";
}

TEST(KernelScene, whatIsKeptIsAParcelUntilItIsReleased)
{
    Kernel trace;
    trace.enable();
    trace.sent(k, "keep me");
    trace.indicated(k, "keep me");
    trace.answered(k, 7, Status::NtPending);
    {
        const Scene scene = trace.scene();
        EXPECT_EQ(all<Parcel>(scene).size(), 1U);
        EXPECT_TRUE(allText(scene).contains(u"7 B\nnot released"_s)) << allText(scene).toStdString();
    }
    trace.add(EventType::IndicationReleased, k, 1, 7);
    EXPECT_TRUE(all<Parcel>(trace.scene()).empty());
    EXPECT_FALSE(allText(trace.scene()).contains(u"not released"_s));
}

TEST(KernelScene, theRaceIsMarkedAsInjected)
{
    Kernel trace;
    trace.enable();
    trace.calledInto(r1);
    trace.wskPends(r1, k);
    trace.sent(k, "race");
    trace::Event event;
    event.type = EventType::IndicationBegan;
    event.socket = k;
    event.a = 4;
    event.b = trace::noPayload;
    event.provenance = trace::Provenance::Injected;
    trace.add(event);
    const QString text = allText(trace.scene());
    EXPECT_TRUE(text.contains(u"the race, injected: runs with 4 B"_s)) << text.toStdString();
}

TEST(KernelScene, aSocketThatDoesNotFunctionIsMarkedUntilItIsClosed)
{
    Kernel trace;
    trace.add(EventType::PeerReset, k);
    trace.add(EventType::CloseDue, k);
    EXPECT_TRUE(allText(trace.scene()).contains(u"does not function: due to be closed"_s));
    EXPECT_GE(signs(trace.scene(), Sign::Cross), 1U);
    trace.add(EventType::CloseAsked, k);
    EXPECT_TRUE(allText(trace.scene()).contains(u"it is being closed"_s));
    trace.add(EventType::SocketClosed, k);
    EXPECT_FALSE(allText(trace.scene()).contains(u"does not function"_s));
}

TEST(KernelScene, everythingStaysInASmallFrame)
{
    Kernel trace;
    trace.opened({2}, "other");
    trace.calledInto(r1);
    trace.wskPends(r1, k);
    trace.calledInto(r2);
    trace.wskPends(r2, k, 1);
    const Scene scene = trace.scene({730, 302});
    const QRectF frame(QPointF(0, 0), scene.size);
    for (const Place &place : scene.places)
        EXPECT_TRUE(frame.contains(place.rect)) << place.says.toStdString();
}

TEST(KernelSteps, anIrpThatCompletesInsideTheCallIsToldBeforeTheReturn)
{
    Kernel trace;
    trace.sent(k, "now");
    trace.calledInto(r1);
    trace.received(r1, k, "now", {{0, 2}, {1, 1}});
    trace.done(r1, 3);
    trace.add(EventType::RoutineBegan, k, 3, 0, r1);
    trace.returned(r1, k, trace::leftAlone, Status::Success, trace::flagsLeftAlone);
    const std::vector<CallStep> steps = stepsOf(trace, r1);
    ASSERT_EQ(steps.size(), 5U);
    EXPECT_EQ(steps[0].headline, u"MDLs 8, 8 from 6"_s) << "to the chain's end";
    EXPECT_EQ(steps[2].verb, u"IRP back"_s);
    EXPECT_EQ(steps[2].headline, u"STATUS_SUCCESS"_s);
    EXPECT_EQ(steps[2].detail, u"Information 3"_s);
    EXPECT_EQ(steps[3].detail, u"before the call returns"_s);
    EXPECT_EQ(steps[4].headline, u"STATUS_SUCCESS"_s);
}

TEST(KernelSteps, aPendingOneWaitsWithItsIrp)
{
    Kernel trace;
    trace.calledInto(r1, 0x2);
    trace.wskPends(r1, k);
    const std::vector<CallStep> steps = stepsOf(trace, r1);
    ASSERT_EQ(steps.size(), 3U);
    EXPECT_EQ(steps[0].detail, u"flags WSK_FLAG_WAITALL"_s) << "0x2 is MSG_PEEK on WSPRecv";
    EXPECT_EQ(steps[1].headline, u"STATUS_PENDING"_s);
    EXPECT_EQ(steps[1].mood, StepMood::Caution);
    EXPECT_EQ(steps[2].headline, u"the IRP is queued"_s);
}

TEST(KernelSteps, aRefusedCallCompletesItsIrpToo)
{
    Kernel trace;
    trace.calledInto(r1, 0x6);
    trace.add(EventType::Refused, k, static_cast<std::uint32_t>(Status::NtInvalidParameter), 0, r1);
    trace.irpCompleted(r1, k, 0, Status::NtInvalidParameter);
    trace.returned(r1, k, trace::leftAlone, Status::NtInvalidParameter, trace::flagsLeftAlone);
    const std::vector<CallStep> steps = stepsOf(trace, r1);
    ASSERT_EQ(steps.size(), 3U);
    EXPECT_EQ(steps[1].verb, u"IRP back"_s);
    EXPECT_EQ(steps[1].mood, StepMood::Failure);
    EXPECT_TRUE(steps[2].detail.contains(u"the IRP has it, too"_s));
}

} // namespace recvscope::gui::stage
