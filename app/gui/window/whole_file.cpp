#include "gui/window/whole_file.h"

#include <QBuffer>
#include <QFileInfo>
#include <QImage>
#include <QSaveFile>

namespace recvscope::gui {

Outcome writeWhole(const char *what, const QByteArray &bytes, const QString &path)
{
    const auto failure = [&](const QString &why) {
        return Error{what, path.toStdString(),
                     (why + QStringLiteral("; choose another place, or make room")).toStdString(), 0};
    };
    const QFileInfo there(path);
    if (there.exists() && !there.isFile())
        return failure(QStringLiteral("that is no ordinary file"));
    QSaveFile file(path);
    bool good = file.open(QIODevice::WriteOnly);
    // A disk that becomes full takes a part without a word; only the next attempt gets the reason.
    for (qsizetype at = 0; good && at < bytes.size();) {
        const qint64 written = file.write(bytes.constData() + at, bytes.size() - at);
        good = written > 0;
        at += written;
    }
    // Flushed by hand: commit() closes the file first, and with it forgets why a write failed.
    if (!good || !file.flush() || !file.commit())
        return failure(file.errorString());
    return Done{};
}

Outcome savePicture(const QImage &picture, const QString &path)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!picture.save(&buffer, "PNG"))
        return Error{"save the picture", path.toStdString(), "there is nothing to draw: make the window larger", 0};
    return writeWhole("save the picture", bytes, path);
}

} // namespace recvscope::gui
