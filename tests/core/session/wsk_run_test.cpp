// What a run tells of WSK sockets beyond single receives: counts, names and what stands in its report.

#include "running.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace recvscope::session {

using testing::HasSubstr;

namespace {

/// WSK sockets k and m with a peer each, and these steps, whose first stands in line 7.
scenario::Scenario withKernelSteps(const std::string &steps)
{
    return scenarioFrom("recvscope: 1\n"
                        "title: a test\n"
                        "sockets:\n"
                        "  k: {face: wsk}\n"
                        "  m: {face: wsk}\n"
                        "steps:" +
                        steps);
}

} // namespace

TEST(WskRun, whatWasIndicatedAndDrainedCountsInAllAfterTheCloseToo)
{
    expectAllMet(ran(scenarioFrom(R"(recvscope: 1
title: counts outlive their socket
sockets:
  k: {face: wsk}
  m: {face: wsk}
  n: {face: wsk, connected: false}
  o: {face: wsk, connected: false}
steps:
  - wsk.event: {socket: k, receive: enable}
  - peer.send: {socket: k, data: "abc"}
  - wsk.receive: {socket: m, op: d, irp: i1, length: 0, flags: WSK_FLAG_DRAIN}
  - peer.send: {socket: m, data: "abcdef"}
  - wsk.close: {socket: k, irp: i2}
  - wsk.close: {socket: m, irp: i3}
  - wait: {indicated: {socket: k, count: 1}}
  - wait: {discarded: {socket: m, bytes: 6}}
  - expect: {indicated: {socket: k, count: 1}}
  - expect: {discarded: {socket: m, bytes: 6}}
  - say: Others take the places of the two.
  - wsk.socket-connect: {socket: n, irp: i4}
  - wsk.socket-connect: {socket: o, irp: i5}
  - expect: {indicated: {socket: k, count: 1}}
  - expect: {discarded: {socket: m, bytes: 6}}
  - expect: {indicated: {socket: n, count: 0}}
)")));
}

TEST(WskRun, aSocketClosedInItsOwnCallbackKeepsItsCount)
{
    expectAllMet(ran(withKernelSteps(R"(
  - wsk.event: {socket: k, receive: enable, on-indicate: [{accept: all, do: [{wsk.close: {socket: k, op: c, irp: i1}}]}]}
  - peer.send: {socket: k, data: "abcdef"}
  - wait: {completed: c}
  - expect: {indicated: {socket: k, count: 1}}
)")));
}

TEST(WskRun, theOldestIndicationOfANameIsGivenBackFirst)
{
    expectAllMet(ran(withKernelSteps(R"(
  - wsk.event: {socket: k, receive: enable, on-indicate: [{retain: n1}]}
  - peer.send: {socket: k, data: "ab"}
  - peer.send: {socket: k, data: "cd"}
  - peer.send: {socket: k, data: "ef"}
  - wsk.release: {socket: k, indication: n1, node: 1, op: v0}
  - expect: {op: v0, returns: STATUS_INVALID_PARAMETER}
  - wsk.release: {socket: k, indication: n1, op: v1}
  - wsk.release: {socket: k, indication: n1, op: v2}
  - wsk.release: {socket: k, indication: n1, op: v3}
  - expect: {op: v1, returns: 0}
  - expect: {op: v2, returns: 0}
  - expect: {op: v3, returns: 0}
  - say: None of that name is kept any more.
  - wsk.release: {socket: k, indication: n1, op: v4}
  - expect: {op: v4, returns: STATUS_INVALID_PARAMETER}
  - wsk.release: {socket: k, indication: n1, node: 1, op: v5}
  - expect: {op: v5, returns: STATUS_INVALID_PARAMETER}
)")));
}

TEST(WskRun, eachReleaseGivesBackWhatCameFirst)
{
    const Ran run = ran(withKernelSteps(R"(
  - wsk.event: {socket: k, receive: enable, on-indicate: [{retain: n1}]}
  - peer.send: {socket: k, data: "a"}
  - peer.send: {socket: k, data: "bc"}
  - wsk.release: {socket: k, indication: n1}
  - wsk.release: {socket: k, indication: n1}
  - wsk.close: {socket: k, irp: i1}
)"));
    expectAllMet(run);
    const std::string story = storyOfSockets(run.trace);
    const auto first = story.find("IndicationReleased 1 1 ");
    const auto second = story.find("IndicationReleased 2 2 ");
    EXPECT_NE(first, std::string::npos) << story;
    EXPECT_NE(second, std::string::npos) << story;
    EXPECT_LT(first, second);
    EXPECT_TRUE(run.report.diagnostics.empty()) << "all was given back before the close";
}

} // namespace recvscope::session
