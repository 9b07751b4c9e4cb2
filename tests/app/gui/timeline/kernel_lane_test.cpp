// The lane of a WSK socket's callback, and the words on WskReceives.

#include "gui/timeline/exact_source.h"
#include "gui/timeline/kernel_lane.h"
#include "gui/timeline/labels.h"

#include "lesson_events.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace recvscope::gui {

using test::Told;
using trace::EventType;
using Kind = NoteShape::Kind;

namespace {

constexpr double everySecond = 0.1; ///< of story time, from event to event

Marks marksOf(const std::vector<trace::Event> &events)
{
    Marks marks;
    for (std::uint32_t i = 0; i < events.size(); ++i)
        marks.add({i, everySecond * i, static_cast<double>(events[i].time) * 1e-9}, events[i]);
    return marks;
}

Told wskSocket()
{
    Told told;
    told.add(EventType::SocketOpened, 0)
        .add(EventType::FaceGiven, 0, static_cast<std::uint32_t>(trace::Interface::Wsk));
    return told;
}

std::uint32_t answer(Status status)
{
    return trace::packOutcome(status, 0);
}

struct Drawn {
    Drawn(const std::vector<trace::Event> &events, std::optional<std::uint32_t> veil = {}) : marks(marksOf(events))
    {
        const double end = everySecond * static_cast<double>(veil.value_or(static_cast<std::uint32_t>(events.size())));
        const ExactSource source(
            marks, trace::TimeAxis::Story, end,
            {[](SocketId) { return QStringLiteral("k"); }, [](OperationId) { return QStringLiteral("r"); }}, veil);
        SceneView view;
        view.scale = TimeScale{0, everySecond * static_cast<double>(events.size()), 2000};
        view.textWidth = view.monoWidth = [](const QString &text) { return 6.0 * static_cast<double>(text.size()); };
        layout = source.layout(view.scale, {});
        view.lanes = {400, 0, layout.count()};
        scene = source.scene(layout, view);
    }
    [[nodiscard]] std::vector<NoteShape> notes(Kind kind) const
    {
        std::vector<NoteShape> found;
        std::copy_if(scene.notes.begin(), scene.notes.end(), std::back_inserter(found),
                     [&](const NoteShape &note) { return note.kind == kind; });
        return found;
    }

    Marks marks;
    LaneLayout layout;
    TimelineScene scene;
};

Told callbackStory()
{
    Told told = wskSocket();
    told.add(EventType::CallbackSet, 0, trace::EventReceive);
    told.send(11);
    told.add(EventType::IndicationBegan, 0, 11, trace::noPayload);
    told.add(EventType::IndicationEnded, 0, 11, answer(Status::Success));
    told.send(7);
    told.add(EventType::IndicationBegan, 0, 7, trace::noPayload);
    told.add(EventType::IndicationEnded, 0, 7, answer(Status::NtPending));
    told.add(EventType::IndicationReleased, 0, 2, 7);
    told.send(6);
    told.add(EventType::IndicationBegan, 0, 6, trace::noPayload);
    told.add(EventType::IndicationEnded, 0, 2, answer(Status::Success));
    told.add(EventType::CallbackStopped, 0);
    told.add(EventType::StepBegan, 0).add(EventType::StepBegan, 0).add(EventType::StepBegan, 0);
    return told;
}

} // namespace

TEST(KernelLane, eachCallIsABoxWithItsAnswer)
{
    const Drawn drawn(callbackStory().events());
    EXPECT_EQ(drawn.layout.lane(2).kind, Lane::Kind::Callback);
    const std::vector<NoteShape> calls = drawn.notes(Kind::Call);
    ASSERT_EQ(calls.size(), 3U);
    EXPECT_EQ(calls[0].label.toStdString(), "11 B accepted");
    EXPECT_EQ(calls[1].label.toStdString(), "7 B kept");
    EXPECT_EQ(calls[2].tip.contains(QStringLiteral("2 of 6 B accepted")), true);
    EXPECT_TRUE(calls[2].part);
    for (std::size_t i = 1; i < calls.size(); ++i)
        EXPECT_LE(calls[i - 1].labelRect.right(), calls[i].rect.left()) << "calls of one socket are serial";
}

TEST(KernelLane, whatIsKeptLastsUntilItIsReleased)
{
    const Drawn drawn(callbackStory().events());
    const std::vector<NoteShape> kept = drawn.notes(Kind::Kept);
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_FALSE(kept[0].open);
}

TEST(KernelLane, silenceLastsUntilAWskReceive)
{
    Told told = callbackStory();
    EXPECT_TRUE(Drawn(told.events()).notes(Kind::Silent).at(0).open);
    told.add(EventType::CallbackResumed, 0).add(EventType::StepBegan, 0);
    EXPECT_FALSE(Drawn(told.events()).notes(Kind::Silent).at(0).open);
}

TEST(KernelLane, aSocketIsDueToBeClosedUntilItIs)
{
    Told told = wskSocket();
    told.add(EventType::PeerReset, 0).add(EventType::CloseDue, 0).add(EventType::StepBegan, 0);
    const std::vector<NoteShape> due = Drawn(told.events()).notes(Kind::CloseDue);
    ASSERT_EQ(due.size(), 1U);
    EXPECT_TRUE(due[0].open);
    told.add(EventType::CloseAsked, 0).add(EventType::SocketClosed, 0).add(EventType::StepBegan, 0);
    EXPECT_FALSE(Drawn(told.events()).notes(Kind::CloseDue).at(0).open);
}

TEST(KernelLane, theVeilHidesWhatComes)
{
    const std::vector<trace::Event> events = callbackStory().events();
    const Drawn drawn(events, 7); // the second call has not begun
    EXPECT_EQ(drawn.notes(Kind::Call).size(), 1U);
    EXPECT_TRUE(drawn.notes(Kind::Kept).empty());
    EXPECT_TRUE(drawn.notes(Kind::Silent).empty());
}

TEST(KernelLane, theKernelsLevelFallsWithWhatTheCallbackTakes)
{
    const Drawn drawn(callbackStory().events());
    const SocketLedger *ledger = drawn.marks.ledger().of(SocketId{1});
    ASSERT_NE(ledger, nullptr);
    EXPECT_EQ(ledger->entries.back().held, 4U);
    EXPECT_EQ(ledger->entries.back().consumed, 20U);
    EXPECT_EQ(ledger->highest, 11U);
}

TEST(KernelLane, aDrainTellsWhatItThrewAway)
{
    Told told = wskSocket();
    told.add(EventType::Called, 1, 0, 0x4 | std::uint32_t{trace::CallWsk} << 16);
    told.add(EventType::Returned, 1, trace::leftAlone, answer(Status::NtPending));
    told.send(5).add(EventType::Discarded, 1, 5, trace::noPayload);
    told.add(EventType::Completed, 1, 0, answer(Status::NtCancelled));
    const Marks marks = marksOf(told.events());
    EXPECT_EQ(receiveLabels(marks.receives().front(), {}).front().toStdString(),
              "drains: 5 bytes thrown away, then STATUS_CANCELLED");
    EXPECT_EQ(callTip(marks.calls().front(), {}).section(u'\n', 0, 0), QStringLiteral("WskReceive"));
}

TEST(Strands, receivesOfTwoInterfacesStandInALaneEachAndDifferencesAreMarked)
{
    std::vector<trace::Event> events =
        Told(SocketId{1}).call(1, {8}).send(4).receive(1, 4).call(2, {8}).fail(2, Status::WsaEconnreset).events();
    Told other(SocketId{2});
    other.add(EventType::FaceGiven, 0, static_cast<std::uint32_t>(trace::Interface::Native));
    const auto call = [&](std::uint32_t operation) {
        other.add(EventType::Called, operation, 1, std::uint32_t{trace::CallNative} << 16);
    };
    call(3);
    other.send(4).receive(3, 4);
    call(4);
    other.end(4);
    events.insert(events.end(), other.events().begin(), other.events().end());
    const Drawn drawn(events);
    ASSERT_EQ(drawn.layout.count(), 5U) << "of each its peer and its receives, then the program";
    EXPECT_EQ(drawn.layout.lane(1).kind, Lane::Kind::Strand);
    EXPECT_EQ(drawn.layout.lane(3).kind, Lane::Kind::Strand);
    ASSERT_EQ(drawn.scene.spans.size(), 4U);
    EXPECT_EQ(drawn.scene.spans[1].unlike, Unlike::No) << "the first is what others are compared with";
    EXPECT_EQ(drawn.scene.spans[2].unlike, Unlike::No);
    EXPECT_EQ(drawn.scene.spans[3].unlike, Unlike::Yes) << "an error against an end";
}

} // namespace recvscope::gui
