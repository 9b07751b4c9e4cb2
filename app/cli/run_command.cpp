// recvscope-cli run: runs a scenario at full speed and says whether everything happened as it expects.

#include "cli/invocation.h"
#include "cli/reading.h"
#include "cli/text.h"
#include "session/run.h"
#include "session/socket_stories.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <string>

namespace recvscope::cli {

namespace {

struct Options {
    std::string what;
    bool json = false;
    std::uint32_t repeat = 1;
    double watchdog = 5;
};

struct Once {
    session::RunReport report;
    std::string stories;
};

Once runOnce(const scenario::Scenario &scenario, const Options &options)
{
    session::RunSettings settings;
    settings.watchdog = std::chrono::milliseconds(static_cast<std::int64_t>(options.watchdog * 1000));
    const std::unique_ptr<session::ScenarioRun> run = session::makeRun(scenario, settings);
    session::RunReport report = run->run();
    return {std::move(report), session::storyOfSockets(run->snapshot())};
}

std::string sizes(const session::OperationReport &operation)
{
    std::string text;
    for (const std::uint32_t size : operation.buffers)
        text += (text.empty() ? "" : ", ") + std::to_string(size);
    return text;
}

/// "r1 into [8, 8]: WSA_IO_PENDING, then 0 with 11 bytes".
std::string told(const session::OperationReport &operation)
{
    std::string text = operation.name + " (" + operation.call;
    if (!operation.socket.empty())
        text += " on " + operation.socket;
    if (!operation.buffers.empty())
        text += ", into [" + sizes(operation) + "]";
    text += "): ";
    if (operation.returned.empty())
        return text + "still in the call at the end";
    text += "returned " + operation.returned;
    const bool receives = operation.call == "wsp.recv" || operation.call == "wsp.result" ||
                          operation.call == "wsk.receive" || operation.call == "native.recv";
    const bool pended = operation.status != operation.returned;
    if (operation.status.empty())
        return text + ", and never completed";
    if (pended)
        text += ", completed with " + operation.status;
    if (receives && (operation.status == "0" || operation.status == "STATUS_SUCCESS" || operation.bytes > 0))
        text += ", " + count(operation.bytes, "byte");
    return text;
}

void printText(const session::RunReport &report, const Invocation &invocation)
{
    const Paint paint(invocation.terminal.colour);
    // A program that reads along wants each thing in one line.
    const std::size_t columns =
        invocation.terminal.person ? static_cast<std::size_t>(invocation.terminal.columns) : 100'000;
    std::ostream &out = invocation.out;
    if (!report.title.empty())
        out << paint(Ink::Strong, report.title) << "\n";
    for (const session::OperationReport &operation : report.operations)
        out << "  " << paragraph(told(operation), columns, 6) << "\n";
    for (const session::DiagnosticReport &diagnostic : report.diagnostics) {
        out << "  " << paint(Ink::Caution, "named: " + diagnostic.rule)
            << (diagnostic.operation.empty() ? "" : " by " + diagnostic.operation) << " in step " << diagnostic.step
            << "\n";
        if (!diagnostic.repair.empty())
            out << "    " << paragraph("repair: " + diagnostic.repair, columns, 4) << "\n";
    }
    std::size_t met = 0;
    for (const session::ExpectationReport &each : report.expectations) {
        met += each.met ? 1U : 0U;
        if (each.met)
            continue;
        out << paint(Ink::Failure, "line " + std::to_string(each.line)) << ": " << each.what << ": expected "
            << each.expected << ", found " << each.found << "\n";
        if (!each.why.empty())
            out << "    " << paragraph(each.why, columns, 4) << "\n";
    }
    const bool good = report.end == session::RunEnd::AllMet;
    out << paint(good ? Ink::Good : Ink::Failure, session::nameOf(report.end)) << ": " << met << " of "
        << count(report.expectations.size(), "expectation") << " met\n";
    if (!report.reason.empty())
        out << paragraph(report.reason, columns, 0) << "\n";
}

/// @return nothing when all runs were the same, else what differed first.
std::string differs(const scenario::Scenario &scenario, const Options &options, const Once &first)
{
    const std::string report = withoutTimes(first.report).json(scenario);
    for (std::uint32_t i = 2; i <= options.repeat; ++i) {
        const Once again = runOnce(scenario, options);
        const std::string number = std::to_string(i);
        if (withoutTimes(again.report).json(scenario) != report)
            return "run " + number + " gave another report than the first: " +
                   (again.report.reason.empty() ? std::string(session::nameOf(again.report.end)) : again.report.reason);
        if (again.stories != first.stories) {
            const auto at =
                std::mismatch(again.stories.begin(), again.stories.end(), first.stories.begin(), first.stories.end());
            const auto offset = static_cast<std::size_t>(at.first - again.stories.begin());
            const std::size_t line = again.stories.rfind('\n', offset == 0 ? 0 : offset - 1) + 1;
            return "run " + number + " has its events in another order, from \"" +
                   again.stories.substr(line, again.stories.find('\n', line) - line) + "\" on";
        }
    }
    return {};
}

void work(const Options &options, Invocation &invocation)
{
    const std::optional<scenario::Scenario> scenario = scenarioNamed(options.what, invocation);
    if (!scenario)
        return;
    if (options.repeat > 1 && !scenario->repeatable) {
        invocation.err << "This scenario says of itself that it is not repeatable: run it once, without --repeat.\n";
        invocation.exitCode = ExitCode::BadInput;
        return;
    }
    const Once first = runOnce(*scenario, options);
    invocation.exitCode = static_cast<ExitCode>(first.report.exitCode());
    if (options.json)
        invocation.out << first.report.json(*scenario) << "\n";
    else if (first.report.end == session::RunEnd::NotPossibleHere)
        invocation.err << "This scenario cannot run here: " << first.report.reason << "\n";
    else
        printText(first.report, invocation);
    if (options.repeat == 1 || first.report.end == session::RunEnd::NotPossibleHere)
        return;
    const std::string difference = differs(*scenario, options, first);
    if (difference.empty()) {
        (options.json ? invocation.err : invocation.out)
            << "The same in each of " << count(options.repeat, "run") << ".\n";
        return;
    }
    invocation.err << "Not the same each time: " << difference << ".\n";
    invocation.exitCode = ExitCode::ExpectationFailed;
}

} // namespace

void addRunCommand(CLI::App &app, Invocation &invocation)
{
    CLI::App *command = app.add_subcommand("run", "Run a scenario and say whether all its expectations are met");
    command->footer("Exit code: 0 all met, 1 an expectation failed or a wait ended without its cause, 2 bad input, "
                    "3 not possible on this system.");
    const auto options = std::make_shared<Options>();
    command->add_option("what", options->what, "A scenario file, or a lesson's number (recvscope-cli list)")
        ->required()
        ->type_name("FILE|NUMBER");
    command->add_flag("--json", options->json, "One JSON object, for programs");
    command->add_option("--repeat", options->repeat, "Run it so many times and say whether each ended the same way")
        ->check(CLI::Range(1, 1'000'000))
        ->type_name("TIMES");
    command->add_option("--watchdog", options->watchdog, "Seconds after which a wait whose cause never came is ended")
        ->check(CLI::Range(0.001, 3600.0))
        ->check(CLI::Validator(
            [](const std::string &text) {
                return text.find_first_of("nN") == std::string::npos ? std::string()
                                                                     : "a number of seconds is needed, not " + text;
            },
            ""))
        ->capture_default_str();
    command->callback([options, &invocation] { work(*options, invocation); });
}

} // namespace recvscope::cli
