// Paints the timeline over traces of different lengths, in turn, with the same pans and zooms.
//
// Threads: the main thread.

#pragma once

#include <cstdint>

namespace recvscope::benchmarks {

struct PaintEffort {
    int rounds = 15;
    std::uint32_t seed = 1;
    bool quick = false;
};

/// Prints a line for each trace, scale and round: events, scale, nanoseconds of each view. @return the exit code
int paintTraces(const PaintEffort &effort);

} // namespace recvscope::benchmarks
