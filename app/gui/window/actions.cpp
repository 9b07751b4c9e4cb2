#include "gui/window/actions.h"

#include <QActionGroup>
#include <QWidget>

namespace recvscope::gui {

Actions::Actions(QWidget *window) : QObject(window), m_window(window)
{
    play = make(tr("&Play"), {Qt::Key_Space}, tr("play or pause"));
    stepForward = make(tr("Step &Forward"), {Qt::Key_Right}, tr("to the next event"));
    stepBack = make(tr("Step &Back"), {Qt::Key_Left}, tr("to the event before"));
    toStart = make(tr("To the &Start"), {Qt::Key_Home}, tr("to the start"));
    toEnd = make(tr("To the &End, Live"), {Qt::Key_End}, tr("to the end; live while something still comes in"));
    slower = make(tr("S&lower"), {Qt::Key_Minus}, tr("slower"));
    faster = make(tr("Fas&ter"), {Qt::Key_Plus, Qt::Key_Equal}, tr("faster"));
    runAgain =
        make(tr("&Run Again"), {QKeySequence(Qt::CTRL | Qt::Key_R), Qt::Key_F5}, tr("run it again on fresh sockets"));
    stop = make(tr("St&op"), {QKeySequence(Qt::CTRL | Qt::Key_Period)}, tr("stop the run, or listening"));
    storyTime = make(tr("Story &Time"), {Qt::Key_T}, tr("story time or clock time"));
    storyTime->setCheckable(true);
    for (int i = 0; i < 9; ++i)
        choices.push_back(make(tr("Choice %1").arg(i + 1), {QKeySequence(Qt::Key_1 + i)}));
    m_meanings.push_back({choices.front(), tr("answer a question: 1 is the first choice, and so on")});

    zoomIn = make(tr("Zoom &In"), {Qt::Key_W}, tr("zoom into the time; also the wheel"));
    zoomOut = make(tr("Zoom &Out"), {Qt::Key_S}, tr("zoom out"));
    panLeft = make(tr("Move &Left"), {Qt::Key_A}, tr("move to earlier; also Shift and the wheel"));
    panRight = make(tr("Move &Right"), {Qt::Key_D}, tr("move to later; or drag the timeline"));
    fit = make(tr("&Fit"), {Qt::Key_F}, tr("fit the whole story"));

    open = make(tr("&Open Scenario…"), {QKeySequence(QKeySequence::Open)},
                tr("open a scenario; or drop its file on the window"));
    savePicture = make(tr("Save Picture of the &Window…"), {QKeySequence(QKeySequence::Save)},
                       tr("save a picture of the window"));
    saveStage = make(tr("Save Picture of the &Stage…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)},
                     tr("save a picture of the stage"));
    quit = make(tr("&Quit"), {QKeySequence(Qt::CTRL | Qt::Key_Q)}, tr("quit"));

    listen = make(tr("&Listen…"), {QKeySequence(Qt::CTRL | Qt::Key_L)}, tr("listen for a program of yours"));
    connectTo = make(tr("&Connect…"), {QKeySequence(Qt::CTRL | Qt::Key_K)}, tr("connect to a program of yours"));

    present = make(tr("&Present"), {Qt::Key_P}, tr("the stage alone, for a projector"));
    present->setCheckable(true);
    fullScreen = make(tr("&Full Screen"), {Qt::Key_F11}, tr("full screen"));
    fullScreen->setCheckable(true);
    toggleTheme = make(tr("Light or &Dark"), {QKeySequence(Qt::CTRL | Qt::Key_T)}, tr("light or dark"));
    menuBar = make(tr("&Menu Bar"), {QKeySequence(Qt::CTRL | Qt::Key_M)}, tr("show or hide the menu bar"));
    menuBar->setCheckable(true);
    leave = make(tr("Leave"), {Qt::Key_Escape}, tr("leave what is open, or the selection"));
    resetLayout = make(tr("&Reset Panels"), {});
    reducedMotion = make(tr("Reduce &Motion"), {});
    reducedMotion->setCheckable(true);
    auto *themes = new QActionGroup(this);
    for (auto [action, name] : {std::pair(&themeSystem, tr("&As the System")), std::pair(&themeLight, tr("&Light")),
                                std::pair(&themeDark, tr("&Dark"))}) {
        *action = make(name, {});
        (*action)->setCheckable(true);
        themes->addAction(*action);
    }
    keys = make(tr("&Keys"), {Qt::Key_Question, Qt::Key_F1}, tr("this sheet"));
    about = make(tr("&About Recvscope"), {});
    forgetProgress = make(tr("Forget My &Progress…"), {});
}

QAction *Actions::make(const QString &text, const QList<QKeySequence> &shortcuts, const QString &meaning)
{
    auto *action = new QAction(text, this);
    action->setShortcuts(shortcuts);
    m_window->addAction(action); // so that its keys work whether or not a menu is shown
    if (!meaning.isEmpty())
        m_meanings.push_back({action, meaning});
    return action;
}

QList<Actions::Line> Actions::sheet() const
{
    QList<Line> lines;
    for (const auto &[action, meaning] : m_meanings) {
        QStringList names;
        for (const QKeySequence &key : action->shortcuts())
            names.push_back(key.toString(QKeySequence::NativeText));
        lines.push_back({names.join(tr(" or ")), meaning});
    }
    return lines;
}

} // namespace recvscope::gui
