// recvscope-cli as a person calls it, with what it printed.

#pragma once

#include "cli/invocation.h"

#include <sstream>
#include <string>
#include <vector>

namespace recvscope::cli::test {

struct Called {
    int exitCode = 0;
    std::string out, err;
};

inline Called call(std::vector<std::string> arguments, Terminal terminal = {})
{
    std::ostringstream out, err;
    Invocation invocation{out, err, terminal};
    std::vector<const char *> argv{"recvscope-cli"};
    for (const std::string &argument : arguments)
        argv.push_back(argument.c_str());
    const int code = runCommandLine(static_cast<int>(argv.size()), argv.data(), invocation);
    return {code, out.str(), err.str()};
}

} // namespace recvscope::cli::test
