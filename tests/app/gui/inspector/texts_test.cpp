#include "gui/inspector/inspector_texts.h"

#include "told_traces.h"
#include "trace_builder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace recvscope::gui::inspector {
namespace {

using trace::EventType;
using namespace Qt::StringLiterals;

/// A receive of a trace at a moment, with what stands around it.
struct At {
    At(const trace::Snapshot &snapshot, OperationId operation, EventType after = EventType::StepBegan,
       OperationId of = {})
        : story(snapshot),
          moment(test::momentAfter(story, after, of)),
          receive(*moment.receive(operation)),
          socket(*moment.socket(receive.socket))
    {
    }

    [[nodiscard]] Why why() const { return whyOf(story, moment, socket, receive); }
    [[nodiscard]] std::vector<Argument> arguments() const { return argumentsOf(story, receive); }

    trace::Story story;
    trace::Moment moment;
    const trace::ReceiveMoment &receive;
    const trace::SocketMoment &socket;
};

Argument named(const std::vector<Argument> &arguments, const QString &name)
{
    const auto found =
        std::find_if(arguments.begin(), arguments.end(), [&](const Argument &one) { return one.name == name; });
    return found == arguments.end() ? Argument{} : *found;
}

} // namespace

TEST(Why, asksOfEachReceiveWhatALearnerAsks)
{
    EXPECT_EQ(At(test::pendingLesson(), test::r1, EventType::Called, test::r1).why().title, u"Inside the call: r1"_s);
    EXPECT_EQ(At(test::pendingLesson(), test::r1, EventType::Returned, test::r1).why().title, u"Why does r1 wait?"_s);
    EXPECT_EQ(At(test::pendingLesson(), test::r1).why().title, u"Why did r1 complete now?"_s);
    EXPECT_EQ(At(test::pendingLesson(), test::r3).why().title, u"Why did r3 get 0 bytes?"_s);
    EXPECT_EQ(At(test::kibibyte(), test::r1).why().title, u"Why did r1 complete at once?"_s);
    EXPECT_EQ(At(test::blocked(), test::r1).why().title, u"Why does r1 block?"_s);
    EXPECT_EQ(At(test::refused(), test::r1).why().title, u"Why did r1 fail?"_s);
    EXPECT_EQ(At(test::resetWhilePending(), test::r2).why().title, u"Why did r2 fail?"_s);
}

TEST(Why, onAnEventOfItsRoutineTheRoutinesRuleIsToldAndItsReceivesElsewhere)
{
    const RuleId ran = RuleId::WspIndicateRoutineOrderFree;
    const RuleId arguments = RuleId::WspIndicateRoutineArguments;
    test::TraceBuilder trace;
    trace.called(test::r1, test::toldSocket, {4}, trace::CallOverlapped | trace::CallHasRoutine);
    trace.returnedPending(test::r1, test::toldSocket);
    trace.sent(test::toldSocket, "one");
    trace.received(test::r1, test::toldSocket, "one", {{0, 3}});
    trace.completed(test::r1, test::toldSocket, 3, Status::Success, 0, RuleId::WspStreamFillsUntil);
    const auto ofRoutine = [&](EventType type, RuleId rule, trace::Provenance provenance) {
        trace::Event event;
        event.operation = test::r1;
        event.socket = test::toldSocket;
        event.type = type;
        event.provenance = provenance;
        event.rule = rule;
        trace.add(event);
    };
    ofRoutine(EventType::RoutineQueued, RuleId::WspIndicateThreadIdCopied, trace::Provenance::Measured);
    ofRoutine(EventType::RoutineBegan, ran, trace::Provenance::Injected);
    trace.called(test::r2, test::toldSocket, {4}, trace::CallOverlapped); // within the routine
    ofRoutine(EventType::RoutineEnded, arguments, trace::Provenance::Measured);
    trace.called(test::r3, test::toldSocket, {4}, trace::CallOverlapped);

    const auto why = [&](EventType after, OperationId of) { return At(trace.snapshot(), test::r1, after, of).why(); };
    EXPECT_EQ(why(EventType::Completed, test::r1).rule, RuleId::WspStreamFillsUntil);
    EXPECT_EQ(why(EventType::RoutineQueued, test::r1).rule, RuleId::WspIndicateThreadIdCopied);
    EXPECT_EQ(why(EventType::RoutineBegan, test::r1).rule, ran);
    EXPECT_EQ(why(EventType::RoutineBegan, test::r1).title, u"Why does the routine of receive 1 run here and now?"_s);
    EXPECT_TRUE(why(EventType::RoutineBegan, test::r1).source.contains(u"Injected"_s))
        << "its order is made on purpose";
    EXPECT_EQ(why(EventType::Called, test::r2).rule, ran) << "it still runs";
    EXPECT_EQ(why(EventType::RoutineEnded, test::r1).rule, arguments);
    const Why over = why(EventType::Called, test::r3);
    EXPECT_EQ(over.rule, RuleId::WspStreamFillsUntil);
    EXPECT_EQ(over.title, u"Why did receive 1 complete now?"_s);
    EXPECT_FALSE(over.source.contains(u"Injected"_s)) << "the completion was not";
}

TEST(Why, aCallAtTheLiveEndIsToldAsOne)
{
    test::TraceBuilder trace;
    trace.called({12}, test::toldSocket, {8});
    const At inside(trace.snapshot(), {12});
    EXPECT_EQ(inside.why().title, u"Inside the call: receive 12"_s);
    EXPECT_EQ(inside.why().sentence, u"Nothing is decided yet: the call has just begun."_s);
    trace.store().log()->drop(1);
    EXPECT_EQ(At(trace.snapshot(), {12}).why().sentence, u"The trace was full here: what became of it was not kept."_s);
    EXPECT_EQ(At(trace.snapshot(), {12}, EventType::Called).why().sentence, inside.why().sentence)
        << "its buffers come after it";
}

TEST(Why, answersWithTheDecidingRule)
{
    const Why done = At(test::pendingLesson(), test::r1).why();
    EXPECT_EQ(done.ruleName, u"wsp.stream.fills-until"_s);
    const Rule &rule = ruleOf(RuleId::WspStreamFillsUntil);
    EXPECT_EQ(done.sentence.toStdString(), rule.learn.empty() ? rule.says : rule.learn);
    EXPECT_EQ(done.says.toStdString(), rule.says);
    EXPECT_EQ(done.mood, Mood::Good);
    EXPECT_EQ(At(test::resetWhilePending(), test::r2).why().ruleName, u"wsp.close.reset"_s);
    EXPECT_EQ(At(test::refused(), test::r1).why().ruleName, u"wsp.socket.receive-shut-down"_s)
        << "not that errors are returned";
    EXPECT_EQ(At(test::kibibyte(), test::r1).why().ruleName, u"wsp.stream.fills-until"_s) << "not how it was returned";
    EXPECT_EQ(At(test::blocked(), test::r1).why().ruleName, u"wsp.call.blocks-until-data"_s);
}

TEST(Why, ofAWaitingReceiveIsWhatMadeItWait)
{
    const Why first = At(test::pendingLesson(), test::r1, EventType::Returned, test::r1).why();
    EXPECT_EQ(first.ruleName, u"wsp.complete.pending"_s);
    const Why second = At(test::pendingLesson(), test::r2, EventType::Returned, test::r2).why();
    EXPECT_EQ(second.ruleName, u"engine.queue.behind-others"_s);
    EXPECT_TRUE(second.others.contains(u"wsp.complete.pending-leaves-outputs"_s));
    EXPECT_EQ(second.mood, Mood::Caution);
}

TEST(Why, saysWhoSaysSo)
{
    EXPECT_TRUE(At(test::pendingLesson(), test::r1).why().source.startsWith(u"The page says so"_s));
    EXPECT_TRUE(At(test::pendingLesson(), test::r2, EventType::Returned, test::r2)
                    .why()
                    .source.startsWith(u"No page says so"_s));
}

TEST(Why, insideTheCallNothingIsClaimed)
{
    const Why why = At(test::pendingLesson(), test::r1, EventType::Called, test::r1).why();
    EXPECT_TRUE(why.ruleName.isEmpty());
    EXPECT_FALSE(why.sentence.isEmpty());
}

TEST(Arguments, aPendingReturnLeavesBytesAndFlagsAlone)
{
    const std::vector<Argument> rows = At(test::pendingLesson(), test::r1, EventType::Returned, test::r1).arguments();
    EXPECT_EQ(named(rows, u"result"_s).atReturn.text, u"SOCKET_ERROR"_s);
    EXPECT_EQ(named(rows, u"error"_s).atReturn.text, u"WSA_IO_PENDING"_s);
    EXPECT_EQ(named(rows, u"error"_s).atReturn.more, u"997"_s);
    for (const QString &output : {u"bytes received"_s, u"flags"_s}) {
        EXPECT_EQ(named(rows, output).atReturn.text, u"left alone"_s);
        EXPECT_TRUE(named(rows, output).atReturn.leftAlone);
        EXPECT_TRUE(named(rows, output).completed.absent);
    }
    EXPECT_EQ(named(rows, u"hEvent"_s).atReturn.text, u"reset"_s);
    EXPECT_TRUE(named(rows, u"hEvent"_s).completed.absent);
    EXPECT_EQ(named(rows, u"Internal"_s).atReturn.text, u"PENDING"_s);
    EXPECT_EQ(named(rows, u"Internal"_s).atReturn.more, u"0x103"_s);
}

TEST(Arguments, completionFillsTheSecondColumnAndLeavesTheFirst)
{
    const std::vector<Argument> rows = At(test::pendingLesson(), test::r1).arguments();
    EXPECT_EQ(named(rows, u"bytes received"_s).atReturn.text, u"left alone"_s);
    EXPECT_EQ(named(rows, u"bytes received"_s).completed.text, u"6"_s);
    EXPECT_EQ(named(rows, u"flags"_s).completed.text, u"0"_s);
    EXPECT_EQ(named(rows, u"error"_s).completed.text, u"0"_s);
    EXPECT_TRUE(named(rows, u"result"_s).completed.absent);
    EXPECT_EQ(named(rows, u"hEvent"_s).atReturn.text, u"reset"_s);
    EXPECT_EQ(named(rows, u"hEvent"_s).completed.text, u"set"_s);
    EXPECT_EQ(named(rows, u"Internal"_s).completed.text, u"SUCCESS"_s);
}

TEST(Arguments, aLateFailureNamesItsErrorTwice)
{
    const std::vector<Argument> rows = At(test::resetWhilePending(), test::r2).arguments();
    EXPECT_EQ(named(rows, u"error"_s).completed.text, u"WSAECONNRESET"_s);
    EXPECT_EQ(named(rows, u"error"_s).completed.more, u"10054"_s);
    EXPECT_EQ(named(rows, u"Internal"_s).completed.text, u"CONNECTION_RESET"_s);
}

TEST(Arguments, aCallWithoutOverlappedHasNeitherEventNorInternal)
{
    const std::vector<Argument> rows = At(test::atOnce(), test::r2).arguments();
    EXPECT_EQ(rows.size(), 4U);
    EXPECT_EQ(named(rows, u"bytes received"_s).atReturn.text, u"12"_s);
    EXPECT_TRUE(named(rows, u"bytes received"_s).completed.absent);
    for (const Argument &row : At(test::blocked(), test::r1).arguments())
        EXPECT_TRUE(row.atReturn.absent) << "it has not returned";
}

TEST(Arguments, aRefusedCallCompletesNothing)
{
    const std::vector<Argument> rows = At(test::refused(), test::r1).arguments();
    EXPECT_EQ(named(rows, u"error"_s).atReturn.text, u"WSAESHUTDOWN"_s);
    for (const Argument &row : rows)
        EXPECT_TRUE(row.completed.absent) << row.name.toStdString();
}

TEST(Inputs, sayWhatTheProgramPassedIn)
{
    const At at(test::pendingLesson(), test::r1);
    const std::vector<Input> inputs = inputsOf(at.story, at.socket, at.receive);
    const auto text = [&](const QString &name) {
        return std::find_if(inputs.begin(), inputs.end(), [&](const Input &input) { return input.name == name; })->text;
    };
    EXPECT_EQ(text(u"buffers"_s), u"4, 16 = 20 bytes"_s);
    EXPECT_EQ(text(u"overlapped"_s), u"yes, with an event"_s);
    EXPECT_EQ(text(u"socket"_s), u"s"_s);
    EXPECT_TRUE(text(u"called at"_s).startsWith(u"1.204 ms"_s));
}

TEST(Arguments, ofAWskReceiveAreWhatTheCallReturnedAndWhatItsIrpSays)
{
    test::TraceBuilder trace;
    const SocketId socket{1};
    trace.opened(socket, "k");
    trace.wskCalled(test::r1, socket, {8}, 0x2);
    trace.wskPends(test::r1, socket);
    trace.sent(socket, "eight...");
    trace.received(test::r1, socket, "eight...", {{0, 8}});
    trace.completed(test::r1, socket, 8);
    trace.irpCompleted(test::r1, socket, 8);
    const trace::Story story(trace.snapshot());
    const trace::Moment moment = test::momentAtEnd(story);
    const std::vector<Argument> rows = argumentsOf(story, *moment.receive(test::r1));
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_EQ(rows[0].atReturn.text, u"STATUS_PENDING"_s);
    EXPECT_EQ(rows[1].name, u"IoStatus.Status"_s);
    EXPECT_TRUE(rows[1].atReturn.absent) << "not valid while the IRP is pending";
    EXPECT_EQ(rows[1].completed.text, u"SUCCESS"_s);
    EXPECT_EQ(rows[2].completed.text, u"8"_s);
    EXPECT_EQ(rows[3].atReturn.text, u"lent"_s);
    EXPECT_EQ(rows[3].completed.text, u"back"_s);
    EXPECT_EQ(rows[4].atReturn.text, u"locked"_s);
    EXPECT_EQ(rows[4].completed.text, u"returned"_s);
    const std::vector<Input> inputs = inputsOf(story, *moment.socket(socket), *moment.receive(test::r1));
    EXPECT_EQ(inputs[1].text, u"MDL 8, offset 0, length 8"_s);
    EXPECT_EQ(inputs[2].text, u"WSK_FLAG_WAITALL"_s);
    EXPECT_EQ(inputs[3].text, u"PASSIVE_LEVEL"_s);
}

} // namespace recvscope::gui::inspector
