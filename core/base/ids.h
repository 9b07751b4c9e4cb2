// Typed identifiers: small integers that cannot be taken for one another. 0 means "none".

#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace recvscope {

template <class Tag, class Rep>
struct Id {
    using Number = Rep;
    Rep value = 0;

    constexpr explicit operator bool() const { return value != 0; }
    friend constexpr auto operator<=>(Id, Id) = default;
};

using OperationId = Id<struct OperationTag, std::uint32_t>; ///< one call of a receive, from call to completion
using SocketId = Id<struct SocketTag, std::uint16_t>;       ///< one socket of a session
using StepId = Id<struct StepTag, std::uint16_t>;           ///< one step of a scenario, counted from 1
using TrackId = Id<struct TrackTag, std::uint16_t>;         ///< one recording thread

} // namespace recvscope

template <class Tag, class Rep>
struct std::hash<recvscope::Id<Tag, Rep>> {
    std::size_t operator()(recvscope::Id<Tag, Rep> id) const noexcept { return std::hash<Rep>()(id.value); }
};
