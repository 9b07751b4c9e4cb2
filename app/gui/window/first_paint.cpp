#include "gui/window/first_paint.h"

#include <QCoreApplication>
#include <QEvent>
#include <QTimer>
#include <QWidget>

#include <cstdio>

namespace recvscope::gui {

namespace {

class FirstPaint final : public QObject {
public:
    explicit FirstPaint(QWidget &window) : QObject(&window) { window.installEventFilter(this); }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            watched->removeEventFilter(this);
            // All that is inside the window is painted before the event loop goes on.
            QTimer::singleShot(0, this, [] {
                std::puts("painted");
                std::fflush(stdout);
                QCoreApplication::exit(0);
            });
        }
        return false;
    }
};

} // namespace

void exitAfterFirstPaint(QWidget &window)
{
    new FirstPaint(window); // owned by the window
}

} // namespace recvscope::gui
