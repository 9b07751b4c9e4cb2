// What every command of recvscope-cli is given, and where it leaves its verdict.
//
// Threads: the main thread's.

#pragma once

#include <ostream>

namespace CLI {
class App;
}

namespace recvscope::cli {

/// What a script may rely on.
enum class ExitCode : int {
    AllMet = 0,            ///< everything asked for happened
    ExpectationFailed = 1, ///< a scenario ran and an expectation did not hold, or a wait ended without its cause
    BadInput = 2,          ///< a mistake in the arguments or in a file
    NotPossibleHere = 3,   ///< this system cannot do it; the reason is printed
};

/// What stands at the other end of the standard output.
struct Terminal {
    bool colour = false; ///< escape sequences are understood and wanted ($NO_COLOR, $TERM)
    bool person = false; ///< somebody reads along: pauses make sense
    int columns = 80;
};

struct Invocation {
    std::ostream &out;
    std::ostream &err;
    Terminal terminal;
    ExitCode exitCode = ExitCode::AllMet;
};

// Each adds its sub-command; its options and its work stand in the file of that name.
void addCheckCommand(CLI::App &app, Invocation &invocation);
void addListCommand(CLI::App &app, Invocation &invocation);
void addListenCommand(CLI::App &app, Invocation &invocation);
void addPlayCommand(CLI::App &app, Invocation &invocation);
void addRulesCommand(CLI::App &app, Invocation &invocation);
void addRunCommand(CLI::App &app, Invocation &invocation);

[[nodiscard]] Terminal terminalOfStandardOutput();

/// Reads the arguments (the first is the program's name) and does what they say. @return the process' exit code.
[[nodiscard]] int runCommandLine(int argc, const char *const *argv, Invocation &invocation);

} // namespace recvscope::cli
