// Numbers of bytes, as people read them.
//
// Pure; any thread.

#pragma once

#include <QString>

#include <cstdint>

namespace recvscope::gui {

/// "6 B", "1.5 KiB", "40 MiB": where there is little room.
[[nodiscard]] QString bytesText(std::uint64_t bytes);
/// "1 byte", "6 bytes", "1,500 bytes": exact.
[[nodiscard]] QString bytesInWords(std::uint64_t bytes);

} // namespace recvscope::gui
