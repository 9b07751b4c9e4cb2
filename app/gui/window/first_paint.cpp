#include "gui/window/first_paint.h"

#include <QCoreApplication>
#include <QEvent>
#include <QTimer>
#include <QWidget>

#include <cstdio>

namespace recvscope::gui {

namespace {

/// Watches the whole application, since a window that its children cover is not painted itself.
class FirstPaint final : public QObject {
public:
    explicit FirstPaint(QWidget &window) : QObject(&window), m_window(window) { qApp->installEventFilter(this); }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *widget = event->type() == QEvent::Paint ? qobject_cast<QWidget *>(watched) : nullptr;
        if (widget != nullptr && widget->window() == &m_window) {
            qApp->removeEventFilter(this);
            // All that is inside the window is painted before the event loop goes on.
            QTimer::singleShot(0, this, [] {
                std::puts("painted");
                std::fflush(stdout);
                QCoreApplication::exit(0);
            });
        }
        return false;
    }

private:
    QWidget &m_window;
};

} // namespace

void exitAfterFirstPaint(QWidget &window)
{
    new FirstPaint(window); // owned by the window
}

} // namespace recvscope::gui
