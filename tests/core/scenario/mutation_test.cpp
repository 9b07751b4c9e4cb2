// Lessons, and the examples of the document, with random damage: the reader neither crashes nor hangs, and whatever it
// takes it can write and read again.

#include "scenario/write.h"
#include "texts.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

namespace recvscope::scenario {

namespace {

std::vector<std::string> lessonTexts()
{
    std::vector<std::string> texts;
    for (const auto &each : std::filesystem::directory_iterator(RECVSCOPE_SOURCE_DIR "/resources/lessons")) {
        std::ifstream file(each.path(), std::ios::binary);
        texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    std::sort(texts.begin(), texts.end());
    return texts;
}

/// Those of docs/scenario-format.md, which have every verb.
std::vector<std::string> exampleTexts()
{
    std::ifstream file(RECVSCOPE_SOURCE_DIR "/docs/scenario-format.md", std::ios::binary);
    const std::string document{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const std::string opening = "```yaml\n";
    std::vector<std::string> texts;
    for (std::size_t at = document.find(opening); at != std::string::npos; at = document.find(opening, at)) {
        at += opening.size();
        texts.push_back(document.substr(at, document.find("```", at) - at));
    }
    return texts;
}

class Damage {
public:
    explicit Damage(std::uint32_t seed) : m_random(seed) {}

    std::size_t below(std::size_t end)
    {
        return end == 0 ? 0 : std::uniform_int_distribution<std::size_t>(0, end - 1)(m_random);
    }

    std::string done(std::string text)
    {
        for (std::size_t i = 1 + below(4); i > 0; --i)
            text = once(std::move(text));
        return text;
    }

private:
    std::string once(std::string text)
    {
        static const std::vector<std::string> parts = {"{",
                                                       "}",
                                                       "[",
                                                       "]",
                                                       ":",
                                                       ",",
                                                       "\"",
                                                       "'",
                                                       "&a ",
                                                       "*a",
                                                       "!x ",
                                                       "- ",
                                                       "\n",
                                                       "\t",
                                                       "  ",
                                                       "---\n",
                                                       "|",
                                                       ">",
                                                       "?",
                                                       "#",
                                                       "%",
                                                       "~",
                                                       "0",
                                                       "-1",
                                                       "99999999999999999999",
                                                       "0x",
                                                       "\xff",
                                                       "\xc3",
                                                       std::string("\0", 1),
                                                       "null",
                                                       "true",
                                                       "<<"};
        const std::size_t at = below(text.size() + 1);
        switch (below(7)) {
        case 0:
            return text.insert(at, parts[below(parts.size())]);
        case 1:
            return text.erase(at, 1 + below(20));
        case 2:
            return text.substr(0, at);
        case 3:
            if (at < text.size())
                text[at] = static_cast<char>(below(256));
            return text;
        default:
            return lines(text);
        }
    }

    /// A line left out, doubled, swapped with another, or set in deeper.
    std::string lines(const std::string &text)
    {
        std::vector<std::string> all;
        for (std::size_t start = 0; start < text.size();) {
            const std::size_t end = std::min(text.find('\n', start), text.size() - 1) + 1;
            all.push_back(text.substr(start, end - start));
            start = end;
        }
        if (all.empty())
            return text;
        const std::size_t line = below(all.size());
        const std::size_t other = below(all.size());
        switch (below(4)) {
        case 0:
            all.erase(all.begin() + static_cast<std::ptrdiff_t>(line));
            break;
        case 1:
            all.insert(all.begin() + static_cast<std::ptrdiff_t>(other), std::string(all[line]));
            break;
        case 2:
            std::swap(all[line], all[other]);
            break;
        default:
            all[line].insert(0, std::string(1 + below(4), ' '));
            break;
        }
        std::string joined;
        for (const std::string &each : all)
            joined += each;
        return joined;
    }

    std::mt19937 m_random;
};

} // namespace

TEST(Mutation, damagedTextsAreReadOrRefusedWithAPlaceInTheText)
{
    std::vector<std::string> texts = lessonTexts();
    ASSERT_FALSE(texts.empty());
    const std::vector<std::string> examples = exampleTexts();
    ASSERT_GT(examples.size(), 20U);
    texts.insert(texts.end(), examples.begin(), examples.end());
    std::size_t good = 0;
    std::size_t refused = 0;
    for (std::uint32_t seed = 1; seed <= 6000; ++seed) {
        Damage damage(seed);
        const std::string text = damage.done(texts[damage.below(texts.size())]);
        const ReadResult result = readScenarioText(text, "damaged.yaml");
        if (!result.ok()) {
            ++refused;
            const ReadError &error = result.error();
            const auto lines = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
            ASSERT_LE(error.line, lines + 2) << "seed " << seed << ": " << error.message();
            ASSERT_FALSE(error.problem.empty() && error.expected.empty()) << "seed " << seed;
            continue;
        }
        ++good;
        const ReadResult again = readScenarioText(write(result.value()), "again.yaml");
        ASSERT_TRUE(again.ok()) << "seed " << seed << ": " << again.error().message();
        ASSERT_EQ(again.value(), result.value()) << "seed " << seed;
    }
    // The damage is neither harmless nor always fatal, or this test would show nothing.
    EXPECT_GT(good, 300U);
    EXPECT_GT(refused, 3000U);
}

} // namespace recvscope::scenario
