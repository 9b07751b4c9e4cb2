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

TEST(WskRun, aMistakeIsNamedWithTheCallThatMadeItThoughItIsNoReceive)
{
    const Ran run = ran(withKernelSteps(R"(
  - wsk.event: {socket: k, receive: enable, on-indicate: [{retain: n1}]}
  - peer.send: {socket: k, data: "a"}
  - wsk.send: {socket: k, op: s1, data: "x"}
  - wsk.disconnect: {socket: m, op: d1}
  - wsk.receive: {socket: m, op: r1, mdl: [8]}
  - wsk.close: {socket: k, op: c1, irp: i1}
  - wsk.close: {socket: m, op: c2}
)"));
    std::vector<std::string> named;
    for (const DiagnosticReport &each : run.report.diagnostics)
        named.push_back(each.rule + " by " + each.operation);
    EXPECT_THAT(named, testing::UnorderedElementsAre("wsk.irp.required by s1", "wsk.irp.required by d1",
                                                     "wsk.irp.required by r1", "wsk.event.retain by c1",
                                                     "wsk.irp.required by c2"));
    for (const DiagnosticReport &each : run.report.diagnostics)
        EXPECT_NE(each.repair, "") << each.rule;
}

TEST(WskRun, theJsonHoldsAllThatACallWasGivenAndWhenItEnded)
{
    const Ran run = ran(withKernelSteps(R"(
  - peer.send: {socket: k, data: "abcdef"}
  - wsk.receive: {socket: k, op: r1, irp: i1, mdl: [4, 4], offset: 2, length: 5, irql: DISPATCH_LEVEL}
  - wsk.receive: {socket: k, op: r2, mdl: [8]}
  - wsk.send: {socket: k, op: s1, irp: i2, data: "xyz"}
  - wsk.close: {socket: k, op: c1, irp: i3}
  - wsk.close: {socket: k, op: c2}
)"));
    const auto json = nlohmann::json::parse(run.json);
    const auto &r1 = json["operations"].at(0);
    EXPECT_EQ(r1["arguments"]["irp"], "i1");
    EXPECT_EQ(r1["arguments"]["offset"], 2);
    EXPECT_EQ(r1["arguments"]["length"], 5);
    EXPECT_EQ(r1["arguments"]["irql"], 2);
    EXPECT_EQ(r1["indicated"], "irp");
    EXPECT_FALSE(r1.contains("touched")) << "WSPRecv alone has outputs that a call leaves alone";
    EXPECT_TRUE(json["operations"].at(1)["arguments"]["irp"].is_null());
    for (std::size_t i = 2; i < 4; ++i) {
        const auto &times = json["operations"].at(i)["times"];
        EXPECT_GT(times["called"], r1["times"]["called"]);
        EXPECT_GE(times["completed"], times["called"]);
        EXPECT_LE(times["completed"], times["returned"]) << "its IRP completes before it returns";
        EXPECT_EQ(json["operations"].at(i)["indicated"], "irp");
    }
    EXPECT_EQ(json["operations"].at(2)["arguments"]["length"], 3);
    EXPECT_EQ(json["operations"].at(4)["indicated"], "call") << "it had no IRP";
}

TEST(NativeRun, theFlagsOfACutDatagramsAnswerAreTold)
{
    const Ran run = ran(scenarioFrom(R"(recvscope: 1
title: cut
sockets:
  u: {kind: udp, face: native}
steps:
  - peer.send: {socket: u, data: "datagram"}
  - native.recv: {socket: u, op: p, buffers: [4], flags: MSG_PEEK}
  - native.recv: {socket: u, op: r, buffers: [4]}
  - expect: {op: p, returns: 0, bytes: 4, flags: 0x100}
  - expect: {op: r, returns: 0, bytes: 4, flags: 0x100}
  - peer.send: {socket: u, data: "four"}
  - native.recv: {socket: u, op: w, buffers: [4], flags: MSG_PEEK}
  - expect: {op: w, returns: 0, bytes: 4, flags: 0}
)"));
    expectAllMet(run);
}

} // namespace recvscope::session
