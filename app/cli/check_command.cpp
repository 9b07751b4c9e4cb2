// recvscope-cli check: reads scenarios without running them and reports every file's first mistake.

#include "cli/invocation.h"
#include "cli/reading.h"
#include "cli/text.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

namespace recvscope::cli {

namespace {

struct Options {
    std::vector<std::string> files;
    bool quiet = false;
};

ExitCode work(const Options &options, const Invocation &invocation)
{
    const Paint paint(invocation.terminal.colour);
    ExitCode code = ExitCode::AllMet;
    for (const std::string &file : options.files) {
        const scenario::ReadResult read = scenario::readScenario(file);
        if (!read) {
            invocation.out << explained(read.error(), invocation.terminal.colour);
            code = code == ExitCode::BadInput ? code : exitCodeOf(read.error());
        } else if (!options.quiet) {
            const scenario::Scenario &scenario = read.value();
            invocation.out << file << ": " << paint(Ink::Good, "fine") << ", " << count(scenario.steps.size(), "step")
                           << (scenario.title.empty() ? "" : ": " + scenario.title) << "\n";
        }
    }
    return code;
}

} // namespace

void addCheckCommand(CLI::App &app, Invocation &invocation)
{
    CLI::App *command = app.add_subcommand("check", "Read scenarios without running them and report mistakes");
    command->footer("A mistake is told with file, line, column, what was expected and found, and the nearest word.");
    const auto options = std::make_shared<Options>();
    command->add_option("file", options->files, "Scenario files (YAML)")->required()->type_name("FILE...");
    command->add_flag("-q,--quiet", options->quiet, "Print mistakes only");
    command->callback([options, &invocation] { invocation.exitCode = work(*options, invocation); });
}

} // namespace recvscope::cli
