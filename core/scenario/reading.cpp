#include "scenario/reading.h"

#include "scenario/words.h"

#include <algorithm>
#include <charconv>

namespace recvscope::scenario {

// -- Reading

ReadError Reading::at(const Place &place) const
{
    ReadError error;
    error.file = m_file;
    error.line = place.line;
    error.column = place.column;
    error.endLine = place.endLine;
    error.endColumn = place.endColumn;
    return error;
}

void Reading::refuse(const Node &node, std::string expected, std::string nearest)
{
    if (m_error)
        return;
    m_error = at(node.place);
    m_error->expected = std::move(expected);
    m_error->found = node.describe();
    m_error->nearest = std::move(nearest);
}

void Reading::refuse(const Place &place, std::string problem, std::string nearest)
{
    if (m_error)
        return;
    m_error = at(place);
    m_error->problem = std::move(problem);
    m_error->nearest = std::move(nearest);
}

void Reading::refuseLater(const Place &place, const std::string &what)
{
    if (m_later)
        return;
    m_later = at(place);
    m_later->problem = what + " is part of the language, but this version does not run it yet.";
    m_later->later = true;
}

void Reading::nextPart()
{
    if (m_error)
        m_errors.push_back(std::move(*m_error));
    m_error.reset();
}

std::vector<ReadError> Reading::errors() const
{
    std::vector<ReadError> all = m_errors;
    if (m_error)
        all.push_back(*m_error);
    if (all.empty() && m_later)
        all.push_back(*m_later);
    return all;
}

void Reading::note(std::string_view word, const Place &place)
{
    if (!m_places.empty())
        m_places.back().emplace_back(word, place);
}

std::optional<Place> Reading::placeOf(std::size_t step, std::string_view word) const
{
    if (step >= m_places.size())
        return std::nullopt;
    for (const auto &[each, place] : m_places[step])
        if (each == word)
            return place;
    return std::nullopt;
}

// -- Fields

Fields::Fields(Reading &reading, const Node &node, const grammar::Section &section) : m_reading(reading), m_node(node)
{
    const std::string name(section.name);
    if (node.kind != Node::Kind::Mapping) {
        reading.refuse(node, "the arguments of " + name + " as a mapping, {" + std::string(section.words.front().name) +
                                 ": ...}");
        return;
    }
    for (std::size_t i = 0; i < node.keys.size() && !reading.failed(); ++i) {
        const Node &key = node.keys[i];
        const auto known = std::find_if(section.words.begin(), section.words.end(),
                                        [&](const grammar::Word &word) { return word.name == key.text; });
        if (known == section.words.end()) {
            const auto names = grammar::namesOf(section.words);
            reading.refuse(key, "a word of " + name + " (" + oneOf(names) + ")", nearestWord(key.text, names));
            continue;
        }
        if (grammar::isLater(known->mark) && !grammar::isLater(section.mark))
            reading.refuseLater(key.place, "'" + key.text + "' of " + name);
        reading.note(known->name, node.values[i].place);
    }
    for (const grammar::Word &word : section.words)
        if (word.mark == grammar::Mark::Required && node.find(word.name) == nullptr)
            reading.refuse(node.place, name + " needs '" + std::string(word.name) + "'.");
}

const Node *Fields::find(std::string_view word) const
{
    return m_node.kind == Node::Kind::Mapping ? m_node.find(word) : nullptr;
}

namespace {

/// Control characters but tab and line end, and those that turn the direction of what follows (UTF-8).
bool steersATerminal(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const std::string_view three = text.substr(i, 3);
        const bool control = (byte < 0x20 && byte != '\t' && byte != '\n') || byte == 0x7F ||
                             (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0);
        const bool turns = (three >= "\xE2\x80\xAA" && three <= "\xE2\x80\xAE") ||
                           (three >= "\xE2\x81\xA6" && three <= "\xE2\x81\xA9");
        if (control || (turns && three.size() == 3))
            return true;
    }
    return false;
}

} // namespace

std::string Fields::text(std::string_view word) const
{
    const Node *node = find(word);
    if (node == nullptr)
        return {};
    return readTold(m_reading, *node, "text");
}

std::string Fields::name(std::string_view word) const
{
    const Node *node = find(word);
    return node == nullptr ? std::string() : readName(m_reading, *node);
}

bool Fields::boolean(std::string_view word, bool otherwise) const
{
    const Node *node = find(word);
    return node == nullptr ? otherwise : readBoolean(m_reading, *node);
}

std::uint32_t Fields::number(std::string_view word, std::uint32_t most, std::uint32_t otherwise) const
{
    const Node *node = find(word);
    return node == nullptr ? otherwise : readNumber(m_reading, *node, most);
}

void Fields::refuseChoice(const Node &node, std::span<const std::string_view> names) const
{
    m_reading.refuse(node, oneOf(names), node.isScalar() ? nearestWord(node.text, names) : std::string());
}

// -- single values

std::string readTold(Reading &reading, const Node &node, const std::string &expected)
{
    std::string text = readText(reading, node, expected);
    if (!reading.failed() && steersATerminal(text))
        reading.refuse(node.place,
                       "this text holds a control character, which could steer the terminal that shows it.");
    return text;
}

std::string readText(Reading &reading, const Node &node, const std::string &expected)
{
    if (!node.isScalar() || (node.text.empty() && !node.quoted)) {
        reading.refuse(node, expected);
        return {};
    }
    return node.text;
}

std::string readName(Reading &reading, const Node &node)
{
    constexpr std::size_t longest = 32;
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    const auto mayStand = [&](char c) { return isLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; };
    const bool valid = node.isScalar() && !node.text.empty() && node.text.size() <= longest &&
                       isLetter(node.text.front()) && std::all_of(node.text.begin(), node.text.end(), mayStand);
    if (valid)
        return node.text;
    reading.refuse(node, "a name (a letter, then letters, digits, '_', '-' or '.'; at most 32)");
    return {};
}

bool readBoolean(Reading &reading, const Node &node)
{
    constexpr std::string_view words[] = {"true", "false"};
    if (node.isScalar() && node.text == "true")
        return true;
    if (!node.isScalar() || node.text != "false")
        reading.refuse(node, "true or false", node.isScalar() ? nearestWord(node.text, words) : std::string());
    return false;
}

std::optional<std::uint64_t> numberIn(std::string_view text)
{
    int base = 10;
    if (text.starts_with("0x") || text.starts_with("0X")) {
        base = 16;
        text.remove_prefix(2);
    }
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::uint32_t readNumber(Reading &reading, const Node &node, std::uint32_t most)
{
    const auto value = node.isScalar() ? numberIn(node.text) : std::nullopt;
    if (value && *value <= most)
        return static_cast<std::uint32_t>(*value);
    reading.refuse(node, "a whole number from 0 to " + std::to_string(most));
    return 0;
}

std::span<const Node> itemsOf(const Node &node)
{
    if (node.kind == Node::Kind::List)
        return node.values;
    return {&node, 1};
}

} // namespace recvscope::scenario
