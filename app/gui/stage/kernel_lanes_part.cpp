// Who is there for a WSK socket's next bytes: the queued IRPs, which come first, or the receive event callback; and
// what the callback has kept and not given back.

#include "gui/stage/parts.h"

#include "gui/words.h"

#include <algorithm>

namespace recvscope::gui::stage {

using namespace Qt::StringLiterals;

namespace {

constexpr double gap = 10;
constexpr double letter = 6.7;
constexpr double chipHeight = 18;

enum class Next : std::uint8_t { Irp, Callback, Nobody, Asked };

/// No byte comes any more: the end or a reset was seen, or the socket is on its way out.
bool isOver(const trace::SocketMoment &socket)
{
    return socket.closeDue || socket.end >= trace::EndState::EndSeen ||
           (socket.end != trace::EndState::Open && heldBytes(socket) == 0);
}

Next nextOf(const trace::SocketMoment &socket, bool asking)
{
    if (asking) // it may be just what the question asks
        return Next::Asked;
    const trace::CallbackMoment &callback = socket.callback;
    if (callback.runs() && callback.latest->injected)
        return Next::Callback; // the race: called although an IRP waits
    if (!socket.waiting.empty())
        return Next::Irp;
    return callback.enabled && !callback.stopped && !isOver(socket) ? Next::Callback : Next::Nobody;
}

QString sizesOf(const trace::IndicationMoment &indication)
{
    const std::vector<std::uint64_t> sizes(indication.descriptors.begin(), indication.descriptors.end());
    return sizes.size() > 1 ? u" in "_s + sizeList(sizes) : QString();
}

/// "accepted all 11", "accepted 3 of 6", "kept 7", "not accepted: 3 stay in the kernel".
QString answerWords(const trace::IndicationMoment &indication)
{
    if (indication.number == 0)
        return u"told: the socket does not function"_s;
    const std::uint64_t taken = indication.answer->bytes.value_or(0);
    if (indication.answer->status == Status::NtDataNotAccepted)
        return u"did not accept %1: they stay"_s.arg(shortSize(indication.bytes));
    if (indication.kept())
        return u"kept %1"_s.arg(shortSize(taken));
    return taken == indication.bytes ? u"accepted all %1"_s.arg(shortSize(taken))
                                     : u"accepted %1 of %2"_s.arg(grouped(taken), grouped(indication.bytes));
}

class LaneCard {
public:
    LaneCard(Draft &draft, const QRectF &rect, bool next, bool injected) : m_draft(draft), m_rect(rect)
    {
        Box card{rect,
                 next ? Tone::AccentFill : Tone::Soft,
                 next ? Tone::Accent : Tone::None,
                 next ? Edge::Thick : Edge::Solid,
                 6,
                 false};
        if (injected) {
            card.line = Edge::Dotted;
            card.edge = Tone::Failure;
        }
        draft.scene.items.emplace_back(card);
        m_x = rect.left() + 12;
    }

    void head(const QString &title, const QString &words, Tone tone, const QString &shorter, bool next)
    {
        QRectF line(m_rect.left() + 12, m_rect.top() + 4, m_rect.width() - 20, 18);
        if (next) { // an arrow: the next bytes come here
            m_draft.mark({line.left() + 4, line.center().y()}, Sign::Chevron, Tone::Accent, 9);
            line.setLeft(line.left() + 14);
        }
        m_draft.text(line,
                     {{title + u"  "_s, Style::Caps, {next ? Tone::Ink : Tone::Dim}}, {words, Style::Small, {tone}}},
                     Qt::AlignLeft | Qt::AlignVCenter, shorter);
    }

    void words(const QString &text, Tone tone = Tone::Dim, const QString &shorter = {})
    {
        const double width = std::min(letter * static_cast<double>(text.size()) + 6, m_rect.right() - 8 - m_x);
        if (width > 20)
            m_draft.text(lower(width), {{text, Style::Small, {tone}}}, Qt::AlignLeft | Qt::AlignVCenter, shorter);
        m_x += width + 4;
    }

    /// @return false: it found no room
    bool chip(const QString &text, bool hatched, std::optional<Sign> sign, Tone tone, const trace::ReceiveMoment *of)
    {
        const double width = letter * static_cast<double>(text.size()) + 16 + (hatched ? 30 : 0) + (sign ? 14 : 0);
        if (m_x + width > m_rect.right() - 30)
            return false;
        const QRectF rect(m_x, lower(0).center().y() - chipHeight / 2, width, chipHeight);
        m_draft.scene.items.emplace_back(Box{rect, Tone::Panel, Tone::Dim, Edge::Solid, 5, hatched});
        QRectF inside = rect.adjusted(8, 1, -6, -1);
        if (sign) {
            m_draft.mark({inside.left() + 5, inside.center().y()}, *sign, tone, 9);
            inside.setLeft(inside.left() + 14);
        }
        m_draft.scene.items.emplace_back(Text{inside,
                                              {{text, Style::SmallStrong, {Tone::Ink}}},
                                              (hatched ? Qt::AlignHCenter : Qt::AlignLeft) | Qt::AlignVCenter,
                                              {},
                                              hatched});
        if (of != nullptr) {
            m_draft.chips.emplace_back(of->id, rect);
            m_draft.place(rect, targetOf(*of), u"receive "_s + fromTrace(of->name),
                          u"%1: %2"_s.arg(fromTrace(of->name), standingOf(*m_draft.socket, *of).words));
        }
        m_x += width + 6;
        return true;
    }

    /// What is kept is a parcel with its size.
    bool parcel(const QString &text, std::uint32_t send)
    {
        const double width = letter * static_cast<double>(text.size()) + 16;
        if (m_x + width > m_rect.right() - 30)
            return false;
        const QRectF rect(m_x, lower(0).center().y() - chipHeight / 2, width, chipHeight);
        m_draft.box(rect, Tone::SendFill, Tone::None, 4);
        std::get<Box>(m_draft.scene.items.back()).send = send;
        m_draft.scene.items.emplace_back(Parcel{rect, false, false});
        m_draft.text(rect, {{text, Style::SmallStrong, {Tone::Ink}}}, Qt::AlignCenter);
        m_x += width + 6;
        return true;
    }

    void more(std::size_t count)
    {
        m_draft.text(QRectF(m_x, lower(0).top(), 30, 18), {{u"+%1"_s.arg(count), Style::Small, {Tone::Dim}}});
    }

private:
    [[nodiscard]] QRectF lower(double width) const { return {m_x, m_rect.top() + 23, width, 19}; }

    Draft &m_draft;
    QRectF m_rect;
    double m_x = 0;
};

void addQueue(Draft &draft, const QRectF &rect, Next next)
{
    const trace::SocketMoment &socket = *draft.socket;
    const bool here = next == Next::Irp;
    LaneCard card(draft, rect, here, false);
    draft.place(rect, {}, {},
                u"Queued IRPs go first: %1 waiting, each with its cancel routine set."_s.arg(socket.waiting.size()));
    const QString count = QString::number(socket.waiting.size());
    card.head(u"IRP QUEUE"_s,
              here && socket.drain ? u"%1 · the drain takes what comes"_s.arg(count)
              : here               ? u"%1 · gets the next bytes"_s.arg(count)
                                   : count,
              here ? Tone::Accent : Tone::Dim, here ? u"next"_s : QString(), here);
    if (socket.waiting.empty()) {
        card.words(u"no IRP is queued"_s);
        return;
    }
    for (std::size_t i = 0; i < socket.waiting.size(); ++i) {
        const trace::ReceiveMoment *receive = draft.moment.receive(socket.waiting[i]);
        if (receive != nullptr && !card.chip(fromTrace(receive->name), true, std::nullopt, Tone::Ink, receive)) {
            card.more(socket.waiting.size() - i);
            return;
        }
    }
    card.words(u"cancel routine set"_s);
}

struct Told {
    QString words, shorter;
    Tone tone = Tone::Dim;
};

Told stateOf(const trace::SocketMoment &socket, Next next)
{
    const trace::CallbackMoment &callback = socket.callback;
    if (callback.runs()) {
        const trace::IndicationMoment &now = *callback.latest;
        const QString with = now.number == 0 ? u"runs: the null indication"_s
                                             : u"runs with %1"_s.arg(shortSize(now.bytes)) + sizesOf(now);
        return {now.injected ? u"the race, injected: "_s + with : with, now.injected ? u"race, injected"_s : u"runs"_s,
                now.injected ? Tone::Failure : Tone::Good};
    }
    if (socket.end == trace::EndState::Closed)
        return {u"closed with its socket"_s, u"closed"_s, Tone::Dim};
    if (!callback.enabled)
        return {u"switched off"_s, u"off"_s, Tone::Dim};
    if (next == Next::Asked)
        return {u"switched on"_s, u"on"_s, Tone::Dim};
    if (isOver(socket) && socket.waiting.empty())
        return {u"no more bytes come"_s, u"no more"_s, Tone::Dim};
    if (callback.stopped)
        return {u"silent until a WskReceive"_s, u"silent"_s, Tone::Caution};
    return next == Next::Callback ? Told{u"is called with the next bytes"_s, u"next"_s, Tone::Accent}
                                  : Told{u"on, but IRPs go first"_s, u"on"_s, Tone::Dim};
}

void addCallback(Draft &draft, const QRectF &rect, Next next)
{
    const trace::CallbackMoment &callback = draft.socket->callback;
    const bool here = next == Next::Callback;
    const bool race = callback.runs() && callback.latest->injected;
    LaneCard card(draft, rect, here, race);
    const Told told = stateOf(*draft.socket, next);
    Target latest;
    if (callback.latest)
        latest = {Target::Kind::Event, {}, callback.latest->began, draft.socket->id};
    draft.place(rect, latest, callback.latest ? u"the receive event callback"_s : QString(),
                u"The receive event callback: %1. Called and answered: %2. Kept and not released: %3."_s.arg(
                    told.words, grouped(callback.answered), QString::number(callback.retained.size())));
    card.head(u"RECEIVE EVENT"_s, told.words, told.tone, told.shorter, here);
    if (!callback.retained.empty()) {
        card.words(u"kept:"_s, Tone::Caution);
        for (std::size_t i = 0; i < callback.retained.size(); ++i) {
            const trace::IndicationMoment &one = callback.retained[i];
            const std::uint32_t send = one.runs.empty() || one.runs.front().send >= draft.socket->sends.size()
                                           ? 0
                                           : draft.socket->sends[one.runs.front().send].number;
            if (!card.parcel(shortSize(one.answer->bytes.value_or(one.bytes)), send)) {
                card.more(callback.retained.size() - i);
                return;
            }
        }
        card.words(u"not released"_s, Tone::Caution);
    } else if (callback.runs())
        card.words(callback.latest->number == 0 ? u"nothing more will come"_s : u"the bytes are still the kernel's"_s);
    else if (callback.latest)
        card.words(u"call %1 %2"_s.arg(grouped(callback.answered), answerWords(*callback.latest)), Tone::Ink);
    else if (next == Next::Nobody && !isOver(*draft.socket))
        card.words(u"what comes stays in the kernel"_s);
    else
        card.words(u"has not been called yet"_s);
}

} // namespace

void addKernelLanes(Draft &draft)
{
    const QRectF &row = draft.frame.threads;
    const Next next = nextOf(*draft.socket, draft.options.asking);
    const double width = (row.width() - gap) / 2;
    addQueue(draft, QRectF(row.left(), row.top(), width, row.height()), next);
    addCallback(draft, QRectF(row.left() + width + gap, row.top(), width, row.height()), next);
}

} // namespace recvscope::gui::stage
