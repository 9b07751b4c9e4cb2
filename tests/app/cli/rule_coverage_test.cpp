#include "cli/rule_coverage.h"
#include "command_line.h"
#include "scenario/read.h"
#include "scenario_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

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
    const auto all = coverageOf({{"A.x", {RuleId::WspCloseReset}, true, {}},
                                 {"A.y", {RuleId::WspBufferPacked}, true, {}},
                                 {"A.z", {RuleId::WspBufferPacked}, false, {}}},
                                {});
    EXPECT_EQ(all.size(), allRules().size());
    EXPECT_TRUE(of(all, RuleId::WspCloseReset).proved());
    EXPECT_FALSE(of(all, RuleId::WspBufferPacked).proved());
    EXPECT_TRUE(of(all, RuleId::WspBufferPacked).failed());
    EXPECT_FALSE(of(all, RuleId::WspFlagPeek).proved());
}

TEST(RuleCoverage, aSkippedTestProvesNothingAndFailsNothing)
{
    const auto all = coverageOf({{"A.x", {RuleId::WspCloseReset}, false, {}, false}}, {});
    EXPECT_FALSE(of(all, RuleId::WspCloseReset).proved());
    EXPECT_FALSE(of(all, RuleId::WspCloseReset).failed());
}

TEST(RuleCoverage, aScenarioShowsWhatItExplainsAndWhatItExpectsInItsTrace)
{
    const auto read = scenario::readScenarioText(test::pendingReceive, "x");
    ASSERT_TRUE(read) << read.error().message();
    const Showing showing = showingOf(read.value(), "x");
    EXPECT_EQ(showing.rules, (std::vector{RuleId::WspCompletePending, RuleId::WspBufferPacked}));
    EXPECT_TRUE(showing.lesson);
}

TEST(RuleCoverage, aScenarioShowsARuleOnlyWhenItRanToItsEnd)
{
    const std::vector<Showing> showings = {{"good", {RuleId::WspCloseReset}, false},
                                           {"bad", {RuleId::WspBufferPacked}, true},
                                           {"unknown", {RuleId::WspFlagPeek}, false}};
    const auto all = coverageOf({{"S.good", {}, true, "good"}, {"S.bad", {}, false, "bad"}}, showings);
    EXPECT_TRUE(of(all, RuleId::WspCloseReset).shown());
    EXPECT_FALSE(of(all, RuleId::WspBufferPacked).shown());
    EXPECT_TRUE(of(all, RuleId::WspBufferPacked).failed());
    EXPECT_FALSE(of(all, RuleId::WspFlagPeek).shown());
    EXPECT_EQ(of(all, RuleId::WspBufferPacked).lessons, (std::vector<RuleCoverage::Piece>{{"bad", LastRun::Failed}}));
}

constexpr std::string_view ofWsp[] = {"wsp"};

TEST(RuleCoverage, whatIsMissingMayBeKnownAndMustGoFromTheListOnceItIsThere)
{
    const auto all = coverageOf({{"A.x", {RuleId::WspCloseReset}, true, {}}, {"S.s", {}, true, "s"}},
                                {{"s", {RuleId::WspCloseReset}, false}});
    std::vector<std::string> known;
    for (const Rule &rule : allRules())
        if (rule.name.starts_with("wsp.") && rule.id != RuleId::WspCloseReset)
            known.emplace_back(rule.name);
    EXPECT_TRUE(judge(all, ofWsp, known).good());
    EXPECT_FALSE(judge(all, {}, known).good());
    known.emplace_back("wsp.close.reset");
    known.emplace_back("wsp.never.was");
    EXPECT_EQ(judge(all, ofWsp, known).stale, (std::vector<std::string>{"wsp.close.reset", "wsp.never.was"}));
    known.clear();
    EXPECT_GT(judge(all, ofWsp, known).missing.size(), 50U);
}

TEST(RuleCoverage, aKnownGapIsNoExcuseForATestThatFails)
{
    const auto all = coverageOf({{"A.x", {RuleId::WspCloseReset}, false, {}}}, {});
    EXPECT_EQ(judge(all, ofWsp, {"wsp.close.reset"}).stale, std::vector<std::string>{"wsp.close.reset"});
}

TEST(RuleCoverage, theCommandPrintsTotalsAndWhatIsMissingAndFailsOnIt)
{
    const auto folder = std::filesystem::path(testing::TempDir()) / "rule_coverage_test";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "a.xml")
        << R"(<testcase name="t" value_param="wsp.close.reset" result="completed" classname="S"/>)";
    std::ofstream known(folder / "known.txt");
    known << "# to come\n";
    for (const Rule &rule : allRules())
        known << rule.name << (rule.id == RuleId::WspCloseReset ? "  # its scenario is missing" : "") << "\n";
    known.close();

    const auto called = test::call({"rules", "--results", folder.string()});
    EXPECT_EQ(called.exitCode, 1);
    EXPECT_THAT(called.out, testing::HasSubstr("wsp.close.reset\n    tests     passed  S.t\n"));
    EXPECT_THAT(called.out, testing::HasSubstr("wsp.close.reset lacks a scenario that runs.\n"));
    const auto summary = test::call({"rules", "--results", folder.string(), "--summary", "--known-missing",
                                     (folder / "known.txt").string(), "--all"});
    EXPECT_EQ(summary.exitCode, 0);
    EXPECT_THAT(summary.out, testing::Not(testing::HasSubstr("S.t")));
    EXPECT_THAT(summary.out, testing::ContainsRegex("wsp.close +5 +1 +0\n"));
    const auto json = nlohmann::json::parse(test::call({"rules", "--results", folder.string(), "--json"}).out);
    const auto reset =
        std::find_if(json.begin(), json.end(), [](const auto &rule) { return rule["id"] == "wsp.close.reset"; });
    ASSERT_NE(reset, json.end());
    EXPECT_EQ((*reset)["proved"], true);
    EXPECT_EQ((*reset)["tests"][0]["last"], "passed");
    std::filesystem::remove_all(folder);
}

} // namespace recvscope::cli
