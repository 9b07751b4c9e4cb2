#include "gui/appearance.h"
#include "gui/card.h"
#include "gui/events/event_model.h"
#include "gui/events/event_rows.h"
#include "gui/events/event_table.h"

#include "../timeline/lesson_events.h"
#include "trace_builder.h"

#include <QClipboard>
#include <QDir>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

namespace recvscope::gui {

using test::Told;
using test::TraceBuilder;

namespace {

class EventTableTest : public testing::Test {
protected:
    void show(const std::vector<trace::Event> &events)
    {
        for (const trace::Event &event : events)
            trace.add(event);
        for (std::uint32_t i = 1; i <= 3; ++i)
            trace.store().log()->operationNames.give(i, "r" + std::to_string(i));
        presentation.replaceTrace(trace.snapshot(), {});
        table.resize(1100, 420);
        table.show();
        QCoreApplication::processEvents();
    }
    [[nodiscard]] int currentRow() const { return table.rows().currentIndex().row(); }
    void save(const QString &name)
    {
        const QString folder = QStringLiteral(RECVSCOPE_PICTURES);
        QDir().mkpath(folder);
        QCoreApplication::processEvents();
        QPalette ground;
        ground.setColor(QPalette::Window, appearance.theme().panel);
        table.setPalette(ground);
        const QString theme = appearance.theme().dark ? QStringLiteral("-dark") : QStringLiteral("-light");
        table.grab().save(QStringLiteral("%1/%2%3.png").arg(folder, name, theme));
    }

    TraceBuilder trace;
    Appearance appearance;
    Presentation presentation;
    EventTable table{presentation, appearance};
};

} // namespace

TEST_F(EventTableTest, clickingARowSelectsItsEventInAllViews)
{
    show(test::lesson17());
    const QRect row = table.rows().visualRect(table.model().index(3, EventModel::What));
    QTest::mouseClick(table.rows().viewport(), Qt::LeftButton, {}, row.center());
    EXPECT_EQ(presentation.selection().event, 3U);
    EXPECT_EQ(presentation.selection().receive, presentation.story().event(3).operation);
    EXPECT_EQ(presentation.selection().socket, presentation.story().event(3).socket);
}

TEST_F(EventTableTest, aSelectionOfAnotherViewIsTheCurrentRow)
{
    show(test::lesson17());
    presentation.select({OperationId{2}, SocketId{1}, 9});
    EXPECT_EQ(currentRow(), 9);
    presentation.selectReceive(OperationId{1});
    EXPECT_EQ(currentRow(), -1) << "no event is selected any more";
}

TEST_F(EventTableTest, enterMovesThePlayheadBehindTheEvent)
{
    show(test::lesson17());
    QSignalSpy asked(&presentation, &Presentation::playheadAsked);
    presentation.select({OperationId{2}, SocketId{1}, 9});
    QTest::keyClick(&table.rows(), Qt::Key_Return);
    ASSERT_EQ(asked.size(), 1);
    EXPECT_EQ(asked[0][0].value<trace::Playhead>(), (trace::Playhead{10, 0}));
}

TEST_F(EventTableTest, arrowsGoThroughRowsAndSelectThem)
{
    show(test::lesson17());
    presentation.select({{}, {}, 4});
    QTest::keyClick(&table.rows(), Qt::Key_Down);
    EXPECT_EQ(presentation.selection().event, 5U);
    QTest::keyClick(&table.rows(), Qt::Key_End);
    EXPECT_EQ(presentation.selection().event, presentation.story().size() - 1);
    EXPECT_GE(table.rows().firstVisibleRow() + table.rows().visibleRows(), table.model().rowCount());
}

TEST_F(EventTableTest, thePlayheadsRowIsMarkedAndFollowed)
{
    show(test::lesson17());
    const std::uint32_t last = presentation.story().size();
    presentation.setPlayhead({last, 0});
    EXPECT_EQ(table.rows().playheadRow(), static_cast<int>(last) - 1);
    EXPECT_GT(table.rows().firstVisibleRow(), 0);
    const QImage image = table.rows().viewport()->grab().toImage();
    const QRect row = table.rows().visualRect(table.model().index(static_cast<int>(last) - 1, 0));
    EXPECT_EQ(image.pixelColor(QPoint(1, row.center().y()) * static_cast<int>(image.devicePixelRatio())).rgb(),
              appearance.theme().playhead.rgb());
}

TEST_F(EventTableTest, aFilterLeavesWhatItAsksForAndCopyTakesRows)
{
    show(test::lesson17());
    table.filter().setText(QStringLiteral("r2 Completed"));
    ASSERT_EQ(table.model().rowCount(), 1);
    presentation.select({{}, {}, table.model().eventOf(0)});
    QTest::keyClick(&table.rows(), Qt::Key_C, Qt::ControlModifier);
    const QString text = QGuiApplication::clipboard()->text();
    EXPECT_TRUE(text.contains(QStringLiteral("r2"))) << text.toStdString();
    EXPECT_EQ(text.count(u'\n'), 2);
}

TEST_F(EventTableTest, looksLikeTheRestInBothThemes)
{
    show(test::lesson17());
    presentation.setPlayhead({16, 0});
    presentation.select({OperationId{1}, SocketId{1}, 13});
    for (const auto choice : {Appearance::Choice::Light, Appearance::Choice::Dark}) {
        appearance.setChoice(choice);
        save(QStringLiteral("events"));
    }
    table.filter().setText(QStringLiteral("rule:nothing-like-it"));
    save(QStringLiteral("events-none"));
    EXPECT_EQ(table.model().rowCount(), 0);
}

TEST_F(EventTableTest, aMillionRowsScrollToTheirEndAndAFilterIsWorkedOffInSlices)
{
    Told told;
    std::uint32_t operation = 0;
    while (told.events().size() < 1'000'000) {
        ++operation;
        told.send(8).call(operation, {8}).receive(operation, 8);
    }
    show(told.events());
    table.rows().scrollToBottom();
    presentation.select({{}, {}, presentation.story().size() - 1});
    EXPECT_EQ(currentRow(), table.model().rowCount() - 1);
    EXPECT_TRUE(table.rows().viewport()->rect().intersects(table.rows().visualRect(table.rows().currentIndex())));

    QSignalSpy finished(&table.model(), &EventModel::filterFinished);
    table.filter().setText(QStringLiteral("type:PeerSend"));
    EXPECT_GT(table.model().rowCount(), 0) << "the first rows are there at once";
    EXPECT_TRUE(table.model().filtering());
    while (table.model().filtering())
        ASSERT_TRUE(finished.wait(5000));
    EXPECT_EQ(table.model().rowCount(), static_cast<int>(operation));
}

} // namespace recvscope::gui
