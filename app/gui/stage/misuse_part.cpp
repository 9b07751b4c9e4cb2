// The program broke a rule: which one, what it says, and what to do instead. It stands where the call does.

#include "gui/stage/parts.h"

#include <QStringList>

namespace recvscope::gui::stage {

using namespace Qt::StringLiterals;

namespace {

constexpr double letter = 6.0; ///< units that a small letter takes on average
constexpr double lineHeight = 16;
constexpr qsizetype mostLines = 2;

QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

/// Cut at spaces; what the last line cannot hold is elided where it is drawn.
QStringList wrapped(const QString &sentence, double width, qsizetype most)
{
    const auto letters = static_cast<qsizetype>(width / letter);
    QStringList lines;
    QString rest = sentence;
    while (lines.size() + 1 < most && rest.size() > letters) {
        const qsizetype space = rest.lastIndexOf(u' ', letters);
        if (space <= 0)
            break;
        lines << rest.left(space);
        rest = rest.mid(space + 1);
    }
    return lines << rest;
}

} // namespace

void addMisuse(Draft &draft)
{
    const trace::MisuseMoment &misuse = draft.moment.misuses.back();
    const Rule &rule = ruleOf(misuse.rule);
    const QRectF &strip = draft.frame.strip;
    QString title = u"THE PROGRAM BREAKS A RULE"_s;
    if (draft.moment.misuses.size() > 1)
        title += u" · THE LATEST OF %1"_s.arg(draft.moment.misuses.size());
    draft.text(draft.frame.stripTitle.adjusted(4, 4, -4, 0), {{title, Style::Caps, {Tone::Caution}}});

    draft.scene.items.emplace_back(
        Box{strip, Tone::CautionFill, Tone::Caution, misuse.injected ? Edge::Dotted : Edge::Thick, 6, false});
    const QRectF inner = strip.adjusted(14, 4, -14, -3);
    std::vector<Span> head;
    if (misuse.receive)
        head.push_back({fromTrace(draft.story.snapshot().operationName(misuse.receive)) + u"  "_s,
                        Style::Strong,
                        {Tone::Caution}});
    if (misuse.injected)
        head.push_back({u"injected  "_s, Style::SmallStrong, {Tone::Caution}});
    head.push_back({text(rule.name), Style::Mono, {Tone::Dim}});
    draft.text(QRectF(inner.left(), inner.top(), inner.width(), 18), std::move(head));

    const QString says = text(rule.learn.empty() ? rule.says : rule.learn);
    const QString repair = text(rule.repair);
    double y = inner.top() + 18;
    const auto write = [&](const QString &label, const QString &sentence, qsizetype most, Tone tone) {
        const QStringList lines = wrapped(label + sentence, inner.width(), most);
        for (qsizetype i = 0; i < lines.size(); ++i, y += lineHeight) {
            std::vector<Span> spans{{i == 0 ? lines[i].mid(label.size()) : lines[i], Style::Small, {tone}}};
            if (i == 0 && !label.isEmpty())
                spans.insert(spans.begin(), {label, Style::SmallStrong, {Tone::Good}});
            draft.text(QRectF(inner.left(), y, inner.width(), lineHeight), std::move(spans));
        }
        return lines.size();
    };
    const qsizetype used = write({}, says, mostLines, Tone::Ink);
    if (!repair.isEmpty())
        write(u"Instead: "_s, repair, mostLines + 1 - used, Tone::Ink);
    draft.place(strip, {Target::Kind::Event, misuse.receive, misuse.event, draft.socket->id},
                u"broken rule "_s + text(rule.name), says + (repair.isEmpty() ? QString() : u"\nInstead: "_s + repair));
}

} // namespace recvscope::gui::stage
