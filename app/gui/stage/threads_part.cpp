// The application's threads: what each is in the middle of, what is queued to it, and the routine that runs on it.

#include "gui/stage/parts.h"

#include <algorithm>

namespace recvscope::gui::stage {

using namespace Qt::StringLiterals;

namespace {

constexpr double gap = 10;
constexpr double leastCard = 218;
constexpr double moreWidth = 84;
constexpr double twoLines = 40;  ///< a card lower than this has one
constexpr double leastOwn = 110; ///< for what a thread does itself beside what was queued to it
constexpr double letter = 6.6;   ///< units that a small letter takes, at most on average

bool runsWhatWasQueued(const trace::Doing &doing)
{
    return doing.what == trace::ThreadDoes::Routine || doing.what == trace::ThreadDoes::Apc;
}

QString nameOf(const trace::Story &story, OperationId receive)
{
    return fromTrace(story.snapshot().operationName(receive));
}

QString words(const trace::Story &story, const trace::Doing &doing)
{
    switch (doing.what) {
    case trace::ThreadDoes::Call:
        return u"is in the call of "_s + nameOf(story, doing.receive);
    case trace::ThreadDoes::Blocks:
        return u"blocks in "_s + nameOf(story, doing.receive);
    case trace::ThreadDoes::AsksResult:
        return u"asks for the result of "_s + nameOf(story, doing.receive);
    case trace::ThreadDoes::AwaitsResult:
        return u"waits for the result of "_s + nameOf(story, doing.receive);
    case trace::ThreadDoes::AlertableWait:
        return u"waits alertably"_s;
    case trace::ThreadDoes::EventWait:
        return u"waits for an event"_s;
    case trace::ThreadDoes::Routine:
        return u"runs the routine of "_s + nameOf(story, doing.receive);
    case trace::ThreadDoes::Apc:
        return u"runs the APC %1"_s.arg(doing.context);
    }
    return {};
}

/// What it does itself, beneath whatever was queued to it and runs now.
QString ownWords(const trace::Story &story, const trace::ThreadMoment &thread)
{
    if (thread.exited)
        return u"has exited"_s;
    if (!thread.appeared)
        return u"not yet"_s;
    const auto queued = std::find_if(thread.doing.begin(), thread.doing.end(), runsWhatWasQueued);
    return queued == thread.doing.begin() ? u"runs its own code"_s : words(story, *std::prev(queued));
}

QString chipWords(const trace::Story &story, const trace::QueuedApc &one)
{
    if (!one.receive)
        return u"APC %1"_s.arg(one.context);
    return nameOf(story, one.receive) + (one.putOff ? u" put off"_s : QString());
}

Tone toneOf(const trace::ThreadMoment &thread)
{
    if (thread.exited || thread.doing.empty())
        return Tone::Dim;
    switch (thread.doing.front().what) {
    case trace::ThreadDoes::AlertableWait:
        return Tone::Accent;
    case trace::ThreadDoes::Blocks:
    case trace::ThreadDoes::AwaitsResult:
    case trace::ThreadDoes::EventWait:
        return Tone::Caution;
    default:
        return Tone::Ink;
    }
}

/// Of the row, against a thread that runs its own code.
double shareOf(const trace::ThreadMoment &thread)
{
    const bool runsOne = std::any_of(thread.doing.begin(), thread.doing.end(), runsWhatWasQueued);
    return runsOne ? 2.2 : 1;
}

class ThreadCard {
public:
    ThreadCard(Draft &draft, const trace::ThreadMoment &thread, const QRectF &rect)
        : m_draft(draft), m_thread(thread), m_rect(rect)
    {
    }

    void draw()
    {
        Box card{m_rect, Tone::Soft, Tone::None, Edge::Solid, 6, false};
        if (m_thread.exited || !m_thread.appeared) {
            card.edge = Tone::Line;
            card.line = Edge::Dotted;
        }
        m_draft.scene.items.emplace_back(card);
        m_draft.place(m_rect, {}, {}, u"Thread "_s + threadInWords(m_draft.story, m_thread));

        const bool oneLine = m_rect.height() < twoLines;
        QRectF inner = m_rect.adjusted(12, oneLine ? 2 : 4, -6, oneLine ? -2 : -4);
        const auto queued = std::find_if(m_thread.doing.begin(), m_thread.doing.end(), runsWhatWasQueued);
        if (queued != m_thread.doing.end()) {
            const double width = oneLine ? std::min(letter * static_cast<double>(nestedWords(queued).size()) + 18,
                                                    inner.width() - leastOwn)
                                         : std::clamp(0.5 * inner.width(), 112.0, 240.0);
            nested(QRectF(inner.right() - width, inner.top(), width, inner.height()), queued);
            inner.setRight(inner.right() - width - 8);
        }
        const QString name = fromTrace(m_thread.name) + u"  "_s;
        const QString own = ownWords(m_draft.story, m_thread);
        QRectF upper(inner.left(), inner.top(), inner.width(), inner.height() / 2);
        QRectF lower = upper.translated(0, upper.height());
        if (oneLine) { // a queue's chips say more than the words
            const double words = 7.4 * static_cast<double>(name.size()) + letter * static_cast<double>(own.size()) + 10;
            upper = QRectF(inner.left(), inner.top(), std::min(words, 0.6 * inner.width()), inner.height());
            lower = QRectF(upper.right() + 6, inner.top(), inner.right() - upper.right() - 6, inner.height());
        }
        m_draft.text(upper, {{name, Style::Strong, {Tone::Ink}}, {own, Style::Small, {toneOf(m_thread)}}});
        queue(lower);
    }

private:
    /// "routine of a2: waits alertably", for one line.
    [[nodiscard]] QString nestedWords(std::vector<trace::Doing>::const_iterator running) const
    {
        QString inner;
        for (auto one = std::next(running); one != m_thread.doing.end(); ++one)
            inner += (inner.isEmpty() ? u": "_s : u", "_s) + words(m_draft.story, *one);
        return (running->what == trace::ThreadDoes::Apc ? u"APC %1"_s.arg(running->context)
                                                        : u"routine of "_s + nameOf(m_draft.story, running->receive)) +
               inner;
    }

    /// What was queued and runs now, within the thread; and what that does in its turn.
    void nested(const QRectF &rect, std::vector<trace::Doing>::const_iterator running)
    {
        m_draft.box(rect, Tone::GoodFill, Tone::Good, 5);
        QString inner;
        for (auto one = std::next(running); one != m_thread.doing.end(); ++one)
            inner += (inner.isEmpty() ? QString() : u", "_s) + words(m_draft.story, *one);
        const bool oneLine = rect.height() < twoLines - 8;
        const bool alone = inner.isEmpty() || oneLine;
        const QRectF line = rect.adjusted(8, 1, -6, alone ? -1 : -rect.height() / 2);
        const QString what = running->what == trace::ThreadDoes::Apc ? u"APC %1"_s.arg(running->context)
                                                                     : nameOf(m_draft.story, running->receive);
        if (oneLine && !inner.isEmpty())
            inner.prepend(u": "_s);
        const bool apc = running->what == trace::ThreadDoes::Apc;
        const QString runs = apc       ? (oneLine ? QString() : u"runs "_s)
                             : oneLine ? u"routine of "_s
                                       : u"runs the routine of "_s;
        m_draft.text(line, {{runs, Style::Small, {Tone::Good}},
                            {what, Style::SmallStrong, {Tone::Good}},
                            {oneLine ? inner : QString(), Style::Small, {Tone::Ink}}});
        if (!alone)
            m_draft.text(rect.adjusted(8, rect.height() / 2 - 1, -6, -1), {{inner, Style::Small, {Tone::Ink}}});
    }

    static double chipWidth(const QString &text) { return letter * static_cast<double>(text.size()) + 16; }

    void queue(const QRectF &row)
    {
        const auto &waiting = m_thread.queue;
        if (waiting.empty()) {
            const bool room = row.width() > letter * 12;
            if (!m_thread.exited && m_thread.everQueued && room)
                m_draft.text(row, {{u"nothing is queued to it"_s, Style::Small, {Tone::Dim}}},
                             Qt::AlignLeft | Qt::AlignVCenter, u"queue empty"_s);
            return;
        }
        // Where there is no room for both, the chips say more than the word before them.
        double chips = 0;
        for (const trace::QueuedApc &one : waiting)
            chips += chipWidth(chipWords(m_draft.story, one)) + 5;
        const double label = chips + 48 > row.width() && row.width() < 160 ? 0 : 48;
        if (label > 0)
            m_draft.text(QRectF(row.left(), row.top(), label, row.height()),
                         {{u"queued"_s, Style::Small, {Tone::Dim}}});
        double x = row.left() + label;
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            const QString text = chipWords(m_draft.story, waiting[i]);
            const double width = chipWidth(text);
            const bool last = i + 1 == waiting.size();
            if (x + width + (last ? 0 : 26) > row.right()) {
                m_draft.text(QRectF(x, row.top(), row.right() - x, row.height()),
                             {{u"+%1"_s.arg(waiting.size() - i), Style::Small, {Tone::Dim}}});
                return;
            }
            const double height = std::min(row.height() - 2, 19.0);
            const QRectF chip(x, row.center().y() - height / 2, width, height);
            m_draft.scene.items.emplace_back(
                Box{chip, Tone::Panel, Tone::Dim, waiting[i].putOff ? Edge::Dotted : Edge::Solid, 5, false});
            m_draft.text(chip, {{text, Style::SmallStrong, {Tone::Ink}}}, Qt::AlignCenter);
            x += width + 5;
        }
    }

    Draft &m_draft;
    const trace::ThreadMoment &m_thread;
    QRectF m_rect;
};

} // namespace

bool showsThreads(const trace::Moment &moment)
{
    return moment.threads.size() > 1 || std::any_of(moment.threads.begin(), moment.threads.end(),
                                                    [](const auto &thread) { return thread.everQueued; });
}

QString threadInWords(const trace::Story &story, const trace::ThreadMoment &thread)
{
    QString text = fromTrace(thread.name) + u' ';
    if (thread.exited || !thread.appeared || thread.doing.empty())
        text += thread.appeared ? ownWords(story, thread) : u"has done nothing yet"_s;
    for (std::size_t i = 0; i < thread.doing.size(); ++i)
        text += (i > 0 ? u", and within that "_s : QString()) + words(story, thread.doing[i]);
    for (std::size_t i = 0; i < thread.queue.size(); ++i)
        text += (i > 0 ? u", "_s : u"; queued to it: "_s) + chipWords(story, thread.queue[i]);
    return text + u'.';
}

void addThreads(Draft &draft)
{
    const QRectF &row = draft.frame.threads;
    const auto &threads = draft.moment.threads;
    if (row.isEmpty() || threads.empty())
        return;
    auto shown = std::max<std::size_t>(static_cast<std::size_t>((row.width() + gap) / (leastCard + gap)), 1);
    const bool all = shown >= threads.size();
    const double width = all ? row.width() : row.width() - moreWidth;
    if (!all)
        shown = std::max<std::size_t>(static_cast<std::size_t>((width + gap) / (leastCard + gap)), 1);
    shown = std::min(shown, threads.size());
    // The thread of the receive on the stage is among them.
    std::size_t own = 0;
    if (draft.receive != nullptr)
        while (own + 1 < threads.size() && threads[own].track < draft.receive->thread)
            ++own;
    const std::size_t first = std::min(own >= shown ? own - shown + 1 : 0, threads.size() - shown);
    // A thread that runs something that was queued, while more is, has most to say.
    double shares = 0;
    for (std::size_t i = first; i < first + shown; ++i)
        shares += shareOf(threads[i]);
    const double whole = width - gap * static_cast<double>(shown - 1);
    double x = row.left();
    for (std::size_t i = first; i < first + shown; ++i) {
        const double card = whole * shareOf(threads[i]) / shares;
        ThreadCard(draft, threads[i], QRectF(x, row.top(), card, row.height())).draw();
        x += card + gap;
    }
    if (!all)
        draft.text(QRectF(row.right() - moreWidth + gap, row.top(), moreWidth - gap, row.height()),
                   {{u"%1 of %2"_s.arg(shown).arg(threads.size()), Style::Small, {Tone::Dim}}});
}

} // namespace recvscope::gui::stage
