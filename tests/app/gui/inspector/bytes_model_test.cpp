#include "gui/inspector/bytes_model.h"

#include "told_traces.h"

#include <gtest/gtest.h>

namespace recvscope::gui::inspector {
namespace {

using namespace Qt::StringLiterals;

struct Rows {
    Rows(const trace::Snapshot &snapshot, OperationId operation, std::uint64_t perRow)
        : story(snapshot),
          moment(test::momentAtEnd(story)),
          model(story, *moment.socket(moment.receive(operation)->socket), *moment.receive(operation), perRow)
    {
    }

    [[nodiscard]] std::string text() const
    {
        std::string all;
        for (std::uint64_t row = 0; row < model.rowCount(); ++row)
            all += model.row(row).plain().toStdString() + "\n";
        return all;
    }

    trace::Story story;
    trace::Moment moment;
    BytesModel model;
};

} // namespace

TEST(BytesModel, rowsStandUnderTheirBuffer)
{
    const Rows rows(test::pendingLesson(), test::r1, 8);
    EXPECT_EQ(rows.text(), "WSABUF[0]   4 of 4\n"
                           "0000  68 65 6C 6C  hell\n"
                           "WSABUF[1]   2 of 16\n"
                           "0004  6F 20  o·\n");
}

TEST(BytesModel, eachByteHasTheNumberOfItsSend)
{
    const Rows rows(test::kibibyte(), test::r1, 16);
    // Sends of 100 bytes: bytes 96 to 111 belong to two of them.
    const ByteRow row = rows.model.row(1 + 96 / 16);
    ASSERT_EQ(row.offset, u"0060"_s);
    ASSERT_EQ(row.bytes.size(), 16U);
    EXPECT_EQ(row.bytes[3], (ByteText{u"61"_s, u"a"_s, 0}));
    EXPECT_EQ(row.bytes[4], (ByteText{u"62"_s, u"b"_s, 1}));
    const ByteRow last = rows.model.row(rows.model.rowCount() - 1);
    EXPECT_EQ(last.bytes.back().send, 6U) << "bytes 600 to 699 came with the seventh send";
}

TEST(BytesModel, whatWasReceivedIsTextThatDoesNothing)
{
    const Rows rows(test::atOnce(), test::r1, 4);
    EXPECT_EQ(rows.model.rowCount(), 3U);
    for (const ByteText &byte : rows.model.row(1).bytes)
        EXPECT_EQ(byte.character.size(), 1);
}

TEST(BytesModel, mebibytesCostWhatIsAskedFor)
{
    const Rows rows(test::mebibytes(), test::r1, 8);
    constexpr std::uint64_t mebi = 1024 * 1024;
    EXPECT_EQ(rows.model.rowCount(), 2 + mebi / 8 + mebi / 16);
    EXPECT_EQ(rows.model.row(rows.model.rowCount() - 1).plain(), u"17FFF8  not kept in the trace"_s);
    EXPECT_EQ(rows.model.row(1 + mebi / 8).label, u"WSABUF[1]   524,288 of 3,145,728"_s);
    EXPECT_EQ(rows.model.row(rows.model.rowCount()), ByteRow{});
}

} // namespace recvscope::gui::inspector
