#include "engine/spread.h"

#include <algorithm>

namespace recvscope::engine {

void scatter(std::span<const std::byte> message, std::span<const net::Slice> buffers)
{
    for (const net::Slice &buffer : buffers) {
        const auto piece = message.first(std::min(message.size(), buffer.size));
        std::copy(piece.begin(), piece.end(), buffer.data);
        message = message.subspan(piece.size());
        if (message.empty())
            return;
    }
}

std::vector<net::Slice> restOf(std::span<const net::Slice> buffers, std::uint64_t filled)
{
    std::vector<net::Slice> rest;
    for (const net::Slice &buffer : buffers) {
        const auto skipped = static_cast<std::size_t>(std::min<std::uint64_t>(filled, buffer.size));
        filled -= skipped;
        if (skipped < buffer.size)
            rest.push_back({buffer.data + skipped, buffer.size - skipped});
    }
    return rest;
}

} // namespace recvscope::engine
