#include "gui/listen/live_options.h"

#include <gtest/gtest.h>

namespace recvscope::gui {
namespace {

std::vector<std::uint32_t> sizes(const char *text)
{
    const auto read = parseBuffers(QString::fromUtf8(text));
    EXPECT_TRUE(read.ok()) << text;
    return read ? read.value() : std::vector<std::uint32_t>{};
}

TEST(LiveOptions, bufferSizesAreReadAsPeopleWriteThem)
{
    EXPECT_EQ(sizes("8, 8"), (std::vector<std::uint32_t>{8, 8}));
    EXPECT_EQ(sizes("4096"), (std::vector<std::uint32_t>{4096}));
    EXPECT_EQ(sizes(" 4 KiB ,64"), (std::vector<std::uint32_t>{4096, 64}));
    EXPECT_EQ(sizes("64k"), (std::vector<std::uint32_t>{65536}));
    EXPECT_EQ(sizes("3 x 16; 1 MiB"), (std::vector<std::uint32_t>{16, 16, 16, 1 << 20}));
    EXPECT_EQ(sizes("0, 8"), (std::vector<std::uint32_t>{0, 8})) << "an empty buffer among others is allowed";
}

TEST(LiveOptions, bufferSizesThatCannotBeSayWhy)
{
    const std::pair<const char *, const char *> mistakes[] = {
        {"", "write sizes"},      {"8,", "write sizes"},   {"eight", "write sizes"},
        {"-1", "write sizes"},    {"17 MiB", "16 MiB"},    {"99999999999999999999", "16 MiB"},
        {"65 x 8", "64 buffers"}, {"0 x 8", "64 buffers"}, {"0", "at least one"},
        {"8.5", "write sizes"}};
    for (const auto &[text, why] : mistakes) {
        const auto read = parseBuffers(QString::fromUtf8(text));
        ASSERT_FALSE(read.ok()) << text;
        EXPECT_NE(read.error().message().find(why), std::string::npos) << text << ": " << read.error().message();
    }
}

TEST(LiveOptions, bufferSizesReadBackAsTheyAreWritten)
{
    for (const char *text : {"8, 8", "4 KiB", "1 MiB, 3, 0"})
        EXPECT_EQ(buffersText(sizes(text)), QString::fromUtf8(text));
}

TEST(LiveOptions, addressesOfBothFamilies)
{
    EXPECT_EQ(addressText(QStringLiteral("127.0.0.1"), 7000), QStringLiteral("127.0.0.1:7000"));
    EXPECT_EQ(addressText(QStringLiteral("::1"), 7000), QStringLiteral("[::1]:7000"));
}

TEST(LiveOptions, onlyLoopbackIsThisMachineAlone)
{
    EXPECT_TRUE(reachedFromThisMachineAlone(QStringLiteral("127.0.0.1")));
    EXPECT_TRUE(reachedFromThisMachineAlone(QStringLiteral("::1")));
    EXPECT_FALSE(reachedFromThisMachineAlone(QStringLiteral("0.0.0.0")));
    EXPECT_FALSE(reachedFromThisMachineAlone(QStringLiteral("::")));
    EXPECT_FALSE(reachedFromThisMachineAlone(QStringLiteral("192.0.2.7")));
    EXPECT_FALSE(reachedFromThisMachineAlone(QStringLiteral("no address")));
}

TEST(LiveOptions, speedsReadAsPeopleSayThem)
{
    EXPECT_EQ(consumeText(0), QStringLiteral("as fast as it can"));
    EXPECT_EQ(consumeText(16), QStringLiteral("16 B/s"));
    EXPECT_EQ(consumeText(1024), QStringLiteral("1 KiB/s"));
    EXPECT_EQ(consumeSpeeds().back(), 0U);
}

} // namespace
} // namespace recvscope::gui
