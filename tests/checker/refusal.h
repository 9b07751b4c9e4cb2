// What the checker holds against a trace: the rule, the receive, and a sentence.
//
// Threads: a value.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace recvscope::checker {

struct Refusal {
    std::string rule; ///< its id; "trace" where the trace itself is no trace
    std::string socket;
    std::string operation; ///< may be empty
    std::string sentence;

    [[nodiscard]] std::string text() const
    {
        return rule + ": " + (operation.empty() ? "" : operation + " on ") + socket + ": " + sentence;
    }
};

class Refusals {
public:
    void add(std::string_view rule, const std::string &socket, const std::string &operation, std::string sentence)
    {
        m_all.push_back({std::string(rule), socket, operation, std::move(sentence)});
    }
    [[nodiscard]] const std::vector<Refusal> &all() const { return m_all; }

private:
    std::vector<Refusal> m_all;
};

} // namespace recvscope::checker
