#include "cli/text.h"

#include <gtest/gtest.h>

namespace recvscope::cli {

TEST(Text, escapeSequencesAndContinuationBytesTakeNoColumn)
{
    EXPECT_EQ(columnsOf("abc"), 3U);
    EXPECT_EQ(columnsOf("→ é"), 3U);
    EXPECT_EQ(columnsOf(Paint(true)(Ink::Failure, "red")), 3U);
}

TEST(Text, withoutColourNothingIsAdded)
{
    EXPECT_EQ(Paint(false)(Ink::Strong, "x"), "x");
    EXPECT_EQ(Paint(false).onSend(2, "x"), "x");
    EXPECT_NE(Paint(true).onSend(0, "x"), Paint(true).onSend(1, "x"));
}

TEST(Text, linesBreakBetweenWordsAndNoWordIsCut)
{
    EXPECT_EQ(wrapped("one two three", 7), (std::vector<std::string>{"one two", "three"}));
    EXPECT_EQ(wrapped("extraordinary it is", 5), (std::vector<std::string>{"extraordinary", "it is"}));
    EXPECT_EQ(wrapped("", 5), std::vector<std::string>{""});
    EXPECT_EQ(paragraph("one two", 5, 2), "one\n  two");
}

TEST(Text, numbersAreGroupedAndCounted)
{
    EXPECT_EQ(count(1, "byte"), "1 byte");
    EXPECT_EQ(count(0, "byte"), "0 bytes");
    EXPECT_EQ(count(1048576, "byte"), "1,048,576 bytes");
}

TEST(Text, theNearestNameIsOfferedAndAFarOneIsNot)
{
    const std::vector<std::string_view> known{"wsp.close.reset", "wsp.flag.peek"};
    EXPECT_EQ(nearest("wsp.close.rest", known), "wsp.close.reset");
    EXPECT_EQ(nearest("banana", known), "");
}

} // namespace recvscope::cli
