#include "gui/lessons/telling_of.h"

#include "scenario/read.h"
#include "trace_builder.h"

#include <gtest/gtest.h>

namespace recvscope::gui {
namespace {

constexpr const char *text = R"(recvscope: 1
title: One send
lesson: {number: 1, track: streams, explains: [wsp.stream.fills-until]}
sockets:
  s: {kind: tcp, overlapped: true}
steps:
  - say: |
      Nothing has
      arrived yet.
  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o1}
  - predict: {of: r1, ask: bytes, choices: [0, 5, 8]}
  - peer.send: {socket: s, data: hello}
  - predict: {of: r1, ask: returns, choices: [0, WSA_IO_PENDING]}
  - predict: {of: r1, ask: buffer, buffer: 0, choices: [hello, hell]}
  - predict: {question: Is it a stream?, choices: ["yes", "no"], answer: "yes"}
  - wait: {completed: r1}
  - say: It has.
)";

constexpr SocketId s{1};
constexpr OperationId r1{1};

class TellingOf : public testing::Test {
protected:
    TellingOf()
    {
        auto read = scenario::readScenarioText(text, "test.yaml");
        EXPECT_TRUE(read.ok()) << read.error().message();
        m_scenario = std::move(read.value());
    }

    scenario::Scenario m_scenario;
};

TEST_F(TellingOf, saysTitleTrackAndWords)
{
    const Telling telling = tellingOf(m_scenario);
    EXPECT_EQ(telling.title, QStringLiteral("One send"));
    EXPECT_EQ(telling.track, QStringLiteral("Streams"));
    EXPECT_EQ(telling.number, 1);
    ASSERT_EQ(telling.says.size(), 2U);
    EXPECT_EQ(telling.says[0].step, StepId{1});
    EXPECT_EQ(telling.says[0].text, QStringLiteral("Nothing has arrived yet."))
        << "lines of the file are not lines of the panel";
    EXPECT_EQ(telling.says[1].step, StepId{9});
}

TEST_F(TellingOf, asksInWordsAndKnowsNoAnswerBeforeTheRun)
{
    const Telling telling = tellingOf(m_scenario);
    ASSERT_EQ(telling.predictions.size(), 4U);
    EXPECT_EQ(telling.predictions[0].question, QStringLiteral("How many bytes will r1 report?"));
    EXPECT_EQ(telling.predictions[0].choices,
              (QStringList{QStringLiteral("0"), QStringLiteral("5"), QStringLiteral("8")}));
    EXPECT_EQ(telling.predictions[0].right, -1);
    EXPECT_EQ(telling.predictions[1].question, QStringLiteral("What will the call of r1 return?"));
    EXPECT_EQ(telling.predictions[3].question, QStringLiteral("Is it a stream?"));
    EXPECT_EQ(telling.predictions[3].right, 0) << "the answer of a free question is the scenario's";
}

TEST_F(TellingOf, answersComeFromTheTrace)
{
    test::TraceBuilder trace;
    trace.opened(s, "s");
    trace.store().log()->operationNames.give(r1.value, "r1");
    trace.at(1000).called(r1, s, {8}, trace::CallOverlapped);
    trace.returnedPending(r1, s);
    trace.at(2000).sent(s, "hello");
    trace.at(3000).received(r1, s, "hello", {{0, 5}});
    trace.completed(r1, s, 5, Status::Success, 0, RuleId::WspStreamFillsUntil);

    Telling telling = tellingOf(m_scenario);
    answerFrom(trace::Story(trace.snapshot()), m_scenario, telling);
    EXPECT_EQ(telling.predictions[0].answer, QStringLiteral("5"));
    EXPECT_EQ(telling.predictions[0].right, 1);
    EXPECT_FALSE(telling.predictions[0].why.isEmpty());
    EXPECT_EQ(telling.predictions[1].answer, QStringLiteral("WSA_IO_PENDING"));
    EXPECT_EQ(telling.predictions[1].right, 1);
    EXPECT_EQ(telling.predictions[2].answer, QStringLiteral("hello"));
    EXPECT_EQ(telling.predictions[2].right, 0);
}

TEST_F(TellingOf, anOperationThatNeverCameHasNoAnswer)
{
    Telling telling = tellingOf(m_scenario);
    answerFrom(trace::Story{}, m_scenario, telling);
    EXPECT_EQ(telling.predictions[0].right, -1);
}

} // namespace
} // namespace recvscope::gui
