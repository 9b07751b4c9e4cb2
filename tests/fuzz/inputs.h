// What is tried with arbitrary bytes. libFuzzer drives these under clang (./dev fuzz); the tests drive them with every
// file of corpus/, where an input stays that once found something.
//
// Each ends the process with a sentence when what it promises does not hold.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>

namespace recvscope::fuzz {

/// A text as a scenario: it is refused with a place in it, or can be written and read again as the same.
void tryScenario(std::span<const std::uint8_t> bytes);

/// Arbitrary buffers and bytes of a stream, a datagram or a reliable message: through the engine's transports from real
/// sockets, each byte stands where it belongs and no other was touched.
void tryBuffers(std::span<const std::uint8_t> bytes);

inline void require(bool holds, const char *sentence)
{
    if (holds)
        return;
    std::fprintf(stderr, "this does not hold: %s\n", sentence);
    std::abort();
}

} // namespace recvscope::fuzz
