#include "gui/plots/range_moves.h"

#include "gui/presentation.h"

#include <Qt>

#include <cmath>

namespace recvscope::gui {

bool moveRangeByKey(Presentation &presentation, int key)
{
    const TimeRange range = presentation.range();
    const TimeScale scale{range.begin, range.end, 1};
    const double playhead = scale.toPixel(presentation.second());
    const double anchor = playhead >= 0 && playhead <= 1 ? playhead : 0.5;
    switch (key) {
    case Qt::Key_W:
        showRange(presentation, scale.zoomedAt(anchor, 1 / 1.5));
        return true;
    case Qt::Key_S:
        showRange(presentation, scale.zoomedAt(anchor, 1.5));
        return true;
    case Qt::Key_A:
        showRange(presentation, scale.panned(0.125));
        return true;
    case Qt::Key_D:
        showRange(presentation, scale.panned(-0.125));
        return true;
    case Qt::Key_F:
        presentation.fit();
        return true;
    default:
        return false;
    }
}

void showRange(Presentation &presentation, const TimeScale &scale)
{
    presentation.setRange({scale.begin, scale.end});
}

double wheelZoom(double angleDelta)
{
    // A notch is 120; high-resolution wheels and touchpads send parts of it.
    return std::pow(1.25, -angleDelta / 120);
}

} // namespace recvscope::gui
