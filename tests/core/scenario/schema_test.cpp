// The JSON schema, which other editors use, knows the same words as the reader.

#include "scenario/grammar.h"
#include "scenario/tree.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

namespace recvscope::scenario {

namespace {

using Names = std::set<std::string>;

class Schema : public testing::Test {
protected:
    void SetUp() override
    {
        // JSON is YAML: the reader's own tree reads it.
        std::ifstream file(RECVSCOPE_SOURCE_DIR "/resources/schema/scenario.schema.json", std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        auto tree = readTree(text, "scenario.schema.json");
        ASSERT_TRUE(std::holds_alternative<Node>(tree)) << std::get<ReadError>(tree).message();
        m_root = std::get<Node>(std::move(tree));
    }

    /// The value at the end of a path of words, or a failure.
    [[nodiscard]] const Node &at(const std::vector<std::string> &path) const
    {
        const Node *node = &m_root;
        for (const std::string &word : path) {
            const Node *next = node->find(word);
            if (next == nullptr) {
                ADD_FAILURE() << "the schema has no '" << word << "'";
                return *node;
            }
            node = next;
        }
        return *node;
    }

    static Names keysOf(const Node &mapping)
    {
        Names names;
        for (const Node &key : mapping.keys)
            names.insert(key.text);
        return names;
    }

    /// A mapping of the schema allows and requires exactly the section's words.
    void expectSame(const Node &mapping, const grammar::Section &section) const
    {
        Names all;
        Names required;
        for (const grammar::Word &word : section.words) {
            all.emplace(word.name);
            if (word.mark == grammar::Mark::Required)
                required.emplace(word.name);
        }
        ASSERT_NE(mapping.find("properties"), nullptr) << section.name;
        EXPECT_EQ(keysOf(*mapping.find("properties")), all) << section.name;
        Names written;
        if (const Node *list = mapping.find("required"))
            for (const Node &each : list->values)
                written.insert(each.text);
        EXPECT_EQ(written, required) << section.name;
        const Node *closed = mapping.find("additionalProperties");
        EXPECT_TRUE(closed != nullptr && closed->text == "false") << section.name;
    }

    Node m_root;
};

} // namespace

TEST_F(Schema, itsVerbsAreTheReaders)
{
    Names verbs;
    for (const std::string_view name : grammar::verbNames())
        verbs.emplace(name);
    EXPECT_EQ(keysOf(at({"$defs", "step", "properties"})), verbs);
    for (const grammar::Section &verb : grammar::verbs())
        expectSame(at({"$defs", "verb." + std::string(verb.name)}), verb);
}

TEST_F(Schema, itsSectionsAreTheReaders)
{
    expectSame(m_root, grammar::top());
    expectSame(at({"$defs", "lesson"}), grammar::lesson());
    expectSame(at({"$defs", "policy"}), grammar::policy());
    expectSame(at({"$defs", "socket"}), grammar::socket());
    expectSame(at({"$defs", "bufferMapping"}), grammar::buffer());
    expectSame(at({"$defs", "dataMapping"}), grammar::data());
    expectSame(at({"$defs", "random"}), grammar::random());
    expectSame(at({"$defs", "queued"}), grammar::queued());
    expectSame(at({"$defs", "arrived"}), grammar::arrived());
    expectSame(at({"$defs", "indicated"}), grammar::indicated());
    expectSame(at({"$defs", "discarded"}), grammar::discarded());
    expectSame(at({"$defs", "callsCounted"}), grammar::calls());
    expectSame(at({"$defs", "answerMapping"}), grammar::answer());
}

} // namespace recvscope::scenario
