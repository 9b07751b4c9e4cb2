// Bytes and Winsock's numbers as people read them.
//
// Threads: pure functions.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace recvscope::session {

/// Printable ASCII as it is, everything else as \n, \t, \\, \" or \xNN: safe in any output.
[[nodiscard]] std::string escaped(std::string_view bytes);
/// The same in quotes, with what stands past @p limit bytes left out and counted.
[[nodiscard]] std::string quoted(std::string_view bytes, std::size_t limit = 64);
[[nodiscard]] std::string hex(std::string_view bytes);
/// "MSG_PEEK|MSG_PARTIAL", "0" for none; unknown bits as a number.
[[nodiscard]] std::string flagNames(std::uint32_t flags);
/// The same of WskReceive's.
[[nodiscard]] std::string kernelFlagNames(std::uint32_t flags);
/// "1 byte", "11 bytes".
[[nodiscard]] std::string countedBytes(std::uint64_t count);

} // namespace recvscope::session
