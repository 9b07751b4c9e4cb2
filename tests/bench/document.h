// Puts the table into a document, between two marks.

#pragma once

#include "base/result.h"

#include <string>

namespace recvscope::benchmarks {

inline constexpr const char *tableBegins = "<!-- table: printed by ./dev bench -->";
inline constexpr const char *tableEnds = "<!-- end of table -->";

/// @return the text with what stands between the two marks replaced, or why not.
[[nodiscard]] Result<std::string> withTable(const std::string &text, const std::string &table);

/// Rewrites the file. What it held before is kept when that fails.
[[nodiscard]] Outcome updateDocument(const std::string &path, const std::string &table);

} // namespace recvscope::benchmarks
