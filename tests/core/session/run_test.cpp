// What the runner does with each kind of step, on real sockets.

#include "running.h"

#include "net/ip_fragments.h"

#include <gmock/gmock.h>

namespace recvscope::session {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Run, aPendingReceiveCompletesWithWhatThePeerSends)
{
    const Ran run = ran(withSteps(R"(
  - wsp.recv: {socket: s, op: r1, buffers: [8, 8], overlapped: o1, event: e1}
  - expect: {op: r1, returns: WSA_IO_PENDING, bytes: untouched, flags: untouched, event: not set}
  - peer.send: {socket: s, data: "hello world"}
  - wait: {completed: r1}
  - expect: {op: r1, status: 0, bytes: 11, buffers: ["hello wo", "rld"], event: set}
)"));
    expectAllMet(run);
    const OperationReport r1 = run.operation("r1");
    EXPECT_EQ(r1.returned, "WSA_IO_PENDING");
    EXPECT_FALSE(r1.returnedBytes);
    EXPECT_FALSE(r1.returnedFlags);
    EXPECT_EQ(r1.status, "0");
    EXPECT_THAT(r1.contents, ElementsAre("hello wo", "rld"));
    EXPECT_EQ(r1.indicated, "event");
    EXPECT_LT(r1.calledAt, r1.returnedAt);
    EXPECT_LT(r1.returnedAt, r1.completedAt);
}

TEST(Run, aStepIsDoneWhenItsEffectIsThereSoNoWaitIsNeeded)
{
    expectAllMet(ran(withSteps(R"(
  - peer.send: {socket: s, data: "hello"}
  - expect: {queued: {socket: s, bytes: 5}}
  - wsp.recv: {socket: s, op: r1, buffers: [3], overlapped: o1}
  - expect: {op: r1, returns: 0, bytes: 3, buffers: ["hel"]}
  - expect: {queued: {socket: s, bytes: 2}}
  - peer.shutdown: {socket: s}
  - wsp.recv: {socket: s, op: r2, buffers: [8]}
  - wsp.recv: {socket: s, op: r3, buffers: [8]}
  - expect: {op: r2, returns: 0, bytes: 2}
  - expect: {op: r3, returns: 0, bytes: 0, trace: [wsp.close.stream-zero-bytes]}
)")));
}

TEST(Run, aBlockingCallBlocksItsThreadWhileTheStepsGoOn)
{
    const Ran run = ran(withSteps(R"(
  - wsp.recv: {socket: u, op: r1, buffers: [8], on: t1}
  - wait: {blocked: r1}
  - peer.send: {socket: u, data: "x"}
  - barrier: [t1]
  - expect: {op: r1, returns: 0, bytes: 1, buffers: ["x"]}
)"));
    expectAllMet(run);
    EXPECT_EQ(run.operation("r1").thread, "t1");
    EXPECT_EQ(run.operation("r1").indicated, "call");
}

TEST(Run, twoThreadsMayBlockInTwoSockets)
{
    expectAllMet(ran(withSteps(R"(
  - wsp.recv: {socket: s, op: r1, buffers: [8], on: t1}
  - wsp.recv: {socket: u, op: r2, buffers: [8], on: t2}
  - peer.send: {socket: u, data: "second first"}
  - expect: {op: r2, returns: 0, bytes: 8}
  - wait: {blocked: t1}
  - peer.reset: {socket: s}
  - expect: {op: r1, returns: WSAECONNRESET}
  - expect: {order: [r2, r1]}
)")));
}

TEST(Run, aBlockedCallIsCancelledForItsThread)
{
    expectAllMet(ran(withSteps(R"(
  - wsp.recv: {socket: s, op: r1, buffers: [8], on: t1}
  - wsp.cancel-blocking: {thread: t1}
  - expect: {op: r1, returns: WSAEINTR}
)")));
}

TEST(Run, askingForAResultWaitsOnItsThreadUntilTheReceiveCompletes)
{
    const Ran run = ran(withSteps(R"(
  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o1}
  - wsp.result: {op: g0, of: r1}
  - expect: {op: g0, returns: WSA_IO_INCOMPLETE}
  - wsp.result: {op: g1, of: r1, wait: true, on: t1}
  - wait: {blocked: g1}
  - peer.send: {socket: s, data: "abc"}
  - expect: {op: g1, returns: 0, bytes: 3, flags: 0}
)"));
    expectAllMet(run);
    EXPECT_THAT(run.operation("g1").rules, ElementsAre("wsp.indicate.result-wait"));
}

TEST(Run, closingCompletesWhatWaits)
{
    expectAllMet(ran(withSteps(R"(
  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o1, event: e1}
  - wsp.recv: {socket: s, op: r2, buffers: [8], overlapped: o2, event: e2}
  - wsp.close: {socket: s, op: c}
  - expect: {op: c, returns: 0}
  - wait: {event: e2}
  - expect: {op: r1, status: WSA_OPERATION_ABORTED, event: set}
  - expect: {op: r2, status: WSA_OPERATION_ABORTED}
)")));
}

TEST(Run, shuttingDownTheReceiveDirectionEndsABlockedCall)
{
    expectAllMet(ran(withSteps(R"(
  - wsp.recv: {socket: s, op: r1, buffers: [8], on: t1}
  - wsp.shutdown: {socket: s, how: receive}
  - expect: {op: r1, returns: WSAESHUTDOWN}
)")));
}

TEST(Run, fragmentsAreSendsOfTheirOwn)
{
    const Ran run = ran(withSteps(R"(
  - wsp.recv: {socket: s, op: r1, buffers: [16], overlapped: o1}
  - wsp.recv: {socket: s, op: r2, buffers: [16], overlapped: o2}
  - peer.send: {socket: s, data: "abcde", fragments: [2]}
  - expect: {op: r1, status: 0, bytes: 2, buffers: ["ab"]}
  - expect: {op: r2, status: 0, bytes: 3, buffers: ["cde"]}
)"));
    expectAllMet(run);
}

TEST(Run, dataMayBeHexOrRandomAndArrivesAsItIs)
{
    const scenario::Scenario scenario = withSteps(R"(
  - peer.send: {socket: s, data: {hex: "00 ff 0a"}}
  - peer.send: {socket: s, data: {random: {size: 60000, seed: 7}}}
  - wsp.recv: {socket: s, op: r1, buffers: [3, 60000]}
  - expect: {op: r1, returns: 0, bytes: 60003, buffers: [{hex: "00ff0a"}, {random: {size: 60000, seed: 7}}]}
)");
    const Ran run = ran(scenario);
    expectAllMet(run);
    EXPECT_THAT(run.json, HasSubstr(R"("hex": "00ff0a")"));
    EXPECT_THAT(run.json, HasSubstr(R"("text": "\\x00\\xff\\n")"));
}

TEST(Run, memoryThatMayNotBeWrittenIsRefusedAndNothingIsTaken)
{
    expectAllMet(ran(withSteps(R"(
  - peer.send: {socket: s, data: "abc"}
  - wsp.recv: {socket: s, op: r1, buffers: [{invalid: 8}]}
  - expect: {op: r1, returns: WSAEFAULT}
  - expect: {queued: {socket: s, bytes: 3}}
)")));
}

TEST(Run, aHandleThatIsNoSocketAndOneWithoutAPeerCanBeDeclared)
{
    expectAllMet(ran(scenarioFrom(R"(recvscope: 1
title: odd sockets
sockets:
  n: {handle: invalid}
  l: {kind: tcp, connected: false}
steps:
  - wsp.recv: {socket: n, op: r1, buffers: [8]}
  - expect: {op: r1, returns: WSAENOTSOCK}
  - wsp.recv: {socket: l, op: r2, buffers: [8]}
  - expect: {op: r2, returns: WSAENOTCONN}
)")));
}

TEST(Run, aStepsEventsNameTheStep)
{
    const Ran run = ran(withSteps(R"(
  - say: Look.
  - peer.send: {socket: s, data: "abc"}
)"));
    std::vector<std::uint32_t> begun;
    std::uint32_t sentBy = 0;
    for (std::uint16_t track = 0; track < run.trace.trackCount(); ++track)
        for (std::uint32_t i = 0; i < run.trace.trackSize(track); ++i) {
            const trace::Event &event = run.trace.event({track, i});
            if (event.type == trace::EventType::StepBegan)
                begun.push_back(event.step.value);
            if (event.type == trace::EventType::PeerSend)
                sentBy = event.step.value;
        }
    EXPECT_THAT(begun, ElementsAre(1U, 2U));
    EXPECT_EQ(sentBy, 2U);
}

TEST(Run, theTraceEndsWithTheLastStepThoughTheSocketsAreClosedAfterIt)
{
    const Ran run = ran(withSteps(R"(
  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o1}
)"));
    expectAllMet(run);
    EXPECT_EQ(run.operation("r1").status, "");
    EXPECT_THAT(storyOfSockets(run.trace), testing::Not(HasSubstr("SocketClosed")));
}

TEST(Run, anExpectationThatFailsSaysWhatWasFoundAndWhy)
{
    const Ran run = ran(withSteps(R"(
  - peer.send: {socket: s, data: "abc"}
  - wsp.recv: {socket: s, op: r1, buffers: [8]}
  - expect: {op: r1, returns: 0, bytes: 8}
  - expect: {op: r1, buffers: ["abd"]}
)"));
    EXPECT_EQ(run.report.end, RunEnd::ExpectationFailed);
    EXPECT_EQ(run.report.exitCode(), 1);
    ASSERT_EQ(run.report.expectations.size(), 3U);
    const ExpectationReport &bytes = run.report.expectations[1];
    EXPECT_FALSE(bytes.met);
    EXPECT_EQ(bytes.line, 11U);
    EXPECT_EQ(bytes.what, "r1 bytes");
    EXPECT_EQ(bytes.expected, "8");
    EXPECT_EQ(bytes.found, "3");
    EXPECT_THAT(bytes.why, HasSubstr("wsp.call.buffered-data-returned: "));
    EXPECT_EQ(run.report.expectations[2].found, R"(["abc"])");
}

TEST(Run, aDatagramInIpFragmentsUnblocksWithItsLastOneWhereThatMayBeShown)
{
    const scenario::ReadResult read = scenario::readScenarioText(
        "recvscope: 1\ntitle: fragments\nsockets:\n  u: {kind: udp}\nthreads: [t1]\nsteps:\n"
        "  - wsp.recv: {socket: u, op: r1, buffers: [64], on: t1}\n"
        "  - wait: {blocked: r1}\n"
        "  - peer.send: {socket: u, data: \"cut in three below the socket\", ip-fragments: 3}\n"
        "  - barrier: [t1]\n"
        "  - expect: {op: r1, bytes: 29, trace: wsp.call.whole-message-unblocks}\n",
        "fragments.yaml");
    ASSERT_TRUE(read.ok()) << read.error().message();
    const Ran one = ran(read.value());
    if (!net::RawSender::open()) {
        EXPECT_EQ(one.report.end, RunEnd::NotPossibleHere);
        EXPECT_NE(one.report.reason.find("CAP_NET_RAW"), std::string::npos) << one.report.reason;
        return;
    }
    EXPECT_EQ(one.report.end, RunEnd::AllMet) << one.report.reason;
}

} // namespace recvscope::session
