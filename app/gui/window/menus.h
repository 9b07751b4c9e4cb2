// The menus, as a bar and as what the button at the top opens.
//
// Threads: the window's.

#pragma once

class QMenu;
class QMenuBar;
class QWidget;

namespace recvscope::gui {

class Actions;
class Desk;
class Studio;

void buildMenus(QMenu &menu, QMenuBar &bar, Actions &actions, Desk &desk, Studio &studio);

/// What this is, its version, its licence, and whose libraries it stands on.
void showAbout(QWidget *window);

} // namespace recvscope::gui
