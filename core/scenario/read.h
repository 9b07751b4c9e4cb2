// Reads a scenario from YAML, with exact places in what it has to say against it.
//
// Threads: functions of their arguments; call them from anywhere.

#pragma once

#include "scenario/scenario.h"

#include <cassert>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace recvscope::scenario {

struct ReadLimits {
    static constexpr std::size_t bytes = 1U << 20; ///< of the text
    static constexpr std::size_t depth = 64;       ///< of mappings and lists in one another
    static constexpr std::size_t nodes = 100'000;
};

/// What is wrong, where, and what would be right.
struct ReadError {
    std::string file;
    std::uint32_t line = 0; ///< 0: the file as a whole
    std::uint32_t column = 0;
    std::uint32_t endLine = 0;
    std::uint32_t endColumn = 0;
    std::string expected; ///< may be empty
    std::string found;    ///< the offending text or a description of it; may be empty
    std::string nearest;  ///< the valid word that was probably meant; may be empty
    std::string problem;  ///< the sentence, when "expected, found" does not say it
    bool later = false;   ///< it is no mistake, but this version does not run it yet

    /// "lesson.yaml:7:5: expected a verb, found 'wsp.rcv'. Did you mean 'wsp.recv'?"
    [[nodiscard]] std::string message() const;
};

class [[nodiscard]] ReadResult {
public:
    ReadResult(Scenario scenario) : m_state(std::move(scenario)) {}
    ReadResult(ReadError error) : m_state(std::vector<ReadError>{std::move(error)}) {}
    /// @p errors at least one
    ReadResult(std::vector<ReadError> errors) : m_state(std::move(errors)) {}

    [[nodiscard]] bool ok() const { return std::holds_alternative<Scenario>(m_state); }
    explicit operator bool() const { return ok(); }
    /// Only when ok().
    [[nodiscard]] Scenario &value()
    {
        assert(ok());
        return std::get<Scenario>(m_state);
    }
    [[nodiscard]] const Scenario &value() const
    {
        assert(ok());
        return std::get<Scenario>(m_state);
    }
    /// The first thing that is wrong. Only when not ok().
    [[nodiscard]] const ReadError &error() const { return errors().front(); }
    /// One for each step that is wrong, in their order: what follows a mistake within a step is not certain, nor is
    /// anything behind a text that is no YAML; and what steps say of one another is looked at when each can be read.
    [[nodiscard]] const std::vector<ReadError> &errors() const
    {
        assert(!ok());
        return std::get<std::vector<ReadError>>(m_state);
    }

private:
    std::variant<Scenario, std::vector<ReadError>> m_state;
};

[[nodiscard]] ReadResult readScenario(const std::string &path);
/// @p name stands for the file in messages.
[[nodiscard]] ReadResult readScenarioText(std::string_view text, const std::string &name);

} // namespace recvscope::scenario
