// Values as YAML text that reads back the same.

#pragma once

#include <string>
#include <string_view>

namespace recvscope::scenario {

/// As a value inside brackets: plain where that is safe, else in double quotes with escapes. Text that is not UTF-8
/// cannot be written as text: ask isText() first.
[[nodiscard]] std::string scalar(std::string_view text);

/// In double quotes, broken at spaces into lines of about @p width, each continued with @p indent spaces.
[[nodiscard]] std::string foldedScalar(std::string_view text, std::size_t width, std::size_t indent);

/// Is it UTF-8 throughout?
[[nodiscard]] bool isText(std::string_view bytes);

/// "68 65 6c", without quotes.
[[nodiscard]] std::string hexPairs(std::string_view bytes);

} // namespace recvscope::scenario
