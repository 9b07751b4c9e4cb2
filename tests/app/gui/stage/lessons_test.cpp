// The stage over every lesson as real sockets tell it: at each stop everything stands in its place, and the pictures
// are saved to look at.

#include "gui/appearance.h"
#include "gui/card.h"
#include "gui/stage/scene_painter.h"
#include "scenario/read.h"
#include "session/run.h"
#include "told_traces.h"

#include <QDir>
#include <QImage>
#include <QPainter>

#include <gtest/gtest.h>

namespace recvscope::gui::stage {
namespace {

QStringList lessons()
{
    return QDir(QStringLiteral(RECVSCOPE_LESSONS)).entryList({QStringLiteral("*.yaml")}, QDir::Files, QDir::Name);
}

trace::Snapshot run(const QString &file)
{
    const QString path = QDir(QStringLiteral(RECVSCOPE_LESSONS)).filePath(file);
    scenario::ReadResult read = scenario::readScenario(path.toStdString());
    EXPECT_TRUE(read.ok()) << file.toStdString();
    if (!read.ok())
        return {};
    const std::unique_ptr<session::ScenarioRun> lesson = session::makeRun(std::move(read.value()));
    EXPECT_EQ(lesson->run().end, session::RunEnd::AllMet) << file.toStdString();
    return lesson->snapshot();
}

/// Bytes that were taken stand in buffers, and what has arrived and was not taken in the kernel: nothing is lost.
void expectEveryByteInItsPlace(const trace::Moment &moment, const trace::SocketMoment &socket)
{
    std::uint64_t held = 0;
    for (const trace::Run &run : socket.kernel)
        held += run.length;
    if (socket.end != trace::EndState::Closed) {
        EXPECT_EQ(held, socket.sent - socket.taken) << "at event " << moment.playhead.event;
    }
}

/// A call is one stop: whatever it was given is there with it.
void expectWholeCalls(const trace::Moment &moment, const trace::Moment &end)
{
    for (const trace::ReceiveMoment &receive : moment.receives) {
        const trace::ReceiveMoment *whole = end.receive(receive.id);
        if (whole == nullptr)
            continue;
        EXPECT_EQ(receive.buffers.size(), whole->buffers.size()) << "at event " << moment.playhead.event;
        EXPECT_EQ(receive.chain, whole->chain) << "at event " << moment.playhead.event;
        EXPECT_EQ(receive.level, whole->level) << "at event " << moment.playhead.event;
    }
}

} // namespace

TEST(LessonsOnStage, stayInTheirFrameAtEveryStop)
{
    ASSERT_FALSE(lessons().isEmpty());
    const Appearance appearance;
    const QDir folder(QStringLiteral(RECVSCOPE_PICTURES));
    ASSERT_TRUE(folder.mkpath(QStringLiteral(".")));
    for (const QString &file : lessons()) {
        const trace::Story story(run(file));
        ASSERT_GT(story.size(), 0U) << file.toStdString();
        std::vector<Scene> scenes;
        const trace::Moment end = trace::momentAt(story, {story.size(), 0});
        for (std::uint32_t event = 0;; event = story.stepForward(event)) {
            const trace::Moment moment = trace::momentAt(story, {event, 0});
            scenes.push_back(buildScene(story, moment, {}));
            const QRectF frame(QPointF(0, 0), scenes.back().size);
            for (const Place &place : scenes.back().places)
                EXPECT_TRUE(frame.contains(place.rect))
                    << file.toStdString() << " at event " << event << ": " << place.says.toStdString();
            for (const Item &item : scenes.back().items)
                EXPECT_FALSE(std::holds_alternative<Flight>(item)) << "stopped is exact";
            for (const trace::SocketMoment &socket : moment.sockets)
                expectEveryByteInItsPlace(moment, socket);
            expectWholeCalls(moment, end);
            if (event == story.size())
                break;
        }
        EXPECT_GT(scenes.size(), 5U) << file.toStdString();

        // Every second stop, as a sheet.
        constexpr QSize one(836, 372);
        const int shown = static_cast<int>(scenes.size() + 1) / 2;
        const int rows = (shown + 2) / 3;
        QImage sheet(one.width() * 3 + 40, rows * (one.height() + 10) + 10, QImage::Format_RGB32);
        sheet.fill(appearance.theme().ground);
        QPainter painter(&sheet);
        for (int i = 0; i < shown; ++i) {
            painter.save();
            painter.translate(10 + (i % 3) * (one.width() + 10), 10 + i / 3 * (one.height() + 10));
            Card::paintFrame(painter, QRectF(QPointF(0, 0), one), appearance);
            paintScene(painter, scenes[std::min(static_cast<std::size_t>(i) * 2 + 1, scenes.size() - 1)],
                       appearance.theme(), appearance.fonts());
            painter.restore();
        }
        painter.end();
        EXPECT_TRUE(sheet.save(folder.filePath(QStringLiteral("lesson-%1.png").arg(file.left(2)))));
    }
}

} // namespace recvscope::gui::stage
