#include "gui/window/start_failure.h"

#include <QByteArray>
#include <QString>
#include <QtGlobal>

#include <cstdio>
#include <cstdlib>

namespace recvscope::gui {

namespace {

QString displayInWords()
{
    for (const char *name : {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"})
        if (const QByteArray value = qgetenv(name); !value.isEmpty() && (name[0] != 'Q' || value != "xcb"))
            return QStringLiteral(" (%1 is %2)").arg(QString::fromLatin1(name), QString::fromLocal8Bit(value));
    return {};
}

/// Qt's last word before it aborts comes through here. Its words before that name the display, or list plugins that
/// nobody who wants to see a lesson has heard of.
void say(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (type == QtFatalMsg) {
        std::fprintf(stderr,
                     "recvscope: no window can be opened on the display%s. Start it within a desktop session, or "
                     "follow the lesson in the terminal: recvscope-cli play 1\n",
                     qPrintable(displayInWords()));
        std::_Exit(noWindow);
    }
    if (qstrcmp(context.category, "qt.qpa.plugin") != 0)
        std::fprintf(stderr, "%s\n", qPrintable(message));
}

} // namespace

StartFailure::StartFailure()
{
    qInstallMessageHandler(say);
}

StartFailure::~StartFailure()
{
    qInstallMessageHandler(nullptr);
}

} // namespace recvscope::gui
