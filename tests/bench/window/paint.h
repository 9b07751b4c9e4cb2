// Paints the timeline over traces of different lengths, in turn, with the same pans and zooms: once over the same parts
// of each trace, from the whole of it down to a thousandth ("parts"), and once over as many seconds of each as of the
// shortest ("stretches"). The same part of a longer trace is a fuller picture; the same seconds are as full in each, so
// what they cost more in a longer trace is what its length costs.
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

/// Prints two lines for each trace, scale and round: events, scale, "parts" or "stretches", nanoseconds of each view.
/// @return the exit code
int paintTraces(const PaintEffort &effort);

} // namespace recvscope::benchmarks
