#include "gui/inspector/inspector_texts.h"

#include "gui/inspector/kernel_texts.h"
#include "gui/words.h"
#include "net/kind.h"

#include <algorithm>

namespace recvscope::gui::inspector {

using trace::EventType;
using trace::ReceiveState;
using namespace Qt::StringLiterals;

namespace {

QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

bool isEnd(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive)
{
    const std::optional<trace::CallReturn> &outcome = receive.completed ? receive.completed : receive.returned;
    const bool room = std::any_of(receive.buffers.begin(), receive.buffers.end(),
                                  [](const trace::BufferMoment &buffer) { return buffer.size > 0; });
    return room && outcome && outcome->status == Status::Success && outcome->bytes == 0 &&
           net::isStream(static_cast<net::SocketKind>(socket.kind));
}

bool failed(const trace::ReceiveMoment &receive)
{
    if (receive.state == ReceiveState::Failed)
        return true;
    const std::optional<trace::CallReturn> &outcome = receive.completed ? receive.completed : receive.returned;
    const bool over = receive.state == ReceiveState::AtOnce || receive.state == ReceiveState::Later;
    return over && outcome && outcome->status != Status::Success;
}

/// Of a waiting receive, the rule that made it wait; of others the one that decided.
RuleId decidingRule(const trace::Story &story, const trace::ReceiveMoment &receive)
{
    RuleId rule = RuleId::None;
    if (receive.state == ReceiveState::Pending || receive.state == ReceiveState::Blocked)
        for (const trace::EventRef ref : receive.events) {
            const trace::Event &event = story.snapshot().event(ref);
            const bool says = event.type == EventType::Queued || event.type == EventType::Blocked ||
                              event.type == EventType::KernelReceived; // MSG_WAITALL: some came, and it waits on
            if (says && event.rule != RuleId::None)
                rule = event.rule;
        }
    if (receive.completed && receive.completed->rule != RuleId::None)
        rule = receive.completed->rule; // what decided it; what the call returned only wrote it down
    return rule == RuleId::None ? receive.decidedBy : rule;
}

/// What becomes of a receive's routine at a moment.
struct OfRoutine {
    RuleId rule = RuleId::None;
    QString title;
    Mood mood = Mood::Neutral;
    bool injected = false;
};

/// While the playhead stands on an event of its routine, or that runs, the routine's rule is what is to be explained:
/// the receive itself was decided before.
std::optional<OfRoutine> routineNow(const trace::Story &story, const trace::Moment &moment,
                                    const trace::ReceiveMoment &receive)
{
    const trace::Event *event = nullptr;
    const auto take = [&](const trace::Event &one) {
        if (one.operation == receive.id && trace::tellsOfRoutine(one.type))
            event = &one;
    };
    if (receive.routine == trace::RoutineState::Running)
        for (const trace::EventRef ref : receive.events)
            take(story.snapshot().event(ref));
    if (moment.playhead.event > 0)
        take(story.event(moment.playhead.event - 1));
    if (event == nullptr)
        return std::nullopt;
    OfRoutine told{event->rule, {}, Mood::Neutral, event->provenance == trace::Provenance::Injected};
    const QString name = text(receive.name);
    const bool putOff = std::any_of(moment.threads.begin(), moment.threads.end(), [&](const auto &thread) {
        return std::any_of(thread.queue.begin(), thread.queue.end(),
                           [&](const trace::QueuedApc &one) { return one.receive == receive.id && one.putOff; });
    });
    if (event->type == EventType::RoutineQueued) {
        told.title = u"Why is the routine of %1 queued?"_s.arg(name);
    } else if (event->type == EventType::RoutineEnded) {
        told.title = u"What was the routine of %1 told?"_s.arg(name);
    } else if (event->type == EventType::RoutineBegan) {
        told.title = u"Why does the routine of %1 run here and now?"_s.arg(name);
        told.mood = Mood::Good;
    } else if (putOff) { // what its turn came to is decided by the routine that runs
        told.title = u"Why was the routine of %1 put off?"_s.arg(name);
        told.rule = RuleId::WspIndicateNoNesting;
        told.mood = Mood::Caution;
    } else {
        told.title = u"What was queued for %1?"_s.arg(name);
    }
    return told;
}

/// The event that a value at return depends on happened before the call returned.
std::optional<bool> eventStateAtReturn(const trace::Story &story, const trace::ReceiveMoment &receive)
{
    std::optional<bool> state;
    for (const trace::EventRef ref : receive.events) {
        const EventType type = story.snapshot().event(ref).type;
        if (type == EventType::EventReset)
            state = false;
        else if (type == EventType::EventSet)
            state = true;
        else if (type == EventType::Returned)
            break;
    }
    return state;
}

Value named(const QString &name, const QString &number = {})
{
    return {name, number, false, false};
}

Value nothing(const QString &why = {})
{
    return {u"—"_s, why, false, true};
}

Value leftAlone()
{
    return {u"left alone"_s, u"the call did not touch what the program passed"_s, true, false};
}

Value errorValue(Status status)
{
    return status == Status::Success ? named(u"0"_s) : named(statusName(status), statusNumber(status));
}

Value bytesValue(const trace::CallReturn &outcome)
{
    return outcome.bytes ? named(grouped(*outcome.bytes)) : leftAlone();
}

Value flagsValue(const trace::CallReturn &outcome)
{
    return outcome.flags ? named(receiveFlags(*outcome.flags)) : leftAlone();
}

/// What Internal holds for the error a completion gives.
Status internalOf(const trace::CallReturn &outcome)
{
    switch (outcome.status) {
    case Status::Success:
        return Status::Success;
    case Status::WsaIoPending:
        return Status::NtPending;
    case Status::WsaEconnreset:
        return Status::NtConnectionReset;
    case Status::WsaEconnaborted:
        return outcome.rule == RuleId::WspCancelSocketClosed ? Status::NtLocalDisconnect : Status::NtConnectionAborted;
    case Status::WsaOperationAborted:
        return Status::NtCancelled;
    case Status::WsaEshutdown:
        return Status::NtPipeDisconnected;
    case Status::WsaEfault:
        return Status::NtAccessViolation;
    case Status::WsaEnobufs:
        return Status::NtInsufficientResources;
    case Status::WsaEnetdown:
        return Status::NtNoSuchDevice;
    case Status::WsaEmsgsize:
        return Status::NtBufferOverflow;
    default:
        return Status::NtInvalidParameter;
    }
}

Value internalValue(const trace::CallReturn &outcome)
{
    const Status status = internalOf(outcome);
    if (status == Status::Success)
        return named(u"SUCCESS"_s, u"0"_s);
    return named(statusName(status).mid(QStringLiteral("STATUS_").size()), statusNumber(status));
}

/// The trace became full within the call: what its thread recorded next was not kept.
bool endsWithTheTrace(const trace::Story &story, const trace::ReceiveMoment &receive)
{
    const trace::Snapshot &snapshot = story.snapshot();
    const trace::EventRef last = receive.events.empty() ? receive.called : receive.events.back();
    return snapshot.dropped() > 0 && last.track == receive.called.track &&
           last.index + 1 == snapshot.trackSize(last.track);
}

} // namespace

QString sourceOf(const Rule &rule)
{
    const QString where = rule.where.empty() ? QString() : u": "_s + text(rule.where);
    if (rule.from == "page")
        return u"The page says so"_s + where;
    if (rule.from == "neighbour")
        return u"A page beside it says so"_s + where;
    return u"No page says so; the engine decides, by a named policy"_s + where;
}

Why whyOf(const trace::Story &story, const trace::Moment &moment, const trace::SocketMoment &socket,
          const trace::ReceiveMoment &receive)
{
    Why why;
    const QString name = text(receive.name);
    const std::optional<OfRoutine> routine = routineNow(story, moment, receive);
    const RuleId id = routine ? routine->rule : decidingRule(story, receive);
    const Rule &rule = ruleOf(id);
    why.rule = id;
    why.ruleName = text(rule.name);
    why.says = text(rule.says);
    why.sentence = text(rule.learn.empty() ? rule.says : rule.learn);
    if (id != RuleId::None)
        why.source = sourceOf(rule);
    if (routine ? routine->injected : receive.provenance == trace::Provenance::Injected)
        why.source += (why.source.isEmpty() ? QString() : u"\n"_s) + u"Injected: done on purpose"_s;

    const std::optional<trace::CallReturn> &outcome = receive.completed ? receive.completed : receive.returned;
    if (routine) {
        why.title = routine->title;
        why.mood = routine->mood;
    } else if (outcome && outcome->status == Status::WsaEdiscon) { // the end of a connection with messages: no failure
        why.title = u"Why did %1 get WSAEDISCON?"_s.arg(name);
        why.mood = Mood::Caution;
    } else if (failed(receive)) {
        why.title = u"Why did %1 fail?"_s.arg(name);
        why.mood = Mood::Failure;
    } else if (isEnd(socket, receive)) {
        why.title = u"Why did %1 get 0 bytes?"_s.arg(name);
        why.mood = Mood::Caution;
    } else if (receive.state == ReceiveState::Pending) {
        why.title = u"Why does %1 wait?"_s.arg(name);
        why.mood = Mood::Caution;
    } else if (receive.state == ReceiveState::Blocked) {
        why.title = u"Why does %1 block?"_s.arg(name);
        why.mood = Mood::Caution;
    } else if (receive.state == ReceiveState::AtOnce) {
        why.title = u"Why did %1 complete at once?"_s.arg(name);
        why.mood = Mood::Good;
    } else if (receive.state == ReceiveState::Later) {
        why.title = u"Why did %1 complete now?"_s.arg(name);
        why.mood = Mood::Good;
    } else {
        why.title = u"Inside the call: %1"_s.arg(name);
        why.sentence = endsWithTheTrace(story, receive) ? u"The trace was full here: what became of it was not kept."_s
                                                        : u"Nothing is decided yet: the call has just begun."_s;
        why.rule = RuleId::None;
        why.ruleName = why.says = why.source = QString();
    }
    // The rule that the program broke counts more than the one that decided.
    for (const trace::EventRef ref : receive.events)
        if (const trace::Event &event = story.snapshot().event(ref); event.type == EventType::Diagnostic) {
            const Rule &broken = ruleOf(event.rule);
            why.title = u"%1 breaks a rule"_s.arg(name);
            why.sentence = text(broken.learn.empty() ? broken.says : broken.learn);
            why.rule = event.rule;
            why.ruleName = text(broken.name);
            why.says = text(broken.says);
            why.source = sourceOf(broken);
            why.repair = text(broken.repair);
            why.mood = Mood::Caution;
        }
    if (why.sentence.isEmpty())
        why.sentence = u"The trace names no rule for this."_s;

    for (const trace::EventRef ref : receive.events) {
        const RuleId other = story.snapshot().event(ref).rule;
        const QString otherName = text(ruleOf(other).name);
        if (other != RuleId::None && other != why.rule && !why.others.contains(otherName))
            why.others << otherName;
    }
    return why;
}

std::vector<Argument> argumentsOf(const trace::Story &story, const trace::ReceiveMoment &receive)
{
    if (receive.isWsk())
        return kernelArgumentsOf(story, receive);
    const std::optional<trace::CallReturn> &returned = receive.returned;
    const bool overlapped = (receive.traits & trace::CallOverlapped) != 0;
    const bool refused = receive.state == ReceiveState::Failed;
    // A call that returned its own completion shows it at return; an overlapped one also where it is published.
    const std::optional<trace::CallReturn> completed = overlapped && !refused ? receive.completed : std::nullopt;
    const QString notYet = u"the call has not returned yet"_s;
    const QString none = refused       ? u"nothing was started, so nothing completes"_s
                         : !overlapped ? u"a call without an overlapped structure completes as it returns"_s
                                       : u"it has not completed yet"_s;
    const auto row = [&](const QString &name, const auto &of) {
        return Argument{name, returned ? of(*returned) : nothing(notYet), completed ? of(*completed) : nothing(none)};
    };
    std::vector<Argument> rows;
    rows.push_back({u"result"_s,
                    !returned                             ? nothing(notYet)
                    : returned->status == Status::Success ? named(u"0"_s)
                                                          : named(u"SOCKET_ERROR"_s, u"-1"_s),
                    nothing(u"only the call itself has a result"_s)});
    rows.push_back(row(u"error"_s, [](const trace::CallReturn &outcome) { return errorValue(outcome.status); }));
    rows.push_back(row(u"bytes received"_s, bytesValue));
    rows.back().shortName = u"bytes"_s;
    rows.push_back(row(u"flags"_s, flagsValue));
    if (!overlapped || refused)
        return rows;
    if (receive.eventSet) {
        const auto stateOf = [](bool set) { return named(set ? u"set"_s : u"reset"_s); };
        const std::optional<bool> before = eventStateAtReturn(story, receive);
        rows.push_back({u"hEvent"_s, !returned || !before ? nothing(notYet) : stateOf(*before),
                        completed ? stateOf(*receive.eventSet) : nothing(none)});
    }
    rows.push_back(row(u"Internal"_s, internalValue));
    return rows;
}

std::vector<Input> inputsOf(const trace::Story &story, const trace::SocketMoment &socket,
                            const trace::ReceiveMoment &receive)
{
    if (receive.isWsk())
        return kernelInputsOf(story, socket, receive);
    std::vector<std::uint64_t> sizes;
    std::uint64_t total = 0;
    for (const trace::BufferMoment &buffer : receive.buffers) {
        sizes.push_back(buffer.size);
        total += buffer.size;
    }
    QString buffers = sizes.empty() ? u"none"_s : sizeList(sizes);
    if (sizes.size() > 1)
        buffers += u" = "_s + byteCount(total);
    QString overlapped = u"no"_s;
    if ((receive.traits & trace::CallOverlapped) != 0) {
        overlapped = (receive.traits & trace::CallHasRoutine) != 0 ? u"yes, with a completion routine"_s
                     : (receive.traits & trace::CallHasEvent) != 0 ? u"yes, with an event"_s
                                                                   : u"yes, without an event"_s;
    } else {
        overlapped += (receive.traits & trace::CallNonblocking) != 0 ? u", nonblocking"_s : u", blocking"_s;
    }
    return {{u"socket"_s, text(socket.name)},
            {u"buffers"_s, buffers},
            {u"flags in"_s, receiveFlags(receive.flagsIn)},
            {u"overlapped"_s, overlapped},
            {u"called at"_s,
             u"%1 on %2"_s.arg(clockTime(receive.calledAt), text(story.snapshot().trackName(receive.thread)))}};
}

} // namespace recvscope::gui::inspector
