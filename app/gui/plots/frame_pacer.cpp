#include "gui/plots/frame_pacer.h"

#include <algorithm>
#include <utility>

namespace recvscope::gui {

FramePacer::FramePacer(std::function<void()> paint, QObject *parent) : QObject(parent), m_paint(std::move(paint))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_sinceLast.start();
        m_paint();
    });
}

void FramePacer::ask()
{
    if (m_timer.isActive())
        return;
    const qint64 passed = m_sinceLast.isValid() ? m_sinceLast.elapsed() : frameMilliseconds;
    m_timer.start(static_cast<int>(std::clamp<qint64>(frameMilliseconds - passed, 0, frameMilliseconds)));
}

void FramePacer::flush()
{
    if (!m_timer.isActive())
        return;
    m_timer.stop();
    m_sinceLast.start();
    m_paint();
}

} // namespace recvscope::gui
