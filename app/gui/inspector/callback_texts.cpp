#include "gui/inspector/callback_texts.h"

#include "gui/words.h"

namespace recvscope::gui::inspector {

using trace::EventType;
using namespace Qt::StringLiterals;

namespace {

QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

/// What a receive's call brought about belongs to that receive.
bool tellsOfCallback(const trace::Event &event)
{
    switch (event.type) {
    case EventType::CallbackSet:
    case EventType::IndicationBegan:
    case EventType::IndicationEnded:
    case EventType::IndicationReleased:
    case EventType::CallbackStopped:
    case EventType::CallbackResumed:
    case EventType::Disconnected:
        return !event.operation;
    default:
        return false;
    }
}

/// The answer of the call that began at @p began; that event itself while there is none.
std::uint32_t answerOf(const trace::Story &story, std::uint32_t began, std::uint32_t happened)
{
    for (std::uint32_t i = began + 1; i < happened; ++i)
        if (story.event(i).socket == story.event(began).socket && story.event(i).type == EventType::IndicationEnded)
            return i;
    return began;
}

/// The answer before the silence that began at @p stopped.
std::uint32_t answerBefore(const trace::Story &story, std::uint32_t stopped)
{
    for (std::uint32_t i = stopped; i-- > 0;)
        if (story.event(i).socket == story.event(stopped).socket && story.event(i).type == EventType::IndicationEnded)
            return i;
    return stopped;
}

/// Where the trace names no rule: what there is to know all the same.
QString plainWords(const trace::Event &event)
{
    switch (event.type) {
    case EventType::CallbackSet:
        return (event.a & trace::EventDisable) != 0 ? u"The driver has switched event callbacks of this socket off."_s
                                                    : u"The driver has switched event callbacks of this socket on. "
                                                      u"What arrives while no IRP is queued is "
                                                      "shown to its receive event callback."_s;
    case EventType::IndicationBegan:
        return u"The callback runs and has not answered yet. Until it does the bytes are the kernel's."_s;
    case EventType::IndicationEnded:
        return u"The callback took what it was shown, so those bytes have left the kernel."_s;
    case EventType::IndicationReleased:
        return u"The driver gave back what its callback had kept."_s;
    default:
        return u"The trace names no rule for this."_s;
    }
}

QString titleOf(const trace::Event &event, const QString &socket)
{
    switch (event.type) {
    case EventType::CallbackSet:
        return u"What did the driver ask of %1?"_s.arg(socket);
    case EventType::IndicationBegan:
        return u"Why is the callback of %1 called?"_s.arg(socket);
    case EventType::IndicationReleased:
        return u"What did the driver give back to %1?"_s.arg(socket);
    case EventType::CallbackStopped:
        return u"Why is the callback of %1 silent?"_s.arg(socket);
    case EventType::CallbackResumed:
        return u"Why may the callback of %1 be called again?"_s.arg(socket);
    case EventType::Disconnected:
        return u"What was the driver of %1 told?"_s.arg(socket);
    default:
        return u"What did the callback of %1 answer?"_s.arg(socket);
    }
}

} // namespace

std::optional<std::uint32_t> callbackEvent(const Presentation &presentation)
{
    const trace::Story &story = presentation.story();
    const Selection &selection = presentation.selection();
    const std::uint32_t happened = presentation.playhead().event;
    if (selection.event && *selection.event < happened && tellsOfCallback(story.event(*selection.event)))
        return selection.event;
    if (!selection.receive)
        if (const auto told = story.told(presentation.playhead()); told && tellsOfCallback(story.event(*told)))
            if (!selection.socket || selection.socket == story.event(*told).socket)
                return told;
    if (presentation.shownReceive())
        return {};
    const SocketId socket = presentation.shownSocket();
    if (story.faceOf(socket) != trace::Interface::Wsk)
        return {};
    for (std::uint32_t i = happened; i-- > 0;)
        if (story.event(i).socket == socket && tellsOfCallback(story.event(i)))
            return i;
    return {};
}

Why whyOfCallback(const trace::Story &story, std::uint32_t event, std::uint32_t happened)
{
    Why why;
    const trace::Event &asked = story.event(event);
    const std::uint32_t telling = asked.type == EventType::IndicationBegan   ? answerOf(story, event, happened)
                                  : asked.type == EventType::CallbackStopped ? answerBefore(story, event)
                                                                             : event;
    const trace::Event &told = story.event(telling);
    why.title = titleOf(asked.type == EventType::CallbackStopped ? asked : told,
                        text(story.snapshot().socketName(asked.socket)));
    why.rule = asked.rule != RuleId::None ? asked.rule : told.rule;
    const bool refuses = told.type == EventType::IndicationEnded && trace::statusOf(told.b) != Status::Success;
    why.mood = refuses || asked.type == EventType::CallbackStopped ? Mood::Caution : Mood::Neutral;
    const Rule &rule = ruleOf(why.rule);
    if (why.rule == RuleId::None) {
        why.sentence = plainWords(told);
    } else {
        why.sentence = text(rule.learn.empty() ? rule.says : rule.learn);
        why.ruleName = text(rule.name);
        why.says = text(rule.says);
        why.source = sourceOf(rule);
    }
    if (asked.provenance == trace::Provenance::Injected)
        why.source += (why.source.isEmpty() ? QString() : u"\n"_s) + u"Injected: done on purpose"_s;
    return why;
}

} // namespace recvscope::gui::inspector
