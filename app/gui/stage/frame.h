// Where the parts of the stage stand, in scene units, and how large a unit is.
//
// Threads: pure functions.

#pragma once

#include <QRectF>
#include <QSizeF>

namespace recvscope::gui::stage {

struct Frame {
    QSizeF size;     ///< of the scene, in units
    double zoom = 1; ///< device independent pixels per unit
    QRectF tabs;     ///< the sockets to choose from; empty for one socket
    QRectF titles;   ///< the row of names above the four places
    QRectF peer, link, kernel, copy, receive;
    QRectF stripTitle;
    QRectF strip;   ///< the call, step by step
    QRectF row;     ///< who waits behind it, and who says all this
    QRectF threads; ///< what each thread does, or who gets the next bytes; empty where that says nothing
};

/// What stands below the call: of the application's threads, or of a WSK socket's IRPs and callback.
enum class Lanes : unsigned char { None, Threads, Kernel };

/// The frame for a size in device independent pixels. A larger stage is the same one, larger; a smaller one moves
/// together first and shrinks little.
[[nodiscard]] Frame frameFor(QSizeF size, bool tabs, Lanes lanes = Lanes::None);

} // namespace recvscope::gui::stage
