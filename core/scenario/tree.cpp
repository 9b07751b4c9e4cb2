#include "scenario/tree.h"

#include "scenario/words.h"

#include <yaml.h>

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace recvscope::scenario {

namespace {

std::uint32_t fromOne(std::size_t countedFromZero)
{
    return static_cast<std::uint32_t>(countedFromZero + 1);
}

Place between(const yaml_mark_t &begin, const yaml_mark_t &end)
{
    return {fromOne(begin.line), fromOne(begin.column), fromOne(end.line), fromOne(end.column)};
}

std::string textOf(const yaml_char_t *text)
{
    return text == nullptr ? std::string() : std::string(reinterpret_cast<const char *>(text));
}

/// Foreign text in a message, in quotes and cut short. Messages go to terminals: what would steer one becomes a dot.
std::string shown(std::string_view text)
{
    constexpr std::size_t longest = 40;
    std::size_t end = std::min(text.size(), longest);
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end; // not inside a character
    std::string safe(text.substr(0, end));
    for (std::size_t i = 0; i < safe.size(); ++i) {
        const auto at = [&](std::size_t index) { return static_cast<unsigned char>(safe[index]); };
        const bool second = i + 1 < safe.size() && at(i) == 0xC2 && at(i + 1) < 0xA0; // U+0080 to U+009F
        if (at(i) < 0x20 || at(i) == 0x7F || second)
            safe.replace(i, second ? 2 : 1, ".");
    }
    return "'" + safe + (end < text.size() ? "...'" : "'");
}

/// One event of libyaml, released at its end.
class YamlEvent {
public:
    YamlEvent() = default;
    YamlEvent(const YamlEvent &) = delete;
    YamlEvent &operator=(const YamlEvent &) = delete;
    ~YamlEvent() { yaml_event_delete(&m_event); }

    [[nodiscard]] bool parse(yaml_parser_t &parser) { return yaml_parser_parse(&parser, &m_event) != 0; }
    const yaml_event_t *operator->() const { return &m_event; }

private:
    yaml_event_t m_event{};
};

/// A mapping or list that is still open.
struct Open {
    Node node;
    std::unordered_map<std::string, std::uint32_t> lines; ///< of the keys so far
};

class TreeReader {
public:
    TreeReader(std::string_view text, const std::string &name) : m_text(text), m_name(name)
    {
        yaml_parser_initialize(&m_parser);
        yaml_parser_set_encoding(&m_parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&m_parser, reinterpret_cast<const unsigned char *>(text.data()), text.size());
    }
    TreeReader(const TreeReader &) = delete;
    TreeReader &operator=(const TreeReader &) = delete;
    ~TreeReader() { yaml_parser_delete(&m_parser); }

    std::variant<Node, ReadError> read();

private:
    void take(const YamlEvent &event);
    void begin(Node::Kind kind, const yaml_event_t &event, const yaml_char_t *anchor, const yaml_char_t *tag);
    void end(const yaml_event_t &event);
    void scalar(const yaml_event_t &event);
    void put(Node node);
    void count(Place place);
    void refuseMarks(Place place, const yaml_char_t *anchor, const yaml_char_t *tag);
    void refuse(Place place, std::string problem);
    [[nodiscard]] ReadError notYaml() const;
    [[nodiscard]] bool expectsKey() const
    {
        return !m_open.empty() && m_open.back().node.kind == Node::Kind::Mapping &&
               m_open.back().node.keys.size() == m_open.back().node.values.size();
    }

    std::string_view m_text;
    const std::string &m_name;
    yaml_parser_t m_parser{};
    std::vector<Open> m_open;
    std::optional<Node> m_root;
    std::optional<ReadError> m_error;
    std::size_t m_nodes = 0;
    std::size_t m_documents = 0;
};

void TreeReader::refuse(Place place, std::string problem)
{
    if (m_error)
        return;
    m_error =
        ReadError{m_name, place.line, place.column, place.endLine, place.endColumn, {}, {}, {}, std::move(problem)};
}

/// What libyaml says, at the place it says it.
ReadError TreeReader::notYaml() const
{
    ReadError error;
    error.file = m_name;
    if (m_parser.error == YAML_READER_ERROR) {
        // The byte's place is known by its offset alone: libyaml has not come so far yet.
        const std::string_view before = m_text.substr(0, std::min(m_parser.problem_offset, m_text.size()));
        error.line = fromOne(static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')));
        const std::size_t lineStart = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
        const std::string_view line = before.substr(lineStart);
        error.column = fromOne(static_cast<std::size_t>(std::count_if(
            line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; })));
        error.problem = "this is not text in UTF-8: " + std::string(m_parser.problem) +
                        ". Write bytes that are no text as {hex: \"...\"}.";
    } else {
        error.line = fromOne(m_parser.problem_mark.line);
        error.column = fromOne(m_parser.problem_mark.column);
        error.problem = "this is not YAML: ";
        error.problem += m_parser.problem != nullptr ? m_parser.problem : "it could not be parsed";
        if (m_parser.context != nullptr)
            error.problem += std::string(", ") + m_parser.context + " that begins in line " +
                             std::to_string(m_parser.context_mark.line + 1);
        error.problem += ".";
    }
    error.endLine = error.line;
    error.endColumn = error.column + 1;
    return error;
}

void TreeReader::count(Place place)
{
    if (++m_nodes > ReadLimits::nodes)
        refuse(place,
               "the scenario has more than " + std::to_string(ReadLimits::nodes) + " entries; that is the limit.");
}

void TreeReader::refuseMarks(Place place, const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor != nullptr)
        refuse(place,
               "anchors (" + shown("&" + textOf(anchor)) + ") are no part of the language: write the value out.");
    // libyaml hands the tag "!" over where none was written before some scalars.
    if (tag != nullptr && textOf(tag) != "!")
        refuse(place, "tags (" + shown(textOf(tag)) + ") are no part of the language: write the value alone.");
}

void TreeReader::put(Node node)
{
    if (m_open.empty()) {
        m_root = std::move(node);
        return;
    }
    Open &open = m_open.back();
    if (!expectsKey()) {
        open.node.values.push_back(std::move(node));
        return;
    }
    if (!node.isScalar()) {
        refuse(node.place, "expected a word before the colon, found " + node.describe() + ".");
        return;
    }
    const auto [known, isNew] = open.lines.emplace(node.text, node.place.line);
    if (!isNew)
        refuse(node.place, node.describe() + " stands here for the second time; it was given in line " +
                               std::to_string(known->second) + " already.");
    open.node.keys.push_back(std::move(node));
}

void TreeReader::begin(Node::Kind kind, const yaml_event_t &event, const yaml_char_t *anchor, const yaml_char_t *tag)
{
    Open open;
    open.node.kind = kind;
    open.node.place = between(event.start_mark, event.end_mark);
    refuseMarks(open.node.place, anchor, tag);
    count(open.node.place);
    if (expectsKey())
        refuse(open.node.place, "expected a word before the colon, found " + open.node.describe() + ".");
    if (m_open.size() >= ReadLimits::depth)
        refuse(open.node.place, "lists and mappings stand more than " + std::to_string(ReadLimits::depth) +
                                    " deep in one another; that is the limit.");
    m_open.push_back(std::move(open));
}

void TreeReader::end(const yaml_event_t &event)
{
    Node node = std::move(m_open.back().node);
    m_open.pop_back();
    // A collection without brackets ends, for libyaml, where the next thing begins: its last child is what it ends
    // with.
    const bool bracketed = event.start_mark.index != event.end_mark.index;
    if (bracketed || node.values.empty()) {
        node.place.endLine = fromOne(event.end_mark.line);
        node.place.endColumn = fromOne(event.end_mark.column);
    } else {
        node.place.endLine = node.values.back().place.endLine;
        node.place.endColumn = node.values.back().place.endColumn;
    }
    put(std::move(node));
}

void TreeReader::scalar(const yaml_event_t &event)
{
    const auto &scalar = event.data.scalar;
    Node node;
    node.place = between(event.start_mark, event.end_mark);
    node.text.assign(reinterpret_cast<const char *>(scalar.value), scalar.length);
    node.quoted = scalar.style != YAML_PLAIN_SCALAR_STYLE;
    refuseMarks(node.place, scalar.anchor, scalar.tag);
    count(node.place);
    put(std::move(node));
}

void TreeReader::take(const YamlEvent &event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (++m_documents > 1)
            refuse(between(event->start_mark, event->end_mark),
                   "a second document begins here; a scenario is one document.");
        break;
    case YAML_ALIAS_EVENT:
        refuse(between(event->start_mark, event->end_mark), "aliases (" +
                                                                shown("*" + textOf(event->data.alias.anchor)) +
                                                                ") are no part of the language: write the value out.");
        break;
    case YAML_MAPPING_START_EVENT:
        begin(Node::Kind::Mapping, *event.operator->(), event->data.mapping_start.anchor,
              event->data.mapping_start.tag);
        break;
    case YAML_SEQUENCE_START_EVENT:
        begin(Node::Kind::List, *event.operator->(), event->data.sequence_start.anchor, event->data.sequence_start.tag);
        break;
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        end(*event.operator->());
        break;
    case YAML_SCALAR_EVENT:
        scalar(*event.operator->());
        break;
    default:
        break;
    }
}

std::variant<Node, ReadError> TreeReader::read()
{
    if (m_text.size() > ReadLimits::bytes)
        return ReadError{
            m_name,
            0,
            0,
            0,
            0,
            {},
            {},
            {},
            "the scenario is larger than " + std::to_string(ReadLimits::bytes / 1024) + " KiB; that is the limit."};
    for (;;) {
        YamlEvent event;
        if (!event.parse(m_parser))
            return notYaml();
        if (event->type == YAML_STREAM_END_EVENT)
            break;
        take(event);
        if (m_error)
            return *m_error;
    }
    if (!m_root)
        return ReadError{
            m_name, 0, 0, 0, 0, {}, {}, {}, "the scenario is empty. It begins with 'recvscope: 1', a title and steps."};
    return std::move(*m_root);
}

} // namespace

const Node *Node::find(std::string_view key) const
{
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (keys[i].text == key)
            return &values[i];
    return nullptr;
}

std::string Node::describe() const
{
    switch (kind) {
    case Kind::List:
        return "a list";
    case Kind::Mapping:
        return "a mapping";
    case Kind::Scalar:
        break;
    }
    if (text.empty())
        return quoted ? "an empty text" : "nothing";
    return shown(text);
}

std::variant<Node, ReadError> readTree(std::string_view text, const std::string &name)
{
    return TreeReader(text, name).read();
}

} // namespace recvscope::scenario
