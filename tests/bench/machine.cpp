#include "machine.h"

#include "base/system.h"

#include <asio/version.hpp>
#include <uv.h>

#include <fstream>
#include <thread>

namespace recvscope::benchmarks {

namespace {

/// "AMD EPYC": the processor as the system names it.
std::string processor()
{
    std::ifstream in("/proc/cpuinfo");
    for (std::string line; std::getline(in, line);)
        if (line.rfind("model name", 0) == 0)
            if (const std::size_t colon = line.find(": "); colon != std::string::npos)
                return line.substr(colon + 2);
    return "unknown processor";
}

/// "6.1": what a distribution adds to it says nothing about speed.
std::string kernel()
{
    const SystemNames names = systemNames();
    const std::size_t minor = names.release.find('.');
    return names.name + " " + names.release.substr(0, names.release.find_first_not_of("0123456789", minor + 1)) + ", " +
           names.machine;
}

} // namespace

std::string machineText()
{
    return std::to_string(std::thread::hardware_concurrency()) + " cores, " + processor() + "; " + kernel() + "; GCC " +
           std::string(__VERSION__).substr(0, std::string(__VERSION__).find(' ')) + "; Asio " +
           std::to_string(ASIO_VERSION / 100000) + "." + std::to_string(ASIO_VERSION / 100 % 1000) + "." +
           std::to_string(ASIO_VERSION % 100) + "; libuv " + uv_version_string();
}

} // namespace recvscope::benchmarks
