// The program itself, as a person or a script starts it: how it ends, and what it says.

#include "gui/lessons/progress.h"
#include "net/socket.h"

#include <QFile>
#include <QImage>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace recvscope::gui {
namespace {

using namespace Qt::StringLiterals;

class Program : public testing::Test {
protected:
    struct Ended {
        bool aborted = false;
        int code = -1;
        QString said; ///< on the standard error output
    };

    Ended start(const QStringList &arguments, const QString &platform = u"offscreen"_s, const QString &display = {})
    {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"HOME"_s, folder.path());
        environment.insert(u"XDG_CONFIG_HOME"_s, folder.path());
        environment.insert(u"QT_QPA_PLATFORM"_s, platform);
        environment.remove(u"WAYLAND_DISPLAY"_s);
        environment.insert(u"DISPLAY"_s, display);
        program.setProcessEnvironment(environment);
        program.start(QStringLiteral(RECVSCOPE_PROGRAM), arguments);
        EXPECT_TRUE(program.waitForFinished(60'000));
        return {program.exitStatus() == QProcess::CrashExit, program.exitCode(),
                QString::fromUtf8(program.readAllStandardError())};
    }

    QTemporaryDir folder;
    QString picture = folder.filePath(u"picture.png"_s);
};

TEST_F(Program, aPictureIsWrittenAndNoLessonCountsAsDone)
{
    const QString file = folder.filePath(u"Recvscope/Recvscope.ini"_s);
    {
        QSettings settings(file, QSettings::IniFormat);
        Progress(settings).setDone(17);
    }
    EXPECT_EQ(start({u"--lesson"_s, u"1"_s, u"--screenshot"_s, picture, u"--size"_s, u"1280x800"_s}).code, 0);
    EXPECT_EQ(QImage(picture).size(), QSize(1280, 800));
    QSettings settings(file, QSettings::IniFormat);
    const Progress progress(settings);
    EXPECT_TRUE(progress.done(17));
    EXPECT_FALSE(progress.done(1)) << "nobody was told it";
}

TEST_F(Program, badInputEndsAPictureWithASentence)
{
    struct Row {
        QStringList arguments;
        QString says;
    };
    const QString nowhere = folder.filePath(u"nowhere.yaml"_s);
    for (const Row &row :
         {Row{{u"--lesson"_s, u"999"_s}, u"There is no lesson 999"_s}, Row{{u"--lesson"_s, u"0"_s}, u"--lesson"_s},
          Row{{nowhere}, nowhere}, Row{{u"--listen"_s, u"somewhere"_s}, u"ADDRESS:PORT"_s},
          Row{{u"--listen"_s, u"127.0.0.1:70000"_s}, u"ADDRESS:PORT"_s}}) {
        const Ended ended = start(row.arguments + QStringList{u"--screenshot"_s, picture});
        EXPECT_EQ(ended.code, 2) << row.arguments.join(u' ').toStdString();
        EXPECT_TRUE(ended.said.contains(row.says)) << ended.said.toStdString();
        EXPECT_FALSE(QFile::exists(picture));
    }
}

TEST_F(Program, anAddressInUseEndsAPictureWithASentence)
{
    auto taken = net::Socket::open(net::SocketKind::Tcp, net::AddressFamily::IPv4);
    ASSERT_TRUE(taken.ok());
    ASSERT_TRUE(taken->bind(net::Address::loopback(net::AddressFamily::IPv4)).ok());
    ASSERT_TRUE(taken->listen(1).ok());
    const QString address = QString::fromStdString(taken->localAddress().text());
    const Ended ended = start({u"--listen"_s, address, u"--screenshot"_s, picture});
    EXPECT_EQ(ended.code, 1);
    EXPECT_TRUE(ended.said.contains(address)) << ended.said.toStdString();
}

TEST_F(Program, aListeningWindowCanBePictured)
{
    EXPECT_EQ(start({u"--listen"_s, u"127.0.0.1:0"_s, u"--screenshot"_s, picture}).code, 0);
    EXPECT_TRUE(QFile::exists(picture));
}

TEST_F(Program, aDisplayThatCannotBeReachedIsSaidAndNothingAborts)
{
    const Ended ended = start({u"--lesson"_s, u"1"_s}, u"xcb"_s, u":4095"_s);
    EXPECT_FALSE(ended.aborted);
    EXPECT_EQ(ended.code, 2);
    EXPECT_TRUE(ended.said.contains(u":4095"_s)) << ended.said.toStdString();
    EXPECT_TRUE(ended.said.contains(u"recvscope-cli play 1"_s)) << ended.said.toStdString();
}

} // namespace
} // namespace recvscope::gui
