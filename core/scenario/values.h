// The reader's composed values: bytes, buffers, flags, statuses, rules.

#pragma once

#include "scenario/flags.h"
#include "scenario/reading.h"
#include "scenario/steps.h"

namespace recvscope::scenario {

/// What a buffer or all data of a call may hold: more would not be a scenario but a load.
inline constexpr std::uint32_t largestBuffer = 16U << 20;
inline constexpr std::uint32_t largestData = 64U << 20;
inline constexpr std::uint32_t mostBuffers = 65'536;

[[nodiscard]] Data readData(Reading &reading, const Node &node);
[[nodiscard]] std::vector<Buffer> readBuffers(Reading &reading, const Node &node);
/// MSG_PEEK, [MSG_PEEK, MSG_OOB] or a number; names of another set are refused.
[[nodiscard]] std::uint32_t readFlags(Reading &reading, const Node &node, FlagSet set);
/// A status of either interface by its name, or 0.
[[nodiscard]] Status readStatus(Reading &reading, const Node &node);
/// One rule's id, or a list of them.
[[nodiscard]] std::vector<RuleId> readRules(Reading &reading, const Node &node);
[[nodiscard]] std::vector<std::string> readNames(Reading &reading, const Node &node);

} // namespace recvscope::scenario
