#include "cli/invocation.h"

#include <iostream>

int main(int argc, char **argv)
{
    std::ios::sync_with_stdio(false);
    recvscope::cli::Invocation invocation{std::cout, std::cerr, recvscope::cli::terminalOfStandardOutput()};
    return recvscope::cli::runCommandLine(argc, argv, invocation);
}
