// The commands of recvscope-cli, and how a mistake in the arguments is told.

#include "cli/invocation.h"
#include "cli/text.h"
#include "cli/version.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace recvscope::cli {

namespace {

/// The first argument where it stands for a command and is none: CLI11 only says that one is missing.
bool refusesCommand(const CLI::App &app, std::string_view first, Invocation &invocation)
{
    std::vector<std::string> names;
    for (const CLI::App *command : app.get_subcommands({}))
        names.push_back(command->get_name());
    if (first.starts_with('-') || std::find(names.begin(), names.end(), first) != names.end())
        return false;
    const std::vector<std::string_view> known(names.begin(), names.end());
    invocation.err << "There is no command " << first << ".";
    if (const std::string_view near = nearest(first, known); !near.empty())
        invocation.err << " Did you mean " << near << "?";
    invocation.err << " All of them: recvscope-cli --help\n";
    return true;
}

} // namespace

int runCommandLine(int argc, const char *const *argv, Invocation &invocation)
{
    CLI::App app("Shows what a socket receive really does: runs receives over real sockets and tells their story.",
                 "recvscope-cli");
    app.set_version_flag("--version", std::string("recvscope-cli ") + version);
    app.require_subcommand(1);
    app.footer("Exit code: 0 all met, 1 an expectation failed, 2 bad input, 3 not possible on this system.\n"
               "Help on a command: recvscope-cli COMMAND --help");

    addPlayCommand(app, invocation);
    addRunCommand(app, invocation);
    addListenCommand(app, invocation);
    addListCommand(app, invocation);
    addCheckCommand(app, invocation);
    addRulesCommand(app, invocation);

    if (argc < 2) {
        invocation.err << app.help();
        return static_cast<int>(ExitCode::BadInput);
    }
    if (refusesCommand(app, argv[1], invocation))
        return static_cast<int>(ExitCode::BadInput);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        const int code = app.exit(error, invocation.out, invocation.err);
        return code == 0 ? 0 : static_cast<int>(ExitCode::BadInput);
    }
    if (!invocation.out.flush()) {
        invocation.err << "recvscope-cli: what was said could not all be written: is the disk full?\n";
        return static_cast<int>(ExitCode::NotPossibleHere);
    }
    return static_cast<int>(invocation.exitCode);
}

} // namespace recvscope::cli
