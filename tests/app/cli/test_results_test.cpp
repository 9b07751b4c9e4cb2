#include "cli/test_results.h"

#include <gtest/gtest.h>

namespace recvscope::cli {

namespace {

constexpr std::string_view written = R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="5" failures="1" name="AllTests">
  <testsuite name="Queue" tests="5">
    <testcase name="fills" value_param="wsp.stream.posted-order" file="a.cpp" status="run" result="completed" classname="Queue">
      <properties>
        <property name="rule" value="wsp.stream.posted-order"/>
        <property name="rule" value="wsp.buffer.packed"/>
      </properties>
    </testcase>
    <testcase name="fails" value_param="wsp.close.reset" status="run" result="completed" classname="Queue">
      <failure message="a &lt; b" type=""><![CDATA[ <testcase name="no"> &amp; ]]></failure>
    </testcase>
    <testcase name="skipped" value_param="wsp.flag.oob" status="run" result="skipped" classname="Queue" />
    <testcase name="ordinary" status="run" result="completed" classname="Queue" />
    <testcase name="parameter" value_param="42" status="run" result="completed" classname="Queue" />
  </testsuite>
</testsuites>
)";

} // namespace

TEST(TestResults, aTestProvesTheRulesItRecorded)
{
    const auto results = testResultsIn(written);
    ASSERT_EQ(results.size(), 3U);
    EXPECT_EQ(results[0].name, "Queue.fills");
    EXPECT_EQ(results[0].rules, (std::vector{RuleId::WspStreamPostedOrder, RuleId::WspBufferPacked}));
    EXPECT_TRUE(results[0].passed);
}

TEST(TestResults, aFailedOrSkippedTestHasNotPassed)
{
    const auto results = testResultsIn(written);
    ASSERT_EQ(results.size(), 3U);
    EXPECT_EQ(results[1].name, "Queue.fails");
    EXPECT_FALSE(results[1].passed);
    EXPECT_EQ(results[2].rules, std::vector{RuleId::WspFlagOob});
    EXPECT_FALSE(results[2].passed);
}

TEST(TestResults, aTextCutOffAnywhereIsReadUpToThere)
{
    for (std::size_t size = 0; size < written.size(); ++size)
        EXPECT_LE(testResultsIn(written.substr(0, size)).size(), 3U);
}

TEST(TestResults, aFolderWithoutResultsIsAnErrorThatSaysWhatToDo)
{
    const auto none = testResultsOf("/nonexistent");
    ASSERT_FALSE(none);
    EXPECT_NE(none.error().message().find("./dev test"), std::string::npos);
}

} // namespace recvscope::cli
