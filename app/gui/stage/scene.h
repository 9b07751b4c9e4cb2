// The stage as a display list: what stands where, in plain values, a pure function of (story, playhead, options).
//
// It knows neither widgets nor theme colours (tones and send numbers stand for them), so that a window, a picture file
// or a video can draw the same scene, and so that a test can compare two.
//
// Threads: values; built on the caller's thread.

#pragma once

#include "trace/moment.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QString>

#include <optional>
#include <variant>
#include <vector>

namespace recvscope::gui::stage {

/// What a colour means; the painter asks the theme for it.
enum class Tone : std::uint8_t {
    None,
    Panel,
    Soft,
    Line,
    Ink,
    Dim,
    Accent,
    AccentFill,
    Good,
    GoodFill,
    Caution,
    CautionFill,
    Failure,
    FailureFill,
    Send,     ///< the edge colour of a send
    SendFill, ///< its fill
};

struct Shade {
    Tone tone = Tone::None;
    std::uint32_t send = 0; ///< counts from 0; only with Tone::Send and Tone::SendFill

    friend bool operator==(const Shade &, const Shade &) = default;
};

enum class Style : std::uint8_t { Body, Strong, Small, SmallStrong, Caps, Mono, Figure };
enum class Edge : std::uint8_t { Solid, Dotted, Thick };

struct Box {
    QRectF rect;
    Tone fill = Tone::None;
    Tone edge = Tone::None;
    Edge line = Edge::Solid;
    double radius = 6;
    bool hatched = false;   ///< pending
    std::uint32_t send = 0; ///< only with Tone::SendFill

    friend bool operator==(const Box &, const Box &) = default;
};

struct Span {
    QString text;
    Style style = Style::Body;
    Shade ink{Tone::Ink};

    friend bool operator==(const Span &, const Span &) = default;
};

/// One line of text. What does not fit is elided by the painter, after the shorter wording was tried.
struct Text {
    QRectF rect;
    std::vector<Span> spans;
    Qt::Alignment align = Qt::AlignLeft | Qt::AlignVCenter;
    QString shorter;    ///< instead of the last span where the whole does not fit; may be empty
    bool plate = false; ///< stands on a plate of panel colour, to be read over a hatch

    friend bool operator==(const Text &, const Text &) = default;
};

enum class CellState : std::uint8_t {
    Empty,
    Filled,
    Faded,
    Leaving,
    Lost, ///< gone: hatched and struck through
};

/// One byte.
struct Cell {
    QRectF rect;
    QString character; ///< what to write in it; empty where the trace kept no payload
    std::uint32_t send = 0;
    CellState state = CellState::Empty;
    bool urgent = false;

    friend bool operator==(const Cell &, const Cell &) = default;
};

/// A stretch of a bar, as shares of its length.
struct Segment {
    double from = 0;
    double to = 0;
    std::uint32_t send = 0;
    CellState state = CellState::Filled;

    friend bool operator==(const Segment &, const Segment &) = default;
};

/// Many bytes: proportional, in the colours of their sends. A level is a bar with a scale.
struct Bar {
    QRectF rect;
    std::vector<Segment> segments;
    std::vector<double> ticks; ///< shares of the length; empty below the size where levels begin

    friend bool operator==(const Bar &, const Bar &) = default;
};

enum class LineStyle : std::uint8_t { Link, Copy, Rule, Upright };

struct Line {
    QPointF from;
    QPointF to;
    LineStyle style = LineStyle::Rule;
    Tone tone = Tone::Line;
    bool arrow = false;

    friend bool operator==(const Line &, const Line &) = default;
};

/// The signs that mean something without their colour.
enum class Sign : std::uint8_t {
    Dot,
    Diamond,
    EndCap,
    Cross,
    Chevron,
    Flag,
    Lock,     ///< pages that the transport may write to
    OpenLock, ///< pages that are the driver's
    Bin,      ///< where a drain throws what comes
    Unequal,  ///< two faces differ here
};

struct Mark {
    QPointF centre;
    Sign sign = Sign::Dot;
    Tone tone = Tone::Ink;
    double size = 9;

    friend bool operator==(const Mark &, const Mark &) = default;
};

/// The border of a message around its bytes. An end that is not there is drawn open: before it a receive has taken a
/// part, behind it more is to come.
struct Parcel {
    QRectF rect;
    bool openBefore = false;
    bool openBehind = false;

    friend bool operator==(const Parcel &, const Parcel &) = default;
};

/// Something on its way between two events: an illustration, never there when stopped.
struct Flight {
    QRectF from;
    QRectF to;
    double progress = 0; ///< 0..1, eased
    QString text;
    std::uint32_t send = 0;
    bool parcel = false; ///< travels straight on the link; a byte flies in an arc

    [[nodiscard]] QRectF now() const;
    friend bool operator==(const Flight &, const Flight &) = default;
};

using Item = std::variant<Box, Text, Cell, Bar, Line, Mark, Flight, Parcel>;

/// What stands at a place, to select it and to say more about it.
struct Target {
    enum class Kind : std::uint8_t { Nothing, Receive, Send, Event, Socket };
    Kind kind = Kind::Nothing;
    OperationId receive;
    trace::EventRef event; ///< of an event, or of a send
    SocketId socket;

    friend bool operator==(const Target &, const Target &) = default;
};

struct Place {
    QRectF rect;
    Target target;
    QString name; ///< for keyboard and screen reader; empty: only explains
    QString says; ///< exact numbers

    friend bool operator==(const Place &, const Place &) = default;
};

struct Scene {
    QSizeF size;     ///< in scene units
    double zoom = 1; ///< device independent pixels per scene unit
    std::vector<Item> items;
    std::vector<Place> places; ///< in reading order; where several hold a point the last one counts
    QString summary;           ///< the picture in words

    /// The place at a point in device independent pixels, or nothing.
    [[nodiscard]] const Place *placeAt(QPointF point) const;
    friend bool operator==(const Scene &, const Scene &) = default;
};

struct SceneOptions {
    QSizeF size{836, 372}; ///< device independent pixels
    OperationId selected;  ///< none: the one the moment is about
    SocketId socket;       ///< none: that of the receive
    std::optional<trace::EventRef> selectedEvent;
    bool hexCells = false;
    bool reducedMotion = false;
    bool asking = false; ///< a question is open here: nothing says what comes next
    QString link;        ///< what is between peer and kernel; empty: loopback

    friend bool operator==(const SceneOptions &, const SceneOptions &) = default;
};

/// The scene of a moment. What is on its way to the next event of the story is drawn where the moment's playhead says.
[[nodiscard]] Scene buildScene(const trace::Story &story, const trace::Moment &moment, const SceneOptions &options);

} // namespace recvscope::gui::stage
