// The pieces a scenario's text is written from.

#pragma once

#include "base/rules.h"
#include "scenario/yaml_text.h"

#include <string>
#include <string_view>
#include <vector>

namespace recvscope::scenario {

/// A mapping in braces, grown argument by argument; what equals its default is left out by who calls.
class Braces {
public:
    Braces &add(std::string_view word, const std::string &value)
    {
        m_text += (m_text.empty() ? "" : ", ") + std::string(word) + ": " + value;
        return *this;
    }
    /// A name, unless it is empty.
    Braces &name(std::string_view word, const std::string &name)
    {
        return name.empty() ? *this : add(word, scalar(name));
    }
    [[nodiscard]] std::string text() const { return "{" + m_text + "}"; }

private:
    std::string m_text;
};

template <class List, class Each>
std::string brackets(const List &list, Each each)
{
    std::string text;
    for (const auto &item : list)
        text += (text.empty() ? "" : ", ") + each(item);
    return "[" + text + "]";
}

[[nodiscard]] inline std::string names(const std::vector<std::string> &list)
{
    return brackets(list, [](const std::string &name) { return scalar(name); });
}

[[nodiscard]] inline std::string rules(const std::vector<RuleId> &list)
{
    return brackets(list, [](RuleId rule) { return std::string(ruleOf(rule).name); });
}

} // namespace recvscope::scenario
