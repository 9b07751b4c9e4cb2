// Turns resources/rules/*.yaml into rule_ids.h and rule_table.cpp. Runs at build time, on the host.
//
//   rules_to_cpp OUTPUT-FOLDER FILE...
//
// A file maps group names to lists of rules; a rule maps id, from, provoke, says, gives, learn, where and repair to
// text.

#include <yaml.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

namespace {

using RuleText = std::map<std::string, std::string>;

const std::vector<std::string> fields = {"id", "from", "provoke", "says", "gives", "learn", "where", "repair"};

[[noreturn]] void fail(const std::string &file, std::size_t line, const std::string &why)
{
    std::cerr << file << ":" << line << ": " << why << "\n";
    std::exit(1);
}

std::string scalar(const yaml_node_t &node)
{
    return {reinterpret_cast<const char *>(node.data.scalar.value), node.data.scalar.length};
}

std::vector<RuleText> readRules(const std::string &path)
{
    std::FILE *file = std::fopen(path.c_str(), "rb");
    if (file == nullptr)
        fail(path, 0, "cannot be opened");
    yaml_parser_t parser;
    yaml_document_t document;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_file(&parser, file);
    if (yaml_parser_load(&parser, &document) == 0)
        fail(path, parser.problem_mark.line + 1, parser.problem != nullptr ? parser.problem : "is not YAML");

    std::vector<RuleText> rules;
    const auto nodeAt = [&](int index) -> const yaml_node_t & { return *yaml_document_get_node(&document, index); };
    const yaml_node_t *root = yaml_document_get_root_node(&document);
    if (root == nullptr || root->type != YAML_MAPPING_NODE)
        fail(path, 1, "expected a mapping from group to rules");
    for (auto *group = root->data.mapping.pairs.start; group < root->data.mapping.pairs.top; ++group) {
        const yaml_node_t &list = nodeAt(group->value);
        if (list.type != YAML_SEQUENCE_NODE)
            fail(path, list.start_mark.line + 1, "expected a list of rules");
        for (auto *item = list.data.sequence.items.start; item < list.data.sequence.items.top; ++item) {
            const yaml_node_t &entry = nodeAt(*item);
            if (entry.type != YAML_MAPPING_NODE)
                fail(path, entry.start_mark.line + 1, "expected a rule: {id: ..., says: ...}");
            RuleText rule;
            for (auto *pair = entry.data.mapping.pairs.start; pair < entry.data.mapping.pairs.top; ++pair) {
                const std::string key = scalar(nodeAt(pair->key));
                const yaml_node_t &value = nodeAt(pair->value);
                if (std::find(fields.begin(), fields.end(), key) == fields.end() || value.type != YAML_SCALAR_NODE)
                    fail(path, value.start_mark.line + 1, "unknown field '" + key + "', or not text");
                rule[key] = scalar(value);
            }
            for (const char *needed : {"id", "from", "provoke", "says", "learn", "where"})
                if (rule[needed].empty())
                    fail(path, entry.start_mark.line + 1, std::string("a rule lacks '") + needed + "'");
            rules.push_back(std::move(rule));
        }
    }
    yaml_document_delete(&document);
    yaml_parser_delete(&parser);
    std::fclose(file);
    return rules;
}

/// "wsp.stream.fills-until" → "WspStreamFillsUntil"
std::string enumerator(const std::string &id)
{
    std::string name;
    bool upper = true;
    for (const char c : id) {
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) {
            upper = true;
            continue;
        }
        name += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        upper = false;
    }
    return name;
}

std::string quoted(const std::string &text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out + "\"";
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 3) {
        std::cerr << "usage: rules_to_cpp OUTPUT-FOLDER FILE...\n";
        return 2;
    }
    std::vector<RuleText> rules;
    for (int i = 2; i < argc; ++i)
        for (RuleText &rule : readRules(argv[i])) {
            for (const RuleText &other : rules)
                if (other.at("id") == rule.at("id"))
                    fail(argv[i], 0, "rule " + rule.at("id") + " stands twice");
            rules.push_back(std::move(rule));
        }

    const std::string folder = argv[1];
    std::ofstream header(folder + "/rule_ids.h");
    header << "// Generated from resources/rules.\n\n#pragma once\n\n#include <cstdint>\n\nnamespace recvscope {\n\n"
              "enum class RuleId : std::uint16_t {\n    None = 0,\n";
    for (const RuleText &rule : rules)
        header << "    " << enumerator(rule.at("id")) << ", ///< " << rule.at("id") << "\n";
    header << "};\n\n} // namespace recvscope\n";

    std::ofstream table(folder + "/rule_table.cpp");
    table << "// Generated from resources/rules.\n\n#include \"base/rules.h\"\n\n#include <array>\n\nnamespace "
             "recvscope {\n\n"
             "std::span<const Rule> allRules()\n{\n    static constexpr std::array rules = {\n";
    for (RuleText &rule : rules) {
        table << "        Rule{RuleId::" << enumerator(rule["id"]);
        for (const std::string &field : fields)
            table << ", " << quoted(rule[field]);
        table << "},\n";
    }
    table << "    };\n    return rules;\n}\n\n} // namespace recvscope\n";
    return header.good() && table.good() ? 0 : 1;
}
