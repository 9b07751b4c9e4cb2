// The rules: every promise of the two interfaces under a stable id, compiled in from resources/rules.
//
// Threads: everything here is constant and may be read from anywhere.

#pragma once

#include "base/rule_ids.h" // generated: enum class RuleId : std::uint16_t { None = 0, WspSocketConnectedOrBound, ... };

#include <optional>
#include <span>
#include <string_view>

namespace recvscope {

struct Rule {
    RuleId id;
    std::string_view name;    ///< "wsp.stream.fills-until"
    std::string_view from;    ///< page, neighbour or policy
    std::string_view provoke; ///< real, misuse or inject
    std::string_view says;    ///< the promise, in one or two sentences
    std::string_view gives;   ///< the status it gives, or empty
    std::string_view learn;   ///< the same for a learner, as an answer to "why did it return now?"
    std::string_view where;   ///< where the page says so: "WSPRecv, Remarks"
    std::string_view repair;  ///< what a program does instead that breaks it, or overlooks it; may be empty
};

/// Every rule, in the order of the files; the first is RuleId 1.
[[nodiscard]] std::span<const Rule> allRules();

/// @return the rule; for RuleId::None a rule with empty texts.
[[nodiscard]] const Rule &ruleOf(RuleId id);

/// @return the rule of that name ("wsp.close.reset"), or nothing.
[[nodiscard]] std::optional<RuleId> ruleNamed(std::string_view name);

} // namespace recvscope
