// docs/scenario-format.md says the truth: its examples are read as they are marked, its tables hold exactly the words
// that the reader knows, and each rule of the two interfaces is expressed by words that exist.

#include "scenario/grammar.h"
#include "texts.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <sstream>

namespace recvscope::scenario {

namespace {

const std::string now = "✔";
const std::string refusedByTheEngine = "◐";
const std::string later = "○";

std::string documentText()
{
    std::ifstream file(RECVSCOPE_SOURCE_DIR "/docs/scenario-format.md", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> linesOf(const std::string &text)
{
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

/// The cells of a table's row, without the spaces around them; none for any other line.
std::vector<std::string> cellsOf(const std::string &line)
{
    std::vector<std::string> cells;
    if (!line.starts_with("| "))
        return cells;
    std::istringstream stream(line.substr(1));
    for (std::string cell; std::getline(stream, cell, '|');) {
        const std::size_t first = cell.find_first_not_of(' ');
        const std::size_t last = cell.find_last_not_of(' ');
        cells.push_back(first == std::string::npos ? std::string() : cell.substr(first, last - first + 1));
    }
    return cells;
}

std::string unquoted(const std::string &cell)
{
    return cell.size() > 2 && cell.front() == '`' && cell.back() == '`' ? cell.substr(1, cell.size() - 2)
                                                                        : std::string();
}

/// Every mapping with fixed words: verbs, and what stands outside the steps.
std::vector<grammar::Section> sections()
{
    std::vector<grammar::Section> all(grammar::verbs().begin(), grammar::verbs().end());
    for (const grammar::Section &each :
         {grammar::top(), grammar::lesson(), grammar::policy(), grammar::socket(), grammar::buffer(), grammar::data(),
          grammar::random(), grammar::queued(), grammar::arrived(), grammar::indicated(), grammar::discarded(),
          grammar::calls(), grammar::answer()})
        all.push_back(each);
    return all;
}

/// As a table of the document writes a section's words.
std::string asWritten(const grammar::Section &section)
{
    std::string text;
    for (const grammar::Word &word : section.words) {
        const std::string name = "`" + std::string(word.name) + "`";
        text += (text.empty() ? "" : " ") + (word.mark == grammar::Mark::Required ? "**" + name + "**" : name) +
                (grammar::isLater(word.mark) ? "°" : "");
    }
    return text;
}

/// "a: [x, y], b" → "a", "b": what stands before a colon or alone, outside brackets.
std::vector<std::string> wordsIn(const std::string &text)
{
    std::vector<std::string> words(1);
    int depth = 0;
    bool inWord = true;
    for (const char c : text) {
        depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
        if (depth == 0 && c == ',') {
            words.emplace_back();
            inWord = true;
        } else if (depth == 0 && c == ':') {
            inWord = false;
        } else if (depth == 0 && inWord && c != ' ' && c != ']' && c != '}') {
            words.back() += c;
        }
    }
    return words;
}

/// Checks `section word: value, word` and says whether any of it belongs to a later version.
bool isLaterPhrase(const std::string &phrase)
{
    std::optional<grammar::Section> meant;
    std::string rest;
    for (const grammar::Section &each : sections()) {
        const std::string name = each.name == "a socket" ? "sockets" : std::string(each.name);
        if (phrase.starts_with(name + " ")) {
            meant = each;
            rest = phrase.substr(name.size() + 1);
        }
    }
    if (!meant) {
        ADD_FAILURE() << "`" << phrase << "` begins with no verb and no section";
        return false;
    }
    bool isLater = grammar::isLater(meant->mark);
    for (const std::string &name : wordsIn(rest)) {
        const auto word = std::find_if(meant->words.begin(), meant->words.end(),
                                       [&](const grammar::Word &each) { return each.name == name; });
        if (word == meant->words.end())
            ADD_FAILURE() << "`" << phrase << "`: '" << name << "' is no word of " << meant->name;
        else
            isLater = isLater || grammar::isLater(word->mark);
    }
    return isLater;
}

std::vector<std::string> phrasesIn(const std::string &cell)
{
    std::vector<std::string> phrases;
    for (std::size_t open = cell.find('`'); open != std::string::npos;) {
        const std::size_t close = cell.find('`', open + 1);
        if (close == std::string::npos)
            break;
        phrases.push_back(cell.substr(open + 1, close - open - 1));
        open = cell.find('`', close + 1);
    }
    return phrases;
}

} // namespace

TEST(Document, examplesAreReadAsTheyAreMarked)
{
    std::optional<std::string> example;
    std::size_t examples = 0;
    for (const std::string &line : linesOf(documentText())) {
        if (line == "```yaml") {
            example.emplace();
        } else if (line == "```" && example) {
            const ReadResult result = readScenarioText(*example, "example.yaml");
            if (example->starts_with("# " + now + "\n")) {
                EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().message()) << "\n" << *example;
            } else {
                EXPECT_TRUE(example->starts_with("# " + later + "\n")) << "an example without a mark:\n" << *example;
                ASSERT_FALSE(result.ok()) << "it runs already:\n" << *example;
                EXPECT_TRUE(result.error().later) << result.error().message() << "\n" << *example;
            }
            example.reset();
            ++examples;
        } else if (example) {
            *example += line + "\n";
        }
    }
    EXPECT_GE(examples, 24U);
}

TEST(Document, itsTablesHoldExactlyTheWordsTheReaderKnows)
{
    std::map<std::string, std::pair<std::string, std::string>> written; // section → mark and words
    for (const std::string &line : linesOf(documentText()))
        if (const auto cells = cellsOf(line); cells.size() == 3 && !unquoted(cells[0]).empty())
            written[unquoted(cells[0])] = {cells[1], cells[2]};
    for (const grammar::Section &section : sections()) {
        const auto row = written.find(std::string(section.name));
        ASSERT_NE(row, written.end()) << "no row for " << section.name;
        EXPECT_EQ(row->second.first, grammar::isLater(section.mark) ? later : now) << section.name;
        EXPECT_EQ(row->second.second, asWritten(section)) << section.name;
    }
}

TEST(Document, everyRuleOfTheTwoInterfacesIsExpressedByWordsThatExist)
{
    std::map<std::string, std::vector<std::string>> rows;
    for (const std::string &line : linesOf(documentText()))
        if (const auto cells = cellsOf(line); cells.size() == 3 && ruleNamed(unquoted(cells[0]))) {
            EXPECT_FALSE(rows.contains(unquoted(cells[0]))) << cells[0] << " stands twice";
            rows[unquoted(cells[0])] = cells;
        }

    std::size_t rules = 0;
    for (const Rule &rule : allRules()) {
        if (!rule.name.starts_with("wsp.") && !rule.name.starts_with("wsk."))
            continue;
        ++rules;
        const auto row = rows.find(std::string(rule.name));
        if (row == rows.end()) {
            ADD_FAILURE() << "no row for " << rule.name;
            continue;
        }
        const std::string &mark = row->second[1];
        const std::string &cell = row->second[2];
        const std::string needed = cell.substr(0, cell.find("; later:"));
        bool needsLater = false;
        for (const std::string &phrase : phrasesIn(needed))
            needsLater = isLaterPhrase(phrase) || needsLater;
        EXPECT_FALSE(phrasesIn(needed).empty()) << rule.name;
        EXPECT_TRUE(mark == now || mark == refusedByTheEngine || mark == later) << rule.name;
        EXPECT_EQ(needsLater, mark == later) << rule.name << ": " << needed;
        if (cell.size() > needed.size()) {
            bool isLater = false;
            for (const std::string &phrase : phrasesIn(cell.substr(needed.size())))
                isLater = isLaterPhrase(phrase) || isLater;
            EXPECT_TRUE(isLater) << rule.name << ": nothing after 'later:' is of a later version";
        }
    }
    EXPECT_EQ(rules, 130U);
    EXPECT_EQ(rows.size(), rules);
}

} // namespace recvscope::scenario
