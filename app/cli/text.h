// Text for a terminal: inks that vanish when colour is off, wrapping by columns, and numbers people can read.
//
// Threads: any; values and pure functions.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace recvscope::cli {

/// What a piece of text means. The terminal's own theme picks the shade.
enum class Ink : std::uint8_t { Plain, Strong, Dim, Accent, Good, Caution, Failure };

class Paint {
public:
    explicit Paint(bool colour) : m_colour(colour) {}

    [[nodiscard]] bool colour() const { return m_colour; }
    [[nodiscard]] std::string operator()(Ink ink, std::string_view text) const;
    /// Dark characters on the fill of send @p send (0 the first); sends past the palette begin again.
    [[nodiscard]] std::string onSend(std::size_t send, std::string_view text) const;

private:
    bool m_colour;
};

/// Columns that UTF-8 text takes; escape sequences take none.
[[nodiscard]] std::size_t columnsOf(std::string_view text);

/// The text's words in lines of at most @p columns; a longer word stands alone. At least one line, maybe empty.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

/// The same as one string: the first line continues what stands before it, the others begin with @p indent spaces.
[[nodiscard]] std::string paragraph(std::string_view text, std::size_t columns, std::size_t indent);

/// @p text and spaces up to @p columns.
[[nodiscard]] std::string padded(std::string_view text, std::size_t columns);

/// "1,048,576".
[[nodiscard]] std::string grouped(std::uint64_t number);
/// "1 byte", "2 bytes", "1,048,576 bytes".
[[nodiscard]] std::string count(std::uint64_t number, std::string_view singular, std::string_view plural = {});

/// The name in @p known that is nearest to a misspelt one, or empty when none is near.
[[nodiscard]] std::string_view nearest(std::string_view misspelt, const std::vector<std::string_view> &known);

} // namespace recvscope::cli
