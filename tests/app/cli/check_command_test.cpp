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

TEST(CheckCommand, everyStepThatIsWrongIsTold)
{
    const std::string begin = "recvscope: 1\ntitel: x\nsockets:\n  s: {kind: tcp}\nsteps:\n";
    const ScenarioFile unreadable(begin + "  - wsp.rcv: {socket: s}\n  - say: fine\n  - peer.send: {sockt: s}\n");
    const auto grammar = call({"check", unreadable.path()});
    EXPECT_EQ(grammar.exitCode, 2);
    for (const char *place : {":2:1:", ":6:5:", ":8:17:"})
        EXPECT_THAT(grammar.out, HasSubstr(unreadable.path() + place));

    const ScenarioFile senseless("recvscope: 1\ntitle: x\nsockets:\n  s: {kind: tcp}\nsteps:\n"
                                 "  - peer.send: {socket: ss, data: x}\n"
                                 "  - wait: {queued: {socket: s, bytes: 9}}\n");
    const auto sense = call({"check", senseless.path()});
    EXPECT_EQ(sense.exitCode, 2);
    EXPECT_THAT(sense.out, HasSubstr("there is no socket 'ss'"));
    EXPECT_THAT(sense.out, HasSubstr("this wait can never end"));
}

TEST(CheckCommand, ofManyMistakesTheFirstAreToldAndTheRestCounted)
{
    std::string text = "recvscope: 1\ntitle: x\nsteps:\n";
    for (int i = 0; i < 25; ++i)
        text += "  - nonsense: 1\n";
    EXPECT_THAT(call({"check", ScenarioFile(text).path()}).out, HasSubstr("and 5 mistakes more."));
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
