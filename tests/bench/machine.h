// What the numbers were measured on: the kind of machine, never which one.

#pragma once

#include <string>

namespace recvscope::benchmarks {

/// One line: cores, kind of processor, kernel, compiler, libraries.
[[nodiscard]] std::string machineText();

} // namespace recvscope::benchmarks
