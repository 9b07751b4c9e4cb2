// recvscope-cli check: reads scenarios without running them and reports their mistakes, one a step.

#include "cli/invocation.h"
#include "cli/reading.h"
#include "cli/text.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace recvscope::cli {

namespace {

constexpr std::size_t mostTold = 20; ///< mistakes of one file

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
            const std::vector<scenario::ReadError> &errors = read.errors();
            for (std::size_t i = 0; i < std::min(errors.size(), mostTold); ++i)
                invocation.out << explained(errors[i], invocation.terminal.colour);
            if (errors.size() > mostTold)
                invocation.out << file << ": and " << count(errors.size() - mostTold, "mistake") << " more.\n";
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
    command->footer("A mistake is told with file, line, column, what was expected and found, and the nearest word;\n"
                    "of each step its first. What steps say of one another is looked at when each can be read.");
    const auto options = std::make_shared<Options>();
    command->add_option("file", options->files, "Scenario files (YAML)")->required()->type_name("FILE...");
    command->add_flag("-q,--quiet", options->quiet, "Print mistakes only");
    command->callback([options, &invocation] { invocation.exitCode = work(*options, invocation); });
}

} // namespace recvscope::cli
