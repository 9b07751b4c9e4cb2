#include "gui/words.h"

#include <gtest/gtest.h>

#include <array>

namespace recvscope::gui {

using namespace Qt::StringLiterals;

TEST(Words, numbersAreGroupedByThousands)
{
    EXPECT_EQ(grouped(0), u"0"_s);
    EXPECT_EQ(grouped(999), u"999"_s);
    EXPECT_EQ(grouped(1000), u"1,000"_s);
    EXPECT_EQ(grouped(1234567890), u"1,234,567,890"_s);
    EXPECT_EQ(byteCount(1), u"1 byte"_s);
    EXPECT_EQ(byteCount(131072), u"131,072 bytes"_s);
}

TEST(Words, shortSizesAreExactWhileTheyAreSmall)
{
    EXPECT_EQ(shortSize(6), u"6 B"_s);
    EXPECT_EQ(shortSize(1023), u"1,023 B"_s);
    EXPECT_EQ(shortSize(1024), u"1 KiB"_s);
    EXPECT_EQ(shortSize(1025), u"1,025 B"_s);
    EXPECT_EQ(shortSize(100'000), u"97.7 KiB"_s);
    EXPECT_EQ(shortSize(4 << 20), u"4 MiB"_s);
    EXPECT_EQ(shortSize((4 << 20) + (1 << 19)), u"4.5 MiB"_s);
}

TEST(Words, timesKeepThreeDecimals)
{
    EXPECT_EQ(clockTime(0), u"0.000 ms"_s);
    EXPECT_EQ(clockTime(3'412'000), u"3.412 ms"_s);
    EXPECT_EQ(clockTime(999'999'000), u"999.999 ms"_s);
    EXPECT_EQ(clockTime(5'230'000'000), u"5.230 s"_s);
}

TEST(Words, aByteIsItsCharacterOrHex)
{
    EXPECT_EQ(cellText('h'), u"h"_s);
    EXPECT_EQ(cellText(' '), u"·"_s);
    EXPECT_EQ(cellText('\n'), u"↵"_s);
    EXPECT_EQ(cellText('\0'), u"00"_s);
    EXPECT_EQ(cellText(0xC3), u"C3"_s);
    EXPECT_EQ(cellText('h', true), u"68"_s);
}

TEST(Words, textFromOutsideHoldsNothingThatActs)
{
    const std::array<char, 6> bytes = {'a', '\x1B', '\n', '\x07', '\xE2', '<'};
    EXPECT_EQ(plainText(bytes), u"a····<"_s);
}

TEST(Words, flagsAreNamedAndUnknownBitsShown)
{
    EXPECT_EQ(receiveFlags(0), u"0"_s);
    EXPECT_EQ(receiveFlags(0x3), u"MSG_OOB | MSG_PEEK"_s);
    EXPECT_EQ(receiveFlags(0x8040), u"MSG_PARTIAL | 0x40"_s);
}

TEST(Words, bufferSizesAreListedUntilTheyNoLongerHelp)
{
    const auto list = [](std::initializer_list<std::uint64_t> sizes) { return sizeList(std::vector(sizes)); };
    EXPECT_EQ(list({4, 16}), u"4, 16"_s);
    EXPECT_EQ(list({1024, 65536, 4 << 20}), u"1,024, 64 KiB, 4 MiB"_s);
    EXPECT_EQ(list({6, 6, 6, 6, 6}), u"5 × 6"_s);
    EXPECT_EQ(list({1, 2, 3, 4, 5, 6}), u"1, 2, 3, 4, … 6 in all"_s);
}

TEST(Words, statusesCarryNameAndNumber)
{
    EXPECT_EQ(statusName(Status::WsaEconnreset), u"WSAECONNRESET"_s);
    EXPECT_EQ(statusNumber(Status::WsaEconnreset), u"10054"_s);
    EXPECT_EQ(statusNumber(Status::NtPending), u"0x103"_s);
}

} // namespace recvscope::gui
