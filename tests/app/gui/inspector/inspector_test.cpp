// The panel, over a presentation, driven as a person does.

#include "gui/inspector/inspector.h"

#include "gui/appearance.h"
#include "gui/inspector/arguments_table.h"
#include "gui/inspector/bytes_view.h"
#include "gui/inspector/code_card.h"
#include "gui/inspector/why_card.h"
#include "gui/presentation.h"
#include "told_traces.h"
#include "trace_builder.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

namespace recvscope::gui::inspector {
namespace {

using trace::EventType;
using namespace Qt::StringLiterals;

class InspectorPanel : public testing::Test {
protected:
    InspectorPanel()
    {
        presentation.replaceTrace(test::pendingLesson(), {});
        inspector.resize(302, 860);
        inspector.show();
    }

    void goTo(EventType type, OperationId operation)
    {
        presentation.setPlayhead(test::momentAfter(presentation.story(), type, operation).playhead);
    }

    Appearance appearance;
    Presentation presentation;
    Inspector inspector{presentation, appearance};
};

TEST_F(InspectorPanel, saysWhatToDoBeforeAReceiveWasCalled)
{
    presentation.setPlayhead({});
    EXPECT_EQ(inspector.title(), u"Why?"_s);
    EXPECT_FALSE(inspector.why().isVisible());
    goTo(EventType::Called, test::r1);
    EXPECT_TRUE(inspector.why().isVisible());
}

TEST_F(InspectorPanel, explainsTheCallbackBeforeAReceiveWasCalledAndWhereItIsSelected)
{
    constexpr SocketId k{1};
    test::TraceBuilder trace;
    trace.opened(k, "k");
    trace.add(EventType::FaceGiven, k, static_cast<std::uint32_t>(trace::Interface::Wsk));
    trace.add(EventType::CallbackSet, k, trace::EventReceive, trace::packOutcome(Status::Success, 0));
    trace.sent(k, "abc");
    trace.indicated(k, "abc");
    trace.add(EventType::IndicationEnded, k, 0, trace::packOutcome(Status::NtDataNotAccepted, 0), {},
              RuleId::WskEventNotAccepted);
    trace.add(EventType::CallbackStopped, k);
    trace.sent(k, "def");
    presentation.replaceTrace(trace.snapshot(), {});
    const trace::Story &story = presentation.story();
    presentation.setPlayhead({story.size(), 0});
    EXPECT_EQ(inspector.title(), u"Why is the callback of k silent?"_s);
    EXPECT_EQ(inspector.why().shown().rule, RuleId::WskEventNotAccepted);
    EXPECT_TRUE(inspector.why().isVisible());
    EXPECT_FALSE(inspector.arguments().isVisible()) << "it is no call of the driver's";

    std::uint32_t began = 0;
    while (story.event(began).type != EventType::IndicationBegan)
        ++began;
    presentation.setPlayhead({began + 1, 0});
    EXPECT_EQ(inspector.title(), u"Why is the callback of k called?"_s);
    EXPECT_EQ(inspector.why().shown().rule, RuleId::None) << "it has not answered yet";
    presentation.setPlayhead({story.size(), 0});
    presentation.select({{}, k, began});
    EXPECT_EQ(inspector.title(), u"What did the callback of k answer?"_s);
    EXPECT_EQ(inspector.why().shown().rule, RuleId::WskEventNotAccepted);
    presentation.select({});
    presentation.setVeil(story.size());
    EXPECT_EQ(inspector.title(), u"Why?"_s) << "a question is open: the answer is not given away";
    EXPECT_FALSE(inspector.why().isVisible());
    presentation.setVeil({});
    EXPECT_TRUE(inspector.why().isVisible());
    presentation.replaceTrace(test::pendingLesson(), {});
    goTo(EventType::EventSet, test::r1);
    EXPECT_TRUE(inspector.arguments().isVisible());
}

TEST_F(InspectorPanel, explainsTheReceiveThatAllViewsShow)
{
    goTo(EventType::EventSet, test::r1);
    EXPECT_EQ(inspector.title(), u"Why did r1 complete now?"_s);
    EXPECT_EQ(inspector.arguments().text(2, 1), u"left alone"_s);
    EXPECT_EQ(inspector.arguments().text(2, 2), u"6"_s);
    presentation.selectReceive(test::r2);
    EXPECT_EQ(inspector.title(), u"Why does r2 wait?"_s);
    EXPECT_EQ(inspector.arguments().text(2, 2), u"—"_s);
    EXPECT_FALSE(inspector.bytes().isVisible());
}

TEST_F(InspectorPanel, stepsBackWithThePlayhead)
{
    goTo(EventType::EventSet, test::r1);
    goTo(EventType::Returned, test::r1);
    EXPECT_EQ(inspector.title(), u"Why does r1 wait?"_s);
    EXPECT_TRUE(inspector.code().text().contains(u"not yet"_s));
    EXPECT_FALSE(inspector.code().text().contains(u"got = 6"_s));
}

TEST_F(InspectorPanel, anotherTraceWithTheSameReceiveIsShownAnew)
{
    goTo(EventType::EventSet, test::r1);
    presentation.replaceTrace(test::kibibyte(), {});
    presentation.setPlayhead({presentation.story().size(), 0});
    EXPECT_EQ(inspector.title(), u"Why did r1 complete at once?"_s);
    EXPECT_EQ(inspector.bytes().model().row(1).bytes.front().character, u"a"_s);
}

TEST_F(InspectorPanel, opensTheRuleAndAsksForTheLesson)
{
    goTo(EventType::EventSet, test::r1);
    EXPECT_FALSE(inspector.why().ruleOpen());
    auto *links = inspector.why().findChild<QLabel *>(u"links"_s);
    ASSERT_NE(links, nullptr);
    emit links->linkActivated(u"rule"_s);
    EXPECT_TRUE(inspector.why().ruleOpen());

    Telling telling;
    telling.number = 17;
    presentation.setTelling(telling);
    EXPECT_TRUE(links->text().contains(u"Lesson 17"_s));
    QSignalSpy asked(&presentation, &Presentation::lessonAsked);
    emit links->linkActivated(u"lesson"_s);
    ASSERT_EQ(asked.count(), 1);
    EXPECT_EQ(asked[0][0].toInt(), 17);
}

TEST_F(InspectorPanel, bytesAreSelectedAndCopiedAsText)
{
    goTo(EventType::EventSet, test::r1);
    auto *bytes = inspector.findChild<BytesView *>();
    ASSERT_NE(bytes, nullptr);
    bytes->setFocus();
    QTest::keyClick(bytes, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(bytes, Qt::Key_C, Qt::ControlModifier);
    EXPECT_EQ(QGuiApplication::clipboard()->text(),
              u"WSABUF[0]   4 of 4\n0000  68 65 6C 6C  hell\nWSABUF[1]   2 of 16\n0004  6F 20  o·"_s);
}

TEST_F(InspectorPanel, codeIsShownForWinsockAndPosix)
{
    goTo(EventType::EventSet, test::r1);
    EXPECT_TRUE(inspector.code().text().contains(u"WSARecv"_s));
    inspector.code().setFace(CodeFace::Posix);
    EXPECT_TRUE(inspector.code().text().contains(u"recvmsg"_s));
}

} // namespace
} // namespace recvscope::gui::inspector
