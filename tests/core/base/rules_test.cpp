#include "base/rules.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace recvscope {

TEST(Rules, everyRuleOfTheTwoInterfacesIsCompiledIn)
{
    const auto count = [](std::string_view prefix) {
        return std::count_if(allRules().begin(), allRules().end(),
                             [&](const Rule &rule) { return rule.name.starts_with(prefix); });
    };
    EXPECT_EQ(count("wsp."), 85);
    EXPECT_EQ(count("wsk."), 45);
    EXPECT_GT(count("engine."), 0);
}

TEST(Rules, everyRuleAnswersALearnerAndNamesItsSource)
{
    for (const Rule &rule : allRules()) {
        EXPECT_TRUE(rule.learn.ends_with('.')) << rule.name;
        EXPECT_GE(rule.learn.size(), 40U) << rule.name;
        EXPECT_LE(rule.learn.size(), 260U) << rule.name << " does not fit the why card";
        EXPECT_NE(rule.learn, rule.says) << rule.name << " only repeats the promise";
        EXPECT_FALSE(rule.where.empty()) << rule.name;
    }
}

TEST(Rules, everyMisuseSaysHowItIsRepaired)
{
    for (const Rule &rule : allRules()) {
        if (rule.provoke == "misuse") {
            EXPECT_TRUE(rule.repair.ends_with('.')) << rule.name;
            EXPECT_LE(rule.repair.size(), 200U) << rule.name << " does not fit the card";
        }
    }
}

TEST(Rules, whatThePageSaysIsNotCalledPolicyAndTheOtherWayRound)
{
    for (const Rule &rule : allRules()) {
        const bool namesPolicy = rule.where.find("policy") != std::string_view::npos;
        if (rule.where == "Engine policy") {
            EXPECT_EQ(rule.from, "policy") << rule.name;
        } else if (rule.from == "policy") {
            EXPECT_TRUE(namesPolicy) << rule.name;
        }
    }
}

TEST(Rules, aRuleIsFoundByNameAndById)
{
    const auto id = ruleNamed("wsp.stream.posted-order");
    ASSERT_TRUE(id);
    EXPECT_EQ(*id, RuleId::WspStreamPostedOrder);
    EXPECT_EQ(ruleOf(*id).name, "wsp.stream.posted-order");
    EXPECT_FALSE(ruleNamed("wsp.no-such-rule"));
    EXPECT_EQ(ruleOf(RuleId::None).name, "");
}

} // namespace recvscope
