// Bytes as cells of a terminal, each on the fill of the send it came from: what the kernel holds, what stands in a
// buffer. Few bytes show their characters; many become a bar in proportion.
//
// Threads: pure functions.

#pragma once

#include "cli/text.h"
#include "trace/moment.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace recvscope::cli {

/// Neighbouring bytes of one send.
struct Piece {
    std::size_t send = 0; ///< counted from 0: its colour, and its digit where there is none
    std::uint64_t length = 0;
    std::string bytes; ///< its first ones, as far as they are known
};

[[nodiscard]] std::vector<Piece> piecesOf(const trace::Story &story, const trace::SocketMoment &socket,
                                          const std::vector<trace::Run> &runs);

/// What a byte shows in one column: itself, ␣ for a blank, ↵ for a line's end, □ for what has no character.
[[nodiscard]] std::string cellOf(unsigned char byte);

/// A row from '[' to ']': the pieces, then @p room empty places. Takes at most @p columns, brackets included; what
/// does not fit as characters becomes a bar of digits or fills.
[[nodiscard]] std::string row(const std::vector<Piece> &pieces, std::uint64_t room, std::size_t columns,
                              const Paint &paint);

/// Whether row() would show characters: everything fits.
[[nodiscard]] bool fitsAsCharacters(const std::vector<Piece> &pieces, std::uint64_t room, std::size_t columns);

/// "send 1", "sends 1 and 2", "sends 1 to 4": which ones the pieces come from; empty for none.
[[nodiscard]] std::string sendsOf(const std::vector<Piece> &pieces);

} // namespace recvscope::cli
