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
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return failure(file.errorString());
    return Done{};
}

Outcome savePicture(const QImage &picture, const QString &path)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, "PNG");
    return writeWhole("save the picture", bytes, path);
}

} // namespace recvscope::gui
