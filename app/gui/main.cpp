// recvscope: reads its arguments, puts the window together, and says why when there can be none.

#include "gui/listen/listen_panel.h"
#include "gui/version.h"
#include "gui/window/command_line.h"
#include "gui/window/first_paint.h"
#include "gui/window/main_window.h"
#include "gui/window/screenshot.h"
#include "gui/window/start_failure.h"
#include "gui/window/studio.h"

#include <QApplication>
#include <QSettings>

#include <cstdio>
#include <optional>

namespace {

using namespace recvscope;

#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
/// Qt ends the program when it finds no display: say what to do instead.
bool displayNamed(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i)
        if (qstrcmp(argv[i], "-platform") == 0)
            return true;
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
           !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}
#endif

/// @return false when what was asked for cannot be opened: the window says why
bool open(gui::MainWindow &window, gui::Studio &studio, const gui::CommandLine &line)
{
    const auto then = line.play ? gui::Studio::Then::Play : gui::Studio::Then::Wait;
    if (line.clockTime)
        studio.player().setAxis(trace::TimeAxis::Clock);
    bool opened = true;
    if (!line.file.empty())
        opened = studio.openFile(QString::fromStdString(line.file), then);
    else if (line.lesson > 0)
        opened = studio.openLesson(line.lesson, then);
    if (line.listenOn.empty())
        return opened;
    window.showListen(false);
    const QString address = QString::fromStdString(line.listenOn);
    if (window.listenPanel().listenOn(address))
        return opened;
    if (!line.screenshot.empty()) // else it stands in the panel
        std::fprintf(stderr, "recvscope: %s\n", qPrintable(gui::ListenPanel::notAnAddress(address)));
    return false;
}

} // namespace

int main(int argc, char **argv)
{
    const gui::ReadCommandLine read = gui::readCommandLine(argc, argv, gui::version);
    if (read.exitCode)
        return *read.exitCode;
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    if (!displayNamed(argc, argv)) {
        std::fputs("recvscope: there is no display to open a window on. Set DISPLAY or WAYLAND_DISPLAY, or follow the "
                   "lesson in the terminal: recvscope-cli play 1\n",
                   stderr);
        return gui::noWindow;
    }
#endif
    std::optional<gui::StartFailure> startFailure(std::in_place);
    QApplication application(argc, argv);
    startFailure.reset();
    QCoreApplication::setApplicationName(QStringLiteral("Recvscope"));
    QCoreApplication::setOrganizationName(QStringLiteral("Recvscope"));
    QCoreApplication::setApplicationVersion(QString::fromLatin1(gui::version));

    const gui::CommandLine &line = read.line;
    QSettings settings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("Recvscope"),
                       QStringLiteral("Recvscope"));
    const SteadyClock clock;
    gui::Studio studio(settings, clock);
    // Before there is a window: every widget that exists is told of a new style.
    studio.appearance().applyToApplication();
    gui::MainWindow window(studio);
    if (!line.theme.empty())
        studio.appearance().setChoice(line.theme == "dark" ? gui::Appearance::Choice::Dark
                                                           : gui::Appearance::Choice::Light);
    if (line.width > 0)
        window.resize(line.width, line.height);
    if (line.exitAfterPaint)
        gui::exitAfterFirstPaint(window);
    window.show();
    if (!line.screenshot.empty())
        gui::takeScreenshot(window, studio, QString::fromStdString(line.screenshot), line.at);
    constexpr int badInput = 2;
    if (!open(window, studio, line) && !line.screenshot.empty())
        return badInput; // with nobody there to read the window
    return QApplication::exec();
}
