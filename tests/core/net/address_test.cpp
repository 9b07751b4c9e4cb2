#include "net/address.h"

#include <gtest/gtest.h>

namespace recvscope::net {

TEST(Address, isReadAsItIsWritten)
{
    for (const char *text : {"127.0.0.1:7000", "[::1]:7000", "0.0.0.0:1", "[::]:65535", "192.168.1.20:80"}) {
        const Result<Address> address = Address::parse(text);
        ASSERT_TRUE(address) << text;
        EXPECT_EQ(address->text(), text);
    }
}

TEST(Address, aMissingHostIsTheLoopback)
{
    EXPECT_EQ(Address::parse(":7000").value(), Address::loopback(AddressFamily::IPv4, 7000));
    EXPECT_EQ(Address::parse("localhost:7000").value(), Address::loopback(AddressFamily::IPv4, 7000));
}

TEST(Address, knowsWhetherItCanBeReachedFromOutside)
{
    EXPECT_TRUE(Address::parse("127.9.9.9:1").value().isLoopback());
    EXPECT_TRUE(Address::parse("[::1]:1").value().isLoopback());
    EXPECT_FALSE(Address::parse("0.0.0.0:1").value().isLoopback());
    EXPECT_FALSE(Address::parse("[::]:1").value().isLoopback());
}

TEST(Address, whatIsWrongIsNamed)
{
    const auto why = [](const char *text) {
        const Result<Address> address = Address::parse(text);
        return address ? std::string("it was read") : address.error().message();
    };
    EXPECT_NE(why("127.0.0.1").find("a port is missing"), std::string::npos);
    EXPECT_NE(why("127.0.0.1:70000").find("0 to 65535"), std::string::npos);
    EXPECT_NE(why("127.0.0.1:").find("0 to 65535"), std::string::npos);
    EXPECT_NE(why("::1:7000").find("stands in brackets"), std::string::npos);
    EXPECT_NE(why("[::g]:7000").find("not an IPv6 address"), std::string::npos);
    EXPECT_NE(why("example.org:80").find("must be a number"), std::string::npos);
}

} // namespace recvscope::net
