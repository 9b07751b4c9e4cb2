#include "gui/window/screenshot.h"

#include "gui/window/main_window.h"
#include "gui/window/studio.h"

#include <QCoreApplication>
#include <QEvent>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace recvscope::gui {

namespace {

class Photographer final : public QObject {
public:
    Photographer(MainWindow &window, Studio &studio, const QString &path, std::optional<std::uint32_t> at)
        : QObject(&window), m_window(window), m_studio(studio), m_path(path), m_at(at)
    {
        connect(&studio, &Studio::notice, this, [this](const QString &sentence, bool bad) {
            if (bad)
                trouble(sentence);
        });
        const auto look = [this] {
            const LiveStatus::Phase live = m_studio.bridge().liveStatus().phase;
            if (!m_studio.bridge().busy() || live == LiveStatus::Phase::Running)
                QTimer::singleShot(0, this, &Photographer::take);
        };
        connect(&studio.bridge(), &SessionBridge::busyChanged, this, look);
        connect(&studio.bridge(), &SessionBridge::liveChanged, this, look);
        QTimer::singleShot(0, this, look); // when what was asked for has been opened
    }

private:
    void trouble(const QString &sentence)
    {
        m_code = 1;
        std::fprintf(stderr, "recvscope: %s\n", qPrintable(sentence));
    }

    void take()
    {
        if (std::exchange(m_taken, true))
            return;
        const std::uint32_t size = m_studio.presentation().story().size();
        m_studio.presentation().askPlayhead({std::min(m_at.value_or(size), size), 0});
        // The panels lay themselves out before they are drawn: a layout inside another asks again when the outer one
        // is done.
        QTimer::singleShot(0, this, [this] {
            for (int nested = 0; nested < 8; ++nested)
                QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
            const Outcome saved = m_window.savePictureTo(m_path, false);
            if (!saved)
                trouble(QString::fromStdString(saved.error().message()));
            QCoreApplication::exit(m_code);
        });
    }

    MainWindow &m_window;
    Studio &m_studio;
    QString m_path;
    std::optional<std::uint32_t> m_at;
    int m_code = 0;
    bool m_taken = false;
};

} // namespace

void takeScreenshot(MainWindow &window, Studio &studio, const QString &path, std::optional<std::uint32_t> at)
{
    new Photographer(window, studio, path, at); // owned by the window
}

} // namespace recvscope::gui
