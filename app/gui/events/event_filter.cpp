#include "gui/events/event_filter.h"

#include <QStringList>

#include <utility>

namespace recvscope::gui {

namespace {

QString asText(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

} // namespace

bool standsIn(const QString &word, const QString &name)
{
    for (qsizetype at = name.indexOf(word, 0, Qt::CaseInsensitive); at >= 0;
         at = name.indexOf(word, at + 1, Qt::CaseInsensitive)) {
        const qsizetype after = at + word.size();
        const bool cutsBefore = at > 0 && word.front().isDigit() && name[at - 1].isDigit();
        const bool cutsAfter = after < name.size() && word.back().isDigit() && name[after].isDigit();
        if (!cutsBefore && !cutsAfter)
            return true;
    }
    return false;
}

std::optional<Status> statusOf(const trace::Event &event)
{
    switch (event.type) {
    case trace::EventType::Completed:
    case trace::EventType::Returned:
    case trace::EventType::ResultReturned:
        return trace::statusOf(event.b);
    case trace::EventType::Refused:
    case trace::EventType::KernelError:
        return static_cast<Status>(event.a);
    default:
        return {};
    }
}

EventFilter::EventFilter(const QString &words)
{
    static constexpr std::array places = {std::pair{"receive:", Where::Receive}, std::pair{"socket:", Where::Socket},
                                          std::pair{"thread:", Where::Thread},   std::pair{"type:", Where::Type},
                                          std::pair{"status:", Where::Status},   std::pair{"rule:", Where::Rule}};
    const QStringList list = words.split(u' ', Qt::SkipEmptyParts);
    for (const QString &one : list) {
        Word word;
        word.text = one;
        for (const auto &[prefix, where] : places)
            if (one.startsWith(QLatin1String(prefix), Qt::CaseInsensitive)) {
                word.where = where;
                word.text = one.mid(QLatin1String(prefix).size());
            }
        if (!word.text.isEmpty()) // somebody is still typing
            m_words.push_back(std::move(word));
    }
}

bool EventFilter::matches(const trace::Snapshot &snapshot, trace::EventRef ref, const trace::Event &event)
{
    for (Word &word : m_words)
        if (!word.matches(snapshot, ref, event))
            return false;
    return true;
}

bool EventFilter::Word::matches(const trace::Snapshot &snapshot, trace::EventRef ref, const trace::Event &event)
{
    const auto known = [this](auto &list, std::size_t number, const auto &name) {
        if constexpr (requires { list.resize(number); })
            if (list.size() <= number)
                list.resize(number + 1 + number / 2, Known::NotYet);
        Known &found = list[number];
        if (found == Known::NotYet)
            found = standsIn(text, name()) ? Known::Yes : Known::No;
        return found == Known::Yes;
    };
    if (asks(Where::Type) &&
        known(types, static_cast<std::size_t>(event.type), [&] { return asText(nameOf(event.type)); }))
        return true;
    if (asks(Where::Receive) && event.operation && known(receives, event.operation.value, [&] {
            return QString::fromStdString(snapshot.operationName(event.operation));
        }))
        return true;
    if (asks(Where::Socket) && event.socket &&
        known(sockets, event.socket.value, [&] { return QString::fromStdString(snapshot.socketName(event.socket)); }))
        return true;
    if (asks(Where::Rule) && event.rule != RuleId::None &&
        known(rules, static_cast<std::size_t>(event.rule), [&] { return asText(ruleOf(event.rule).name); }))
        return true;
    if (asks(Where::Thread) &&
        known(threads, ref.track, [&] { return QString::fromStdString(snapshot.trackName(ref.track)); }))
        return true;
    const std::optional<Status> status = asks(Where::Status) ? gui::statusOf(event) : std::nullopt;
    return status && known(statuses, static_cast<std::size_t>(*status), [&] { return asText(nameOf(*status)); });
}

} // namespace recvscope::gui
