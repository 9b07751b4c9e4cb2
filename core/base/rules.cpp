#include "base/rules.h"

#include <algorithm>

namespace recvscope {

const Rule &ruleOf(RuleId id)
{
    static constexpr Rule none{};
    const auto index = static_cast<std::size_t>(id);
    return index == 0 || index > allRules().size() ? none : allRules()[index - 1];
}

std::optional<RuleId> ruleNamed(std::string_view name)
{
    const auto rules = allRules();
    const auto found = std::find_if(rules.begin(), rules.end(), [&](const Rule &rule) { return rule.name == name; });
    if (found == rules.end())
        return std::nullopt;
    return found->id;
}

} // namespace recvscope
