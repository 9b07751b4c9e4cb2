// The peer: its sends in their colours, those that have not happened yet faded, and how it will end. And the link.

#include "gui/stage/call_steps.h"
#include "gui/stage/parts.h"
#include "net/kind.h"

#include "gui/words.h"

#include <algorithm>
#include <array>

namespace recvscope::gui::stage {

using trace::EventType;
using namespace Qt::StringLiterals;

namespace {

constexpr double padding = 12;
constexpr double labelHeight = 18;
constexpr double leastForBytes = 27;
constexpr double noteHeight = 22;
constexpr double cutHalf = 17; ///< of the gap in a link that was cut
constexpr std::uint32_t lookAround =
    4096; ///< events searched for how the peer ends: the picture must not cost the trace

struct PeerEnd {
    EventType type = EventType::PeerShutDown;
    trace::EventRef ref;
    bool happened = false;
};

std::optional<PeerEnd> endOf(const Draft &draft)
{
    const auto isEnd = [&](const trace::Event &event) {
        return event.socket == draft.socket->id &&
               (event.type == EventType::PeerShutDown || event.type == EventType::PeerReset ||
                event.type == EventType::PeerClosed);
    };
    const std::uint32_t now = draft.moment.playhead.event;
    for (std::uint32_t i = now; i-- > 0 && now - i <= lookAround;)
        if (isEnd(draft.story.event(i)))
            return PeerEnd{draft.story.event(i).type, draft.story.ref(i), true};
    for (std::uint32_t i = now; i < draft.story.size() && i - now < lookAround; ++i)
        if (isEnd(draft.story.event(i)))
            return PeerEnd{draft.story.event(i).type, draft.story.ref(i), false};
    return std::nullopt;
}

void addEnd(Draft &draft, const QRectF &rect)
{
    const std::optional<PeerEnd> end = endOf(draft);
    if (!end)
        return;
    const bool reset = end->type == EventType::PeerReset;
    const QString what = reset ? u"reset"_s : end->type == EventType::PeerClosed ? u"close"_s : u"half close"_s;
    if (!end->happened) {
        draft.text(rect, {{u"then "_s + what, Style::Small, {Tone::Dim}}});
    } else {
        const Tone tone = reset ? Tone::Failure : Tone::Caution;
        draft.mark({rect.left() + 5, rect.center().y()}, reset ? Sign::Cross : Sign::EndCap, tone);
        const QString done = reset                                ? u"has reset"_s
                             : end->type == EventType::PeerClosed ? u"has closed"_s
                                                                  : u"half closed"_s;
        draft.text(rect.adjusted(16, 0, 0, 0), {{done, Style::SmallStrong, {tone}}});
    }
    draft.place(rect, {Target::Kind::Event, {}, end->ref, draft.socket->id}, u"the peer's "_s + what,
                reset ? u"An abortive close: a RST goes out, and what was not taken may be lost."_s
                      : u"A graceful close: a FIN goes out behind the last byte."_s);
}

void addSend(Draft &draft, std::size_t index, const QRectF &rect, bool bytesToo)
{
    const trace::SendMoment &send = draft.socket->sends[index];
    const std::uint32_t number = sendNumber(*draft.socket, index);
    const QString name = (send.observed ? u"chunk %1"_s : u"send %1"_s).arg(number + 1);
    const QString from = send.from.empty() ? QString() : u" · "_s + fromTrace(send.from);
    const QRectF label(rect.left(), rect.top(), rect.width(), labelHeight);
    if (send.dropped) {
        draft.mark({label.left() + 5, label.center().y()}, Sign::Cross, Tone::Caution, 8);
        draft.text(label.adjusted(14, 0, 0, 0),
                   {{name, Style::SmallStrong, {Tone::Caution}}, {u" not heard"_s + from, Style::Small, {Tone::Dim}}},
                   // The cross and the struck-through bytes say that it is lost; nothing else says whose it was.
                   Qt::AlignLeft | Qt::AlignVCenter, from.isEmpty() ? u" lost"_s : from);
    } else if (send.happened)
        draft.text(
            label,
            {{name, Style::SmallStrong, {Tone::Send, number}},
             {u"  "_s + (send.length == 0 ? u"empty"_s : shortSize(send.length)) + from, Style::Small, {Tone::Dim}}},
            Qt::AlignLeft | Qt::AlignVCenter, from);
    else
        draft.text(label, {{name + u", not yet"_s, Style::Small, {Tone::Dim}}});
    if (send.urgent)
        draft.mark({label.right() - 6, label.center().y()}, Sign::Flag, Tone::Caution, 10);
    if (bytesToo && send.length == 0) { // an empty message is seen too
        draft.scene.items.emplace_back(Parcel{
            QRectF(rect.left(), label.bottom() + 1, 9, std::min(26.0, rect.height() - labelHeight - 2)), false, false});
    } else if (bytesToo) {
        const std::array counts = {send.length};
        const QRectF area(rect.left(), label.bottom(), rect.width(), rect.height() - labelHeight);
        const Grid grid = gridFor(counts, area.width(), area.height());
        const Stretch stretch{number, send.length, send.length < cellsBelow ? send.text : std::string(),
                              send.dropped    ? CellState::Lost
                              : send.happened ? CellState::Filled
                                              : CellState::Faded,
                              send.urgent};
        // A level's scale needs more room than a send has: its length stands in the label.
        std::vector<Item> items;
        drawBytes(items, area, send.length, grid, std::span(&stretch, 1), draft.options.hexCells);
        for (Item &item : items)
            if (!std::holds_alternative<Text>(item))
                draft.scene.items.push_back(std::move(item));
    }
    const QString state = send.dropped    ? u"thrown away: the socket hears another address"_s
                          : send.happened ? (send.observed ? u"seen as it was received"_s : u"sent"_s)
                                          : u"not sent yet"_s;
    draft.place(
        rect, {Target::Kind::Send, {}, send.ref, draft.socket->id}, name,
        u"%1: %2, %3, at offset %4 of the stream"_s.arg(name, byteCount(send.length), state, grouped(send.offset)));
}

} // namespace

void addPeer(Draft &draft)
{
    const QRectF &rect = draft.frame.peer;
    const QRectF title(rect.left() + 4, draft.frame.titles.top(), rect.width() + draft.frame.link.width() - 12,
                       draft.frame.titles.height());
    draft.box(rect, Tone::Soft);
    const auto &sends = draft.socket->sends;
    const QRectF inner = rect.adjusted(padding, 8, -padding, -6);
    const QRectF note(inner.left(), inner.bottom() - noteHeight, inner.width(), noteHeight);
    addEnd(draft, note);

    const double room = inner.height() - noteHeight;
    if (sends.empty()) {
        draft.text(title, {{u"PEER"_s, Style::Caps, {Tone::Dim}}});
        draft.text(QRectF(inner.left(), inner.top(), inner.width(), labelHeight * 2),
                   {{u"has sent nothing"_s, Style::Small, {Tone::Dim}}}, Qt::AlignLeft | Qt::AlignTop);
        return;
    }
    const auto most = std::max<std::size_t>(static_cast<std::size_t>(room / (labelHeight + leastForBytes)), 1);
    const std::size_t shown = std::min(sends.size(), most);
    const auto firstNotYet = static_cast<std::size_t>(
        std::find_if(sends.begin(), sends.end(), [](const trace::SendMoment &send) { return !send.happened; }) -
        sends.begin());
    // The last that happened and the next one stand in sight.
    const std::size_t wanted = firstNotYet + 1 > shown ? firstNotYet + 1 - shown : 0;
    const std::size_t first = std::min(wanted, sends.size() - shown);
    std::vector<Span> spans{{u"PEER"_s, Style::Caps, {Tone::Dim}}};
    const std::size_t later = sends.size() - first - shown;
    const std::uint32_t earlier = sendNumber(*draft.socket, first);
    if (earlier > 0 && later > 0)
        spans.push_back({u"   %1 earlier · %2 later"_s.arg(earlier).arg(later), Style::Small, {Tone::Dim}});
    else if (earlier > 0)
        spans.push_back({u"   %1 earlier"_s.arg(earlier), Style::Small, {Tone::Dim}});
    else if (later > 0)
        spans.push_back({u"   %1 later"_s.arg(later), Style::Small, {Tone::Dim}});
    draft.text(title, std::move(spans));

    const double slot = room / static_cast<double>(shown);
    double y = inner.top();
    for (std::size_t i = first; i < first + shown; ++i) {
        const double height = std::min(slot, labelHeight + 86);
        addSend(draft, i, QRectF(inner.left(), y, inner.width(), height - 2),
                height >= labelHeight + leastForBytes - 1);
        y += height;
    }
}

void addLink(Draft &draft)
{
    const QRectF &rect = draft.frame.link;
    const double y = rect.center().y();
    const auto link = [&](double from, double to) {
        draft.scene.items.emplace_back(Line{{from, y}, {to, y}, LineStyle::Link, Tone::Line, false});
    };
    if (draft.socket->linkCut) { // a gap that nothing crosses
        link(rect.left() - 4, rect.center().x() - cutHalf);
        link(rect.center().x() + cutHalf, rect.right() + 4);
    } else {
        link(rect.left() - 4, rect.right() + 4);
    }
    const auto kind = static_cast<net::SocketKind>(draft.socket->kind);
    const bool isUnix = kind == net::SocketKind::Unix || kind == net::SocketKind::SeqPacket;
    const QString name = !draft.options.link.isEmpty() ? draft.options.link : isUnix ? u"unix socket"_s : u"loopback"_s;
    const auto centred = Qt::AlignHCenter | Qt::AlignVCenter;
    draft.text(QRectF(rect.left() + 4, y - 30, rect.width() - 8, 18), {{name, Style::Small, {Tone::Dim}}}, centred);

    QString state = u"idle"_s;
    if (const trace::Event *coming = draft.coming; coming != nullptr && coming->socket == draft.socket->id)
        if (coming->type == EventType::PeerSend || coming->type == EventType::PeerSendOob)
            state = u"%1 on the way"_s.arg(shortSize(coming->a));
    if (draft.socket->linkCut) {
        draft.mark({rect.center().x(), y}, Sign::Cross, Tone::Caution, 12);
        state = u"cut"_s;
    }
    if (draft.moment.networkDown) {
        draft.mark({rect.center().x(), y}, Sign::Cross, Tone::Failure, 12);
        state = u"down · injected"_s;
    }
    draft.text(QRectF(rect.left() + 4, y + 14, rect.width() - 8, 18), {{state, Style::Small, {Tone::Dim}}}, centred);
    draft.place(QRectF(rect.left(), y - 30, rect.width(), 62), {}, {}, u"The link: %1, %2"_s.arg(name, state));
}

} // namespace recvscope::gui::stage
