// Where a socket is bound or connected: IPv4, IPv6 or a unix path.

#pragma once

#include "base/result.h"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace recvscope::net {

enum class AddressFamily : std::uint8_t { Unspecified, IPv4, IPv6, Unix };

/// A value; holds the system's own representation, so that no OS type shows here.
class Address {
public:
    Address() = default;

    [[nodiscard]] static Address loopback(AddressFamily family, std::uint16_t port = 0); ///< 127.0.0.1 or ::1
    [[nodiscard]] static Address any(AddressFamily family, std::uint16_t port = 0);
    /// "127.0.0.1:7000", "[::1]:7000", "localhost:7000" (IPv4 loopback), ":7000" (the same). No name is looked up.
    [[nodiscard]] static Result<Address> parse(std::string_view text);
    /// "239.1.2.3": a group of the range that stays within a site, with no port.
    [[nodiscard]] static Result<Address> parseGroup(std::string_view text);
    /// From the system's representation.
    [[nodiscard]] static Address fromSystem(const void *bytes, std::size_t size);

    [[nodiscard]] AddressFamily family() const;
    [[nodiscard]] std::uint16_t port() const; ///< 0 for unix
    [[nodiscard]] bool isLoopback() const;    ///< unix counts as loopback
    [[nodiscard]] std::string text() const;   ///< as parse() reads it

    [[nodiscard]] const void *system() const { return m_bytes.data(); }
    [[nodiscard]] void *system() { return m_bytes.data(); }
    [[nodiscard]] std::size_t systemSize() const { return m_size; }
    void setSystemSize(std::size_t size) { m_size = size; }
    [[nodiscard]] static constexpr std::size_t capacity() { return 128; }

    friend bool operator==(const Address &, const Address &) = default;

private:
    alignas(8) std::array<std::byte, 128> m_bytes{};
    std::size_t m_size = 0;
};

} // namespace recvscope::net
