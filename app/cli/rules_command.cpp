// recvscope-cli rules: the catalogue of promises, one of them in full, or what proves and shows each.

#include "base/rules.h"
#include "cli/coverage_report.h"
#include "cli/invocation.h"
#include "cli/text.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <vector>

namespace recvscope::cli {

namespace {

struct Options {
    std::string name;
    bool json = false;
    CoverageOptions coverage;
};

/// The rule of that name, or every rule of that group: "wsp.close" is the group of "wsp.close.reset".
std::vector<const Rule *> chosen(std::string_view name)
{
    std::vector<const Rule *> rules;
    for (const Rule &rule : allRules())
        if (name.empty() || rule.name == name ||
            (rule.name.starts_with(name) && rule.name.substr(name.size()).starts_with('.')))
            rules.push_back(&rule);
    return rules;
}

std::string_view groupOf(const Rule &rule)
{
    return rule.name.substr(0, rule.name.rfind('.'));
}

void printList(const std::vector<const Rule *> &rules, const Invocation &invocation)
{
    const Paint paint(invocation.terminal.colour);
    const auto columns = static_cast<std::size_t>(invocation.terminal.columns);
    std::string_view group;
    for (const Rule *rule : rules) {
        if (groupOf(*rule) != group) {
            invocation.out << (group.empty() ? "" : "\n");
            group = groupOf(*rule);
        }
        invocation.out << paint(Ink::Accent, rule->name);
        if (!rule->gives.empty())
            invocation.out << paint(Ink::Dim, "  gives ") << paint(Ink::Caution, rule->gives);
        invocation.out << "\n    " << paragraph(rule->says, columns, 4) << "\n";
    }
    invocation.out << "\n" << count(rules.size(), "rule") << "\n";
}

void printOne(const Rule &rule, const Invocation &invocation)
{
    const Paint paint(invocation.terminal.colour);
    const auto columns = static_cast<std::size_t>(invocation.terminal.columns);
    const auto field = [&](std::string_view name, std::string_view text) {
        if (!text.empty())
            invocation.out << paint(Ink::Dim, padded(name, 10)) << paragraph(text, columns, 10) << "\n";
    };
    invocation.out << paint(Ink::Strong, rule.name) << "\n";
    field("says", rule.says);
    field("why", rule.learn);
    field("gives", rule.gives);
    field("repair", rule.repair);
    field("stands in", rule.where);
    field("from", rule.from);
    field("provoked", rule.provoke);
}

void printJson(const std::vector<const Rule *> &rules, const Invocation &invocation)
{
    auto list = nlohmann::ordered_json::array();
    for (const Rule *rule : rules)
        list.push_back({{"id", rule->name},
                        {"from", rule->from},
                        {"provoke", rule->provoke},
                        {"says", rule->says},
                        {"gives", rule->gives},
                        {"learn", rule->learn},
                        {"where", rule->where},
                        {"repair", rule->repair}});
    invocation.out << list.dump(2) << "\n";
}

ExitCode refuse(std::string_view name, const Invocation &invocation)
{
    std::vector<std::string_view> known;
    for (const Rule &rule : allRules()) {
        known.push_back(rule.name);
        known.push_back(groupOf(rule));
    }
    invocation.err << "There is no rule or group " << name << ".";
    if (const std::string_view near = nearest(name, known); !near.empty())
        invocation.err << " Did you mean " << near << "?";
    invocation.err << " All of them: recvscope-cli rules\n";
    return ExitCode::BadInput;
}

ExitCode work(const Options &options, const Invocation &invocation)
{
    if (!options.coverage.results.empty()) {
        CoverageOptions coverage = options.coverage;
        coverage.json = options.json;
        return reportCoverage(coverage, invocation);
    }
    const std::vector<const Rule *> rules = chosen(options.name);
    if (rules.empty())
        return refuse(options.name, invocation);
    if (options.json)
        printJson(rules, invocation);
    else if (rules.size() == 1)
        printOne(*rules.front(), invocation);
    else
        printList(rules, invocation);
    return ExitCode::AllMet;
}

} // namespace

void addRulesCommand(CLI::App &app, Invocation &invocation)
{
    CLI::App *command = app.add_subcommand("rules", "List the rules that decide every receive, or show one of them");
    const auto options = std::make_shared<Options>();
    command->add_option("id", options->name, "A rule (wsp.close.reset) or a group (wsp.close); all when left out");
    command->add_flag("--json", options->json, "One JSON array, for programs");
    command
        ->add_option("--results", options->coverage.results,
                     "Print what proves and shows each rule, from the GoogleTest XML files of this folder; exit code 1 "
                     "when a rule of wsp or wsk has no passing test, or no scenario")
        ->type_name("FOLDER");
    command->add_option("--scenarios", options->coverage.scenarios, "Where the scenarios are that show rules")
        ->type_name("FOLDER...");
    command->add_flag("--summary", options->coverage.summary, "Of that the totals alone");
    command->add_flag("--all", options->coverage.all, "Ask for every rule, not for those of wsp and wsk alone");
    command
        ->add_option("--known-missing", options->coverage.knownMissing,
                     "Rules that may be missing yet, one a line; exit code 1 when one of them is there by now")
        ->type_name("FILE");
    command->callback([options, &invocation] { invocation.exitCode = work(*options, invocation); });
}

} // namespace recvscope::cli
