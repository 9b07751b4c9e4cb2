#include "gui/stage/call_steps.h"

#include "gui/words.h"
#include "net/kind.h"

#include <algorithm>

namespace recvscope::gui::stage {

using trace::EventType;
using namespace Qt::StringLiterals;

namespace {

QString leftAloneWords()
{
    return u"left alone"_s;
}

QString sizesOf(const trace::ReceiveMoment &receive)
{
    std::vector<std::uint64_t> sizes;
    for (const trace::BufferMoment &buffer : receive.buffers)
        sizes.push_back(buffer.size);
    if (sizes.empty())
        return u"no buffer"_s;
    return (sizes.size() == 1 ? u"buffer "_s : u"buffers "_s) + sizeList(sizes);
}

CallStep called(const trace::ReceiveMoment &receive)
{
    return {clockTime(receive.calledAt),
            u"called"_s,
            sizesOf(receive),
            u"flags "_s + receiveFlags(receive.flagsIn),
            Tone::Ink,
            Tone::Soft,
            false,
            receive.called};
}

CallStep returned(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive,
                  const trace::CallReturn &outcome)
{
    CallStep step{clockTime(outcome.time), u"returned"_s, {},         outputs(outcome), Tone::Good,
                  Tone::GoodFill,          false,         outcome.ref};
    if (outcome.status == Status::WsaIoPending) {
        step.headline = statusName(outcome.status);
        step.ink = Tone::Caution;
        step.fill = Tone::CautionFill;
    } else if (outcome.status != Status::Success) {
        step.headline = statusName(outcome.status);
        step.detail = receive.state == trace::ReceiveState::Failed
                          ? u"%1 · nothing was started"_s.arg(statusNumber(outcome.status))
                          : u"%1 · %2"_s.arg(statusNumber(outcome.status), outputs(outcome));
        step.ink = Tone::Failure;
        step.fill = Tone::FailureFill;
    } else if (sawTheEnd(socket, receive)) {
        step.headline = u"0 = the end"_s;
        step.ink = Tone::Caution;
        step.fill = Tone::CautionFill;
    } else {
        step.headline = u"returned 0"_s;
    }
    if (receive.eventSet.value_or(false) && outcome.status == Status::Success)
        step.detail += u" · event set"_s;
    return step;
}

CallStep completed(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive,
                   const trace::CallReturn &outcome)
{
    CallStep step{clockTime(outcome.time), u"completed"_s, u"complete"_s, outputs(outcome), Tone::Good,
                  Tone::GoodFill,          false,          outcome.ref};
    const bool eventSet = receive.eventSet.value_or(false);
    if (outcome.status != Status::Success) {
        step.headline = statusName(outcome.status);
        step.ink = Tone::Failure;
        step.fill = Tone::FailureFill;
    } else if (sawTheEnd(socket, receive)) {
        step.headline = u"0 = the end"_s;
        step.ink = Tone::Caution;
        step.fill = Tone::CautionFill;
    } else if (eventSet) {
        step.headline = u"event is set"_s;
        return step;
    }
    if (eventSet)
        step.detail += u" · event set"_s;
    return step;
}

/// Waits at the playhead: what for.
CallStep waiting(const trace::ReceiveMoment &receive)
{
    CallStep step{{},        u"waits"_s, u"pending"_s, u"nothing has arrived for it"_s,
                  Tone::Ink, Tone::Soft, true,         receive.events.empty() ? receive.called : receive.events.back()};
    if (receive.state == trace::ReceiveState::Blocked)
        step.headline = u"the call blocks"_s;
    if (receive.ahead == 1)
        step.detail = u"one receive is ahead of it"_s;
    else if (receive.ahead > 1)
        step.detail = u"%1 receives are ahead of it"_s.arg(receive.ahead);
    return step;
}

/// What the kernel copied for it, in however many calls.
class Copies {
public:
    void add(const trace::Event &event, trace::EventRef ref)
    {
        m_bytes += event.a;
        m_time = event.time;
        m_event = ref;
        ++m_count;
    }
    [[nodiscard]] bool any() const { return m_count > 0; }
    [[nodiscard]] CallStep step(bool waitedBefore, const QString &from) const
    {
        QString headline = byteCount(m_bytes) + u" copied"_s;
        if (m_count > 1)
            headline = u"%1 in %2 copies"_s.arg(byteCount(m_bytes)).arg(m_count);
        return {clockTime(m_time),
                waitedBefore ? u"data arrived"_s : u"data was there"_s,
                headline,
                from,
                Tone::Ink,
                Tone::Soft,
                false,
                m_event};
    }

private:
    std::uint64_t m_bytes = 0;
    Nanoseconds m_time = 0;
    trace::EventRef m_event;
    unsigned m_count = 0;
};

} // namespace

QString outputs(const trace::CallReturn &outcome)
{
    if (!outcome.bytes && !outcome.flags)
        return u"bytes and flags: left alone"_s;
    return u"bytes%1, flags%2"_s.arg(outcome.bytes ? u" "_s + grouped(*outcome.bytes) : u": "_s + leftAloneWords(),
                                     outcome.flags ? u" "_s + receiveFlags(*outcome.flags)
                                                   : u": "_s + leftAloneWords());
}

QString fromSends(const trace::SocketMoment &socket, const std::vector<trace::BufferMoment> &buffers)
{
    std::uint32_t first = UINT32_MAX;
    std::uint32_t last = 0;
    bool observed = false;
    for (const trace::BufferMoment &buffer : buffers)
        for (const trace::Run &run : buffer.runs) {
            first = std::min(first, sendNumber(socket, run.send));
            last = std::max(last, sendNumber(socket, run.send));
            observed = observed || (run.send < socket.sends.size() && socket.sends[run.send].observed);
        }
    if (first == UINT32_MAX)
        return {};
    const QString one = observed ? u"chunk"_s : u"send"_s;
    if (first == last)
        return u"from %1 %2"_s.arg(one).arg(first + 1);
    return u"from %1s %2 %3 %4"_s.arg(one).arg(first + 1).arg(last == first + 1 ? u"and"_s : u"to"_s).arg(last + 1);
}

std::uint32_t sendNumber(const trace::SocketMoment &, std::size_t send)
{
    return static_cast<std::uint32_t>(send);
}

bool sawTheEnd(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive)
{
    const auto room = std::any_of(receive.buffers.begin(), receive.buffers.end(),
                                  [](const trace::BufferMoment &buffer) { return buffer.size > 0; });
    const std::optional<trace::CallReturn> &outcome = receive.completed ? receive.completed : receive.returned;
    return room && outcome && outcome->status == Status::Success && outcome->bytes == 0 &&
           net::isStream(static_cast<net::SocketKind>(socket.kind));
}

std::vector<CallStep> callSteps(const trace::Story &story, const trace::SocketMoment &socket,
                                const trace::ReceiveMoment &receive)
{
    std::vector<CallStep> steps;
    steps.push_back(called(receive));
    const bool hasReturned = receive.returned.has_value();
    bool waited = false;
    Copies copies;
    std::size_t copiesAt = 0;
    for (const trace::EventRef ref : receive.events) {
        const trace::Event &event = story.snapshot().event(ref);
        const QString time = clockTime(event.time);
        switch (event.type) {
        case EventType::KernelEmpty:
        case EventType::Queued:
            waited = true;
            break;
        case EventType::Blocked:
            waited = true;
            if (receive.state != trace::ReceiveState::Blocked)
                steps.push_back({time, u"blocks"_s, u"the call blocks"_s, u"its thread waits"_s, Tone::Caution,
                                 Tone::CautionFill, false, ref});
            break;
        case EventType::Returned:
            if (hasReturned)
                steps.push_back(returned(socket, receive, *receive.returned));
            break;
        case EventType::KernelReceived:
            if (!copies.any()) {
                copiesAt = steps.size();
                steps.emplace_back();
            }
            copies.add(event, ref);
            break;
        case EventType::KernelEnd:
            steps.push_back({time, u"the end arrived"_s, u"nothing more comes"_s, u"after all bytes were taken"_s,
                             Tone::Ink, Tone::Soft, false, ref});
            break;
        case EventType::KernelError:
            steps.push_back({time, u"the kernel reports"_s, statusName(static_cast<Status>(event.a)),
                             statusNumber(static_cast<Status>(event.a)), Tone::Failure, Tone::Soft, false, ref});
            break;
        case EventType::Completed:
            // A call that returns its own completion shows it once, as what it returned.
            if (receive.completed && !(hasReturned && receive.returned->status != Status::WsaIoPending))
                steps.push_back(completed(socket, receive, *receive.completed));
            break;
        case EventType::CancelAsked:
            steps.push_back({time, u"cancel"_s, u"cancel was asked"_s, u"data that arrived first wins"_s, Tone::Ink,
                             Tone::Soft, false, ref});
            break;
        case EventType::RoutineBegan:
            steps.push_back({time, u"routine"_s, u"routine runs"_s, u"on the thread that called"_s, Tone::Good,
                             Tone::GoodFill, false, ref});
            break;
        case EventType::ResultReturned: {
            const Status status = trace::statusOf(event.b);
            const trace::CallReturn result{
                ref,
                event.time,
                status,
                event.a == trace::leftAlone ? std::nullopt : std::optional<std::uint64_t>(event.a),
                trace::flagsOf(event.b) == trace::flagsLeftAlone ? std::nullopt
                                                                 : std::optional(trace::flagsOf(event.b)),
                event.rule};
            const bool good = status == Status::Success;
            steps.push_back({time, u"result asked"_s, good ? u"TRUE"_s : statusName(status), outputs(result),
                             good ? Tone::Good : Tone::Failure, good ? Tone::GoodFill : Tone::FailureFill, false, ref});
            break;
        }
        default:
            break;
        }
    }
    if (copies.any())
        steps[copiesAt] = copies.step(waited, fromSends(socket, copiedBuffers(story, socket, receive)));
    if (receive.state == trace::ReceiveState::Pending || receive.state == trace::ReceiveState::Blocked)
        if (!copies.any())
            steps.push_back(waiting(receive));
    return steps;
}

} // namespace recvscope::gui::stage
