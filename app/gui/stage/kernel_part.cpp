// The kernel's receive buffer: what it holds, what came and went, and whether an end was seen.

#include "gui/stage/call_steps.h"
#include "gui/stage/parts.h"

#include "gui/words.h"
#include "net/kind.h"

#include <algorithm>
#include <array>

namespace recvscope::gui::stage {

using namespace Qt::StringLiterals;

namespace {

constexpr double roomy = 165;
constexpr qsizetype largeFigure = 4;
constexpr double lineHeight = 19;
constexpr double endHeight = 22;
constexpr double leastForBytes = 40;
constexpr double leastCells = 15;            ///< height of the smallest cells
constexpr std::uint64_t smallestScale = 256; ///< bytes that the bar's width stands for, at least
constexpr std::uint64_t emptyCells = 8;

void addEnd(Draft &draft, const QRectF &rect)
{
    const auto line = [&](std::optional<Sign> sign, Tone tone, const QString &words, const QString &shorter = {}) {
        if (sign)
            draft.mark({rect.left() + 5, rect.center().y()}, *sign, tone);
        draft.text(rect.adjusted(sign ? 16 : 0, 0, 0, 0), {{words, Style::SmallStrong, {tone}}},
                   Qt::AlignLeft | Qt::AlignVCenter, shorter);
    };
    if (draft.socket->closeDue && draft.socket->end != trace::EndState::Closed) {
        line(Sign::Cross, Tone::Failure,
             draft.socket->closing ? u"does not function: it is being closed"_s
                                   : u"does not function: due to be closed"_s,
             draft.socket->closing ? u"being closed"_s : u"due to be closed"_s);
        return;
    }
    if (draft.socket->closing && draft.socket->end != trace::EndState::Closed) {
        line(std::nullopt, Tone::Caution, u"closes once its IRPs are back"_s, u"closing"_s);
        return;
    }
    const bool messages = !net::isStream(static_cast<net::SocketKind>(draft.socket->kind));
    switch (draft.socket->end) {
    case trace::EndState::Open:
        line(std::nullopt, Tone::Good, u"open · no end seen"_s);
        break;
    case trace::EndState::PeerFinished:
        if (heldBytes(*draft.socket) > 0)
            line(Sign::EndCap, Tone::Caution, u"the end stands behind them"_s, u"the end is behind"_s);
        else
            line(Sign::EndCap, Tone::Caution, messages ? u"the end is next"_s : u"the end is next: 0"_s,
                 u"the end is next"_s);
        break;
    case trace::EndState::EndSeen:
        line(Sign::EndCap, Tone::Caution, messages ? u"end seen: WSAEDISCON"_s : u"end seen: 0 = the end"_s,
             messages ? u"end seen"_s : u"0 = the end"_s);
        break;
    case trace::EndState::PeerReset:
        line(Sign::Cross, Tone::Failure, u"the peer has reset"_s, u"reset"_s);
        break;
    case trace::EndState::ResetSeen:
        line(Sign::Cross, Tone::Failure, u"reset seen: an error"_s, u"reset seen"_s);
        break;
    case trace::EndState::Closed:
        line(std::nullopt, Tone::Dim, u"closed by the program"_s, u"closed"_s);
        break;
    }
}

/// The size of the kernel's buffer, as far as it says anything: 0 where it is not known, where the kernel holds more
/// than that (TCP's window has grown since), and where another number is the bound (unix sockets: the sender's).
std::uint64_t saidSize(const trace::SocketMoment &socket, std::uint64_t held)
{
    const bool bound = static_cast<net::SocketKind>(socket.kind) == net::SocketKind::Tcp;
    return bound && held <= socket.receiveBuffer ? socket.receiveBuffer : 0;
}

/// An outside peer's bytes are seen when they are received: what of them waits in the kernel nobody can tell.
bool isUnknown(const trace::SocketMoment &socket, std::uint64_t held)
{
    return held == 0 && !socket.measured && !socket.sends.empty() &&
           std::all_of(socket.sends.begin(), socket.sends.end(),
                       [](const trace::SendMoment &send) { return send.observed; });
}

void addBytes(Draft &draft, const QRectF &area, std::uint64_t held)
{
    const std::array counts = {std::max(held, std::uint64_t{1})};
    const Grid grid = held < cellsBelow ? gridFor(counts, area.width(), area.height()) : Grid{};
    const std::uint64_t capacity = saidSize(*draft.socket, held);
    std::uint64_t shown = 0; // how many bytes the whole width stands for
    if (grid.cells()) {
        const std::uint64_t row = std::min(grid.perRow(area.width()), cellsBelow - 1);
        shown = std::max(held, std::min(emptyCells, row));
    } else {
        // In proportion to the whole buffer little would be seen of little.
        for (shown = smallestScale; shown < held; shown *= 4) {
        }
        if (capacity > held && capacity < shown)
            shown = capacity;
    }
    const std::vector<Stretch> content =
        withLeaving(stretchesOf(draft, draft.socket->kernel, grid.cells()), leavingBytes(draft));
    draft.kernelBytes = drawBytes(draft.scene.items, area, shown, grid, content, draft.options.hexCells);
    if (!grid.cells() && shown < levelsFrom && area.height() >= barHeight + scaleHeight)
        draft.text(QRectF(area.left(), area.top() + barHeight, area.width(), scaleHeight),
                   {{u"drawn of %1"_s.arg(shortSize(shown)), Style::Small, {Tone::Dim}}},
                   Qt::AlignRight | Qt::AlignVCenter);
}

/// The urgent byte stands beside the stream, in a place of its own.
/// @return what is left of the area
QRectF addUrgent(Draft &draft, const QRectF &area)
{
    const std::optional<std::uint32_t> urgent = draft.socket->urgent;
    if (!urgent || *urgent >= draft.socket->sends.size())
        return area;
    constexpr QSizeF size(18, 26);
    constexpr double width = 46;
    const QRectF own(area.right() - width, area.top(), width, area.height());
    draft.scene.items.emplace_back(
        Line{{own.left(), own.top()}, {own.left(), own.top() + size.height()}, LineStyle::Upright, Tone::Line, false});
    const trace::SendMoment &send = draft.socket->sends[*urgent];
    const QRectF place(QPointF(own.center().x() - size.width() / 2 + 2, own.top()), size);
    Cell cell{place, {}, sendNumber(*draft.socket, *urgent), CellState::Filled, true};
    if (!send.text.empty())
        cell.character = cellText(static_cast<unsigned char>(send.text.front()), draft.options.hexCells);
    draft.scene.items.emplace_back(std::move(cell));
    if (own.height() >= size.height() + 14)
        draft.text(QRectF(own.left() + 3, place.bottom() + 1, width - 3, 14),
                   {{u"urgent"_s, Style::SmallStrong, {Tone::Caution}}}, Qt::AlignHCenter | Qt::AlignVCenter);
    draft.place(QRectF(own.topLeft(), QSizeF(width, size.height())),
                {Target::Kind::Send, {}, send.ref, draft.socket->id}, u"the urgent byte"_s,
                u"It stands beside the stream: a receive with MSG_OOB takes it, others step over it."_s);
    return area.adjusted(0, 0, -width - 4, 0);
}

/// What came and what went: two lines, or one where there is no room.
void addTotals(Draft &draft, const QRectF &line, bool tight)
{
    const trace::SocketMoment &socket = *draft.socket;
    const auto number = [](std::uint64_t value) { return value < levelsFrom ? grouped(value) : shortSize(value); };
    const std::uint64_t received = socket.taken - socket.lost;
    const QString lost = socket.lost > 0 ? u"\nLost, for want of room: %1"_s.arg(byteCount(socket.lost)) : QString();
    const QString says =
        u"Arrived: %1\nTaken by receives: %2"_s.arg(byteCount(socket.sent), byteCount(received)) + lost;
    if (tight) {
        std::vector<Span> pieces{{u"came "_s, Style::Small, {Tone::Dim}},
                                 {number(socket.sent), Style::SmallStrong, {Tone::Ink}},
                                 {u" · taken "_s, Style::Small, {Tone::Dim}},
                                 {number(received), Style::SmallStrong, {Tone::Ink}}};
        if (socket.lost > 0) {
            pieces.push_back({u" · lost "_s, Style::Small, {Tone::Caution}});
            pieces.push_back({number(socket.lost), Style::SmallStrong, {Tone::Caution}});
        }
        draft.text(line, pieces);
        draft.place(line, {}, {}, says);
        return;
    }
    const auto total = [&](const QRectF &row, const QString &name, const QString &shorter, std::uint64_t value) {
        const double width = 8.0 * static_cast<double>(number(value).size()) + 4;
        draft.text(row.adjusted(0, 0, -width, 0), {{name, Style::Small, {Tone::Dim}}}, Qt::AlignLeft | Qt::AlignVCenter,
                   shorter);
        draft.text(row.adjusted(row.width() - width, 0, 0, 0), {{number(value), Style::SmallStrong, {Tone::Ink}}},
                   Qt::AlignRight | Qt::AlignVCenter);
    };
    total(line, u"arrived"_s, {}, socket.sent);
    total(line.translated(0, lineHeight),
          socket.lost > 0 ? u"taken, and lost for want of room"_s : u"taken by receives"_s,
          socket.lost > 0 ? u"taken, lost"_s : u"taken"_s, socket.taken);
    draft.place(line.adjusted(0, 0, 0, lineHeight), {}, {}, says);
}

} // namespace

void addKernel(Draft &draft)
{
    const QRectF &rect = draft.frame.kernel;
    const trace::SocketMoment &socket = *draft.socket;
    const std::uint64_t held = heldBytes(socket);
    const std::uint64_t capacity = saidSize(socket, held);
    draft.text(QRectF(rect.left() + 4, draft.frame.titles.top(), rect.width() + draft.frame.copy.width() - 8,
                      draft.frame.titles.height()),
               {{u"KERNEL RECEIVE BUFFER"_s, Style::Caps, {Tone::Dim}}}, Qt::AlignLeft | Qt::AlignVCenter,
               u"KERNEL BUFFER"_s);
    draft.box(rect, Tone::Soft);
    if (socket.closeDue && socket.end != trace::EndState::Closed) // overdue until it is closed
        draft.scene.items.emplace_back(Box{rect, Tone::None, Tone::Failure, Edge::Dotted, 6, false});
    const double padding = rect.width() < roomy ? 12 : 16;
    const QRectF inner = rect.adjusted(padding, 8, -padding, -8);

    const QRectF holds(inner.left(), inner.top(), inner.width(), 26);
    const QString figure = held < levelsFrom ? grouped(held) : shortSize(held);
    const bool large = figure.size() > largeFigure; // then nothing fits beside it
    const QString of = capacity > 0 && !large ? u" of "_s + byteCount(capacity)
                       : held < levelsFrom    ? held == 1 ? u" byte"_s : u" bytes"_s
                                              : QString();
    const bool unknown = isUnknown(socket, held);
    if (!socket.messages.empty())
        draft.text(holds,
                   {{u"holds "_s, Style::Body, {Tone::Dim}},
                    {QString::number(socket.messages.size()), Style::Figure, {Tone::Ink}},
                    {(socket.messages.size() == 1 ? u" message, "_s : u" messages, "_s) + shortSize(held),
                     Style::Small,
                     {Tone::Dim}}},
                   Qt::AlignLeft | Qt::AlignVCenter, socket.messages.size() == 1 ? u" message"_s : u" messages"_s);
    else if (unknown)
        draft.text(holds, {{u"what it holds is not known"_s, Style::Body, {Tone::Dim}}},
                   Qt::AlignLeft | Qt::AlignVCenter, u"not known"_s);
    else
        draft.text(holds,
                   {{u"holds "_s, Style::Body, {Tone::Dim}},
                    {figure, Style::Figure, {Tone::Ink}},
                    {of, Style::Small, {Tone::Dim}}},
                   Qt::AlignLeft | Qt::AlignVCenter,
                   capacity > 0 && !large ? u" of "_s + shortSize(capacity) : QString());

    const double room = inner.bottom() - holds.bottom() - 8 - endHeight;
    const bool tight = room < 2 * lineHeight + leastForBytes;
    const bool bytesAlone = room < lineHeight + leastCells; // what it holds says more than what came and went
    const double lines = (bytesAlone ? 0 : tight ? 1 : 2) * lineHeight + endHeight;
    const QRectF area(inner.left(), holds.bottom() + 4, inner.width(), inner.bottom() - lines - holds.bottom() - 8);
    const QRectF stream = addUrgent(draft, area);
    if (socket.messages.empty())
        addBytes(draft, stream, held);
    else
        addMessages(draft, stream);
    QString says = unknown ? u"An outside peer's bytes are seen when a receive takes them"_s
                           : u"The kernel holds %1 that no receive has taken"_s.arg(byteCount(held));
    if (capacity > 0)
        says += u". Its size was %1 when the socket was opened (SO_RCVBUF); it may have grown since"_s.arg(
            byteCount(capacity));
    if (socket.measured)
        says += u". Asked last (FIONREAD), it said %1"_s.arg(grouped(*socket.measured));
    draft.place(rect, {}, {}, says + u'.');

    if (!bytesAlone)
        addTotals(draft, QRectF(inner.left(), inner.bottom() - lines, inner.width(), lineHeight), tight);
    addEnd(draft, QRectF(inner.left(), inner.bottom() - endHeight + 2, inner.width(), endHeight - 2));
}

} // namespace recvscope::gui::stage
