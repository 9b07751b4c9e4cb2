#include "gui/timeline/scene_parts.h"

#include "gui/timeline/labels.h"

#include <algorithm>
#include <cmath>

namespace recvscope::gui {

namespace {

constexpr double comfortablePadding = 24;
constexpr double labelPadding = 8; ///< from the box's ends to its label
constexpr double labelRim = 4;     ///< of ground around the label itself
constexpr double peerPadding = 10;
constexpr double tightPadding = 4; ///< where the next box is near
constexpr double narrowestPeerBox = 50;
constexpr double widestPeerBox = 200;
constexpr double boxGap = 2;
constexpr double besideNext = 22; ///< for the mark before the next span
constexpr double sliver = 3;      ///< narrower than this a box says nothing

bool isSend(PeerMark::Kind kind)
{
    return kind == PeerMark::Kind::Send || kind == PeerMark::Kind::Observed;
}

void markColumn(DenseShape &row, const SceneView &view, double second)
{
    const double column = (view.scale.toPixel(second) + view.overhang) * view.deviceRatio;
    if (column >= 0 && column < static_cast<double>(row.columns.size()))
        row.columns[static_cast<std::size_t>(column)] = 1;
}

/// @param room from its moment to its neighbour
PeerShape peerBox(const SceneView &view, const PeerPlace &place, const QRectF &room)
{
    const bool numbers = isSend(place.mark.kind) || place.mark.kind == PeerMark::Kind::Urgent;
    PeerShape shape;
    shape.kind = place.mark.kind;
    shape.send = place.send;
    shape.injected = place.mark.injected;
    shape.event = place.mark.place.index;
    shape.tip = peerTip(place.mark);
    double width = narrowestPeerBox;
    for (const QString &candidate : peerLabels(place.mark)) {
        const double text = (numbers ? view.monoWidth : view.textWidth)(candidate);
        if (text + 2 * tightPadding > room.width())
            continue;
        shape.label = candidate;
        width = std::max(text + 2 * peerPadding, narrowestPeerBox);
        break;
    }
    shape.rect = room;
    shape.rect.setWidth(std::clamp(std::min(width, room.width()), 1.0, widestPeerBox));
    return shape;
}

} // namespace

Rows boxRows(const LaneShape &lane)
{
    const double height = std::min(spanHeight, lane.height - 4);
    return {lane.top + std::floor((lane.height - height) / 2), height};
}

Rows fullRows(const LaneShape &lane)
{
    const double gap = std::floor(lane.height * 0.15);
    return {lane.top + gap, lane.height - 2 * gap};
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
        LaneShape shape;
        shape.lane = layout.lane(i);
        shape.top = view.lanes.top(i);
        shape.height = view.lanes.pitch();
        switch (shape.lane.kind) {
        case Lane::Kind::Peer:
            shape.name = several ? socketName(shape.lane.socket) : QStringLiteral("Peer");
            shape.suffix = several ? QStringLiteral(" peer") : QString();
            break;
        case Lane::Kind::Kernel:
            shape.name = several ? QStringLiteral("kernel") : QStringLiteral("Kernel");
            break;
        case Lane::Kind::Strand:
            shape.name = QStringLiteral("receives");
            break;
        case Lane::Kind::Callback:
            shape.name = several ? QStringLiteral("callback") : QStringLiteral("Callback");
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
                    SpanShape::End mark, const QStringList &labels, std::optional<double> until)
{
    const double shownTo = std::min(view.shownTo(), until.value_or(view.shownTo()) - (until ? besideNext : 0));
    const double left = -view.overhang - 8; // beyond the picture, so that a cut end shows no edge
    const double right = view.scale.width + view.overhang + 8;
    const double from = view.scale.toPixel(begin);
    const double to = view.scale.toPixel(end);
    const auto [top, height] = boxRows(lane);

    SpanShape shape;
    shape.body = body;
    shape.end = mark;
    shape.endAt = to;
    shape.endVisible = to >= left && to <= right;
    const double x0 = std::clamp(from, left, right);
    shape.rect = QRectF(x0, top, std::max(std::clamp(to, left, right) - x0, 0.0), height);
    if (shape.rect.width() < 2)
        shape.body = SpanShape::Body::None;

    // Inside the visible part of the box where it fits there, if possible with the hatch well in sight on both sides;
    // else beside the end's mark: nothing else is in this lane.
    const double markRadius = mark == SpanShape::End::Open ? 0 : endMarkRadius;
    const double visibleLeft = std::max(shape.rect.left(), 0.0);
    const double visibleRight = std::min(shape.rect.right() - markRadius, shownTo);
    for (const double padding : {comfortablePadding, labelPadding})
        for (const QString &label : labels) {
            const double width = view.textWidth(label);
            if (label.isEmpty() || width + 2 * padding > visibleRight - visibleLeft)
                continue;
            shape.label = label;
            shape.labelRect =
                QRectF((visibleLeft + visibleRight - width) / 2 - labelRim, top, width + 2 * labelRim, height);
            return shape;
        }
    if (!shape.endVisible || to < 0 || to > view.shownTo())
        return shape;
    for (const QString &label : labels) {
        const double width = view.textWidth(label) + 2 * labelRim;
        const double after = to + markRadius + labelRim;
        const double before =
            shape.rect.left() - labelRim - width - (shape.body == SpanShape::Body::None ? markRadius : 0);
        if (label.isEmpty() || (after + width > shownTo && (before < 0 || until)))
            continue;
        shape.label = label;
        shape.labelRect = QRectF(after + width <= shownTo ? after : before, top, width, height);
        return shape;
    }
    return shape;
}

void addPeerShapes(TimelineScene &scene, const SceneView &view, const LaneShape &lane,
                   const std::vector<PeerPlace> &places)
{
    const auto [top, height] = boxRows(lane);
    const auto pixel = [&](std::size_t i) { return view.scale.toPixel(places[i].second); };
    double narrowest = view.scale.width;
    for (std::size_t i = 1; i < places.size(); ++i)
        narrowest = std::min(narrowest, pixel(i) - pixel(i - 1));
    // A few touching boxes are still boxes; a row of slivers is one dense row that keeps the moves which end things.
    const bool crowded = static_cast<double>(places.size()) * sliver > view.scale.width / 4;
    const bool dense = crowded && narrowest < sliver + boxGap;

    DenseShape row{top, height, DenseShape::What::Sends, lane.lane.socket, {}};
    if (dense)
        row.columns.resize(static_cast<std::size_t>(columnCount(view)));
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (dense && isSend(places[i].mark.kind)) {
            markColumn(row, view, places[i].second);
            continue;
        }
        const bool last = i + 1 == places.size();
        const double next = last    ? (view.veil ? view.shownTo() : view.scale.width + view.overhang)
                            : dense ? pixel(i) + narrowestPeerBox
                                    : pixel(i + 1) - boxGap;
        scene.peers.push_back(peerBox(view, places[i], QRectF(pixel(i), top, next - pixel(i), height)));
        scene.peers.back().socket = lane.lane.socket;
    }
    if (dense)
        scene.dense.push_back(std::move(row));
}

void addCallShapes(TimelineScene &scene, const SceneView &view, const LaneShape &lane,
                   const std::vector<CallPlace> &places, const std::function<QString(OperationId)> &receiveName)
{
    constexpr double triangle = 10;
    const auto [top, height] = boxRows(lane);
    const bool dense = static_cast<double>(places.size()) * triangle > view.scale.width;
    if (dense) {
        DenseShape row{top, height, DenseShape::What::Calls, {}, {}};
        row.columns.resize(static_cast<std::size_t>(columnCount(view)));
        for (const CallPlace &place : places)
            markColumn(row, view, place.second);
        scene.dense.push_back(std::move(row));
        return;
    }
    for (const auto &[second, mark] : places)
        scene.calls.push_back({view.scale.toPixel(second), top, height, mark.operation, mark.place.index,
                               callTip(mark, mark.operation ? receiveName(mark.operation) : QString())});
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
