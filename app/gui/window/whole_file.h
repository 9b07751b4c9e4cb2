// Files written whole or not at all: pictures of the window, scenarios of what was received.
//
// Threads: the caller's.

#pragma once

#include "base/result.h"

class QByteArray;
class QImage;
class QString;

namespace recvscope::gui {

/// An older file of that name stays as it was when this fails: an unwritable folder, a full disk. Only ordinary files
/// are replaced, never a folder or a device.
/// @param what for the message: "save the picture"
[[nodiscard]] Outcome writeWhole(const char *what, const QByteArray &bytes, const QString &path);

/// The same with a picture, as PNG.
[[nodiscard]] Outcome savePicture(const QImage &picture, const QString &path);

} // namespace recvscope::gui
