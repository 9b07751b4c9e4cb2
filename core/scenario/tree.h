// A YAML text as a tree with exact places: what libyaml's events say, with the language's limits kept.

#pragma once

#include "scenario/place.h"
#include "scenario/read.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace recvscope::scenario {

struct Node {
    enum class Kind : std::uint8_t { Scalar, List, Mapping };

    Kind kind = Kind::Scalar;
    Place place;
    std::string text;         ///< of a scalar
    bool quoted = false;      ///< a scalar that stood in quotes or in a block
    std::vector<Node> keys;   ///< of a mapping: scalars
    std::vector<Node> values; ///< of a mapping, in the order of its keys; or a list's items

    [[nodiscard]] bool isScalar() const { return kind == Kind::Scalar; }
    /// The value under that key, or null.
    [[nodiscard]] const Node *find(std::string_view key) const;
    /// As a message names it: "'abc'", "a list", "a mapping", "nothing".
    [[nodiscard]] std::string describe() const;
};

/// Refuses what is no YAML or more than ReadLimits allow, anchors, aliases, tags, duplicate keys, a second document.
[[nodiscard]] std::variant<Node, ReadError> readTree(std::string_view text, const std::string &name);

} // namespace recvscope::scenario
