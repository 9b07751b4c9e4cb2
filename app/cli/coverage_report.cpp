#include "cli/coverage_report.h"

#include "cli/rule_coverage.h"
#include "cli/text.h"
#include "scenario/read.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <span>
#include <string>
#include <system_error>

namespace recvscope::cli {

namespace {

struct Totals {
    std::size_t rules = 0, proved = 0, shown = 0, failed = 0;

    void add(const RuleCoverage &rule)
    {
        ++rules;
        proved += rule.proved() ? 1U : 0U;
        shown += rule.shown() ? 1U : 0U;
        failed += rule.failed() ? 1U : 0U;
    }
};

/// Every scenario below the folders; one that cannot be read is named and shows nothing.
std::vector<Showing> showings(const std::vector<std::filesystem::path> &folders, const Invocation &invocation)
{
    std::vector<std::filesystem::path> files;
    for (const auto &folder : folders) {
        std::error_code failed;
        for (const auto &entry : std::filesystem::recursive_directory_iterator(folder, failed))
            if (entry.path().extension() == ".yaml")
                files.push_back(entry.path());
        if (failed)
            invocation.err << "Cannot read scenarios from " << folder.string() << ": " << failed.message() << ".\n";
    }
    std::sort(files.begin(), files.end());
    std::vector<Showing> showings;
    for (const auto &file : files) {
        const scenario::ReadResult read = scenario::readScenario(file.string());
        if (read)
            showings.push_back(showingOf(read.value(), file.stem().string()));
        else
            invocation.err << read.error().message() << "\n";
    }
    return showings;
}

class Report {
public:
    explicit Report(const Invocation &invocation)
        : m_out(invocation.out),
          m_paint(invocation.terminal.colour),
          m_columns(static_cast<std::size_t>(std::clamp(invocation.terminal.columns, 40, 120)))
    {
    }

    void rule(const RuleCoverage &rule)
    {
        const Ink ink = rule.failed() ? Ink::Failure : rule.proved() ? Ink::Good : Ink::Dim;
        m_out << m_paint(ink, rule.rule->name) << "\n";
        pieces("tests", rule.tests);
        pieces("scenarios", rule.scenarios);
        pieces("lessons", rule.lessons);
    }

    void totals(const std::vector<RuleCoverage> &rules)
    {
        std::map<std::string, Totals> groups;
        Totals all;
        for (const RuleCoverage &rule : rules) {
            groups[std::string(rule.rule->name.substr(0, rule.rule->name.rfind('.')))].add(rule);
            all.add(rule);
        }
        row("", "rules", "proved", "shown", Ink::Dim);
        for (const auto &[group, totals] : groups)
            row(group, totals);
        row("all", all);
        if (all.failed > 0)
            m_out << m_paint(Ink::Failure, count(all.failed, "rule") + " with a failing test or scenario") << "\n";
    }

    void verdict(const Verdict &verdict, std::size_t knownMissing, const std::string &file)
    {
        for (const RuleCoverage *rule : verdict.missing) {
            const bool test = !rule->proved();
            m_out << m_paint(Ink::Failure, rule->rule->name) << " lacks " << (test ? "a passing test" : "")
                  << (test && !rule->shown() ? " and " : "") << (rule->shown() ? "" : "a scenario that runs") << ".\n";
        }
        for (const std::string &name : verdict.stale)
            m_out << m_paint(Ink::Failure, name) << " is " << (ruleNamed(name) ? "proved and shown by now" : "no rule")
                  << ", so it must go from " << file << ".\n";
        if (verdict.good() && knownMissing > 0)
            m_out << count(knownMissing, "rule") << " still to come: " << file << "\n";
    }

private:
    void pieces(std::string_view title, const std::vector<RuleCoverage::Piece> &pieces)
    {
        std::map<LastRun, std::string> lists;
        for (const auto &piece : pieces) {
            std::string &list = lists[piece.last];
            list += (list.empty() ? "" : ", ") + piece.name;
        }
        for (const auto &[last, list] : lists) {
            const Ink ink = last == LastRun::Failed   ? Ink::Failure
                            : last == LastRun::NotRun ? Ink::Caution
                                                      : Ink::Plain;
            m_out << "    " << m_paint(Ink::Dim, padded(title, 10)) << m_paint(ink, padded(nameOf(last), 8))
                  << m_paint(ink, paragraph(list, m_columns, 22)) << "\n";
        }
    }

    void row(std::string_view name, std::string_view a, std::string_view b, std::string_view c, Ink ink)
    {
        const auto right = [](std::string_view text) {
            return std::string(9 - std::min<std::size_t>(9, text.size()), ' ') + std::string(text);
        };
        m_out << padded(name, 20) << m_paint(ink, right(a) + right(b) + right(c)) << "\n";
    }

    void row(std::string_view name, const Totals &totals)
    {
        const bool whole = totals.proved == totals.rules && totals.shown == totals.rules;
        row(name, std::to_string(totals.rules), std::to_string(totals.proved), std::to_string(totals.shown),
            totals.failed > 0 ? Ink::Failure
            : whole           ? Ink::Good
                              : Ink::Plain);
    }

    std::ostream &m_out;
    Paint m_paint;
    std::size_t m_columns;
};

nlohmann::ordered_json jsonOf(const std::vector<RuleCoverage::Piece> &pieces)
{
    auto list = nlohmann::ordered_json::array();
    for (const auto &piece : pieces)
        list.push_back({{"name", piece.name}, {"last", nameOf(piece.last)}});
    return list;
}

void printJson(const std::vector<RuleCoverage> &rules, std::ostream &out)
{
    auto list = nlohmann::ordered_json::array();
    for (const RuleCoverage &rule : rules)
        list.push_back({{"id", rule.rule->name},
                        {"proved", rule.proved()},
                        {"shown", rule.shown()},
                        {"tests", jsonOf(rule.tests)},
                        {"scenarios", jsonOf(rule.scenarios)},
                        {"lessons", jsonOf(rule.lessons)}});
    out << list.dump(2) << "\n";
}

/// One a line; behind '#' stands why.
Result<std::vector<std::string>> namesIn(const std::filesystem::path &path)
{
    std::vector<std::string> names;
    if (path.empty())
        return names;
    std::ifstream file(path);
    if (!file)
        return Error{"read the rules that may be missing from", path.string(), "it cannot be opened"};
    for (std::string line; std::getline(file, line);) {
        line = line.substr(0, line.find('#'));
        line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
        if (!line.empty())
            names.push_back(line);
    }
    return names;
}

} // namespace

ExitCode reportCoverage(const CoverageOptions &options, const Invocation &invocation)
{
    const auto tests = testResultsOf(options.results);
    const auto knownMissing = namesIn(options.knownMissing);
    for (const Error *error : {tests ? nullptr : &tests.error(), knownMissing ? nullptr : &knownMissing.error()})
        if (error != nullptr) {
            invocation.err << error->message() << "\n";
            return ExitCode::BadInput;
        }
    const std::vector<RuleCoverage> rules = coverageOf(tests.value(), showings(options.scenarios, invocation));
    static constexpr std::array<std::string_view, 2> interfaces = {"wsp", "wsk"};
    const Verdict verdict =
        judge(rules, std::span(interfaces).first(options.all ? 0 : interfaces.size()), knownMissing.value());
    if (options.json) {
        printJson(rules, invocation.out);
    } else {
        Report report(invocation);
        if (!options.summary)
            for (const RuleCoverage &rule : rules)
                report.rule(rule);
        report.totals(rules);
        report.verdict(verdict, knownMissing.value().size(), options.knownMissing.filename().string());
    }
    return verdict.good() ? ExitCode::AllMet : ExitCode::ExpectationFailed;
}

} // namespace recvscope::cli
