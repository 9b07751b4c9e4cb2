// Draws the stage of every case in both themes and at both scales, and saves the pictures to look at.

#include "gui/appearance.h"
#include "gui/card.h"
#include "gui/stage/scene_painter.h"
#include "told_traces.h"

#include <QDir>
#include <QImage>
#include <QPainter>

#include <gtest/gtest.h>

namespace recvscope::gui::stage {
namespace {

struct Case {
    const char *name;
    trace::Snapshot (*snapshot)();
    trace::EventType after;
    OperationId operation;
    double toNext = 0; ///< above 0: on the way to that event
    QSizeF size{836, 372};
};

using trace::EventType;

const Case cases[] = {
    {"lesson17-start", test::pendingLesson, EventType::SocketOpened, {}},
    {"lesson17-called", test::pendingLesson, EventType::BufferGiven, test::r1},
    {"lesson17-pending", test::pendingLesson, EventType::Returned, test::r1},
    {"lesson17-parcel", test::pendingLesson, EventType::PeerSend, {}, 0.5},
    {"lesson17-sent", test::pendingLesson, EventType::PeerSend, {}},
    {"lesson17-flying", test::pendingLesson, EventType::KernelReceived, test::r1, 0.5},
    {"lesson17-stop", test::pendingLesson, EventType::EventSet, test::r1},
    {"lesson17-end", test::pendingLesson, EventType::EventSet, test::r3},
    {"lesson17-small", test::pendingLesson, EventType::EventSet, test::r1, 0, {560, 300}},
    {"lesson17-large", test::pendingLesson, EventType::EventSet, test::r1, 0, {1500, 620}},
    {"kibibyte", test::kibibyte, EventType::StepBegan, {}},
    {"kibibyte-flying", test::kibibyte, EventType::KernelReceived, test::r1, 0.5},
    {"mebibytes", test::mebibytes, EventType::StepBegan, {}},
    {"reset", test::resetWhilePending, EventType::StepBegan, {}},
    {"blocked", test::blocked, EventType::StepBegan, {}},
    {"refused", test::refused, EventType::StepBegan, {}},
    {"at-once", test::atOnce, EventType::StepBegan, {}},
    {"many-buffers", test::manyBuffers, EventType::StepBegan, {}},
    {"many-sockets", test::manySockets, EventType::StepBegan, {}},
    {"many-sockets-small", test::manySockets, EventType::StepBegan, {}, 0, {560, 300}},
};

class Pictures : public testing::TestWithParam<Case> {};

TEST_P(Pictures, areDrawnWithinTheirFrameInBothThemesAndScales)
{
    const Case &each = GetParam();
    const trace::Story story(each.snapshot());
    trace::Moment moment = test::momentAfter(story, each.after, each.operation);
    if (each.toNext > 0)
        moment = trace::momentAt(story, {moment.playhead.event - 1, each.toNext});
    SceneOptions options;
    options.size = each.size;
    const Scene scene = buildScene(story, moment, options);
    Appearance appearance;
    const QDir folder(QStringLiteral(RECVSCOPE_PICTURES));
    ASSERT_TRUE(folder.mkpath(QStringLiteral(".")));
    for (const bool dark : {false, true}) {
        appearance.setChoice(dark ? Appearance::Choice::Dark : Appearance::Choice::Light);
        for (const int scale : {1, 2}) {
            QImage image((each.size * scale).toSize(), QImage::Format_RGB32);
            image.setDevicePixelRatio(scale);
            image.fill(appearance.theme().ground);
            QPainter painter(&image);
            Card::paintFrame(painter, QRectF(QPointF(0, 0), each.size), appearance);
            paintScene(painter, scene, appearance.theme(), appearance.fonts());
            painter.end();
            const QString name =
                QStringLiteral("%1-%2-%3x.png")
                    .arg(QLatin1String(each.name), dark ? QStringLiteral("dark") : QStringLiteral("light"))
                    .arg(scale);
            EXPECT_TRUE(image.save(folder.filePath(name)));
            // Something of the drawing is there beside the frame, and the frame's inner margin is kept free.
            const QRgb panel = appearance.theme().panel.rgb();
            int drawn = 0;
            for (int y = 12 * scale; y < image.height() - 12 * scale; ++y) {
                EXPECT_EQ(image.pixel(3 * scale, y) | 0xFF000000, panel) << "at the left, line " << y;
                EXPECT_EQ(image.pixel(image.width() - 4 * scale, y) | 0xFF000000, panel) << "at the right, line " << y;
                drawn += image.pixel(image.width() / 2, y) != panel ? 1 : 0;
            }
            EXPECT_GT(drawn, image.height() / 10);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Cases, Pictures, testing::ValuesIn(cases), [](const auto &each) {
    std::string name = each.param.name;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

} // namespace
} // namespace recvscope::gui::stage
