// What a scenario must keep to beyond its grammar: every name that is used exists, no peer acts after its end, and no
// wait asks for what can never come. The reader applies it; who makes scenarios otherwise may too.
//
// Threads: a function of its arguments.

#pragma once

#include "scenario/read.h"

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace recvscope::scenario {

/// Where an argument of a step (counted from 0) stands.
using PlaceOf = std::function<Place(std::size_t step, std::string_view word)>;

/// @return what is wrong, the first of each step, in their order.
[[nodiscard]] std::vector<ReadError> checkAll(const Scenario &scenario, const PlaceOf &placeOf);
/// The first of them, with the places of the steps.
[[nodiscard]] std::optional<ReadError> check(const Scenario &scenario);

} // namespace recvscope::scenario
