#include "wsp/apc_inbox.h"

#include "net/other_process.h"

#include <array>
#include <cstring>

namespace recvscope::wsp {

std::optional<std::uint32_t> ApcInbox::take()
{
    std::array<std::byte, sizeof(std::uint32_t)> bytes{};
    const net::Slice slice{bytes.data(), bytes.size()};
    if (m_receiving.receive({&slice, 1}).bytes != bytes.size())
        return std::nullopt;
    std::uint32_t context = 0;
    std::memcpy(&context, bytes.data(), bytes.size());
    return context;
}

void ApcInbox::answer(bool queued)
{
    const std::array<std::byte, 1> said{queued ? std::byte{1} : std::byte{0}};
    (void)m_receiving.trySend(said);
}

Result<bool> ApcInbox::sendFromAnotherProcess(const net::Socket &shared, std::uint32_t context)
{
    std::array<std::byte, sizeof context> bytes{};
    std::memcpy(bytes.data(), &context, sizeof context);
    return net::askFromAnotherProcess(shared, bytes);
}

} // namespace recvscope::wsp
