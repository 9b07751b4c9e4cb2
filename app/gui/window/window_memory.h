// What the window remembers from one start to the next.
//
// Threads: the window's.

#pragma once

#include "gui/listen/live_options.h"

class QSettings;
class QWidget;

namespace recvscope::gui {

class Actions;
class Desk;
class Studio;

void rememberWindow(const QWidget &window, const Desk &desk, Studio &studio, const Actions &actions);
void recallWindow(QWidget &window, Desk &desk, Studio &studio, Actions &actions);

void rememberListening(QSettings &settings, const LiveOptions &options);
[[nodiscard]] LiveOptions recallListening(QSettings &settings);

} // namespace recvscope::gui
