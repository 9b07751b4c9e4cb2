#include "gui/window/whole_file.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
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
/// A file system that takes only so many bytes of a file more, as a full disk does.
class SmallDisk {
public:
    explicit SmallDisk(rlim_t bytes)
    {
        getrlimit(RLIMIT_FSIZE, &m_before);
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallDisk()
    {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }

private:
    rlimit m_before{};
    void (*m_handler)(int) = nullptr;
};

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
    EXPECT_NE(saved.error().message().find("make room"), std::string::npos) << saved.error().message();
    EXPECT_EQ(QImage(path).size(), QSize(8, 8));
    EXPECT_EQ(QDir(folder.path()).entryList(QDir::NoDotAndDotDot | QDir::AllEntries).size(), 1)
        << "no half file is left";
}
#endif

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
