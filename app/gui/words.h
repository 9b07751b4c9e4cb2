// Numbers, times, bytes and outcomes as every view writes them.
//
// Threads: pure functions.

#pragma once

#include "base/clock.h"
#include "base/status.h"

#include <QString>

#include <cstdint>
#include <span>

namespace recvscope::gui {

/// 131072 → "131,072".
[[nodiscard]] QString grouped(std::uint64_t number);

/// "1 byte", "6 bytes", "131,072 bytes": exact.
[[nodiscard]] QString byteCount(std::uint64_t bytes);

/// "6 B", "1.5 KiB", "4 MiB": short, rounded to one decimal from 10,000 bytes on; below that exact.
[[nodiscard]] QString shortSize(std::uint64_t bytes);

/// "3.412 ms"; "5.230 s" from one second on; three decimals always, so that columns align.
[[nodiscard]] QString clockTime(Nanoseconds time);

/// What stands in a byte's cell: its character, a middle dot for a space, an arrow for a line end, two hex digits for
/// what has no character.
[[nodiscard]] QString cellText(unsigned char byte, bool hex = false);

/// Bytes as one line of text: what has no character becomes a middle dot.
[[nodiscard]] QString plainText(std::span<const char> bytes);

/// Winsock's receive flags: "0", "MSG_PEEK", "MSG_OOB | MSG_PEEK"; unknown bits in hex.
[[nodiscard]] QString receiveFlags(std::uint32_t flags);

/// WSK's flags of a receive: "0", "WSK_FLAG_WAITALL"; 0x2 and 0x4 mean other things there than on WSPRecv.
[[nodiscard]] QString kernelFlags(std::uint32_t flags);

/// "WSAECONNRESET"; "0" for success.
[[nodiscard]] QString statusName(Status status);

/// As a driver reads it: "STATUS_SUCCESS" for success.
[[nodiscard]] QString kernelStatus(Status status);

/// PASSIVE_LEVEL, APC_LEVEL, DISPATCH_LEVEL; "IRQL 5" above.
[[nodiscard]] QString levelName(std::uint8_t level);

/// "10054"; NTSTATUS numbers in hex, as their headers write them.
[[nodiscard]] QString statusNumber(Status status);

/// "4, 16"; "64 × 4"; what does not help to read is counted: "4, 8, 4, 8, … 64 buffers".
[[nodiscard]] QString sizeList(std::span<const std::uint64_t> sizes);

} // namespace recvscope::gui
