#include "command_line.h"
#include "scenario_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace recvscope::cli {

using test::call;
using test::ScenarioFile;
using testing::HasSubstr;
using testing::Not;

namespace {

std::string steps(const std::string &text)
{
    return "recvscope: 1\ntitle: A test\nsockets:\n  s: {kind: tcp}\nsteps:\n" + text;
}

} // namespace

TEST(RunCommand, saysWhatEachReceiveCameToAndThatAllIsMet)
{
    const ScenarioFile file(test::pendingReceive);
    const auto called = call({"run", file.path()});
    EXPECT_EQ(called.exitCode, 0) << called.err;
    EXPECT_THAT(called.out, HasSubstr("A pending return\n"));
    EXPECT_THAT(called.out,
                HasSubstr("r1 (wsp.recv on s, into [8, 8]): returned WSA_IO_PENDING, completed with 0, 11"));
    EXPECT_THAT(called.out, HasSubstr("all met: 3 of 3 expectations met"));
    EXPECT_THAT(called.out, Not(HasSubstr("\x1b")));
}

TEST(RunCommand, aFailedExpectationHasItsLineBothValuesAndTheReasonAndEndsWithOne)
{
    const ScenarioFile file(steps("  - peer.send: {socket: s, data: \"abc\"}\n"
                                  "  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o1}\n"
                                  "  - expect: {op: r1, returns: 0, bytes: 8}\n"));
    const auto called = call({"run", file.path()});
    EXPECT_EQ(called.exitCode, 1);
    EXPECT_THAT(called.out, HasSubstr("line 8: r1 bytes: expected 8, found 3\n    wsp.stream.fills-until: "));
    EXPECT_THAT(called.out, HasSubstr("expectation failed: 1 of 2 expectations met"));
}

TEST(RunCommand, aMistakeOfACallWithoutANameIsNamedByItsStepAlone)
{
    const ScenarioFile file("recvscope: 1\ntitle: A test\nsockets:\n  k: {face: wsk}\nsteps:\n"
                            "  - wsk.send: {socket: k, data: x}\n  - wsk.send: {socket: k, op: s1, data: x}\n");
    const auto called = call({"run", file.path()});
    EXPECT_THAT(called.out, HasSubstr("named: wsk.irp.required in step 1\n"));
    EXPECT_THAT(called.out, HasSubstr("named: wsk.irp.required by s1 in step 2\n"));
}

TEST(RunCommand, jsonIsOneObject)
{
    const ScenarioFile file(test::pendingReceive);
    const auto called = call({"run", "--json", file.path()});
    EXPECT_EQ(called.exitCode, 0);
    const auto json = nlohmann::json::parse(called.out);
    EXPECT_EQ(json["title"], "A pending return");
    EXPECT_EQ(json["operations"][0]["contents"][1]["text"], "rld");
}

TEST(RunCommand, aMistakeInTheFileIsBadInput)
{
    const ScenarioFile file(steps("  - wsp.rcv: {socket: s}\n"));
    const auto called = call({"run", file.path()});
    EXPECT_EQ(called.exitCode, 2);
    EXPECT_THAT(called.err, HasSubstr(":6:5: "));
    EXPECT_THAT(called.err, HasSubstr("wsp.recv"));
    EXPECT_EQ(called.out, "");
}

TEST(RunCommand, aFileThatIsNotThereIsBadInput)
{
    const auto called = call({"run", "no-such-file.yaml"});
    EXPECT_EQ(called.exitCode, 2);
    EXPECT_THAT(called.err, HasSubstr("no-such-file.yaml"));
}

TEST(RunCommand, whatThisSystemCannotDoEndsWithThreeAndTheReason)
{
    const ScenarioFile file("recvscope: 1\ntitle: Elsewhere\nneeds: [windows]\nsockets:\n  s: {kind: tcp}\nsteps:\n"
                            "  - say: Hello.\n");
    const auto called = call({"run", file.path()});
    EXPECT_EQ(called.exitCode, 3);
    EXPECT_THAT(called.err, HasSubstr("needs Windows"));
}

TEST(RunCommand, repeatSaysWhetherEachRunEndedTheSameWay)
{
    const ScenarioFile file(test::pendingReceive);
    const auto called = call({"run", file.path(), "--repeat", "10"});
    EXPECT_EQ(called.exitCode, 0) << called.err;
    EXPECT_THAT(called.out, HasSubstr("The same in each of 10 runs."));

    const ScenarioFile chance("recvscope: 1\ntitle: Chance\nrepeatable: false\nsockets:\n  s: {kind: tcp}\nsteps:\n"
                              "  - say: Hello.\n");
    EXPECT_EQ(call({"run", chance.path()}).exitCode, 0);
    EXPECT_EQ(call({"run", chance.path(), "--repeat", "2"}).exitCode, 2);
}

} // namespace recvscope::cli
