// recvscope-cli play: runs a scenario and tells it in the terminal, at a reader's pace.

#include "cli/invocation.h"
#include "cli/reading.h"
#include "cli/telling.h"
#include "cli/text.h"
#include "session/run.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <thread>

namespace recvscope::cli {

namespace {

struct Options {
    std::string what;
    double pace = 1;
    bool noColour = false;
};

void wait(double seconds)
{
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
}

void end(const session::RunReport &report, const Paint &paint, const Invocation &invocation)
{
    std::size_t met = 0;
    for (const session::ExpectationReport &expectation : report.expectations) {
        met += expectation.met ? 1U : 0U;
        if (!expectation.met)
            invocation.out << paint(Ink::Failure, "line " + std::to_string(expectation.line) + ": " + expectation.what +
                                                      ": expected " + expectation.expected + ", found " +
                                                      expectation.found)
                           << "\n  " << expectation.why << "\n";
    }
    const bool good = report.end == session::RunEnd::AllMet;
    const std::string_view verdict = good ? "The end." : "It ended before its end.";
    std::string rest = report.reason;
    if (good)
        rest = "All of it happened just now, on real sockets" +
               (met > 0 ? "; " + count(met, "expectation") + " met." : std::string("."));
    // The verdict is counted when lines are broken, and coloured afterwards.
    const std::string text =
        paragraph(std::string(verdict) + " " + rest, static_cast<std::size_t>(invocation.terminal.columns), 0);
    invocation.out << "\n" << paint(good ? Ink::Good : Ink::Failure, verdict) << text.substr(verdict.size()) << "\n";
}

void work(const Options &options, Invocation &invocation)
{
    const std::optional<scenario::Scenario> scenario = scenarioNamed(options.what, invocation);
    if (!scenario)
        return;
    const std::unique_ptr<session::ScenarioRun> run = session::makeRun(*scenario);
    const session::RunReport report = run->run();
    invocation.exitCode = static_cast<ExitCode>(report.exitCode());
    if (report.end == session::RunEnd::NotPossibleHere) {
        invocation.err << "This scenario cannot run here: " << report.reason << "\n";
        return;
    }

    const Paint paint(invocation.terminal.colour && !options.noColour);
    const trace::Story story(run->snapshot());
    const auto columns = static_cast<std::size_t>(invocation.terminal.columns);
    for (const Passage &passage : Telling(*scenario, story, paint, columns).whole()) {
        invocation.out << passage.text << std::flush;
        if (invocation.terminal.person && options.pace > 0)
            wait(passage.pause / options.pace);
    }
    end(report, paint, invocation);
}

} // namespace

void addPlayCommand(CLI::App &app, Invocation &invocation)
{
    CLI::App *command = app.add_subcommand("play", "Run a scenario and tell its story here, in the terminal");
    command->footer("Written to a pipe or a file, the story comes without colours and without pauses.");
    const auto options = std::make_shared<Options>();
    command->add_option("what", options->what, "A scenario file, or a lesson's number (recvscope-cli list)")
        ->required()
        ->type_name("FILE|NUMBER");
    command->add_option("--pace", options->pace, "2 tells it twice as fast, 0.5 half as fast, 0 without pauses")
        ->check(CLI::Range(0.0, 1000.0))
        ->capture_default_str();
    command->add_flag("--no-colour,--no-color", options->noColour, "Never use colours");
    command->callback([options, &invocation] { work(*options, invocation); });
}

} // namespace recvscope::cli
