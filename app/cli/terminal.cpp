// What the standard output is: the one place of the command line that asks the system.

#include "cli/invocation.h"

#include <cstdlib>
#include <string_view>

#include <sys/ioctl.h>
#include <unistd.h>

namespace recvscope::cli {

Terminal terminalOfStandardOutput()
{
    const auto variable = [](const char *name) {
        const char *value = std::getenv(name);
        return std::string_view(value != nullptr ? value : "");
    };
    Terminal terminal;
    terminal.person = isatty(STDOUT_FILENO) == 1;
    terminal.colour = terminal.person && variable("NO_COLOR").empty() && variable("TERM") != "dumb";
    winsize size{};
    if (terminal.person && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        terminal.columns = size.ws_col;
    return terminal;
}

} // namespace recvscope::cli
