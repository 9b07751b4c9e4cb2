#include "cli/coverage_report.h"

#include "cli/rule_coverage.h"
#include "cli/text.h"
#include "scenario/read.h"

#include <algorithm>
#include <map>
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
        failed += rule.failed.empty() ? 0U : 1U;
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
        const Ink ink = !rule.failed.empty() ? Ink::Failure : rule.proved() ? Ink::Good : Ink::Dim;
        m_out << m_paint(ink, rule.rule->name) << "\n";
        names("failed by", rule.failed, Ink::Failure);
        names("proved by", rule.provedBy, Ink::Plain);
        names("shown by", rule.shownBy, Ink::Plain);
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
            m_out << m_paint(Ink::Failure, count(all.failed, "rule") + " with a failing test") << "\n";
    }

private:
    void names(std::string_view title, const std::vector<std::string> &names, Ink ink)
    {
        if (names.empty())
            return;
        std::string list;
        for (const std::string &name : names)
            list += (list.empty() ? "" : ", ") + name;
        m_out << "    " << m_paint(Ink::Dim, padded(title, 11)) << m_paint(ink, paragraph(list, m_columns, 15)) << "\n";
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

} // namespace

ExitCode reportCoverage(const CoverageOptions &options, const Invocation &invocation)
{
    const auto tests = testResultsOf(options.results);
    if (!tests) {
        invocation.err << tests.error().message() << "\n";
        return ExitCode::BadInput;
    }
    const std::vector<RuleCoverage> rules = coverageOf(tests.value(), showings(options.scenarios, invocation));
    Report report(invocation);
    if (!options.summary)
        for (const RuleCoverage &rule : rules)
            report.rule(rule);
    report.totals(rules);

    const bool whole =
        std::all_of(rules.begin(), rules.end(), [](const RuleCoverage &rule) { return rule.proved() && rule.shown(); });
    return options.strict && !whole ? ExitCode::ExpectationFailed : ExitCode::AllMet;
}

} // namespace recvscope::cli
