// Gathers wishes to repaint: at most one repaint a frame, the first one at once.
//
// Threads: the window's.

#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <functional>

namespace recvscope::gui {

class FramePacer : public QObject {
    Q_OBJECT
public:
    explicit FramePacer(std::function<void()> paint, QObject *parent = nullptr);

    /// Paints soon: as soon as events are handled, or when the frame that was painted last is over.
    void ask();
    /// Paints what was asked for now.
    void flush();
    [[nodiscard]] bool asked() const { return m_timer.isActive(); }

private:
    static constexpr int frameMilliseconds = 16;

    std::function<void()> m_paint;
    QTimer m_timer;
    QElapsedTimer m_sinceLast;
};

} // namespace recvscope::gui
