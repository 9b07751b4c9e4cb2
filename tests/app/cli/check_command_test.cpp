#include "command_line.h"
#include "scenario_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace recvscope::cli {

using test::call;
using test::ScenarioFile;
using testing::HasSubstr;
using testing::Not;

TEST(CheckCommand, aGoodScenarioIsFineAndIsNotRun)
{
    const ScenarioFile file(test::pendingReceive);
    const auto called = call({"check", file.path()});
    EXPECT_EQ(called.exitCode, 0) << called.out;
    EXPECT_THAT(called.out, HasSubstr("fine, 6 steps"));
    EXPECT_EQ(call({"check", "--quiet", file.path()}).out, "");
}

TEST(CheckCommand, aMistakeIsToldWithItsPlaceItsLineAndACaret)
{
    const ScenarioFile file("recvscope: 1\ntitle: x\nsockets:\n  s: {kind: tcp}\nsteps:\n  - wsp.rcv: {socket: s}\n");
    const auto called = call({"check", file.path()});
    EXPECT_EQ(called.exitCode, 2);
    EXPECT_THAT(called.out, HasSubstr(file.path() + ":6:5:"));
    EXPECT_THAT(called.out, HasSubstr("wsp.recv"));
    EXPECT_THAT(called.out, HasSubstr("  |   - wsp.rcv: {socket: s}\n"
                                      "  |     ^~~~~~~\n"));
}

TEST(CheckCommand, everyFileIsReadAndOneBadOneFails)
{
    const ScenarioFile file(test::pendingReceive);
    const auto called = call({"check", "/nonexistent.yaml", file.path()});
    EXPECT_EQ(called.exitCode, 2);
    EXPECT_THAT(called.out, HasSubstr("/nonexistent.yaml"));
    EXPECT_THAT(called.out, HasSubstr("fine"));
}

TEST(CheckCommand, ofAnEndlessLineThePartAroundTheMistakeIsShown)
{
    const ScenarioFile file("recvscope: 1\ntitle: x\nsockets: {s: {kind: tcp}}\nsteps: [{say: " +
                            std::string(5000, 'x') + "}, {nonsense: 1}, {say: " + std::string(5000, 'y') + "}]\n");
    const auto called = call({"check", file.path()});
    EXPECT_EQ(called.exitCode, 2);
    EXPECT_LT(called.out.size(), 800U);
    EXPECT_THAT(called.out, HasSubstr("{nonsense: 1}"));
    EXPECT_THAT(called.out, HasSubstr("^~~~~~~~\n"));
}

} // namespace recvscope::cli
