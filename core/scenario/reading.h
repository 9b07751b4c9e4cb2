// What the parts of the reader share: the first thing that is wrong, where each argument stood, and typed access to a
// mapping whose words are checked against the grammar.
//
// Threads: one Reading belongs to one call of readScenario.

#pragma once

#include "scenario/grammar.h"
#include "scenario/read.h"
#include "scenario/tree.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace recvscope::scenario {

class Reading {
public:
    /// @p folder is where paths begin.
    Reading(std::string file, std::filesystem::path folder) : m_file(std::move(file)), m_folder(std::move(folder)) {}

    [[nodiscard]] const std::string &file() const { return m_file; }
    [[nodiscard]] const std::filesystem::path &folder() const { return m_folder; }

    // Of these three the first in each part is kept; a mistake counts before a word of a later version.

    /// "expected ..., found (the node)".
    void refuse(const Node &node, std::string expected, std::string nearest = {});
    void refuse(const Place &place, std::string problem, std::string nearest = {});
    /// @p what is part of the language, but this version does not run it.
    void refuseLater(const Place &place, const std::string &what);

    /// A mistake was found in this part: what is read of it from here on is not used.
    [[nodiscard]] bool failed() const { return m_error.has_value(); }
    /// The header ends, or a step: what comes next can be read whatever was wrong so far.
    void nextPart();
    /// Of the parts so far; empty: none.
    [[nodiscard]] std::vector<ReadError> errors() const;

    /// From here on noted places belong to the next step.
    void beginStep() { m_places.emplace_back(); }
    void note(std::string_view word, const Place &place);
    /// Where that argument of the step (counted from 0) stood, if it did.
    [[nodiscard]] std::optional<Place> placeOf(std::size_t step, std::string_view word) const;

private:
    [[nodiscard]] ReadError at(const Place &place) const;

    std::string m_file;
    std::filesystem::path m_folder;
    std::vector<ReadError> m_errors; ///< of earlier parts
    std::optional<ReadError> m_error;
    std::optional<ReadError> m_later;
    std::vector<std::vector<std::pair<std::string_view, Place>>> m_places;
};

/// A mapping whose words have been checked: unknown ones, missing ones and those of later versions are refused at once.
class Fields {
public:
    Fields(Reading &reading, const Node &node, const grammar::Section &section);

    [[nodiscard]] bool has(std::string_view word) const { return find(word) != nullptr; }
    [[nodiscard]] const Node *find(std::string_view word) const;
    [[nodiscard]] const Place &place() const { return m_node.place; }

    // Each gives the default where the word is absent, and refuses what is not of its type.

    [[nodiscard]] std::string text(std::string_view word) const;
    [[nodiscard]] std::string name(std::string_view word) const;
    [[nodiscard]] bool boolean(std::string_view word, bool otherwise) const;
    [[nodiscard]] std::uint32_t number(std::string_view word, std::uint32_t most, std::uint32_t otherwise = 0) const;

    /// One of a fixed set of words.
    template <class T>
    [[nodiscard]] T choice(std::string_view word, std::span<const std::pair<std::string_view, T>> choices,
                           T otherwise) const
    {
        const Node *node = find(word);
        if (node == nullptr)
            return otherwise;
        std::vector<std::string_view> names;
        for (const auto &[name, value] : choices) {
            if (node->isScalar() && node->text == name)
                return value;
            names.push_back(name);
        }
        refuseChoice(*node, names);
        return otherwise;
    }

private:
    void refuseChoice(const Node &node, std::span<const std::string_view> names) const;

    Reading &m_reading;
    const Node &m_node;
};

// Single values; each refuses what is not of its type and gives an empty one then.

/// Text for people: refused when it holds what steers a terminal (control characters, turned directions).
[[nodiscard]] std::string readTold(Reading &reading, const Node &node, const std::string &expected);
[[nodiscard]] std::string readText(Reading &reading, const Node &node, const std::string &expected);
/// Letters, digits, '_', '-' and '.', beginning with a letter, at most 32.
[[nodiscard]] std::string readName(Reading &reading, const Node &node);
[[nodiscard]] bool readBoolean(Reading &reading, const Node &node);
[[nodiscard]] std::uint32_t readNumber(Reading &reading, const Node &node, std::uint32_t most);
/// A number, without refusing: decimal or 0x.
[[nodiscard]] std::optional<std::uint64_t> numberIn(std::string_view text);
/// A list's items, or the one value that stands for a list of one.
[[nodiscard]] std::span<const Node> itemsOf(const Node &node);

} // namespace recvscope::scenario
