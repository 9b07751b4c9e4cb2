// Ends the program once a window has been painted, for measuring how long a start takes.
//
// Threads: the window's.

#pragma once

class QWidget;

namespace recvscope::gui {

/// Writes "painted" to the standard output when the window's first paint is done, and ends the event loop.
void exitAfterFirstPaint(QWidget &window);

} // namespace recvscope::gui
