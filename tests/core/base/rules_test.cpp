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
