// What the window does beside telling a lesson: keys, panels, bad files, pictures, memory.

#include "open_window.h"

#include "gui/window/key_sheet.h"

#include <QDockWidget>
#include <QDropEvent>
#include <QFile>
#include <QMimeData>

#include <algorithm>

#ifdef Q_OS_UNIX
#include "small_disk.h"
#endif

namespace recvscope::gui {
namespace {

class WindowTest : public OpenWindow {
protected:
    QString write(const char *name, const QByteArray &text)
    {
        QFile file(folder.filePath(QString::fromLatin1(name)));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
        return file.fileName();
    }
    void drop(const QString &path)
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(&window, &enter);
        EXPECT_TRUE(enter.isAccepted());
        QDropEvent event({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(&window, &event);
    }
};

TEST_F(WindowTest, keysMoveTheRangeOfTime)
{
    clickLesson(1);
    const TimeRange all = presentation().range();
    press(Qt::Key_W);
    EXPECT_LT(presentation().range().length(), all.length());
    const TimeRange zoomed = presentation().range();
    press(Qt::Key_D);
    EXPECT_GT(presentation().range().begin, zoomed.begin);
    press(Qt::Key_A);
    EXPECT_NEAR(presentation().range().begin, zoomed.begin, 1e-9);
    press(Qt::Key_F);
    EXPECT_EQ(presentation().range(), all);
}

TEST_F(WindowTest, theKeySheetOpensAndEscapeClosesIt)
{
    auto *sheet = window.findChild<KeySheet *>();
    press(Qt::Key_Question);
    EXPECT_TRUE(sheet->isVisible());
    press(Qt::Key_Escape);
    EXPECT_FALSE(sheet->isVisible());
}

TEST_F(WindowTest, storyAndClockTimeKeepThePlayhead)
{
    clickLesson(1);
    presentation().askPlayhead({5, 0});
    press(Qt::Key_T);
    EXPECT_EQ(presentation().axis(), trace::TimeAxis::Clock);
    EXPECT_EQ(event(), 5U);
    press(Qt::Key_T);
    EXPECT_EQ(presentation().axis(), trace::TimeAxis::Story);
}

TEST_F(WindowTest, presentingShowsTheStageAloneAndGivesThePanelsBack)
{
    clickLesson(1);
    const auto visible = [&] {
        QList<bool> shown;
        for (const QDockWidget *dock : window.desk().docks())
            shown.push_back(dock->isVisible());
        return shown;
    };
    const QList<bool> before = visible();
    press(Qt::Key_P);
    for (const QDockWidget *dock : window.desk().docks())
        EXPECT_FALSE(dock->isVisible());
    EXPECT_TRUE(stage().isVisible());
    press(Qt::Key_Escape);
    EXPECT_EQ(visible(), before);
}

TEST_F(WindowTest, aQuestionIsAskedAndAnsweredWhilePresenting)
{
    clickLesson(1);
    const Telling &telling = presentation().telling();
    ASSERT_FALSE(telling.predictions.empty());
    const std::uint32_t gate = studio.questions().gate(telling.predictions.front().step);
    press(Qt::Key_P);
    const auto cards = window.desk().findChildren<PredictionCard *>();
    const auto shown = [&] {
        return std::count_if(cards.begin(), cards.end(), [](const QWidget *card) { return card->isVisible(); });
    };
    EXPECT_EQ(shown(), 0) << "nothing is asked yet";
    presentation().askPlayhead({gate, 0});
    ASSERT_EQ(shown(), 1);
    press(Qt::Key_1);
    EXPECT_EQ(studio.questions().chosen(telling.predictions.front().step), 0);
    press(Qt::Key_Escape);
    EXPECT_EQ(shown(), 1) << "the lesson's panel has it again";
}

TEST_F(WindowTest, aScenarioWithAMistakeIsToldWithItsPlaceAndNothingIsLost)
{
    clickLesson(1);
    const std::uint32_t before = presentation().story().size();
    EXPECT_FALSE(studio.openFile(
        write("bad.yaml", "recvscope: 1\ntitle: Bad\nsockets:\n  s: {kind: tcp}\nsteps:\n  - wsp.rcv: {socket: s}\n"),
        Studio::Then::Play));
    const QString sentence = window.notice().sentence();
    EXPECT_TRUE(sentence.contains(QStringLiteral("bad.yaml:6:"))) << sentence.toStdString();
    EXPECT_TRUE(sentence.contains(QStringLiteral("wsp.recv"))) << sentence.toStdString();
    EXPECT_EQ(presentation().story().size(), before);
    EXPECT_EQ(presentation().telling().number, 1);
    press(Qt::Key_Escape);
    EXPECT_TRUE(window.notice().sentence().isEmpty());
}

TEST_F(WindowTest, aScenarioThatIsNotThereIsNamed)
{
    EXPECT_FALSE(studio.openFile(QStringLiteral("/nowhere/lesson.yaml"), Studio::Then::Play));
    EXPECT_TRUE(window.notice().sentence().contains(QStringLiteral("/nowhere/lesson.yaml")));
}

TEST_F(WindowTest, aDroppedScenarioIsRunAndRemembered)
{
    const QString path =
        write("mine.yaml",
              "recvscope: 1\ntitle: Mine\nsockets:\n  s: {kind: tcp}\nsteps:\n  - peer.send: {socket: s, data: hello}\n"
              "  - wsp.recv: {socket: s, op: r1, buffers: [8]}\n");
    QSignalSpy ended(&studio.bridge(), &SessionBridge::runEnded);
    drop(path);
    until("the end of the run", [&] { return ended.count() > 0; });
    EXPECT_EQ(presentation().telling().title, QStringLiteral("Mine"));
    EXPECT_EQ(studio.recentFiles(), QStringList(path));
    EXPECT_EQ(studio.player().state(), Playback::State::Playing);
}

TEST_F(WindowTest, anExpectationThatFailedIsTold)
{
    const QString path = write(
        "wrong.yaml",
        "recvscope: 1\ntitle: Wrong\nsockets:\n  s: {kind: tcp}\nsteps:\n  - peer.send: {socket: s, data: hello}\n"
        "  - wsp.recv: {socket: s, op: r1, buffers: [8]}\n  - expect: {op: r1, bytes: 8}\n");
    QSignalSpy ended(&studio.bridge(), &SessionBridge::runEnded);
    studio.openFile(path, Studio::Then::Wait);
    until("the end of the run", [&] { return ended.count() > 0; });
    const QString sentence = window.notice().sentence();
    EXPECT_TRUE(sentence.contains(QStringLiteral("Line 8"))) << sentence.toStdString();
    EXPECT_TRUE(sentence.contains(QStringLiteral("5"))) << sentence.toStdString();
}

TEST_F(WindowTest, runningAgainUsesFreshSocketsAndOpensTheQuestions)
{
    clickLesson(1);
    const trace::Snapshot first = presentation().story().snapshot();
    const Prediction asked = presentation().telling().predictions.front();
    studio.questions().choose(asked.step, 0);
    QSignalSpy ended(&studio.bridge(), &SessionBridge::runEnded);
    press(Qt::Key_R, Qt::ControlModifier);
    until("the end of the run", [&] { return ended.count() > 0; });
    EXPECT_EQ(studio.questions().mark(asked.step), Questions::Mark::Open);
    EXPECT_EQ(presentation().telling().number, 1);
}

TEST_F(WindowTest, anotherLessonMayBeChosenWhileOneStillRuns)
{
    QSignalSpy ended(&studio.bridge(), &SessionBridge::runEnded);
    for (int i = 0; i < 20; ++i)
        studio.openLesson(i % 2 == 0 ? 1 : 2, Studio::Then::Play);
    until("the end of the last run", [&] { return ended.count() > 0 && !studio.bridge().busy(); });
    EXPECT_EQ(presentation().telling().number, 2);
}

TEST_F(WindowTest, aPictureThatCannotBeSavedIsTold)
{
    EXPECT_FALSE(window.savePictureTo(QStringLiteral("/nowhere/picture.png"), false));
    EXPECT_TRUE(window.notice().sentence().contains(QStringLiteral("/nowhere/picture.png")));
}

#ifdef Q_OS_UNIX
TEST_F(WindowTest, aFullDiskIsToldWithItsReasonAndTheOlderPictureStays)
{
    const QString path = folder.filePath(QStringLiteral("picture.png"));
    ASSERT_TRUE(window.savePictureTo(path, true));
    const QSize older = QImage(path).size();
    {
        const SmallDisk full(4096);
        EXPECT_FALSE(window.savePictureTo(path, false));
    }
    EXPECT_TRUE(window.notice().sentence().contains(QStringLiteral("File too large")))
        << window.notice().sentence().toStdString();
    EXPECT_TRUE(window.notice().sentence().contains(path));
    EXPECT_EQ(QImage(path).size(), older);
    EXPECT_TRUE(window.savePictureTo(path, false)) << "with room it goes on";
}
#endif

TEST_F(WindowTest, everythingFitsWithoutBeingCutAtTheSmallestSizes)
{
    clickLesson(1);
    for (const QSize size : {QSize(1280, 720), QSize(1280, 800), QSize(1440, 900)}) {
        window.resize(size);
        until("the new layout", [&] { return window.size() == size; });
        EXPECT_GE(stage().height(), stage().minimumSizeHint().height()) << size.height();
        EXPECT_GE(stage().width(), stage().minimumSizeHint().width()) << size.width();
        for (const QDockWidget *dock : window.desk().docks()) {
            if (!dock->visibleRegion().isEmpty()) { // not behind a tab
                EXPECT_TRUE(window.desk().rect().contains(dock->geometry())) << dock->windowTitle().toStdString();
            }
        }
    }
}

TEST_F(WindowTest, panelsThemeAndSpeedAreRememberedToTheNextStart)
{
    window.desk().docks().front()->hide();
    window.actions().themeDark->trigger();
    studio.player().setRate(2);
    window.resize(1300, 820);
    window.close();

    Studio nextStudio(settings, clock);
    MainWindow next(nextStudio);
    next.show();
    EXPECT_TRUE(next.desk().docks().front()->isHidden());
    EXPECT_TRUE(nextStudio.appearance().theme().dark);
    EXPECT_DOUBLE_EQ(nextStudio.player().rate(), 2);
    EXPECT_EQ(next.size(), QSize(1300, 820));
    next.actions().resetLayout->trigger();
    EXPECT_FALSE(next.desk().docks().front()->isHidden());
}

} // namespace
} // namespace recvscope::gui
