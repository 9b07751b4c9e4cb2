#include "gui/plots/bytes_text.h"

#include <gtest/gtest.h>

namespace recvscope::gui {

TEST(BytesText, choosesTheUnitAndAtMostThreeFigures)
{
    struct Row {
        std::uint64_t bytes;
        const char *text;
    };
    for (const Row &row : {Row{0, "0 B"}, Row{6, "6 B"}, Row{1023, "1023 B"}, Row{1024, "1 KiB"}, Row{1536, "1.5 KiB"},
                           Row{131072, "128 KiB"}, Row{1048575, "1 MiB"}, Row{41943040, "40 MiB"},
                           Row{1288490189, "1.2 GiB"}, Row{102400, "100 KiB"}})
        EXPECT_EQ(bytesText(row.bytes).toStdString(), row.text);
}

TEST(BytesText, isExactInWords)
{
    EXPECT_EQ(bytesInWords(1), QStringLiteral("1 byte"));
    EXPECT_EQ(bytesInWords(131072), QStringLiteral("131,072 bytes"));
}

} // namespace recvscope::gui
