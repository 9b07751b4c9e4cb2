// How the command line gets at scenarios, and how it tells a mistake in one: place, line of text, caret.
//
// Threads: the main thread's.

#pragma once

#include "cli/invocation.h"
#include "scenario/read.h"

#include <optional>
#include <string>

namespace recvscope::cli {

/// The message with its place, then the offending line and a caret under what is wrong in it.
[[nodiscard]] std::string explained(const scenario::ReadError &error, bool colour);

/// What a scenario that cannot be read is worth: bad input, or something that this version does not do yet.
[[nodiscard]] ExitCode exitCodeOf(const scenario::ReadError &error);

/// The scenario of a file, or of the lesson of that number ("16"). When there is none, the reason has been printed and
/// the exit code set.
[[nodiscard]] std::optional<scenario::Scenario> scenarioNamed(const std::string &fileOrNumber, Invocation &invocation);

} // namespace recvscope::cli
