// What a timeline shows of a stretch of time, as shapes in pixels: computed from a trace and a view, drawn by raster.h,
// asked by the mouse. Nothing in it depends on a window.
//
// Values; any thread. Pixels are device-independent; x counts from the start of the range, y from the top of the lanes.

#pragma once

#include "gui/plots/time_scale.h"
#include "gui/timeline/lanes.h"
#include "gui/timeline/marks.h"
#include "gui/twins.h"
#include "trace/spans.h"

#include <QPolygonF>
#include <QRectF>
#include <QString>

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

namespace recvscope::gui {

/// How wide a text will be in some face.
using TextWidth = std::function<double(const QString &)>;

struct SceneView {
    TimeScale scale; ///< the range in force over the width of the axis
    LaneView lanes;
    double overhang = 10;            ///< pixels on both sides in which marks of the range's ends are completed
    double deviceRatio = 1;          ///< columns of packed lanes are device pixels
    TextWidth textWidth;             ///< in the face of labels on spans
    TextWidth monoWidth;             ///< in the face of numbers of bytes
    std::optional<double> veil = {}; ///< pixel from which on nothing can be seen

    /// Where labels have to end.
    [[nodiscard]] double shownTo() const { return std::min(scale.width, veil.value_or(scale.width)); }
};

/// The lane's place and name; the gutter shows it.
struct LaneShape {
    Lane lane;
    double top = 0, height = 0;
    QString name;
    QString suffix; ///< stays whole where the name has to be shortened: " peer"
};

/// What follows a receive's completion: its routine waits in a thread's queue, then runs.
struct RoutineTail {
    double queuedAt = 0; ///< x
    double beganAt = 0;  ///< where the waiting ends
    double endedAt = 0;  ///< where the running ends; as beganAt while it has not begun
    bool began = false;

    friend bool operator==(const RoutineTail &, const RoutineTail &) = default;
};

/// One receive.
struct SpanShape {
    enum class Body : std::uint8_t { None, Hatched, Plain };
    enum class End : std::uint8_t { Open, Dot, Diamond, Cap, Cross, Failed, FailedAtOnce };

    QRectF rect; ///< from call to completion, cut at the view's overhang
    Body body = Body::Hatched;
    End end = End::Open;
    double endAt = 0; ///< x of the end's mark
    bool endVisible = true;
    bool injected = false;
    std::optional<RoutineTail> tail = {};
    Unlike unlike = Unlike::No; ///< from the first socket's receive of the same number
    OperationId operation;
    std::optional<std::uint32_t> event; ///< story index of what ended it, or of the call
    QString label;                      ///< empty where none fits
    QRectF labelRect;
    QString tip;
};

struct PeerShape {
    QRectF rect;
    PeerMark::Kind kind = PeerMark::Kind::Send;
    std::optional<std::uint32_t> send; ///< its colour; nothing: the trace is too long to count
    bool injected = false;
    SocketId socket;
    std::uint32_t event = 0;
    QString label;
    QString tip;
};

struct CallShape {
    double x = 0, top = 0, height = 0;
    OperationId operation;
    std::uint32_t event = 0;
    QString tip;
};

/// Of a WSK socket's callback lane: one call of it, a stretch of silence, what it keeps, a socket due to be closed.
struct NoteShape {
    enum class Kind : std::uint8_t { Call, Silent, Kept, CloseDue };
    Kind kind = Kind::Call;
    QRectF rect;
    bool open = false; ///< not over where the picture ends
    bool injected = false;
    bool part = false; ///< not all was taken
    Status answer = Status::Success;
    SocketId socket;
    std::uint32_t event = 0;
    QString label; ///< empty where none fits
    QRectF labelRect;
    QString tip;
};

/// The kernel's level: a step line over its base line. Where many steps fall into one pixel, a band between the lowest
/// and the highest.
struct LevelShape {
    QPolygonF line; ///< the highest
    QPolygonF low;  ///< empty where nothing is crowded
    double base = 0, top = 0;
    SocketId socket;
    bool known = true; ///< false: nothing is known of an outside peer's bytes until they are received
    QString note;      ///< its scale, or why it is not known
};

/// All receives of a socket, one entry for each device pixel column from -overhang on.
struct PackedShape {
    double top = 0, height = 0;
    SocketId socket;
    std::vector<trace::Column> columns;
};

/// Sends, or calls, too dense to be told apart: 1 where a device pixel column has any.
struct DenseShape {
    enum class What : std::uint8_t { Sends, Calls };
    double top = 0, height = 0;
    What what = What::Sends;
    SocketId socket;
    std::vector<std::uint8_t> columns;
};

struct TimelineScene {
    double width = 0, height = 0, overhang = 0, deviceRatio = 1;
    std::vector<LaneShape> lanes;
    std::vector<SpanShape> spans;
    std::vector<PeerShape> peers;
    std::vector<CallShape> calls;
    std::vector<NoteShape> notes;
    std::vector<LevelShape> levels;
    std::vector<PackedShape> packed;
    std::vector<DenseShape> dense;
    std::optional<double> selectedAt; ///< x of the selected event
};

/// What stands under a point.
struct SceneHit {
    OperationId receive;
    SocketId socket;
    std::optional<std::uint32_t> event;
    QString tip;
};
[[nodiscard]] std::optional<SceneHit> hitAt(const TimelineScene &scene, QPointF point);

} // namespace recvscope::gui
