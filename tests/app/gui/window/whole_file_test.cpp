#include "gui/window/whole_file.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <filesystem>

#ifdef Q_OS_UNIX
#include "small_disk.h"
#endif
#ifdef Q_OS_LINUX
#include "in_child.h"

#include <sched.h>
#include <sys/mount.h>
#endif

namespace recvscope::gui {
namespace {

QImage noise()
{
    QImage picture(256, 256, QImage::Format_RGB32);
    quint32 state = 1;
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            picture.setPixel(x, y, state = state * 1664525U + 1013904223U);
    return picture;
}

TEST(Picture, isWrittenAndReadsBack)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("picture.png"));
    ASSERT_TRUE(savePicture(noise(), path).ok());
    EXPECT_EQ(QImage(path).convertToFormat(QImage::Format_RGB32), noise());
}

TEST(Picture, aFolderThatIsNotThereIsNamed)
{
    const QString path = QStringLiteral("/nowhere/at/all/picture.png");
    const Outcome saved = savePicture(noise(), path);
    ASSERT_FALSE(saved.ok());
    EXPECT_NE(saved.error().message().find("/nowhere/at/all/picture.png"), std::string::npos);
    EXPECT_NE(saved.error().message().find("choose another place"), std::string::npos);
}

#ifdef Q_OS_UNIX
TEST(Picture, aFullDiskIsToldAndTheOlderPictureStays)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("picture.png"));
    ASSERT_TRUE(savePicture(noise().copy(0, 0, 8, 8), path).ok());
    Outcome saved = Done{};
    {
        const SmallDisk full(4096);
        saved = savePicture(noise(), path);
    }
    ASSERT_FALSE(saved.ok());
    EXPECT_NE(saved.error().message().find("File too large"), std::string::npos) << saved.error().message();
    EXPECT_NE(saved.error().message().find("make room"), std::string::npos) << saved.error().message();
    EXPECT_EQ(QImage(path).size(), QSize(8, 8));
    EXPECT_EQ(QDir(folder.path()).entryList(QDir::NoDotAndDotDot | QDir::AllEntries).size(), 1)
        << "no half file is left";
}
#endif

#ifdef Q_OS_LINUX
TEST(Picture, aDiskWithoutSpaceIsToldWithTheSystemsReasonAndTheOlderPictureStays)
{
    constexpr int noDisk = 1, wentWrong = 2, asItShould = 0;
    const QTemporaryDir folder;
    const QByteArray mounted = folder.path().toLocal8Bit();
    const test::Child child = test::inChild([&](std::string &said) {
        const int spaces = geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS;
        if (unshare(spaces) != 0 || mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
            mount("none", mounted.constData(), "tmpfs", 0, "size=64k") != 0)
            return noDisk;
        const QString path = folder.filePath(QStringLiteral("picture.png"));
        if (!savePicture(noise().copy(0, 0, 8, 8), path).ok())
            return wentWrong;
        const Outcome saved = savePicture(noise(), path);
        said = saved ? "it was saved" : saved.error().message();
        const bool whole = QImage(path).size() == QSize(8, 8);
        const bool alone = QDir(folder.path()).entryList(QDir::NoDotAndDotDot | QDir::AllEntries).size() == 1;
        return whole && alone ? asItShould : wentWrong;
    });
    if (child.exitCode == noDisk)
        GTEST_SKIP() << "this machine lets this user mount no small disk";
    EXPECT_EQ(child.exitCode, asItShould) << child.said;
    EXPECT_NE(child.said.find("No space left on device"), std::string::npos) << child.said;
    EXPECT_NE(child.said.find("make room"), std::string::npos) << child.said;
}

TEST(Picture, aDeviceIsNotReplaced)
{
    const std::filesystem::path device = "/dev/full";
    if (!std::filesystem::exists(device))
        GTEST_SKIP() << "this machine has no " << device;
    const Outcome saved = savePicture(noise(), QString::fromStdString(device.string()));
    ASSERT_FALSE(saved.ok());
    EXPECT_NE(saved.error().message().find("no ordinary file"), std::string::npos) << saved.error().message();
    EXPECT_TRUE(std::filesystem::is_character_file(device));
}
#endif

TEST(Picture, ofNothingIsRefusedAndTheOlderPictureStays)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("picture.png"));
    ASSERT_TRUE(savePicture(noise(), path).ok());
    EXPECT_FALSE(savePicture(QImage(), path).ok());
    EXPECT_EQ(QImage(path).size(), noise().size());
}

TEST(Picture, onlyOrdinaryFilesAreReplaced)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("folder.png"));
    ASSERT_TRUE(QDir().mkdir(path));
    const Outcome saved = savePicture(noise(), path);
    ASSERT_FALSE(saved.ok());
    EXPECT_NE(saved.error().message().find("no ordinary file"), std::string::npos) << saved.error().message();
    EXPECT_TRUE(QFileInfo(path).isDir());
}

} // namespace
} // namespace recvscope::gui
