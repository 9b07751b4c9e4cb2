// Another program of this build, run to its end.
//
// Threads: one.

#pragma once

#include <string>
#include <vector>

namespace recvscope::benchmarks {

struct Ran {
    std::string output;     ///< all it wrote to its standard output
    double firstOutput = 0; ///< nanoseconds from its start to its first output
};

/// @param name of a program beside this one. Without a display it paints offscreen. Its settings are nobody's: they
/// lie in a directory of this process that is removed. Ends this program when that one fails.
[[nodiscard]] Ran run(const std::string &name, const std::vector<std::string> &arguments);

/// The program was built.
[[nodiscard]] bool isBuilt(const std::string &name);

} // namespace recvscope::benchmarks
