// The sockets to choose from, and the stage before there is any.

#include "gui/stage/parts.h"

#include "gui/twins.h"
#include "gui/words.h"
#include "net/kind.h"

#include <algorithm>

namespace recvscope::gui::stage {

using namespace Qt::StringLiterals;

namespace {

constexpr double gap = 6;

/// @param beside sockets of other interfaces: that counts more than the transport
QString kindOf(const trace::SocketMoment &socket, bool beside)
{
    if (socket.face == trace::Interface::Wsk)
        return u"WSK"_s;
    if (socket.face == trace::Interface::Native)
        return u"this system"_s;
    if (beside)
        return u"WSP"_s;
    switch (static_cast<net::SocketKind>(socket.kind)) {
    case net::SocketKind::Tcp:
        return u"TCP"_s;
    case net::SocketKind::Unix:
        return u"Unix stream"_s;
    case net::SocketKind::Udp:
        return u"UDP"_s;
    case net::SocketKind::SeqPacket:
        return u"SEQPACKET"_s;
    case net::SocketKind::Framed:
        return u"framed"_s;
    }
    return {};
}

} // namespace

void addTabs(Draft &draft)
{
    const auto &sockets = draft.moment.sockets;
    if (sockets.size() < 2)
        return;
    QRectF row = draft.frame.tabs;
    const bool compared = showsComparison(draft.moment, draft.options);
    const bool compares = comparesFaces(draft.moment);
    if (compares) {
        const QRectF rect(row.left(), row.top(), 122, row.height());
        draft.box(rect, compared ? Tone::AccentFill : Tone::Soft, compared ? Tone::Accent : Tone::None,
                  row.height() / 2);
        draft.mark({rect.left() + 17, rect.center().y()}, Sign::Unequal, compared ? Tone::Accent : Tone::Dim, 11);
        draft.text(
            rect.adjusted(28, 0, -8, 0),
            {{u"side by side"_s, compared ? Style::Strong : Style::Body, {compared ? Tone::Accent : Tone::Ink}}});
        draft.place(rect, {Target::Kind::Socket, {}, {}, {}}, u"side by side"_s,
                    u"The same receive of every socket, one below the other"_s);
        row.setLeft(rect.right() + gap);
    }
    double longest = 0;
    for (const trace::SocketMoment &socket : sockets)
        longest = std::max(longest, 7.5 * static_cast<double>(fromTrace(socket.name).size()) +
                                        7 * static_cast<double>(kindOf(socket, compares).size()));
    const double width = std::clamp(longest + 49, 84.0, 200.0);
    constexpr double moreWidth = 130;
    auto shown = std::max<std::size_t>(static_cast<std::size_t>((row.width() + gap) / (width + gap)), 1);
    if (shown < sockets.size())
        shown = std::max<std::size_t>(static_cast<std::size_t>((row.width() - moreWidth) / (width + gap)), 1);
    shown = std::min(shown, sockets.size());
    const auto chosen = static_cast<std::size_t>(draft.socket - sockets.data());
    // The chosen one in the middle: those before and behind it can be reached.
    const std::size_t first = std::min(chosen > shown / 2 ? chosen - shown / 2 : 0, sockets.size() - shown);
    double x = row.left();
    for (std::size_t i = first; i < first + shown; ++i) {
        const trace::SocketMoment &socket = sockets[i];
        const bool here = i == chosen && !compared;
        const QRectF rect(x, row.top(), width, row.height());
        draft.box(rect, here ? Tone::AccentFill : Tone::Soft, here ? Tone::Accent : Tone::None, row.height() / 2);
        draft.text(rect.adjusted(12, 0, -12, 0),
                   {{fromTrace(socket.name), here ? Style::Strong : Style::Body, {here ? Tone::Accent : Tone::Ink}},
                    {u"  "_s + kindOf(socket, compares), Style::Small, {Tone::Dim}}},
                   Qt::AlignCenter);
        if (socket.closeDue && socket.end != trace::EndState::Closed)
            draft.mark({rect.right() - 11, rect.center().y()}, Sign::Cross, Tone::Failure, 7);
        draft.place(rect, {Target::Kind::Socket, {}, {}, socket.id}, u"socket "_s + fromTrace(socket.name),
                    u"Socket %1 (%2): %3 arrived, %4 taken"_s.arg(fromTrace(socket.name), kindOf(socket, compares),
                                                                  byteCount(socket.sent), grouped(socket.taken)));
        x += width + gap;
    }
    if (shown < sockets.size())
        draft.text(QRectF(x + 4, row.top(), row.right() - x - 4, row.height()),
                   {{u"%1 of %2 sockets"_s.arg(shown).arg(sockets.size()), Style::Small, {Tone::Dim}}});
}

void addNothingYet(Draft &draft)
{
    const QRectF all(QPointF(0, 0), draft.frame.size);
    const double middle = all.center().y();
    const QRectF room(all.left() + 24, middle - 70, all.width() - 48, 140);
    draft.scene.items.emplace_back(Box{room, Tone::None, Tone::Line, Edge::Dotted, 8, false});
    const auto line = [&](double y, const QString &words, Style style, Tone tone, const QString &shorter = {}) {
        draft.text(QRectF(room.left() + 16, middle + y, room.width() - 32, 24), {{words, style, {tone}}},
                   Qt::AlignCenter, shorter);
    };
    const bool begun = draft.story.size() > 0;
    line(-44, begun ? u"No socket has been opened yet"_s : u"Nothing has happened yet"_s, Style::Figure, Tone::Ink);
    if (begun) {
        line(-6, u"Press Space to play, or → to go one step on."_s, Style::Body, Tone::Dim);
    } else {
        line(-10, u"Choose a lesson on the left and press Space to play it,"_s, Style::Body, Tone::Dim,
             u"Choose a lesson and press Space,"_s);
        line(14, u"or press Listen and send something to the port with netcat."_s, Style::Body, Tone::Dim,
             u"or press Listen and send to the port."_s);
    }
    draft.scene.summary = begun ? u"No socket has been opened yet. Press Space to play."_s
                                : u"Nothing has happened yet. Choose a lesson, or press Listen."_s;
}

} // namespace recvscope::gui::stage
