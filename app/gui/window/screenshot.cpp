#include "gui/window/screenshot.h"

#include "gui/window/main_window.h"
#include "gui/window/studio.h"

#include <QCoreApplication>
#include <QEvent>
#include <QTimer>

#include <algorithm>

namespace recvscope::gui {

namespace {

void take(MainWindow &window, Studio &studio, const QString &path, std::optional<std::uint32_t> at)
{
    const std::uint32_t size = studio.presentation().story().size();
    studio.presentation().askPlayhead({std::min(at.value_or(size), size), 0});
    // The panels lay themselves out before they are drawn: a layout inside another asks again when the outer one is
    // done.
    QTimer::singleShot(0, &window, [&window, path] {
        for (int nested = 0; nested < 8; ++nested)
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QCoreApplication::exit(window.savePictureTo(path, false) ? 0 : 1);
    });
}

} // namespace

void takeScreenshot(MainWindow &window, Studio &studio, const QString &path, std::optional<std::uint32_t> at)
{
    const auto whenEnded = [&window, &studio, path, at] {
        if (!studio.bridge().busy())
            QTimer::singleShot(0, &window, [&window, &studio, path, at] { take(window, studio, path, at); });
    };
    QObject::connect(&studio.bridge(), &SessionBridge::busyChanged, &window, whenEnded);
    whenEnded();
}

} // namespace recvscope::gui
