#include "net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <charconv>
#include <cstring>

namespace recvscope::net {

namespace {

static_assert(Address::capacity() >= sizeof(sockaddr_storage) && Address::capacity() >= sizeof(sockaddr_un));

template <class SystemAddress>
Address addressOf(const SystemAddress &system)
{
    return Address::fromSystem(&system, sizeof system);
}

template <class SystemAddress>
SystemAddress systemOf(const Address &address)
{
    SystemAddress system;
    std::memcpy(&system, address.system(), sizeof system);
    return system;
}

Address ipv4(in_addr host, std::uint16_t port)
{
    sockaddr_in system{};
    system.sin_family = AF_INET;
    system.sin_port = htons(port);
    system.sin_addr = host;
    return addressOf(system);
}

Address ipv6(const in6_addr &host, std::uint16_t port)
{
    sockaddr_in6 system{};
    system.sin6_family = AF_INET6;
    system.sin6_port = htons(port);
    system.sin6_addr = host;
    return addressOf(system);
}

Error badAddress(std::string_view text, std::string why)
{
    return {"read the address", std::string(text), std::move(why)};
}

} // namespace

Result<Address> Address::parseGroup(std::string_view text)
{
    in_addr host{};
    constexpr std::uint32_t siteRange = 239;
    if (inet_pton(AF_INET, std::string(text).c_str(), &host) != 1 || ntohl(host.s_addr) >> 24 != siteRange)
        return badAddress(text, "a group is an address from 239.0.0.0 to 239.255.255.255");
    return ipv4(host, 0);
}

Address Address::loopback(AddressFamily family, std::uint16_t port)
{
    return family == AddressFamily::IPv6 ? ipv6(in6addr_loopback, port) : ipv4({htonl(INADDR_LOOPBACK)}, port);
}

Address Address::any(AddressFamily family, std::uint16_t port)
{
    return family == AddressFamily::IPv6 ? ipv6(in6addr_any, port) : ipv4({htonl(INADDR_ANY)}, port);
}

Address Address::fromSystem(const void *bytes, std::size_t size)
{
    Address address;
    address.m_size = size < capacity() ? size : capacity();
    std::memcpy(address.m_bytes.data(), bytes, address.m_size);
    return address;
}

Result<Address> Address::parse(std::string_view text)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return badAddress(text, "a port is missing; write it as 127.0.0.1:7000 or [::1]:7000");
    const std::string_view portText = text.substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(portText.data(), portText.data() + portText.size(), port);
    if (error != std::errc() || end != portText.data() + portText.size())
        return badAddress(text, "the port must be a number from 0 to 65535");

    std::string host(text.substr(0, colon));
    if (host.empty() || host == "localhost")
        return loopback(AddressFamily::IPv4, port);
    if (host.front() == '[' && host.back() == ']') {
        in6_addr number{};
        if (inet_pton(AF_INET6, host.substr(1, host.size() - 2).c_str(), &number) == 1)
            return ipv6(number, port);
        return badAddress(text, "what stands in the brackets is not an IPv6 address");
    }
    in_addr number{};
    if (inet_pton(AF_INET, host.c_str(), &number) == 1)
        return ipv4(number, port);
    return badAddress(text, host.find(':') == std::string::npos
                                ? "the host must be a number such as 127.0.0.1, [::1] or the word localhost"
                                : "an IPv6 address stands in brackets: [::1]:7000");
}

AddressFamily Address::family() const
{
    if (m_size < sizeof(sa_family_t))
        return AddressFamily::Unspecified;
    sa_family_t family = AF_UNSPEC;
    std::memcpy(&family, m_bytes.data() + offsetof(sockaddr, sa_family), sizeof family);
    switch (family) {
    case AF_INET:
        return AddressFamily::IPv4;
    case AF_INET6:
        return AddressFamily::IPv6;
    case AF_UNIX:
        return AddressFamily::Unix;
    default:
        return AddressFamily::Unspecified;
    }
}

std::uint16_t Address::port() const
{
    switch (family()) {
    case AddressFamily::IPv4:
        return ntohs(systemOf<sockaddr_in>(*this).sin_port);
    case AddressFamily::IPv6:
        return ntohs(systemOf<sockaddr_in6>(*this).sin6_port);
    default:
        return 0;
    }
}

bool Address::isLoopback() const
{
    switch (family()) {
    case AddressFamily::IPv4:
        return (ntohl(systemOf<sockaddr_in>(*this).sin_addr.s_addr) >> 24) == 127;
    case AddressFamily::IPv6: {
        const in6_addr host = systemOf<sockaddr_in6>(*this).sin6_addr;
        return IN6_IS_ADDR_LOOPBACK(&host);
    }
    case AddressFamily::Unix:
        return true;
    default:
        return false;
    }
}

std::string Address::text() const
{
    std::array<char, INET6_ADDRSTRLEN> host{};
    switch (family()) {
    case AddressFamily::IPv4: {
        const auto system = systemOf<sockaddr_in>(*this);
        inet_ntop(AF_INET, &system.sin_addr, host.data(), host.size());
        return std::string(host.data()) + ":" + std::to_string(port());
    }
    case AddressFamily::IPv6: {
        const auto system = systemOf<sockaddr_in6>(*this);
        inet_ntop(AF_INET6, &system.sin6_addr, host.data(), host.size());
        return "[" + std::string(host.data()) + "]:" + std::to_string(port());
    }
    case AddressFamily::Unix: {
        const char *path = reinterpret_cast<const char *>(m_bytes.data()) + offsetof(sockaddr_un, sun_path);
        const std::size_t size =
            m_size > offsetof(sockaddr_un, sun_path) ? m_size - offsetof(sockaddr_un, sun_path) : 0;
        return size == 0 ? "unix socket" : std::string(path, strnlen(path, size));
    }
    default:
        return "no address";
    }
}

} // namespace recvscope::net
