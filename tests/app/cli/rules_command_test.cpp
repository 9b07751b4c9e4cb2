#include "base/rules.h"
#include "command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace recvscope::cli {

using test::call;
using testing::HasSubstr;
using testing::Not;

TEST(RulesCommand, listsEveryRule)
{
    const auto called = call({"rules"});
    EXPECT_EQ(called.exitCode, 0);
    for (const Rule &rule : allRules())
        EXPECT_THAT(called.out, HasSubstr(std::string(rule.name))) << rule.name;
}

TEST(RulesCommand, aGroupIsTheRulesBelowIt)
{
    const auto called = call({"rules", "wsp.close"});
    EXPECT_THAT(called.out, HasSubstr("wsp.close.reset"));
    EXPECT_THAT(called.out, Not(HasSubstr("wsk.close")));
    EXPECT_THAT(called.out, HasSubstr("5 rules"));
}

TEST(RulesCommand, oneRuleIsShownInFull)
{
    const auto called = call({"rules", "wsp.complete.pending"});
    EXPECT_THAT(called.out, HasSubstr("says"));
    EXPECT_THAT(called.out, HasSubstr("WSA_IO_PENDING"));
}

TEST(RulesCommand, jsonHoldsTheCatalogueForPrograms)
{
    const auto list = nlohmann::json::parse(call({"rules", "--json"}).out);
    ASSERT_EQ(list.size(), allRules().size());
    EXPECT_EQ(list[0]["id"], std::string(allRules()[0].name));
}

TEST(RulesCommand, aMisspeltIdIsRefusedWithTheNearest)
{
    const auto called = call({"rules", "wsp.close.rest"});
    EXPECT_EQ(called.exitCode, 2);
    EXPECT_EQ(called.out, "");
    EXPECT_THAT(called.err, HasSubstr("wsp.close.reset"));
}

TEST(CommandLine, withoutACommandItSaysWhatThereIsAndFails)
{
    const auto called = call({});
    EXPECT_EQ(called.exitCode, 2);
    EXPECT_THAT(called.err, HasSubstr("rules"));
    EXPECT_EQ(call({"--help"}).exitCode, 0);
    const auto unknown = call({"lisn"});
    EXPECT_EQ(unknown.exitCode, 2);
    EXPECT_EQ(unknown.out, "");
    EXPECT_THAT(unknown.err, HasSubstr("There is no command lisn. Did you mean list"));
}

} // namespace recvscope::cli
