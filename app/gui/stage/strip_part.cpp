// The call, as the program saw it; who waits with it; and who says so.

#include "gui/stage/call_steps.h"
#include "gui/stage/parts.h"

#include "gui/words.h"

#include <algorithm>

namespace recvscope::gui::stage {

using namespace Qt::StringLiterals;

namespace {

constexpr double gap = 12;
constexpr double leastCard = 138;
constexpr std::size_t usualCards = 4;
constexpr double chipGap = 8;

struct Look {
    Tone ink, fill;
};

Look lookOf(StepMood mood)
{
    switch (mood) {
    case StepMood::Good:
        return {Tone::Good, Tone::GoodFill};
    case StepMood::Caution:
        return {Tone::Caution, Tone::CautionFill};
    case StepMood::Failure:
        return {Tone::Failure, Tone::FailureFill};
    case StepMood::Plain:
    case StepMood::GoesOn:
        break;
    }
    return {Tone::Ink, Tone::Soft};
}

void addCard(Draft &draft, const CallStep &step, const QRectF &rect)
{
    const Look look = lookOf(step.mood);
    const bool goesOn = step.mood == StepMood::GoesOn;
    const bool chosen = draft.options.selectedEvent && *draft.options.selectedEvent == step.event;
    const Tone edge = chosen ? Tone::Accent : goesOn ? Tone::Dim : Tone::None;
    draft.scene.items.emplace_back(Box{rect, look.fill, edge, chosen ? Edge::Thick : Edge::Solid, 6, goesOn});
    const auto line = [&](double y, double height, std::vector<Span> spans, const QString &shorter) {
        const QRectF place(rect.left() + 14, rect.top() + y, rect.width() - 24, height);
        draft.scene.items.emplace_back(
            Text{place, std::move(spans), Qt::AlignLeft | Qt::AlignVCenter, shorter, goesOn});
    };
    std::vector<Span> when{{step.verb, Style::Mono, {Tone::Dim}}};
    if (!step.time.isEmpty())
        when.insert(when.begin(), {step.time + u' ', Style::Mono, {Tone::Dim}});
    // Of "data arrived" the last words tell most.
    line(7, 20, std::move(when), step.verb == u"completed"_s ? u"done"_s : step.verb.section(u' ', 1));
    // A long status is said in small letters, and where that is not enough without what all of them begin with.
    const bool small = 8.2 * static_cast<double>(step.headline.size()) > rect.width() - 24;
    const QString bare = step.headline.startsWith(u"STATUS_"_s) ? step.headline.mid(qsizetype{7}) : QString();
    line(27, 22, {{step.headline, small ? Style::SmallStrong : Style::Strong, {look.ink}}}, bare);
    line(49, 18, {{step.detail, Style::Small, {Tone::Dim}}}, step.shortDetail);
    draft.place(rect, {Target::Kind::Event, draft.receive->id, step.event, draft.socket->id},
                u"%1 %2"_s.arg(step.verb, step.headline),
                u"%1 %2\n%3\n%4"_s.arg(step.time, step.verb, step.headline, step.detail).trimmed());
}

double chipWidth(const QString &text, bool hatched)
{
    return 7.0 * static_cast<double>(text.size()) + (hatched ? 60 : 34);
}

/// Chips of other receives, as many as fit before @p right.
class Chips {
public:
    Chips(Draft &draft, const QRectF &row, double right)
        : m_draft(draft), m_row(row), m_x(row.left() + 14), m_right(right)
    {
    }

    /// @param unlisted others of the group, which only count
    void group(const QString &label, const std::vector<const trace::ReceiveMoment *> &receives,
               std::size_t unlisted = 0)
    {
        if (receives.empty())
            return;
        const double labelWidth = 6.6 * static_cast<double>(label.size()) + 8;
        const QString first = words(*receives.front());
        if (m_x + labelWidth + chipWidth(first, true) > m_right)
            return;
        m_draft.text(QRectF(m_x, m_row.top(), labelWidth, m_row.height()), {{label, Style::Body, {Tone::Dim}}});
        m_x += labelWidth;
        for (std::size_t i = 0; i < receives.size(); ++i) {
            const trace::ReceiveMoment &receive = *receives[i];
            const Standing standing = standingOf(*m_draft.socket, receive);
            const QString text = words(receive);
            const double width = chipWidth(text, standing.pending);
            const bool last = i + 1 == receives.size() && unlisted == 0;
            if (m_x + width + (last ? 0 : 72) > m_right) {
                more(receives.size() - i + unlisted);
                return;
            }
            chip(receive, standing, text, QRectF(m_x, m_row.top() + 4, width, m_row.height() - 8));
            m_x += width + chipGap;
        }
        if (unlisted > 0)
            more(unlisted);
        m_x += chipGap;
    }

private:
    void more(std::size_t count)
    {
        m_draft.text(QRectF(m_x, m_row.top(), 72, m_row.height()),
                     {{u"and %1 more"_s.arg(count), Style::Small, {Tone::Dim}}});
        m_x += 80;
    }

    static QString words(const trace::ReceiveMoment &receive)
    {
        if (receive.irp)
            return receive.irp->status == Status::Success
                       ? u"%1 · %2"_s.arg(fromTrace(receive.name), shortSize(receive.irp->bytes.value_or(0)))
                       : u"%1 · %2"_s.arg(fromTrace(receive.name),
                                          statusName(receive.irp->status).mid(qsizetype{7})); // without STATUS_
        if (receive.completed || receive.returned.value_or(trace::CallReturn{}).status == Status::Success)
            if (receive.state == trace::ReceiveState::AtOnce || receive.state == trace::ReceiveState::Later)
                return u"%1 · %2"_s.arg(fromTrace(receive.name), shortSize(receive.placed));
        std::vector<std::uint64_t> sizes;
        for (const trace::BufferMoment &buffer : receive.buffers)
            sizes.push_back(buffer.size);
        return u"%1 · %2"_s.arg(fromTrace(receive.name), sizeList(sizes));
    }

    void chip(const trace::ReceiveMoment &receive, const Standing &standing, const QString &text, const QRectF &rect)
    {
        m_draft.scene.items.emplace_back(
            Box{rect, Tone::Panel, standing.pending ? Tone::Dim : Tone::Line, Edge::Solid, 6, standing.pending});
        QRectF inside = rect.adjusted(8, 1, -8, -1);
        if (standing.sign) {
            m_draft.mark({inside.left() + 5, inside.center().y()}, *standing.sign, standing.tone);
            inside.setLeft(inside.left() + 15);
        }
        m_draft.scene.items.emplace_back(Text{inside,
                                              {{text, Style::SmallStrong, {Tone::Ink}}},
                                              (standing.pending ? Qt::AlignHCenter : Qt::AlignLeft) | Qt::AlignVCenter,
                                              {},
                                              standing.pending});
        m_draft.chips.emplace_back(receive.id, rect);
        m_draft.place(
            rect, targetOf(receive), u"receive "_s + fromTrace(receive.name),
            u"%1, called at %2: %3"_s.arg(fromTrace(receive.name), clockTime(receive.calledAt), standing.words));
    }

    Draft &m_draft;
    QRectF m_row;
    double m_x;
    double m_right;
};

struct Says {
    QString words, shorter;
    Sign sign;
    Tone tone;
};

Says whoSays(trace::Provenance provenance)
{
    switch (provenance) {
    case trace::Provenance::Modelled:
        return {u"modelled: the engine's rule says so"_s, u"modelled"_s, Sign::Diamond, Tone::Caution};
    case trace::Provenance::Injected:
        return {u"injected: done on purpose"_s, u"injected"_s, Sign::Cross, Tone::Failure};
    case trace::Provenance::Measured:
        break;
    }
    return {u"measured: a real socket did this"_s, u"measured"_s, Sign::Dot, Tone::Good};
}

} // namespace

void addStrip(Draft &draft)
{
    const QRectF &title = draft.frame.stripTitle;
    draft.text(title.adjusted(4, 4, 0, 0), {{showsKernelLanes(draft.socket) ? u"THE CALL, AS THE DRIVER SAW IT"_s
                                                                            : u"THE CALL, AS THE PROGRAM SAW IT"_s,
                                             Style::Caps,
                                             {Tone::Dim}}});
    const QRectF &strip = draft.frame.strip;
    if (draft.receive == nullptr) {
        draft.scene.items.emplace_back(Box{strip, Tone::None, Tone::Line, Edge::Dotted, 6, false});
        draft.text(strip.adjusted(14, 0, -14, 0),
                   {{draft.socket->callback.enabled
                         ? u"No WskReceive yet: the driver has switched the receive event callback on."_s
                         : u"The program has not asked for anything yet."_s,
                     Style::Body,
                     {Tone::Dim}}},
                   Qt::AlignCenter, u"No WskReceive yet."_s);
        return;
    }
    std::vector<CallStep> steps = callSteps(draft.story, *draft.socket, *draft.receive);
    const auto most = std::max<std::size_t>(static_cast<std::size_t>((strip.width() + gap) / (leastCard + gap)), 3);
    const std::size_t columns = std::clamp(steps.size(), std::min(usualCards, most), most);
    std::size_t left = 0;
    if (steps.size() > columns) { // the call itself stays, and the latest
        left = steps.size() - columns;
        steps.erase(steps.begin() + 1, steps.begin() + 1 + static_cast<std::ptrdiff_t>(left));
    }
    const double width = (strip.width() - gap * static_cast<double>(columns - 1)) / static_cast<double>(columns);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const QRectF rect(strip.left() + static_cast<double>(i) * (width + gap), strip.top(), width, strip.height());
        if (i > 0)
            draft.mark({rect.left() - gap / 2, rect.center().y()}, Sign::Chevron, Tone::Dim, 8);
        addCard(draft, steps[i], rect);
    }
    if (left > 0)
        draft.text(title.adjusted(4, 4, -4, 0),
                   {{u"%1 steps in between are not shown"_s.arg(left), Style::Small, {Tone::Dim}}},
                   Qt::AlignRight | Qt::AlignVCenter);
}

void addRow(Draft &draft)
{
    const QRectF &row = draft.frame.row;
    if (draft.receive == nullptr)
        return;
    draft.box(row, Tone::Soft);
    const Says says = whoSays(draft.receive->provenance);
    const bool wide = row.width() > 640;
    const double saysWidth = wide ? 232 : 96;
    const QRectF right(row.right() - saysWidth - 14, row.top(), saysWidth, row.height());
    draft.mark({right.right() - 5, right.center().y()}, says.sign, says.tone);
    draft.text(right.adjusted(0, 0, -16, 0), {{wide ? says.words : says.shorter, Style::SmallStrong, {says.tone}}},
               Qt::AlignRight | Qt::AlignVCenter);
    draft.place(right, {}, {}, says.words);

    std::vector<const trace::ReceiveMoment *> ahead;
    std::vector<const trace::ReceiveMoment *> behind;
    bool passed = false;
    for (const OperationId id : draft.socket->waiting) {
        if (id == draft.receive->id) {
            passed = true;
            continue;
        }
        if (const trace::ReceiveMoment *receive = draft.moment.receive(id))
            (!passed && id < draft.receive->id ? ahead : behind).push_back(receive);
    }
    std::vector<const trace::ReceiveMoment *> done;
    constexpr std::size_t lastDone = 3;
    std::size_t earlier = 0;
    for (std::size_t i = draft.socket->receives.size(); i-- > 0;) {
        const trace::ReceiveMoment *receive = draft.moment.receive(draft.socket->receives[i]);
        if (receive == nullptr || receive->id == draft.receive->id)
            continue;
        // Without an IRP, or with one that another call has, none comes back.
        const bool over = receive->isWsk() ? receive->irp.has_value()
                                           : !standingOf(*draft.socket, *receive).pending &&
                                                 receive->state != trace::ReceiveState::Called;
        if (over && done.size() < lastDone)
            done.push_back(receive);
        else if (over)
            ++earlier;
    }
    std::reverse(done.begin(), done.end());
    Chips chips(draft, row, right.left() - 8);
    if (showsKernelLanes(draft.socket)) { // who waits stands in the IRP queue
        ahead.clear();
        behind.clear();
    }
    chips.group(u"Ahead of it:"_s, ahead);
    chips.group(u"Waiting behind it:"_s, behind);
    chips.group(showsKernelLanes(draft.socket) ? u"IRPs that came back:"_s : u"Done:"_s, done, earlier);
    if (ahead.empty() && behind.empty() && done.empty())
        draft.text(QRectF(row.left() + 14, row.top(), right.left() - row.left() - 22, row.height()),
                   {{showsKernelLanes(draft.socket) ? u"No other IRP has come back on this socket."_s
                                                    : u"No other receive has been called on this socket."_s,
                     Style::Body,
                     {Tone::Dim}}},
                   Qt::AlignLeft | Qt::AlignVCenter, u"No other receive."_s);
}

} // namespace recvscope::gui::stage
