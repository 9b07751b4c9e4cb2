// The kernel's receive buffer: what it holds, what came and went, and whether an end was seen.

#include "gui/stage/parts.h"

#include "gui/words.h"

#include <algorithm>
#include <array>
#include <bit>

namespace recvscope::gui::stage {

using namespace Qt::StringLiterals;

namespace {

constexpr double padding = 16;
constexpr std::uint64_t smallestScale = 64 * 1024; ///< of the bar, where nobody knows how much the buffer may hold
constexpr std::uint64_t emptyCells = 8;

void addEnd(Draft &draft, const QRectF &rect)
{
    const auto line = [&](std::optional<Sign> sign, Tone tone, const QString &words, const QString &shorter = {}) {
        if (sign)
            draft.mark({rect.left() + 5, rect.center().y()}, *sign, tone);
        draft.text(rect.adjusted(sign ? 16 : 0, 0, 0, 0), {{words, Style::SmallStrong, {tone}}},
                   Qt::AlignLeft | Qt::AlignVCenter, shorter);
    };
    switch (draft.socket->end) {
    case trace::EndState::Open:
        line(std::nullopt, Tone::Good, u"open · no end seen"_s);
        break;
    case trace::EndState::PeerFinished:
        if (heldBytes(*draft.socket) > 0)
            line(Sign::EndCap, Tone::Caution, u"the end stands behind them"_s, u"the end is behind"_s);
        else
            line(Sign::EndCap, Tone::Caution, u"the end is next: 0"_s, u"the end is next"_s);
        break;
    case trace::EndState::EndSeen:
        line(Sign::EndCap, Tone::Caution, u"end seen: 0 = the end"_s, u"0 = the end"_s);
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

} // namespace

void addKernel(Draft &draft)
{
    const QRectF &rect = draft.frame.kernel;
    const trace::SocketMoment &socket = *draft.socket;
    const std::uint64_t held = heldBytes(socket);
    const std::uint64_t capacity = draft.options.kernelCapacity;
    draft.text(QRectF(rect.left() + 4, draft.frame.titles.top(), rect.width() + draft.frame.copy.width() - 8,
                      draft.frame.titles.height()),
               {{u"KERNEL RECEIVE BUFFER"_s, Style::Caps, {Tone::Dim}}}, Qt::AlignLeft | Qt::AlignVCenter,
               u"KERNEL BUFFER"_s);
    draft.box(rect, Tone::Soft);
    const QRectF inner = rect.adjusted(padding, 8, -padding, -8);

    const QRectF holds(inner.left(), inner.top(), inner.width(), 26);
    const QString of = capacity > 0 ? u"of %1"_s.arg(byteCount(capacity)) : held == 1 ? u"byte"_s : u"bytes"_s;
    draft.text(holds,
               {{u"holds "_s, Style::Body, {Tone::Dim}},
                {grouped(held), Style::Figure, {Tone::Ink}},
                {u" "_s + of, Style::Small, {Tone::Dim}}},
               Qt::AlignLeft | Qt::AlignVCenter, capacity > 0 ? u" of %1"_s.arg(shortSize(capacity)) : QString());

    constexpr double lineHeight = 19;
    const double lines = 2 * lineHeight + 22;
    const QRectF area(inner.left(), holds.bottom() + 4, inner.width(), inner.bottom() - lines - holds.bottom() - 8);
    const std::array counts = {std::max(held, std::uint64_t{1})};
    const Grid grid = held < cellsBelow ? gridFor(counts, area.width(), area.height()) : Grid{};
    std::uint64_t scale = capacity;
    if (grid.cells())
        scale = std::max({held, std::min(grid.perRow(area.width()), cellsBelow - 1),
                          std::min(emptyCells, grid.perRow(area.width()))});
    else if (scale < held || scale == 0)
        scale = std::max(std::bit_ceil(held), smallestScale);
    const std::vector<Stretch> content = stretchesOf(draft, socket.kernel, grid.cells());
    if (!grid.cells() && scale < cellsBelow)
        scale = cellsBelow;
    draft.kernelBytes = drawBytes(draft.scene.items, area, scale, grid, content, draft.options.hexCells);
    QString says = u"The kernel holds %1 that no receive has taken"_s.arg(byteCount(held));
    if (capacity > 0)
        says += u", of at most %1"_s.arg(grouped(capacity));
    if (socket.measured)
        says += u". Asked last (FIONREAD), it said %1"_s.arg(grouped(*socket.measured));
    draft.place(rect, {}, {}, says + u'.');

    double y = inner.bottom() - lines;
    const auto total = [&](const QString &name, const QString &shorter, std::uint64_t value) {
        const QString number = value < levelsFrom ? grouped(value) : shortSize(value);
        const double width = 8.0 * static_cast<double>(number.size()) + 4;
        draft.text(QRectF(inner.left(), y, inner.width() - width, lineHeight), {{name, Style::Small, {Tone::Dim}}},
                   Qt::AlignLeft | Qt::AlignVCenter, shorter);
        draft.text(QRectF(inner.right() - width, y, width, lineHeight), {{number, Style::SmallStrong, {Tone::Ink}}},
                   Qt::AlignRight | Qt::AlignVCenter);
        draft.place(QRectF(inner.left(), y, inner.width(), lineHeight), {}, {},
                    u"%1: %2"_s.arg(name, byteCount(value)));
        y += lineHeight;
    };
    total(u"arrived"_s, {}, socket.sent);
    total(u"taken by receives"_s, u"taken"_s, socket.taken);
    addEnd(draft, QRectF(inner.left(), y + 2, inner.width(), 20));
}

} // namespace recvscope::gui::stage
