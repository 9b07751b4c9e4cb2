#include "gui/timeline/exact_source.h"

#include "gui/timeline/kernel_lane.h"
#include "gui/timeline/labels.h"
#include "gui/timeline/level_builder.h"
#include "gui/timeline/scene_parts.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace recvscope::gui {

namespace {

SpanShape::End endMarkOf(const ReceiveMark &mark)
{
    using End = SpanShape::End;
    if (!mark.ended)
        return End::Open;
    if (mark.reset())
        return End::Cross;
    if (mark.failed())
        return mark.pending ? End::Failed : End::FailedAtOnce;
    if (mark.end)
        return End::Cap;
    return mark.pending ? End::Dot : End::Diamond;
}

/// The marks whose moment lies in [from, to], by binary search: the rest is never looked at.
template <class List>
std::pair<std::size_t, std::size_t> within(const List &list, trace::TimeAxis axis, double from, double to)
{
    const auto first = std::lower_bound(list.begin(), list.end(), from,
                                        [&](const auto &mark, double at) { return mark.place.on(axis) < at; });
    const auto last =
        std::upper_bound(first, list.end(), to, [&](double at, const auto &mark) { return at < mark.place.on(axis); });
    return {static_cast<std::size_t>(first - list.begin()), static_cast<std::size_t>(last - list.begin())};
}

} // namespace

SceneNames SceneNames::of(const trace::Story &story)
{
    return {[&story](SocketId socket) { return QString::fromStdString(story.snapshot().socketName(socket)); },
            [&story](OperationId receive) { return QString::fromStdString(story.snapshot().operationName(receive)); }};
}

ExactSource::ExactSource(const Marks &marks, trace::TimeAxis axis, double end, SceneNames names,
                         std::optional<std::uint32_t> veil)
    : m_marks(marks), m_axis(axis), m_end(end), m_names(std::move(names)), m_veil(veil)
{
}

ReceiveMark ExactSource::seenOf(const ReceiveMark &mark) const
{
    ReceiveMark seenMark = mark;
    if (mark.ended && !seen(*mark.ended)) {
        seenMark.ended.reset();
        seenMark.status = Status::Success;
        seenMark.bytes = 0;
        seenMark.end = seenMark.refused = false;
    }
    if (mark.drainedAt && !seen(*mark.drainedAt)) // how much is not told before the whole is
        seenMark.drained = 0;
    for (std::optional<Place> ReceiveMark::*routine :
         {&ReceiveMark::routineQueued, &ReceiveMark::routineBegan, &ReceiveMark::routineEnded})
        if (seenMark.*routine && !seen(*(seenMark.*routine)))
            (seenMark.*routine).reset();
    return seenMark;
}

double ExactSource::endOf(const ReceiveMark &mark) const
{
    return mark.ended ? mark.ended->on(m_axis) : std::max(m_end, mark.called.on(m_axis));
}

LaneLayout ExactSource::layout(const TimeScale &scale, SocketId opened) const
{
    std::vector<SocketLanes> lanes;
    lanes.reserve(m_marks.sockets().size());
    const bool compared = m_marks.compared();
    const bool many = m_marks.sockets().size() > openSockets;
    for (const SocketMarks &socket : m_marks.sockets()) {
        SocketLanes own{socket.socket, many && socket.socket != opened, {}};
        if (!own.compact) {
            const bool steady = socket.receives.size() <= steadyReceives;
            std::vector<OperationId> shown;
            for (const std::uint32_t number : socket.receives) {
                const ReceiveMark &mark = m_marks.receives()[number];
                if (steady || scale.shows(mark.called.on(m_axis), endOf(mark)))
                    shown.push_back(mark.operation);
                if (!steady && shown.size() > visibleReceives)
                    break;
            }
            if (steady || shown.size() <= visibleReceives)
                own.receives = std::move(shown);
            const KernelMarks *kernel = m_marks.kernel(socket.socket);
            own.callback = kernel != nullptr && kernel->shown;
            own.strand = compared && steady;
        }
        lanes.push_back(std::move(own));
    }
    return LaneLayout(std::move(lanes));
}

TimelineScene ExactSource::scene(const LaneLayout &layout, const SceneView &view) const
{
    TimelineScene scene = emptyScene(layout, view, m_names.socket, m_names.receive);
    for (LaneShape &lane : scene.lanes) // without a callback only that the socket is due to be closed stands there
        if (const KernelMarks *kernel = m_marks.kernel(lane.lane.socket);
            lane.lane.kind == Lane::Kind::Callback && kernel != nullptr && !kernel->callback)
            lane.name = QStringLiteral("state");
    for (const LaneShape &lane : scene.lanes) {
        switch (lane.lane.kind) {
        case Lane::Kind::Peer:
            addPeer(scene, view, lane);
            break;
        case Lane::Kind::Kernel:
            addLevel(scene, view, lane);
            break;
        case Lane::Kind::Callback:
            if (const KernelMarks *kernel = m_marks.kernel(lane.lane.socket))
                addKernelShapes(scene, view, lane, *kernel, m_axis, m_end, m_veil);
            break;
        case Lane::Kind::Strand:
            addStrand(scene, view, lane);
            break;
        case Lane::Kind::Receive:
            addReceive(scene, view, lane);
            break;
        case Lane::Kind::Packed:
            addPacked(scene, view, lane);
            break;
        case Lane::Kind::Program:
            addCalls(scene, view, lane);
            break;
        }
    }
    return scene;
}

/// With its routine's.
double ExactSource::tailEnd(const ReceiveMark &mark) const
{
    if (!mark.routineQueued)
        return endOf(mark);
    return std::max(endOf(mark), mark.routineEnded ? mark.routineEnded->on(m_axis) : m_end);
}

std::optional<RoutineTail> ExactSource::tailOf(const SceneView &view, const ReceiveMark &mark) const
{
    if (!mark.routineQueued)
        return std::nullopt;
    const auto pixel = [&](const std::optional<Place> &place) {
        const double at = place ? place->on(m_axis) : std::max(m_end, mark.routineQueued->on(m_axis));
        return std::clamp(view.scale.toPixel(at), -view.overhang, view.scale.width + view.overhang);
    };
    RoutineTail tail{pixel(mark.routineQueued), pixel(mark.routineBegan), 0, mark.routineBegan.has_value()};
    tail.endedAt = tail.began ? pixel(mark.routineEnded) : tail.beganAt;
    return tail;
}

void ExactSource::addReceive(TimelineScene &scene, const SceneView &view, const LaneShape &lane) const
{
    if (const ReceiveMark *mark = m_marks.receive(lane.lane.receive))
        addSpan(scene, view, lane, *mark, lane.name, {});
}

/// The receives one behind the other. What differs from the first socket's of the same number is marked.
void ExactSource::addStrand(TimelineScene &scene, const SceneView &view, const LaneShape &lane) const
{
    const SocketMarks *socket = m_marks.of(lane.lane.socket);
    const SocketMarks &first = m_marks.sockets().front();
    for (std::size_t i = 0; socket != nullptr && i < socket->receives.size(); ++i) {
        const ReceiveMark &mark = m_marks.receives()[socket->receives[i]];
        const bool followed = i + 1 < socket->receives.size();
        const Place *next = followed ? &m_marks.receives()[socket->receives[i + 1]].called : nullptr;
        const std::size_t before = scene.spans.size();
        addSpan(scene, view, lane, mark, m_names.receive(mark.operation),
                next != nullptr && seen(*next) ? view.scale.toPixel(next->on(m_axis)) : view.scale.width);
        if (scene.spans.size() > before && socket != &first && i < first.receives.size())
            scene.spans.back().unlike = unlikeOf(seenOf(m_marks.receives()[first.receives[i]]), seenOf(mark));
    }
}

/// @param until pixel where what follows in the lane begins, or nothing: the lane is its own
void ExactSource::addSpan(TimelineScene &scene, const SceneView &view, const LaneShape &lane, const ReceiveMark &whole,
                          const QString &name, std::optional<double> until) const
{
    if (!seen(whole.called))
        return;
    const ReceiveMark own = seenOf(whole);
    const ReceiveMark *mark = &own;
    if (!TimeScale{columnsBegin(view), columnsEnd(view), 1}.shows(mark->called.on(m_axis), tailEnd(*mark)))
        return;
    const QString behind = mark->behind ? m_names.receive(mark->behind) : QString();
    QStringList labels = receiveLabels(*mark, behind);
    if (until) { // which one it is stands nowhere else
        for (QString &label : labels)
            label = name + QStringLiteral(": ") + label;
        labels << name;
    }
    SpanShape shape =
        spanShape(view, lane, mark->called.on(m_axis), endOf(*mark),
                  mark->pending ? SpanShape::Body::Hatched : SpanShape::Body::Plain, endMarkOf(*mark), labels, until);
    shape.operation = mark->operation;
    shape.event = mark->ended ? mark->ended->index : mark->called.index;
    shape.injected = mark->injected;
    shape.tail = tailOf(view, *mark);
    if (shape.tail && shape.labelRect.left() > shape.endAt)
        shape.labelRect.translate(0, -3); // off the tail, which runs below it
    shape.tip = receiveTip(*mark, name, behind);
    scene.spans.push_back(std::move(shape));
}

void ExactSource::addPacked(TimelineScene &scene, const SceneView &view, const LaneShape &lane) const
{
    const SocketMarks *socket = m_marks.of(lane.lane.socket);
    if (socket == nullptr)
        return;
    const auto [top, height] = fullRows(lane);
    PackedShape packed{top, height, socket->socket, {}};
    const int width = columnCount(view);
    packed.columns.resize(static_cast<std::size_t>(width));
    std::vector<double> largestEnd(packed.columns.size(), -1);
    const double begin = columnsBegin(view);
    const double perColumn = (columnsEnd(view) - begin) / width;
    for (const std::uint32_t number : socket->receives) {
        if (!seen(m_marks.receives()[number].called))
            continue;
        const ReceiveMark mark = seenOf(m_marks.receives()[number]);
        const double from = std::floor((mark.called.on(m_axis) - begin) / perColumn);
        const double end = endOf(mark);
        const double to = std::floor((end - begin) / perColumn);
        const double rank = mark.ended ? end : std::numeric_limits<double>::infinity();
        if (to < 0 || from >= width)
            continue;
        for (int i = static_cast<int>(std::max(from, 0.0)); i <= static_cast<int>(std::min(to, width - 1.0)); ++i) {
            const auto at = static_cast<std::size_t>(i);
            trace::Column &column = packed.columns[at];
            ++column.spans;
            column.pending = column.pending || mark.pending;
            if (rank > largestEnd[at]) {
                largestEnd[at] = rank;
                column.some = mark.operation;
            }
            if (i == static_cast<int>(from)) {
                ++column.began;
                column.failed += mark.failed() ? 1U : 0U;
            }
        }
    }
    scene.packed.push_back(std::move(packed));
}

void ExactSource::addPeer(TimelineScene &scene, const SceneView &view, const LaneShape &lane) const
{
    const SocketMarks *socket = m_marks.of(lane.lane.socket);
    if (socket == nullptr)
        return;
    // A box reaches to the right of its moment, so those a box's width to the left may still be seen.
    const auto [first, last] =
        within(socket->peer, m_axis, view.scale.toSecond(-view.overhang - 200), columnsEnd(view));
    std::vector<PeerPlace> places;
    for (std::size_t i = first; i < last; ++i) {
        const PeerMark &mark = socket->peer[i];
        if (!seen(mark.place))
            break;
        places.push_back({mark.place.on(m_axis), mark, mark.send});
    }
    addPeerShapes(scene, view, lane, places);
}

void ExactSource::addLevel(TimelineScene &scene, const SceneView &view, const LaneShape &lane) const
{
    static const SocketLedger nothing{.socket = {}, .entries = {}, .outside = false};
    const SocketLedger *known = m_marks.ledger().of(lane.lane.socket);
    const SocketLedger &ledger = known != nullptr ? *known : nothing;
    const auto [first, lastInView] = within(ledger.entries, m_axis, view.scale.begin, view.scale.end);
    std::size_t last = lastInView;
    std::uint64_t highest = ledger.highest;
    if (m_veil) { // nor is it told by the scale what comes
        const auto hidden = std::partition_point(ledger.entries.begin(), ledger.entries.end(),
                                                 [this](const LedgerEntry &entry) { return seen(entry.place); });
        last = std::clamp(static_cast<std::size_t>(hidden - ledger.entries.begin()), first, lastInView);
        highest = 0;
        for (auto entry = ledger.entries.begin(); entry != hidden; ++entry)
            highest = std::max(highest, entry->held);
    }
    LevelBuilder level(view, lane, highest, first > 0 ? ledger.entries[first - 1].held : 0);
    for (std::size_t i = first; i < last;) {
        const double x = view.scale.toPixel(ledger.entries[i].place.on(m_axis));
        std::uint64_t low = ledger.entries[i].held, high = low, then = low;
        for (++i; i < last && view.scale.toPixel(ledger.entries[i].place.on(m_axis)) < x + 1; ++i) {
            then = ledger.entries[i].held;
            low = std::min(low, then);
            high = std::max(high, then);
        }
        level.column(x, 1, low, high, then);
    }
    scene.levels.push_back(level.finish());
    LevelShape &shape = scene.levels.back();
    shape.known = !ledger.fromOutside() || ledger.asked;
    shape.note = shape.known ? QStringLiteral("holds up to %1").arg(bytesInWords(highest)) : notKnown();
}

void ExactSource::addCalls(TimelineScene &scene, const SceneView &view, const LaneShape &lane) const
{
    const auto [first, last] = within(m_marks.calls(), m_axis, columnsBegin(view), columnsEnd(view));
    std::vector<CallPlace> places;
    for (std::size_t i = first; i < last; ++i) {
        const CallMark &call = m_marks.calls()[i];
        if (!seen(call.place))
            break;
        places.push_back({call.place.on(m_axis), call});
    }
    addCallShapes(scene, view, lane, places, m_names.receive);
}

} // namespace recvscope::gui
