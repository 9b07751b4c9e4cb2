#include "cli/test_results.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

namespace recvscope::cli {

namespace {

std::string unescaped(std::string_view text)
{
    static constexpr std::pair<std::string_view, char> entities[] = {
        {"&quot;", '"'}, {"&apos;", '\''}, {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}};
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto found = std::find_if(std::begin(entities), std::end(entities),
                                        [&](const auto &entity) { return text.substr(at).starts_with(entity.first); });
        if (found != std::end(entities)) {
            out += found->second;
            at += found->first.size();
        } else {
            out += text[at++];
        }
    }
    return out;
}

/// One tag of the text, without its angle brackets. GoogleTest escapes '>' within attributes.
class Tag {
public:
    explicit Tag(std::string_view text) : m_text(text) {}

    [[nodiscard]] bool is(std::string_view name) const
    {
        return m_text.starts_with(name) &&
               (m_text.size() == name.size() ||
                std::string_view(" /\n\t").find(m_text[name.size()]) != std::string_view::npos);
    }
    [[nodiscard]] bool closesItself() const { return m_text.ends_with('/'); }
    [[nodiscard]] std::string attribute(std::string_view name) const
    {
        const std::string key = " " + std::string(name) + "=\"";
        const std::size_t begin = m_text.find(key);
        if (begin == std::string_view::npos)
            return {};
        const std::size_t value = begin + key.size();
        return unescaped(m_text.substr(value, m_text.find('"', value) - value));
    }

private:
    std::string_view m_text;
};

/// Collects the tests of one file, tag by tag.
class Reader {
public:
    void tag(const Tag &tag)
    {
        if (tag.is("testcase")) {
            const bool ran = tag.attribute("result") == "completed";
            m_test = TestResult{tag.attribute("classname") + "." + tag.attribute("name"), {}, ran, {}, ran};
            addRule(tag.attribute("value_param"));
            if (tag.closesItself())
                close();
        } else if (tag.is("property") && m_test && tag.attribute("name") == "rule") {
            addRule(tag.attribute("value"));
        } else if (tag.is("property") && m_test && tag.attribute("name") == "scenario") {
            m_test->scenario = tag.attribute("value");
        } else if (tag.is("failure") && m_test) {
            m_test->passed = false;
        } else if (tag.is("/testcase")) {
            close();
        }
    }

    std::vector<TestResult> results;

private:
    void addRule(const std::string &name)
    {
        const std::optional<RuleId> rule = ruleNamed(name);
        if (rule && std::find(m_test->rules.begin(), m_test->rules.end(), *rule) == m_test->rules.end())
            m_test->rules.push_back(*rule);
    }

    void close()
    {
        if (m_test && (!m_test->rules.empty() || !m_test->scenario.empty()))
            results.push_back(std::move(*m_test));
        m_test.reset();
    }

    std::optional<TestResult> m_test;
};

} // namespace

std::vector<TestResult> testResultsIn(std::string_view xml)
{
    Reader reader;
    for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at)) {
        // What a failed test printed stands in CDATA and may hold anything.
        const bool text = xml.substr(at).starts_with("<![CDATA[");
        const std::size_t end = xml.find(text ? "]]>" : ">", at);
        if (end == std::string_view::npos)
            break;
        if (!text)
            reader.tag(Tag(xml.substr(at + 1, end - at - 1)));
        at = end + 1;
    }
    return std::move(reader.results);
}

Result<std::vector<TestResult>> testResultsOf(const std::filesystem::path &folder)
{
    std::vector<std::filesystem::path> files;
    std::error_code failed;
    for (const auto &entry : std::filesystem::directory_iterator(folder, failed))
        if (entry.path().extension() == ".xml")
            files.push_back(entry.path());
    if (files.empty())
        return Error{"read test results from", folder.string(), "there is no .xml file in it; run ./dev test first"};
    std::sort(files.begin(), files.end());

    std::vector<TestResult> all;
    for (const auto &file : files) {
        std::ifstream stream(file, std::ios::binary);
        const std::string xml{std::istreambuf_iterator<char>(stream), {}};
        for (TestResult &result : testResultsIn(xml))
            all.push_back(std::move(result));
    }
    return all;
}

} // namespace recvscope::cli
