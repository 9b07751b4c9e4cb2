#include "gui/window/menus.h"

#include "gui/window/actions.h"
#include "gui/window/desk.h"
#include "gui/window/studio.h"

#include <QApplication>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenuBar>
#include <QMessageBox>

namespace recvscope::gui {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("Menus", source);
}

QMenu *fileMenu(QWidget *parent, Actions &actions, Studio &studio)
{
    auto *menu = new QMenu(tr("&File"), parent);
    menu->addAction(actions.open);
    QMenu *recent = menu->addMenu(tr("Open &Recent"));
    const auto fill = [recent, &studio] {
        recent->clear();
        for (const QString &path : studio.recentFiles()) {
            QAction *action =
                recent->addAction(QFileInfo(path).fileName().replace(QLatin1Char('&'), QLatin1String("&&")));
            action->setToolTip(path);
            QObject::connect(action, &QAction::triggered, &studio,
                             [&studio, path] { studio.openFile(path, Studio::Then::Play); });
        }
        recent->addSeparator();
        QObject::connect(recent->addAction(tr("&Clear This List")), &QAction::triggered, &studio,
                         &Studio::forgetRecentFiles);
        recent->setToolTipsVisible(true);
    };
    QObject::connect(recent, &QMenu::aboutToShow, &studio, fill);
    menu->addSeparator();
    menu->addActions({actions.savePicture, actions.saveStage});
    menu->addSeparator();
    menu->addAction(actions.quit);
    return menu;
}

QMenu *storyMenu(QWidget *parent, Actions &actions)
{
    auto *menu = new QMenu(tr("&Story"), parent);
    menu->addActions({actions.play, actions.stepForward, actions.stepBack, actions.toStart, actions.toEnd});
    menu->addSeparator();
    menu->addActions({actions.storyTime, actions.slower, actions.faster});
    menu->addSeparator();
    menu->addActions({actions.zoomIn, actions.zoomOut, actions.panLeft, actions.panRight, actions.fit});
    menu->addSeparator();
    menu->addActions({actions.runAgain, actions.stop});
    return menu;
}

QMenu *peerMenu(QWidget *parent, Actions &actions)
{
    auto *menu = new QMenu(tr("&Peers"), parent);
    menu->addActions({actions.listen, actions.connectTo});
    return menu;
}

QMenu *viewMenu(QWidget *parent, Actions &actions, Desk &desk)
{
    auto *menu = new QMenu(tr("&View"), parent);
    QMenu *panels = menu->addMenu(tr("&Panels"));
    for (QDockWidget *dock : desk.docks())
        panels->addAction(dock->toggleViewAction());
    panels->addSeparator();
    panels->addAction(actions.resetLayout);
    QMenu *theme = menu->addMenu(tr("&Theme"));
    theme->addActions({actions.themeSystem, actions.themeLight, actions.themeDark});
    menu->addAction(actions.reducedMotion);
    menu->addSeparator();
    menu->addActions({actions.present, actions.fullScreen, actions.menuBar});
    return menu;
}

QMenu *helpMenu(QWidget *parent, Actions &actions)
{
    auto *menu = new QMenu(tr("&Help"), parent);
    menu->addActions({actions.keys, actions.forgetProgress});
    menu->addSeparator();
    menu->addAction(actions.about);
    return menu;
}

} // namespace

void buildMenus(QMenu &menu, QMenuBar &bar, Actions &actions, Desk &desk, Studio &studio)
{
    for (QMenu *each : {fileMenu(&bar, actions, studio), storyMenu(&bar, actions), peerMenu(&bar, actions),
                        viewMenu(&bar, actions, desk), helpMenu(&bar, actions)}) {
        bar.addMenu(each);
        menu.addMenu(each);
    }
}

void showAbout(QWidget *window)
{
    QMessageBox::about(
        window, tr("About Recvscope"),
        tr("<h3>Recvscope %1</h3>"
           "<p>Shows what a socket receive really does: buffers filling, pending against immediate completion, and how "
           "the end of a connection is seen. Every byte on the stage came through a real socket.</p>"
           "<p>Free software under the GNU General Public License, version 3 or later. It stands on Qt %2, QCustomPlot "
           "and libyaml.</p>")
            .arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion())));
}

} // namespace recvscope::gui
