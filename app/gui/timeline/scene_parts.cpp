#include "gui/timeline/scene_parts.h"

#include "gui/timeline/labels.h"

#include <algorithm>
#include <cmath>

namespace recvscope::gui {

namespace {

constexpr double labelPadding = 8;
constexpr double peerPadding = 10;
constexpr double narrowestPeerBox = 50;
constexpr double sliver = 3; ///< narrower than this a box says nothing

} // namespace

Rows boxRows(double laneTop, double laneHeight)
{
    const double height = std::min(spanHeight, laneHeight - 4);
    return {laneTop + std::floor((laneHeight - height) / 2), height};
}

TimelineScene emptyScene(const LaneLayout &layout, const SceneView &view,
                         const std::function<QString(SocketId)> &socketName,
                         const std::function<QString(OperationId)> &receiveName)
{
    TimelineScene scene;
    scene.width = view.scale.width;
    scene.height = view.lanes.height;
    scene.overhang = view.overhang;
    scene.deviceRatio = view.deviceRatio;
    const bool several = layout.socketCount() > 1;
    const std::size_t last = std::min(view.lanes.last(), layout.count());
    for (std::size_t i = view.lanes.first(); i < last; ++i) {
        LaneShape shape{layout.lane(i), view.lanes.top(i), view.lanes.pitch(), {}};
        switch (shape.lane.kind) {
        case Lane::Kind::Peer:
            shape.name =
                several ? QStringLiteral("%1 · peer").arg(socketName(shape.lane.socket)) : QStringLiteral("Peer");
            break;
        case Lane::Kind::Kernel:
            shape.name = several ? QStringLiteral("kernel") : QStringLiteral("Kernel");
            break;
        case Lane::Kind::Receive:
            shape.name = receiveName(shape.lane.receive);
            break;
        case Lane::Kind::Packed:
            shape.name = shape.lane.first ? socketName(shape.lane.socket)
                         : several        ? QStringLiteral("receives")
                                          : QStringLiteral("Receives");
            break;
        case Lane::Kind::Program:
            shape.name = QStringLiteral("Program");
            break;
        }
        scene.lanes.push_back(std::move(shape));
    }
    return scene;
}

SpanShape spanShape(const SceneView &view, const LaneShape &lane, double begin, double end, SpanShape::Body body,
                    SpanShape::End mark, const QStringList &labels)
{
    const double left = -view.overhang - 8; // beyond the picture, so that a cut end shows no edge
    const double right = view.scale.width + view.overhang + 8;
    const double from = view.scale.toPixel(begin);
    const double to = view.scale.toPixel(end);
    const auto [top, height] = boxRows(lane.top, lane.height);

    SpanShape shape;
    shape.body = body;
    shape.end = mark;
    shape.endAt = to;
    shape.endVisible = to >= left && to <= right;
    const double x0 = std::clamp(from, left, right);
    shape.rect = QRectF(x0, top, std::max(std::clamp(to, left, right) - x0, 0.0), height);
    if (shape.rect.width() < 2)
        shape.body = SpanShape::Body::None;

    // Inside the visible part of the box when it fits there, else beside the end's mark: nothing else is in this lane.
    const double markRadius = mark == SpanShape::End::Open ? 0 : endMarkRadius;
    const double visibleLeft = std::max(shape.rect.left(), 0.0) + labelPadding;
    const double visibleRight = std::min(shape.rect.right() - markRadius, view.scale.width) - labelPadding;
    for (const QString &label : labels) {
        const double width = view.textWidth(label) + 2 * labelPadding;
        if (label.isEmpty() || width > visibleRight - visibleLeft)
            continue;
        shape.label = label;
        shape.labelRect = QRectF((visibleLeft + visibleRight - width) / 2, top, width, height);
        return shape;
    }
    if (!shape.endVisible || to < 0 || to > view.scale.width)
        return shape;
    for (const QString &label : labels) {
        const double width = view.textWidth(label) + 4;
        const double after = to + markRadius + 6;
        const double before = shape.rect.left() - 6 - width - (shape.body == SpanShape::Body::None ? markRadius : 0);
        if (label.isEmpty() || (after + width > view.scale.width && before < 0))
            continue;
        shape.label = label;
        shape.labelRect = QRectF(after + width <= view.scale.width ? after : before, top, width, height);
        return shape;
    }
    return shape;
}

void addPeerShapes(TimelineScene &scene, const SceneView &view, const LaneShape &lane,
                   const std::vector<PeerPlace> &places)
{
    const auto [top, height] = boxRows(lane.top, lane.height);
    std::vector<PeerShape> boxes;
    double narrowest = narrowestPeerBox;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const PeerPlace &place = places[i];
        const double x = view.scale.toPixel(place.second);
        const double next =
            i + 1 < places.size() ? view.scale.toPixel(places[i + 1].second) - 2 : view.scale.width + view.overhang;
        QString label;
        double width = narrowestPeerBox;
        const QStringList labels = peerLabels(place.mark);
        for (const QString &candidate : labels) {
            const double wanted = view.textWidth(candidate) + 2 * peerPadding;
            if (x + wanted <= next) {
                label = candidate;
                width = std::max(wanted, narrowestPeerBox);
                break;
            }
        }
        width = std::clamp(std::min(width, next - x), 1.0, 200.0);
        narrowest = std::min(narrowest, next - x);
        boxes.push_back({QRectF(x, top, width, height), place.mark.kind, place.send, place.mark.injected,
                         lane.lane.socket, place.mark.place.index, label, peerTip(place.mark)});
    }
    // A few touching boxes are still boxes; a row of slivers is one dense row that keeps the moves which end things.
    const bool dense = narrowest<sliver &&static_cast<double>(places.size()) * sliver> view.scale.width / 4;
    if (!dense) {
        scene.peers.insert(scene.peers.end(), boxes.begin(), boxes.end());
        return;
    }
    DenseShape row{top, height, DenseShape::What::Sends, lane.lane.socket, {}};
    row.columns.resize(static_cast<std::size_t>(columnCount(view)));
    for (PeerShape &box : boxes) {
        const bool isSend = box.kind == PeerMark::Kind::Send || box.kind == PeerMark::Kind::Observed;
        const double column = (box.rect.left() + view.overhang) * view.deviceRatio;
        if (column >= 0 && column < static_cast<double>(row.columns.size()))
            row.columns[static_cast<std::size_t>(column)] = 1;
        if (!isSend)
            scene.peers.push_back(std::move(box));
    }
    scene.dense.push_back(std::move(row));
}

void addCallShapes(TimelineScene &scene, const SceneView &view, const LaneShape &lane,
                   const std::vector<CallPlace> &places)
{
    constexpr double triangle = 10;
    const auto [top, height] = boxRows(lane.top, lane.height);
    const bool dense = static_cast<double>(places.size()) * triangle > view.scale.width;
    if (!dense) {
        for (const CallPlace &place : places)
            scene.calls.push_back(
                {view.scale.toPixel(place.second), top, height, place.operation, place.event, place.tip});
        return;
    }
    DenseShape row{top, height, DenseShape::What::Calls, {}, {}};
    row.columns.resize(static_cast<std::size_t>(columnCount(view)));
    for (const CallPlace &place : places) {
        const double column = (view.scale.toPixel(place.second) + view.overhang) * view.deviceRatio;
        if (column >= 0 && column < static_cast<double>(row.columns.size()))
            row.columns[static_cast<std::size_t>(column)] = 1;
    }
    scene.dense.push_back(std::move(row));
}

int columnCount(const SceneView &view)
{
    return static_cast<int>(std::ceil((view.scale.width + 2 * view.overhang) * view.deviceRatio));
}

double columnsBegin(const SceneView &view)
{
    return view.scale.toSecond(-view.overhang);
}

double columnsEnd(const SceneView &view)
{
    return view.scale.toSecond(-view.overhang + columnCount(view) / view.deviceRatio);
}

} // namespace recvscope::gui
