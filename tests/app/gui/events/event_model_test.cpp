#include "gui/events/event_filter.h"
#include "gui/events/event_model.h"

#include "trace/moment.h"

#include "trace_builder.h"

#include <gtest/gtest.h>

namespace recvscope::gui {

using test::TraceBuilder;
using trace::EventType;

namespace {

constexpr SocketId s{1}, t{2};
constexpr OperationId r1{1}, r2{2}, r10{10};

/// r1 pends and gets five bytes; r2 on another socket is refused; r10 is called.
struct SmallTrace : TraceBuilder {
    SmallTrace()
    {
        TraceBuilder &trace = *this;
        trace.store().log()->operationNames.give(1, "r1");
        trace.store().log()->operationNames.give(2, "r2");
        trace.store().log()->operationNames.give(10, "r10");
        trace.opened(s, "s");
        trace.opened(t, "t");
        trace.at(1000).called(r1, s, {8}, trace::CallOverlapped);
        trace.returnedPending(r1, s, RuleId::WspCompletePending);
        trace.at(2000).sent(s, "hello");
        trace.received(r1, s, "hello", {{0, 5}});
        trace.completed(r1, s, 5, Status::Success, 0, RuleId::WspStreamFillsUntil);
        trace.called(r2, t, {8});
        trace.returned(r2, t, trace::leftAlone, Status::WsaEinval, trace::flagsLeftAlone);
        trace.called(r10, s, {8});
    }
};

struct Shown {
    explicit Shown(const TraceBuilder &trace) : story(trace.snapshot()) { model.replace(story); }

    [[nodiscard]] std::string cell(int row, int column) const
    {
        return model.index(row, column).data().toString().toStdString();
    }
    [[nodiscard]] std::vector<EventType> types() const
    {
        std::vector<EventType> list;
        for (int row = 0; row < model.rowCount(); ++row)
            list.push_back(model.event(row).type);
        return list;
    }

    trace::Story story;
    EventModel model;
};

} // namespace

TEST(EventFilter, aWordStandsInANameButNotInALongerNumber)
{
    const auto stands = [](const char *word, const char *name) {
        return standsIn(QString::fromLatin1(word), QString::fromLatin1(name));
    };
    EXPECT_TRUE(stands("r1", "r1"));
    EXPECT_FALSE(stands("r1", "r10"));
    EXPECT_TRUE(stands("10", "receive 10"));
    EXPECT_FALSE(stands("1", "receive 10"));
    EXPECT_TRUE(stands("compl", "Completed"));
    EXPECT_TRUE(stands("WSA", "wsaeinval"));
}

TEST(EventModel, aRowSaysWhatHappened)
{
    const SmallTrace trace;
    const Shown shown(trace);
    ASSERT_EQ(shown.model.rowCount(), static_cast<int>(shown.story.size()));
    int row = 0;
    while (shown.model.event(row).type != EventType::Completed)
        ++row;
    EXPECT_EQ(shown.cell(row, EventModel::Number), std::to_string(row + 1));
    EXPECT_EQ(shown.cell(row, EventModel::Time), "0.002 ms");
    EXPECT_EQ(shown.cell(row, EventModel::Socket), "s");
    EXPECT_EQ(shown.cell(row, EventModel::Receive), "r1");
    EXPECT_EQ(shown.cell(row, EventModel::Bytes), "5");
    EXPECT_EQ(shown.cell(row, EventModel::StatusName), "0");
    EXPECT_EQ(shown.cell(row, EventModel::RuleName), "wsp.stream.fills-until");
    EXPECT_EQ(shown.cell(row, EventModel::Source), "measured");
    EXPECT_EQ(shown.cell(row, EventModel::What), trace::describe(shown.story, static_cast<std::uint32_t>(row)));
}

TEST(EventModel, bytesThatWereLeftAloneSaySo)
{
    const SmallTrace trace;
    Shown shown(trace);
    shown.model.setFilter(QStringLiteral("r1 Returned"));
    ASSERT_EQ(shown.model.rowCount(), 1);
    EXPECT_EQ(shown.cell(0, EventModel::Bytes), "left alone");
    EXPECT_EQ(shown.cell(0, EventModel::StatusName), "WSA_IO_PENDING");
}

TEST(EventModel, everyWordOfAFilterMustBeFound)
{
    struct Row {
        const char *words;
        std::vector<EventType> types;
    };
    using enum EventType;
    const SmallTrace trace;
    Shown shown(trace);
    for (const Row &row : {Row{"r2", {Called, BufferGiven, Returned}}, Row{"r1 completed", {Completed}},
                           Row{"rule:pending", {Returned}}, Row{"socket:t type:called", {Called}},
                           Row{"wsaeinval", {Returned}}, Row{"fills-until", {Completed}}, Row{"nothing", {}}}) {
        shown.model.setFilter(QString::fromLatin1(row.words));
        EXPECT_EQ(shown.types(), row.types) << row.words;
    }
    shown.model.setFilter({});
    EXPECT_EQ(shown.model.rowCount(), static_cast<int>(shown.story.size()));
}

TEST(EventModel, rowsAndEventsFindOneAnother)
{
    const SmallTrace trace;
    Shown shown(trace);
    shown.model.setFilter(QStringLiteral("type:Called"));
    ASSERT_EQ(shown.model.rowCount(), 3);
    const std::uint32_t second = shown.model.eventOf(1);
    EXPECT_EQ(shown.model.rowOf(second), 1);
    EXPECT_FALSE(shown.model.rowOf(second + 1));
    EXPECT_EQ(shown.model.rowAtOrBefore(second + 1), 1);
    EXPECT_FALSE(shown.model.rowAtOrBefore(0));
}

TEST(EventModel, growsWithTheStoryFilteredOrNot)
{
    for (const char *words : {"", "Called"}) {
        SmallTrace trace;
        Shown shown(trace);
        shown.model.setFilter(QString::fromLatin1(words));
        const int before = shown.model.rowCount();
        trace.called(OperationId{11}, s, {4});
        shown.story.extend(trace.snapshot());
        shown.model.grow();
        shown.model.finishFiltering();
        EXPECT_EQ(shown.model.rowCount(), before + (*words != '\0' ? 1 : 2)) << words;

        Shown fresh(trace);
        fresh.model.setFilter(QString::fromLatin1(words));
        EXPECT_EQ(shown.types(), fresh.types());
    }
}

TEST(EventModel, anEventThatComesLateFromAnotherThreadFindsItsRow)
{
    for (const char *words : {"", "PeerSend"}) {
        TraceBuilder trace;
        trace.opened(s, "s");
        trace.at(1000).sent(s, "a");
        trace.at(3000).sent(s, "b");
        Shown shown(trace);
        shown.model.setFilter(QString::fromLatin1(words));
        trace.on(1).at(2000).sent(s, "late");
        shown.story.extend(trace.snapshot());
        shown.model.grow();
        shown.model.finishFiltering();
        const int last = shown.model.rowCount() - 1;
        EXPECT_EQ(shown.cell(last - 1, EventModel::Bytes), "4") << words;
        EXPECT_EQ(shown.cell(last, EventModel::Bytes), "1") << words;
    }
}

TEST(EventModel, behindTheVeilThereAreNoRowsFilteredOrNot)
{
    for (const char *words : {"", "Called"}) {
        const SmallTrace trace;
        Shown shown(trace);
        shown.model.setFilter(QString::fromLatin1(words));
        const std::vector<EventType> all = shown.types();
        const std::uint32_t veil = shown.model.eventOf(1) + 1;
        shown.model.setVeil(veil);
        shown.model.finishFiltering();
        EXPECT_EQ(shown.model.rowCount(), 2) << words;
        EXPECT_LT(shown.model.eventOf(1), veil);
        shown.model.setVeil({});
        shown.model.finishFiltering();
        EXPECT_EQ(shown.types(), all) << words;
    }
}

TEST(EventModel, copiedRowsAreLinesWithTabs)
{
    const SmallTrace trace;
    const Shown shown(trace);
    const QStringList lines = shown.model.asText({0, 2}).split(u'\n');
    ASSERT_EQ(lines.size(), 4) << "titles, two rows and the end of the last line";
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(lines[i].count(u'\t'), EventModel::ColumnCount - 1);
    EXPECT_TRUE(lines[1].startsWith(QStringLiteral("1\t")));
    EXPECT_TRUE(lines[2].startsWith(QStringLiteral("3\t")));
}

} // namespace recvscope::gui
