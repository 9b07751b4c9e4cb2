// RULE_TEST("wsp.stream.posted-order", Suite, oneBehaviourAsASentence) { ... }
//
// A test that proves a rule. It passes only if the trace it hands to provedBy() holds an event that names the rule, and
// it is recorded under the rule's id for ./dev rules.

#pragma once

#include "base/rules.h"
#include "trace/store.h"

#include <gtest/gtest.h>

#include <string_view>

namespace recvscope::test {

class RuleTest : public testing::Test {
protected:
    /// Looks for the rule in a finished trace.
    void provedBy(const trace::Snapshot &snapshot)
    {
        for (std::uint16_t track = 0; track < snapshot.trackCount(); ++track)
            for (std::uint32_t i = 0; i < snapshot.trackSize(track); ++i)
                m_seen = m_seen || snapshot.event({track, i}).rule == m_rule;
    }

    void begin(std::string_view rule)
    {
        RecordProperty("rule", std::string(rule));
        const auto known = ruleNamed(rule);
        ASSERT_TRUE(known) << "there is no rule " << rule;
        m_rule = *known;
    }

    void TearDown() override
    {
        if (m_rule != RuleId::None && !HasFatalFailure() && !IsSkipped()) {
            EXPECT_TRUE(m_seen) << "no event of the trace names " << ruleOf(m_rule).name;
        }
    }

private:
    RuleId m_rule = RuleId::None;
    bool m_seen = false;
};

} // namespace recvscope::test

// NOLINTBEGIN
#define RULE_TEST(rule, suite, name)                                                                                   \
    class suite##_##name##_Body : public suite {                                                                       \
    public:                                                                                                            \
        void body();                                                                                                   \
        void TestBody() override                                                                                       \
        {                                                                                                              \
            begin(rule);                                                                                               \
            if (!HasFatalFailure())                                                                                    \
                body();                                                                                                \
        }                                                                                                              \
    };                                                                                                                 \
    static const testing::TestInfo *const suite##_##name##_info = testing::RegisterTest(                               \
        #suite, #name, nullptr, rule, __FILE__, __LINE__, []() -> suite * { return new suite##_##name##_Body; });      \
    void suite##_##name##_Body::body()
// NOLINTEND
