// What a moment knows of the application's threads, of routines and of broken rules.

#include "trace/moment.h"

#include "trace_builder.h"

#include <gtest/gtest.h>

namespace recvscope::trace {

using test::TraceBuilder;

namespace {

constexpr SocketId s{1};
constexpr OperationId r1{1}, r2{2};
constexpr std::uint16_t t1 = 1, t2 = 2, engine = 3;
constexpr auto alertably = static_cast<std::uint32_t>(WaitFor::Alertably);

Moment endOf(const TraceBuilder &trace)
{
    const Story story(trace.snapshot());
    return momentAt(story, {story.size(), 0});
}

const ThreadMoment &threadOf(const Moment &moment, std::uint16_t track)
{
    for (const ThreadMoment &thread : moment.threads)
        if (thread.track == track)
            return thread;
    static const ThreadMoment none;
    ADD_FAILURE() << "no thread has track " << track;
    return none;
}

std::vector<ThreadDoes> doing(const Moment &moment, std::uint16_t track)
{
    std::vector<ThreadDoes> result;
    for (const Doing &one : threadOf(moment, track).doing)
        result.push_back(one.what);
    return result;
}

std::vector<OperationId> queued(const Moment &moment, std::uint16_t track)
{
    std::vector<OperationId> result;
    for (const QueuedApc &one : threadOf(moment, track).queue)
        result.push_back(one.receive);
    return result;
}

using Does = std::vector<ThreadDoes>;
using Queue = std::vector<OperationId>;

/// t1 has posted r1 and r2 with routines, both are complete and both routines are queued.
struct TwoQueued : TraceBuilder {
    TwoQueued()
    {
        opened(s, "s");
        on(t1);
        for (const OperationId receive : {r1, r2}) {
            called(receive, s, {4}, CallOverlapped | CallHasRoutine);
            returnedPending(receive, s);
        }
        on(engine);
        for (const OperationId receive : {r1, r2}) {
            completed(receive, s, 0);
            add(EventType::RoutineQueued, s, t1, 0, receive);
        }
    }
};

} // namespace

TEST(MomentThreads, aRoutineIsGivenThenQueuedThenRunsThenRan)
{
    TraceBuilder trace;
    trace.opened(s, "s");
    trace.on(t1).called(r1, s, {4}, CallOverlapped | CallHasRoutine);
    trace.called(r2, s, {4}, CallOverlapped);
    EXPECT_EQ(endOf(trace).receive(r1)->routine, RoutineState::Given);
    EXPECT_EQ(endOf(trace).receive(r2)->routine, RoutineState::None);

    const TwoQueued both;
    EXPECT_EQ(endOf(both).receive(r1)->routine, RoutineState::Queued);

    TwoQueued run;
    run.on(t1).add(EventType::WaitBegan, {}, alertably);
    run.add(EventType::ApcBegan, s, 0, 0, r1);
    run.add(EventType::RoutineBegan, s, 0, 0, r1);
    EXPECT_EQ(endOf(run).receive(r1)->routine, RoutineState::Running);
    run.add(EventType::RoutineEnded, s, 0, 0, r1);
    EXPECT_EQ(endOf(run).receive(r1)->routine, RoutineState::Ran);
    EXPECT_EQ(endOf(run).receive(r2)->routine, RoutineState::Queued);
}

TEST(MomentThreads, aThreadsQueueFillsInOrderAndEmptiesAsRoutinesBegin)
{
    TwoQueued trace;
    EXPECT_EQ(queued(endOf(trace), t1), (Queue{r1, r2}));
    EXPECT_EQ(doing(endOf(trace), t1), Does{}) << "it runs its own code: nothing interrupts it";

    trace.on(t1).add(EventType::WaitBegan, {}, alertably);
    EXPECT_EQ(doing(endOf(trace), t1), Does{ThreadDoes::AlertableWait});
    EXPECT_EQ(queued(endOf(trace), t1), (Queue{r1, r2}));
    trace.add(EventType::ApcBegan, s, 0, 0, r1);
    trace.add(EventType::RoutineBegan, s, 0, 0, r1);
    EXPECT_EQ(queued(endOf(trace), t1), Queue{r2});
    EXPECT_EQ(doing(endOf(trace), t1), (Does{ThreadDoes::AlertableWait, ThreadDoes::Routine}));
    EXPECT_EQ(threadOf(endOf(trace), t1).doing.back().receive, r1);
    trace.add(EventType::RoutineEnded, s, 0, 0, r1);
    EXPECT_EQ(doing(endOf(trace), t1), Does{ThreadDoes::AlertableWait});
    trace.add(EventType::WaitEnded, {}, 1);
    EXPECT_EQ(doing(endOf(trace), t1), Does{});
}

TEST(MomentThreads, aRoutineThatCallsIsInThatCallWithinTheRoutine)
{
    constexpr OperationId inner{9};
    TwoQueued trace;
    trace.on(t1).add(EventType::WaitBegan, {}, alertably);
    trace.add(EventType::RoutineBegan, s, 0, 0, r1);
    trace.called(inner, s, {4}, CallOverlapped | CallHasRoutine);
    EXPECT_EQ(doing(endOf(trace), t1), (Does{ThreadDoes::AlertableWait, ThreadDoes::Routine, ThreadDoes::Call}));
    trace.returnedPending(inner, s);
    EXPECT_EQ(doing(endOf(trace), t1), (Does{ThreadDoes::AlertableWait, ThreadDoes::Routine}));
}

TEST(MomentThreads, aRoutineWhoseTurnComesWithinAnotherIsPutOffAndStaysInTheQueue)
{
    TwoQueued trace;
    trace.on(t1).add(EventType::WaitBegan, {}, alertably);
    trace.add(EventType::ApcBegan, s, 0, 0, r1);
    EXPECT_FALSE(threadOf(endOf(trace), t1).queue[0].putOff) << "nothing runs that it would have to wait for";
    trace.add(EventType::RoutineBegan, s, 0, 0, r1);
    trace.add(EventType::ApcBegan, s, 0, 0, r2);
    ASSERT_EQ(queued(endOf(trace), t1), Queue{r2});
    EXPECT_TRUE(threadOf(endOf(trace), t1).queue[0].putOff);
}

TEST(MomentThreads, anApcOfTheProgramRunsUntilTheNextOneOrTheEndOfTheWait)
{
    TraceBuilder trace;
    trace.on(t2).add(EventType::ApcQueued, {}, t1, 7);
    trace.add(EventType::ApcQueued, {}, t1, 8);
    ASSERT_EQ(threadOf(endOf(trace), t1).queue.size(), 2U);
    EXPECT_EQ(threadOf(endOf(trace), t1).queue[1].context, 8U);
    trace.on(t1).add(EventType::WaitBegan, {}, alertably);
    trace.add(EventType::ApcBegan, {}, 7);
    EXPECT_EQ(doing(endOf(trace), t1), (Does{ThreadDoes::AlertableWait, ThreadDoes::Apc}));
    EXPECT_EQ(threadOf(endOf(trace), t1).doing.back().context, 7U);
    trace.add(EventType::ApcBegan, {}, 8);
    EXPECT_EQ(doing(endOf(trace), t1), (Does{ThreadDoes::AlertableWait, ThreadDoes::Apc}));
    EXPECT_EQ(threadOf(endOf(trace), t1).doing.back().context, 8U);
    EXPECT_TRUE(threadOf(endOf(trace), t1).queue.empty());
    trace.add(EventType::WaitEnded, {}, 2);
    EXPECT_EQ(doing(endOf(trace), t1), Does{});
}

TEST(MomentThreads, aBlockingCallBlocksItsThreadAndAHookCallsWithinIt)
{
    TraceBuilder trace;
    trace.opened(s, "s");
    trace.on(t1).called(r1, s, {4});
    EXPECT_EQ(doing(endOf(trace), t1), Does{ThreadDoes::Call});
    trace.add(EventType::Blocked, s, 0, 0, r1);
    EXPECT_EQ(doing(endOf(trace), t1), Does{ThreadDoes::Blocks});
    trace.called(r2, s, {4});
    EXPECT_EQ(doing(endOf(trace), t1), (Does{ThreadDoes::Blocks, ThreadDoes::Call}));
    trace.returned(r2, s, 0, Status::WsaEinprogress);
    trace.returned(r1, s, 0);
    EXPECT_EQ(doing(endOf(trace), t1), Does{});
}

TEST(MomentThreads, aBlockedCallThatAnotherThreadCancelsIsOverToo)
{
    TraceBuilder trace;
    trace.opened(s, "s");
    trace.on(t1).called(r1, s, {4});
    trace.add(EventType::Blocked, s, 0, 0, r1);
    trace.on(t2).returned(r1, s, 0, Status::WsaEintr);
    EXPECT_EQ(doing(endOf(trace), t1), Does{});
}

TEST(MomentThreads, waitsForAnEventAndForAResultAreToldApart)
{
    TraceBuilder trace;
    trace.opened(s, "s");
    trace.on(t1).add(EventType::WaitBegan, {}, static_cast<std::uint32_t>(WaitFor::EventAlone));
    EXPECT_EQ(doing(endOf(trace), t1), Does{ThreadDoes::EventWait});
    trace.add(EventType::WaitEnded);
    trace.add(EventType::ResultAsked, s, 1, 0, r1);
    EXPECT_EQ(doing(endOf(trace), t1), Does{ThreadDoes::AwaitsResult});
    trace.add(EventType::ResultReturned, s, 0, 0, r1);
    EXPECT_EQ(doing(endOf(trace), t1), Does{});
    trace.on(engine).add(EventType::WaitBegan, {}, static_cast<std::uint32_t>(WaitFor::Cause));
    EXPECT_EQ(endOf(trace).threads.size(), 1U) << "who waits for the scenario's next cause is no application thread";
}

TEST(MomentThreads, aThreadThatExitsTakesItsQueueAlong)
{
    TwoQueued trace;
    trace.on(t1).add(EventType::ThreadExited, {}, 0);
    const Moment moment = endOf(trace);
    EXPECT_TRUE(threadOf(moment, t1).exited);
    EXPECT_TRUE(threadOf(moment, t1).queue.empty());
    EXPECT_EQ(moment.receive(r1)->routine, RoutineState::Given);
}

TEST(MomentThreads, threadsThatWillCallAreListedBeforeTheyDo)
{
    const TwoQueued trace;
    const Story story(trace.snapshot());
    const Moment begin = momentAt(story, {0, 0});
    ASSERT_EQ(begin.threads.size(), 1U);
    EXPECT_EQ(begin.threads[0].track, t1);
    EXPECT_FALSE(begin.threads[0].appeared);
    EXPECT_TRUE(begin.threads[0].everQueued) << "something will be queued to it";
}

TEST(MomentThreads, aBrokenRuleIsShownUntilTheProgramOrThePeerDoesSomethingElse)
{
    TraceBuilder trace;
    trace.opened(s, "s");
    trace.on(t1).called(r1, s, {4}, CallOverlapped);
    const EventRef broken = trace.add(EventType::Diagnostic, s, 0, 0, r1, RuleId::WspIndicateOverlappedStaysValid);
    ASSERT_EQ(endOf(trace).misuses.size(), 1U);
    EXPECT_EQ(endOf(trace).misuses[0], (MisuseMoment{broken, r1, RuleId::WspIndicateOverlappedStaysValid, false, s}));
    trace.returnedPending(r1, s);
    trace.step(9).add(EventType::StepBegan);
    trace.add(EventType::ExpectationMet);
    EXPECT_EQ(endOf(trace).misuses.size(), 1U) << "what is said of it is said while it stands there";
    trace.called(r2, s, {4});
    EXPECT_TRUE(endOf(trace).misuses.empty());
}

} // namespace recvscope::trace
