#include "gui/stage/call_steps.h"

#include "told_traces.h"

#include <gtest/gtest.h>

namespace recvscope::gui::stage {
namespace {

using trace::EventType;
using namespace Qt::StringLiterals;

struct Short {
    QString time, verb, headline, detail;
    StepMood mood;

    friend bool operator==(const Short &, const Short &) = default;
    friend void PrintTo(const Short &step, std::ostream *out)
    {
        *out << u"%1|%2|%3|%4"_s.arg(step.time, step.verb, step.headline, step.detail).toStdString() << "|"
             << static_cast<int>(step.mood);
    }
};

std::vector<Short> stepsOf(const trace::Snapshot &snapshot, OperationId operation,
                           EventType after = EventType::StepBegan, OperationId of = {})
{
    const trace::Story story(snapshot);
    const trace::Moment moment = test::momentAfter(story, after, of);
    const trace::ReceiveMoment *receive = moment.receive(operation);
    if (receive == nullptr)
        return {};
    std::vector<Short> steps;
    for (const CallStep &step : callSteps(story, *moment.socket(receive->socket), *receive))
        steps.push_back({step.time, step.verb, step.headline, step.detail, step.mood});
    return steps;
}

} // namespace

TEST(CallSteps, aPendingReceiveThatCompletesIsToldInFourSteps)
{
    EXPECT_EQ(
        stepsOf(test::pendingLesson(), test::r1),
        (std::vector<Short>{
            {u"1.204 ms"_s, u"called"_s, u"buffers 4, 16"_s, u"flags 0"_s, StepMood::Plain},
            {u"1.209 ms"_s, u"returned"_s, u"WSA_IO_PENDING"_s, u"bytes and flags: left alone"_s, StepMood::Caution},
            {u"3.409 ms"_s, u"data arrived"_s, u"6 bytes copied"_s, u"from send 1"_s, StepMood::Plain},
            {u"3.412 ms"_s, u"completed"_s, u"event is set"_s, u"bytes 6, flags 0"_s, StepMood::Good}}));
}

TEST(CallSteps, whileItWaitsTheLastStepGoesOn)
{
    const std::vector<Short> steps = stepsOf(test::pendingLesson(), test::r1, EventType::Returned, test::r1);
    ASSERT_EQ(steps.size(), 3U);
    EXPECT_EQ(steps[2], (Short{{}, u"waits"_s, u"pending"_s, u"nothing has arrived for it"_s, StepMood::GoesOn}));
}

TEST(CallSteps, oneThatWaitsBehindAnotherSaysSo)
{
    const std::vector<Short> steps = stepsOf(test::pendingLesson(), test::r2, EventType::Returned, test::r2);
    ASSERT_EQ(steps.size(), 3U);
    EXPECT_EQ(steps[2].detail, u"one receive is ahead of it"_s);
}

TEST(CallSteps, betweenCompletionAndIndicationTheEventIsNotSetYet)
{
    const std::vector<Short> steps = stepsOf(test::pendingLesson(), test::r1, EventType::Completed, test::r1);
    ASSERT_EQ(steps.size(), 4U);
    EXPECT_EQ(steps[3].headline, u"complete"_s);
}

TEST(CallSteps, zeroBytesOfAStreamAreTheEnd)
{
    const std::vector<Short> steps = stepsOf(test::pendingLesson(), test::r3);
    ASSERT_EQ(steps.size(), 4U);
    EXPECT_EQ(steps[2].headline, u"nothing more comes"_s);
    EXPECT_EQ(steps[3], (Short{u"6.740 ms"_s, u"completed"_s, u"0 = the end"_s, u"bytes 0, flags 0 · event set"_s,
                               StepMood::Caution}));
}

TEST(CallSteps, onceTheEndHasArrivedNothingIsWaitedFor)
{
    const std::vector<Short> steps = stepsOf(test::pendingLesson(), test::r3, EventType::KernelEnd, test::r3);
    ASSERT_EQ(steps.size(), 3U);
    EXPECT_EQ(steps[2].verb, u"end arrived"_s);
}

TEST(CallSteps, aReceiveThatCompletesInTheCallShowsItsCompletionOnce)
{
    EXPECT_EQ(
        stepsOf(test::kibibyte(), test::r1),
        (std::vector<Short>{
            {u"0.900 ms"_s, u"called"_s, u"buffers 256, 768"_s, u"flags 0"_s, StepMood::Plain},
            {u"0.900 ms"_s, u"data was there"_s, u"700 bytes copied"_s, u"from sends 1 to 7"_s, StepMood::Plain},
            {u"0.900 ms"_s, u"returned"_s, u"returned 0"_s, u"bytes 700, flags 0 · event set"_s, StepMood::Good}}));
}

TEST(CallSteps, aBlockingCallWaitsInTheCall)
{
    const std::vector<Short> steps = stepsOf(test::blocked(), test::r1);
    ASSERT_EQ(steps.size(), 2U);
    EXPECT_EQ(steps[1],
              (Short{{}, u"waits"_s, u"the call blocks"_s, u"nothing has arrived for it"_s, StepMood::GoesOn}));
}

TEST(CallSteps, aRefusalSaysThatNothingWasStarted)
{
    const std::vector<Short> steps = stepsOf(test::refused(), test::r1);
    ASSERT_EQ(steps.size(), 2U);
    EXPECT_EQ(steps[1], (Short{u"0.600 ms"_s, u"returned"_s, u"WSAESHUTDOWN"_s, u"10058 · nothing was started"_s,
                               StepMood::Failure}));
}

TEST(CallSteps, aLateFailureIsTheKernelsWordAndThenTheCompletion)
{
    const std::vector<Short> steps = stepsOf(test::resetWhilePending(), test::r2);
    ASSERT_EQ(steps.size(), 4U);
    EXPECT_EQ(steps[2].verb, u"kernel says"_s);
    EXPECT_EQ(steps[3], (Short{u"2.540 ms"_s, u"completed"_s, u"WSAECONNRESET"_s, u"bytes 0, flags 0 · event set"_s,
                               StepMood::Failure}));
}

TEST(CallSteps, theKernelsCopyIsInTheBuffersBeforeTheTraceTellsWhere)
{
    const trace::Story story(test::pendingLesson());
    const trace::Moment moment = test::momentAfter(story, EventType::KernelReceived, test::r1);
    const trace::ReceiveMoment &receive = *moment.receive(test::r1);
    ASSERT_EQ(receive.placed, 0U) << "the trace tells each buffer after the copy";
    const std::vector<trace::BufferMoment> buffers = copiedBuffers(story, *moment.socket(receive.socket), receive);
    EXPECT_EQ(buffers[0].filled, 4U);
    EXPECT_EQ(buffers[1].filled, 2U);
    EXPECT_EQ(buffers, test::momentAfter(story, EventType::Completed, test::r1).receive(test::r1)->buffers);
}

} // namespace recvscope::gui::stage
