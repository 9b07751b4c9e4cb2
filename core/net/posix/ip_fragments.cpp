#include "net/ip_fragments.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace recvscope::net {

namespace {

constexpr std::size_t ipHeader = 20;
constexpr std::size_t udpHeader = 8;
constexpr std::size_t block = 8; ///< offsets of fragments count these

void put16(std::vector<std::byte> &bytes, std::size_t at, std::size_t value)
{
    bytes[at] = static_cast<std::byte>(value >> 8 & 0xFF);
    bytes[at + 1] = static_cast<std::byte>(value & 0xFF);
}

sockaddr_in ipv4Of(const Address &address)
{
    sockaddr_in system{};
    std::memcpy(&system, address.system(), std::min(sizeof system, address.systemSize()));
    return system;
}

} // namespace

std::vector<std::vector<std::byte>> ipFragments(const Address &from, const Address &to,
                                                std::span<const std::byte> datagram, std::uint32_t count,
                                                std::uint16_t identification)
{
    std::vector<std::byte> whole(udpHeader + datagram.size());
    put16(whole, 0, from.port());
    put16(whole, 2, to.port());
    put16(whole, 4, whole.size()); // the checksum stays 0: there is none
    std::copy(datagram.begin(), datagram.end(), whole.begin() + udpHeader);

    const std::size_t blocks = fragmentsOf(datagram.size());
    std::vector<std::vector<std::byte>> packets;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t begin = blocks * i / count * block;
        const std::size_t end = i + 1 == count ? whole.size() : blocks * (i + 1) / count * block;
        std::vector<std::byte> packet(ipHeader + end - begin);
        packet[0] = std::byte{0x45}; // version 4, a header of five words
        put16(packet, 2, packet.size());
        put16(packet, 4, identification);
        put16(packet, 6, begin / block | (i + 1 == count ? 0U : 0x2000U)); // more follow
        packet[8] = std::byte{1};                                          // it does not leave this machine
        packet[9] = std::byte{IPPROTO_UDP};
        const sockaddr_in source = ipv4Of(from);
        const sockaddr_in target = ipv4Of(to);
        std::memcpy(packet.data() + 12, &source.sin_addr, sizeof source.sin_addr);
        std::memcpy(packet.data() + 16, &target.sin_addr, sizeof target.sin_addr);
        std::copy(whole.begin() + static_cast<std::ptrdiff_t>(begin), whole.begin() + static_cast<std::ptrdiff_t>(end),
                  packet.begin() + ipHeader);
        packets.push_back(std::move(packet));
    }
    return packets;
}

Result<RawSender> RawSender::open()
{
    // A raw socket of this protocol sends packets with their IP header, and receives none.
    Handle handle(::socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW));
    if (!handle)
        return Error::system("open a raw socket, which needs the right CAP_NET_RAW", {}, errno);
    return RawSender(std::move(handle));
}

Outcome RawSender::send(std::span<const std::byte> packet, const Address &to)
{
    sockaddr_in target = ipv4Of(to);
    target.sin_port = 0;
    if (::sendto(m_handle.get(), packet.data(), packet.size(), MSG_NOSIGNAL,
                 reinterpret_cast<const sockaddr *>(&target), sizeof target) < 0)
        return Error::system("send an IP packet to", to.text(), errno);
    return Done{};
}

} // namespace recvscope::net
