// Draws the inspector of every case in both themes and at both scales, and saves the pictures to look at.

#include "gui/appearance.h"
#include "gui/card.h"
#include "gui/inspector/inspector.h"
#include "gui/presentation.h"
#include "told_traces.h"

#include <QCoreApplication>
#include <QDir>
#include <QImage>
#include <QPainter>

#include <gtest/gtest.h>

namespace recvscope::gui::inspector {
namespace {

using trace::EventType;

struct Case {
    const char *name;
    trace::Snapshot (*snapshot)();
    EventType after;
    OperationId operation;
};

const Case cases[] = {
    {"lesson17_start", test::pendingLesson, EventType::SocketOpened, {}},
    {"lesson17_pending", test::pendingLesson, EventType::Returned, test::r1},
    {"lesson17_stop", test::pendingLesson, EventType::EventSet, test::r1},
    {"lesson17_end", test::pendingLesson, EventType::EventSet, test::r3},
    {"kibibyte", test::kibibyte, EventType::StepBegan, {}},
    {"mebibytes", test::mebibytes, EventType::StepBegan, {}},
    {"reset", test::resetWhilePending, EventType::StepBegan, {}},
    {"blocked", test::blocked, EventType::StepBegan, {}},
    {"refused", test::refused, EventType::StepBegan, {}},
    {"at_once", test::atOnce, EventType::StepBegan, {}},
};

class Pictures : public testing::TestWithParam<Case> {};

TEST_P(Pictures, areDrawnInBothThemesAndScales)
{
    const Case &each = GetParam();
    const QDir folder(QStringLiteral(RECVSCOPE_PICTURES));
    ASSERT_TRUE(folder.mkpath(QStringLiteral(".")));
    constexpr QSize size(304, 860);
    for (const bool dark : {false, true}) {
        Appearance appearance;
        appearance.setChoice(dark ? Appearance::Choice::Dark : Appearance::Choice::Light);
        appearance.applyToApplication();
        Presentation presentation;
        presentation.replaceTrace(each.snapshot(), {});
        presentation.setPlayhead(test::momentAfter(presentation.story(), each.after, each.operation).playhead);
        Card card({}, appearance);
        card.setBody(new Inspector(presentation, appearance));
        card.resize(size);
        card.show();
        for (int settled = 0; settled < 4; ++settled) // scroll bars come and go until the text is wrapped
            QCoreApplication::processEvents();
        for (const int scale : {1, 2}) {
            QImage image(size * scale, QImage::Format_RGB32);
            image.setDevicePixelRatio(scale);
            image.fill(appearance.theme().ground);
            card.render(&image);
            const QString name =
                QStringLiteral("%1-%2-%3x.png")
                    .arg(QLatin1String(each.name), dark ? QStringLiteral("dark") : QStringLiteral("light"))
                    .arg(scale);
            EXPECT_TRUE(image.save(folder.filePath(name)));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Cases, Pictures, testing::ValuesIn(cases),
                         [](const auto &each) { return std::string(each.param.name); });

} // namespace
} // namespace recvscope::gui::inspector
