#include "gui/timeline/indexed_source.h"

#include "gui/plots/ruler.h"
#include "gui/timeline/labels.h"
#include "gui/timeline/level_builder.h"
#include "gui/timeline/scene_parts.h"
#include "trace/story_walk.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace recvscope::gui {

namespace {

Nanoseconds toNanoseconds(double second)
{
    return static_cast<Nanoseconds>(std::llround(std::max(second, 0.0) * 1e9));
}

double toSeconds(Nanoseconds time)
{
    return static_cast<double>(time) * 1e-9;
}

/// What a query for columns is asked, and how its answer lies in the picture: time before 0 holds nothing, and a column
/// is never shorter than a nanosecond.
struct ColumnQuery {
    Nanoseconds begin = 0, end = 1;
    int width = 1;
    double at = 0;      ///< picture column of the first
    double stretch = 1; ///< picture columns for each of them

    ColumnQuery(double from, double to, int columns)
    {
        const double perColumn = (to - from) / columns;
        const double before = std::ceil(std::max(0.0, -from / perColumn));
        at = std::min(before, columns - 1.0);
        begin = toNanoseconds(from + at * perColumn);
        end = std::max(toNanoseconds(to), begin + 1);
        const auto wanted = columns - static_cast<int>(at);
        width = static_cast<int>(std::min<Nanoseconds>(static_cast<Nanoseconds>(wanted), end - begin));
        stretch = static_cast<double>(wanted) / width;
    }
};

SpanShape::End endMarkOf(const trace::Span &span)
{
    using End = SpanShape::End;
    if (span.end == 0)
        return End::Open;
    if (span.status == Status::WsaEconnreset || span.status == Status::NtConnectionReset)
        return End::Cross;
    if (span.status != Status::Success)
        return span.wasPending ? End::Failed : End::FailedAtOnce;
    if (span.isEnd)
        return End::Cap;
    return span.wasPending ? End::Dot : End::Diamond;
}

bool isCall(trace::EventType type)
{
    using enum trace::EventType;
    return type == Called || type == ResultAsked || type == CancelAsked || type == WaitBegan ||
           type == SocketShutDown || type == SocketClosed;
}

std::optional<PeerMark::Kind> peerKind(trace::EventType type)
{
    switch (type) {
    case trace::EventType::PeerSend:
        return PeerMark::Kind::Send;
    case trace::EventType::PeerSendOob:
        return PeerMark::Kind::Urgent;
    case trace::EventType::PeerShutDown:
        return PeerMark::Kind::HalfClose;
    case trace::EventType::PeerReset:
        return PeerMark::Kind::Reset;
    case trace::EventType::PeerClosed:
        return PeerMark::Kind::Close;
    case trace::EventType::PeerLinkCut:
        return PeerMark::Kind::LinkCut;
    default:
        return {};
    }
}

} // namespace

/// What is asked of the index for one scene, once for each socket: lanes share the answers.
class IndexedSource::Answers {
public:
    Answers(const trace::SpanIndex &spans, const SceneView &view)
        : m_spans(spans), m_query(columnsBegin(view), columnsEnd(view), columnCount(view))
    {
    }

    [[nodiscard]] const ColumnQuery &query() const { return m_query; }
    [[nodiscard]] const std::vector<trace::Column> &columns(SocketId socket)
    {
        const auto [found, isNew] = m_columns.try_emplace(socket);
        if (isNew)
            found->second = m_spans.columns(socket, m_query.begin, m_query.end, m_query.width);
        return found->second;
    }
    [[nodiscard]] const std::vector<trace::LevelColumn> &levels(SocketId socket)
    {
        const auto [found, isNew] = m_levels.try_emplace(socket);
        if (isNew)
            found->second = m_spans.levels(socket, m_query.begin, m_query.end, m_query.width);
        return found->second;
    }

private:
    const trace::SpanIndex &m_spans;
    ColumnQuery m_query;
    std::map<SocketId, std::vector<trace::Column>> m_columns;
    std::map<SocketId, std::vector<trace::LevelColumn>> m_levels;
};

/// The events in view, when they are few.
struct IndexedSource::Visited {
    struct Sent {
        SocketId socket;
        PeerPlace place;
    };
    bool all = false; ///< false: too many to visit
    std::vector<Sent> peers;
    std::vector<CallPlace> calls;
};

IndexedSource::IndexedSource(const trace::Story &story, const trace::SpanIndex &spans, bool outside)
    : m_story(story), m_spans(spans), m_outside(outside)
{
}

LaneLayout IndexedSource::layout(const TimeScale &scale, SocketId opened) const
{
    const std::vector<SocketId> sockets = m_spans.lanes();
    const bool many = sockets.size() > openSockets;
    std::vector<SocketLanes> lanes;
    lanes.reserve(sockets.size());
    for (const SocketId socket : sockets) {
        SocketLanes own{socket, many && socket != opened, {}};
        if (!own.compact) {
            const bool steady = m_spans.spanCount(socket) <= steadyReceives;
            const Nanoseconds begin = steady ? 0 : toNanoseconds(scale.begin);
            const Nanoseconds end = steady ? m_story.snapshot().end() : toNanoseconds(scale.end);
            const std::size_t limit = steady ? steadyReceives : visibleReceives;
            std::vector<OperationId> shown;
            for (const trace::Span &span : m_spans.spans(socket, begin, end, limit))
                shown.push_back(span.operation);
            // An empty answer means none, or too many.
            if (!shown.empty())
                own.receives = std::move(shown);
        }
        lanes.push_back(std::move(own));
    }
    return LaneLayout(std::move(lanes));
}

TimelineScene IndexedSource::scene(const LaneLayout &layout, const SceneView &view) const
{
    const trace::Snapshot &snapshot = m_story.snapshot();
    TimelineScene scene = emptyScene(
        layout, view, [&](SocketId socket) { return QString::fromStdString(snapshot.socketName(socket)); },
        [&](OperationId receive) { return QString::fromStdString(snapshot.operationName(receive)); });
    const Visited visited = visit(view);
    Answers answers(m_spans, view);
    for (const LaneShape &lane : scene.lanes) {
        switch (lane.lane.kind) {
        case Lane::Kind::Peer:
            addPeer(scene, view, lane, visited, answers);
            break;
        case Lane::Kind::Kernel:
            addLevel(scene, view, lane, answers);
            break;
        case Lane::Kind::Strand:
        case Lane::Kind::Callback: // long traces are told by their summaries, and those have none of it
            break;
        case Lane::Kind::Receive:
            addReceive(scene, view, lane);
            break;
        case Lane::Kind::Packed:
            addPacked(scene, view, lane, answers);
            break;
        case Lane::Kind::Program:
            addCalls(scene, view, lane, visited, answers);
            break;
        }
    }
    return scene;
}

IndexedSource::Visited IndexedSource::visit(const SceneView &view) const
{
    Visited visited;
    const double from = view.scale.toSecond(-view.overhang - 200);
    const std::uint32_t first = m_story.at(std::max(from, 0.0), trace::TimeAxis::Clock).event;
    const std::uint32_t last = m_story.at(std::max(columnsEnd(view), 0.0), trace::TimeAxis::Clock).event;
    if (last - first > visitedEvents)
        return visited;
    visited.all = true;
    // at() counts what has happened by then, so the event at that very moment is one before.
    for (trace::StoryWalk walk(m_story, first > 0 ? first - 1 : 0); walk.index() < last && !walk.atEnd(); walk.next()) {
        const trace::Event &event = walk.event();
        const std::uint32_t i = walk.index();
        const double clock = toSeconds(event.time);
        if (const auto kind = peerKind(event.type))
            visited.peers.push_back(
                {event.socket,
                 {clock, {{i, 0, clock}, *kind, event.a, 0, event.provenance == trace::Provenance::Injected}, {}}});
        else if (isCall(event.type))
            visited.calls.push_back({clock, {{i, 0, clock}, event.type, event.operation, event.socket}});
    }
    return visited;
}

void IndexedSource::addReceive(TimelineScene &scene, const SceneView &view, const LaneShape &lane) const
{
    const std::vector<trace::Span> spans = m_spans.spans(lane.lane.socket, toNanoseconds(columnsBegin(view)),
                                                         toNanoseconds(columnsEnd(view)), steadyReceives);
    const auto found = std::find_if(spans.begin(), spans.end(),
                                    [&](const trace::Span &span) { return span.operation == lane.lane.receive; });
    if (found == spans.end())
        return;
    const double end = found->end != 0 ? toSeconds(found->end) : toSeconds(m_story.snapshot().end());
    SpanShape shape =
        spanShape(view, lane, toSeconds(found->begin), end,
                  found->wasPending || found->end == 0 ? SpanShape::Body::Hatched : SpanShape::Body::Plain,
                  endMarkOf(*found), spanLabels(*found));
    shape.operation = found->operation;
    shape.tip =
        QStringLiteral("%1: %2\ncalled at %3")
            .arg(lane.name, spanLabels(*found).front(), QString::fromStdString(timeText(toSeconds(found->begin))));
    scene.spans.push_back(std::move(shape));
}

void IndexedSource::addPacked(TimelineScene &scene, const SceneView &view, const LaneShape &lane,
                              Answers &answers) const
{
    const auto [top, height] = fullRows(lane);
    PackedShape packed{top, height, lane.lane.socket, {}};
    packed.columns.resize(static_cast<std::size_t>(columnCount(view)));
    const ColumnQuery &query = answers.query();
    const std::vector<trace::Column> &columns = answers.columns(lane.lane.socket);
    for (auto i = static_cast<std::size_t>(query.at); i < packed.columns.size(); ++i) {
        const auto from = static_cast<std::size_t>((static_cast<double>(i) - query.at) / query.stretch);
        if (from < columns.size())
            packed.columns[i] = columns[from];
    }
    scene.packed.push_back(std::move(packed));
}

void IndexedSource::addPeer(TimelineScene &scene, const SceneView &view, const LaneShape &lane, const Visited &visited,
                            Answers &answers) const
{
    if (visited.all) {
        std::vector<PeerPlace> places;
        for (const Visited::Sent &sent : visited.peers)
            if (sent.socket == lane.lane.socket)
                places.push_back(sent.place);
        addPeerShapes(scene, view, lane, places);
        return;
    }
    const auto [top, height] = boxRows(lane);
    DenseShape row{top, height, DenseShape::What::Sends, lane.lane.socket, {}};
    row.columns.resize(static_cast<std::size_t>(columnCount(view)));
    const ColumnQuery &query = answers.query();
    const std::vector<trace::LevelColumn> &levels = answers.levels(lane.lane.socket);
    for (std::size_t i = 1; i < levels.size(); ++i)
        if (levels[i].sent > levels[i - 1].sent) {
            const auto at = static_cast<std::size_t>(query.at + static_cast<double>(i) * query.stretch);
            if (at < row.columns.size())
                row.columns[at] = 1;
        }
    scene.dense.push_back(std::move(row));
}

void IndexedSource::addLevel(TimelineScene &scene, const SceneView &view, const LaneShape &lane, Answers &answers) const
{
    const SocketId socket = lane.lane.socket;
    const std::vector<trace::LevelColumn> whole =
        m_spans.levels(socket, 0, std::max<Nanoseconds>(m_story.snapshot().end(), 1) + 1, 1);
    const std::uint64_t highest = whole.front().high;

    const ColumnQuery &query = answers.query();
    const std::vector<trace::LevelColumn> &columns = answers.levels(socket);
    // The first column's lowest or highest is the level it began with, or its first change: near enough for its edge.
    LevelBuilder level(view, lane, highest, columns.front().low);
    for (std::size_t i = 0; i < columns.size(); ++i)
        level.column((query.at + static_cast<double>(i) * query.stretch) / view.deviceRatio - view.overhang,
                     query.stretch / view.deviceRatio, columns[i].low, columns[i].high, columns[i].last);
    scene.levels.push_back(level.finish());
    LevelShape &shape = scene.levels.back();
    shape.known = !m_outside;
    shape.note = shape.known ? QStringLiteral("holds up to %1").arg(bytesInWords(highest)) : notKnown();
}

void IndexedSource::addCalls(TimelineScene &scene, const SceneView &view, const LaneShape &lane, const Visited &visited,
                             Answers &answers) const
{
    if (visited.all) {
        addCallShapes(scene, view, lane, visited.calls, [this](OperationId receive) {
            return QString::fromStdString(m_story.snapshot().operationName(receive));
        });
        return;
    }
    const auto [top, height] = boxRows(lane);
    DenseShape row{top, height, DenseShape::What::Calls, {}, {}};
    row.columns.resize(static_cast<std::size_t>(columnCount(view)));
    // Receives begin with a call; of sockets that are not in view nothing is asked, since there may be thousands.
    std::vector<SocketId> asked;
    for (const LaneShape &shown : scene.lanes)
        if (shown.lane.socket && (asked.empty() || asked.back() != shown.lane.socket))
            asked.push_back(shown.lane.socket);
    const ColumnQuery &query = answers.query();
    for (const SocketId socket : asked) {
        const std::vector<trace::Column> &columns = answers.columns(socket);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto at = static_cast<std::size_t>(query.at + static_cast<double>(i) * query.stretch);
            if (columns[i].began > 0 && at < row.columns.size())
                row.columns[at] = 1;
        }
    }
    scene.dense.push_back(std::move(row));
}

} // namespace recvscope::gui
