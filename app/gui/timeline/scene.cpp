#include "gui/timeline/scene.h"

#include <algorithm>
#include <cmath>

namespace recvscope::gui {

namespace {

/// Marks are small; a hand is not that exact.
constexpr double reach = 4;

bool near(const QRectF &rect, QPointF point)
{
    return rect.adjusted(-reach, -1, reach, 1).contains(point);
}

} // namespace

std::optional<SceneHit> hitAt(const TimelineScene &scene, QPointF point)
{
    for (const CallShape &call : scene.calls)
        if (near(QRectF(call.x - 6, call.top, 12, call.height), point))
            return SceneHit{call.operation, {}, call.event, call.tip};
    for (auto note = scene.notes.rbegin(); note != scene.notes.rend(); ++note)
        if (near(note->rect, point) || (!note->label.isEmpty() && note->labelRect.contains(point)))
            return SceneHit{{}, note->socket, note->event, note->tip};
    // The last drawn lies on top.
    for (auto peer = scene.peers.rbegin(); peer != scene.peers.rend(); ++peer)
        if (near(peer->rect, point))
            return SceneHit{{}, peer->socket, peer->event, peer->tip};
    for (auto span = scene.spans.rbegin(); span != scene.spans.rend(); ++span) {
        QRectF area = span->rect;
        if (span->endVisible)
            area |= QRectF(span->endAt - 7, span->rect.top(), 14, span->rect.height());
        if (near(area, point))
            return SceneHit{span->operation, {}, span->event, span->tip};
    }
    for (const PackedShape &packed : scene.packed) {
        if (point.y() < packed.top || point.y() > packed.top + packed.height)
            continue;
        const double column = std::floor((point.x() + scene.overhang) * scene.deviceRatio);
        if (column < 0 || column >= static_cast<double>(packed.columns.size()))
            return {};
        const trace::Column &at = packed.columns[static_cast<std::size_t>(column)];
        if (at.spans == 0)
            return {};
        QString tip = at.spans == 1 ? QStringLiteral("one receive") : QStringLiteral("%1 receives").arg(at.spans);
        if (at.failed > 0)
            tip += QStringLiteral(", %1 failed").arg(at.failed);
        tip += at.pending ? QStringLiteral("\npending here") : QStringLiteral("\ncompleted at once");
        return SceneHit{at.some, packed.socket, {}, tip};
    }
    return {};
}

} // namespace recvscope::gui
