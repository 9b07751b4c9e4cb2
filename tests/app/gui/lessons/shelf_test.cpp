#include "gui/lessons/progress.h"
#include "gui/lessons/shelf.h"

#include <QDir>
#include <QFile>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace recvscope::gui {
namespace {

class ShelfTest : public testing::Test {
protected:
    std::filesystem::path write(const char *name, const QByteArray &text)
    {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
        return file.fileName().toStdString();
    }
    static QByteArray lesson(const char *title, int number, const char *track)
    {
        return QStringLiteral("recvscope: 1\ntitle: %1\nlesson: {number: %2, track: %3, explains: "
                              "[wsp.stream.fills-until]}\nsockets:\n  s: {kind: tcp}\n"
                              "steps:\n  - say: Hello.\n")
            .arg(QString::fromLatin1(title))
            .arg(number)
            .arg(QString::fromLatin1(track))
            .toUtf8();
    }

    QTemporaryDir m_folder;
};

TEST_F(ShelfTest, sortsLessonsByNumberAndTracksByTheirFirst)
{
    const Shelf shelf = Shelf::read({write("b.yaml", lesson("Second", 16, "completion")),
                                     write("c.yaml", lesson("Third", 17, "completion")),
                                     write("a.yaml", lesson("First", 2, "streams"))});
    ASSERT_EQ(shelf.lessons.size(), 3U) << (shelf.troubles.empty() ? "" : shelf.troubles[0].toStdString());
    EXPECT_EQ(shelf.lessons[0].title, QStringLiteral("First"));
    EXPECT_EQ(shelf.tracks(), (std::vector{QStringLiteral("Streams"), QStringLiteral("Completion")}));
    EXPECT_EQ(shelf.lesson(17)->title, QStringLiteral("Third"));
    EXPECT_EQ(shelf.lesson(5), nullptr);
}

TEST_F(ShelfTest, aFileThatCannotBeReadIsNamedAndTheOthersStay)
{
    const Shelf shelf = Shelf::read({write("bad.yaml", "recvscope: 1\nsteps: [{wsp.rcv: {}}]\n"),
                                     write("good.yaml", lesson("Good", 1, "streams"))});
    EXPECT_EQ(shelf.lessons.size(), 1U);
    ASSERT_EQ(shelf.troubles.size(), 1U);
    EXPECT_TRUE(shelf.troubles[0].contains(QStringLiteral("bad.yaml"))) << shelf.troubles[0].toStdString();
}

TEST_F(ShelfTest, theLessonsThatComeWithTheProgramCanAllBeRead)
{
    const Shelf shelf = Shelf::read();
    for (const QString &trouble : shelf.troubles)
        ADD_FAILURE() << trouble.toStdString();
}

TEST_F(ShelfTest, progressIsKeptBetweenStartsAndTheFirstAnswerCounts)
{
    QSettings settings(m_folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    {
        Progress progress(settings);
        QSignalSpy changed(&progress, &Progress::changed);
        progress.setDone(17);
        progress.setDone(17);
        progress.setAnswer(17, StepId{3}, false);
        progress.setAnswer(17, StepId{3}, true);
        progress.setAnswer(17, StepId{5}, true);
        progress.setAnswer(0, StepId{5}, true);
        EXPECT_EQ(changed.count(), 3) << "a scenario outside the lessons leaves no progress";
    }
    Progress again(settings);
    EXPECT_TRUE(again.done(17));
    EXPECT_FALSE(again.done(16));
    EXPECT_EQ(again.answered(), 2);
    EXPECT_EQ(again.right(), 1);
    again.forget();
    EXPECT_FALSE(again.done(17));
    EXPECT_EQ(again.answered(), 0);
}

} // namespace
} // namespace recvscope::gui
