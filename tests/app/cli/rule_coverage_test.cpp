#include "cli/rule_coverage.h"
#include "command_line.h"
#include "scenario/read.h"
#include "scenario_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace recvscope::cli {

namespace {

const RuleCoverage &of(const std::vector<RuleCoverage> &all, RuleId id)
{
    return *std::find_if(all.begin(), all.end(), [&](const RuleCoverage &each) { return each.rule->id == id; });
}

} // namespace

TEST(RuleCoverage, aRuleIsProvedByItsPassingTestsAndUnprovedByAFailingOne)
{
    const auto all = coverageOf({{"A.x", {RuleId::WspCloseReset}, true},
                                 {"A.y", {RuleId::WspBufferPacked}, true},
                                 {"A.z", {RuleId::WspBufferPacked}, false}},
                                {});
    EXPECT_EQ(all.size(), allRules().size());
    EXPECT_TRUE(of(all, RuleId::WspCloseReset).proved());
    EXPECT_FALSE(of(all, RuleId::WspBufferPacked).proved());
    EXPECT_EQ(of(all, RuleId::WspBufferPacked).failed, std::vector<std::string>{"A.z"});
    EXPECT_FALSE(of(all, RuleId::WspFlagPeek).proved());
}

TEST(RuleCoverage, aScenarioShowsWhatItExplainsAndWhatItExpectsInItsTrace)
{
    const auto read = scenario::readScenarioText(test::pendingReceive, "x");
    ASSERT_TRUE(read) << read.error().message();
    const Showing showing = showingOf(read.value(), "x");
    EXPECT_EQ(showing.rules, (std::vector{RuleId::WspCompletePending, RuleId::WspBufferPacked}));
    EXPECT_TRUE(of(coverageOf({}, {showing}), RuleId::WspBufferPacked).shown());
}

TEST(RuleCoverage, theCommandPrintsTotalsAndStrictFailsOnAGap)
{
    const auto folder = std::filesystem::path(testing::TempDir()) / "rule_coverage_test";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "a.xml")
        << R"(<testcase name="t" value_param="wsp.close.reset" result="completed" classname="S"/>)";

    const auto called = test::call({"rules", "--results", folder.string()});
    EXPECT_EQ(called.exitCode, 0);
    EXPECT_THAT(called.out, testing::HasSubstr("wsp.close.reset\n    proved by  S.t\n"));
    const auto summary = test::call({"rules", "--results", folder.string(), "--summary", "--strict"});
    EXPECT_EQ(summary.exitCode, 1);
    EXPECT_THAT(summary.out, testing::Not(testing::HasSubstr("S.t")));
    EXPECT_THAT(summary.out, testing::ContainsRegex("wsp.close +5 +1 +0\n"));
    std::filesystem::remove_all(folder);
}

} // namespace recvscope::cli
