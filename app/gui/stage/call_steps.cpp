#include "gui/stage/call_steps.h"

#include "gui/stage/kernel_steps.h"

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
    const QString flags = u"flags "_s + receiveFlags(receive.flagsIn);
    return {clockTime(receive.calledAt), u"called"_s, sizesOf(receive), flags, StepMood::Plain, receive.called};
}

/// Gives the step the words of an outcome that is not simply good.
/// @return false when it is
bool unusual(CallStep &step, const trace::SocketMoment &socket, const trace::ReceiveMoment &receive, Status status)
{
    if (status != Status::Success) {
        step.headline = statusName(status);
        const bool isNews = status == Status::WsaIoPending || status == Status::WsaEdiscon; // the end is no failure
        step.mood = isNews ? StepMood::Caution : StepMood::Failure;
        return true;
    }
    if (!sawTheEnd(socket, receive))
        return false;
    step.headline = u"0 = the end"_s;
    step.mood = StepMood::Caution;
    return true;
}

CallStep returned(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive,
                  const trace::CallReturn &outcome)
{
    CallStep step{clockTime(outcome.time), u"returned"_s,  u"returned 0"_s,
                  outputs(outcome),        StepMood::Good, outcome.ref};
    unusual(step, socket, receive, outcome.status);
    if (!outcome.bytes && !outcome.flags)
        step.shortDetail = u"outputs left alone"_s;
    if (step.mood == StepMood::Failure)
        step.detail = statusNumber(outcome.status) + u" · "_s +
                      (receive.state == trace::ReceiveState::Failed ? u"nothing was started"_s : outputs(outcome));
    if (receive.eventSet.value_or(false) && outcome.status == Status::Success)
        step.detail += u" · event set"_s;
    return step;
}

CallStep completed(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive,
                   const trace::CallReturn &outcome)
{
    CallStep step{clockTime(outcome.time), u"completed"_s, u"complete"_s,
                  outputs(outcome),        StepMood::Good, outcome.ref};
    const bool eventSet = receive.eventSet.value_or(false);
    if (unusual(step, socket, receive, outcome.status) && eventSet)
        step.detail += u" · event set"_s;
    else if (eventSet)
        step.headline = u"event is set"_s;
    return step;
}

/// Waits at the playhead: what for.
CallStep waiting(const trace::ReceiveMoment &receive)
{
    const bool blocks = receive.state == trace::ReceiveState::Blocked;
    CallStep step{{},
                  u"waits"_s,
                  blocks ? u"the call blocks"_s : u"pending"_s,
                  u"nothing has arrived for it"_s,
                  StepMood::GoesOn,
                  receive.events.empty() ? receive.called : receive.events.back(),
                  u"nothing arrived"_s};
    if (receive.ahead > 0) {
        step.detail =
            receive.ahead == 1 ? u"one receive is ahead of it"_s : u"%1 receives are ahead of it"_s.arg(receive.ahead);
        step.shortDetail = u"%1 ahead of it"_s.arg(receive.ahead);
    }
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
        const QString bytes = byteCount(m_bytes);
        return {clockTime(m_time),
                waitedBefore ? u"data arrived"_s : u"data was there"_s,
                m_count > 1 ? u"%1 in %2 copies"_s.arg(bytes).arg(m_count) : bytes + u" copied"_s,
                from,
                StepMood::Plain,
                m_event};
    }

private:
    std::uint64_t m_bytes = 0;
    Nanoseconds m_time = 0;
    trace::EventRef m_event;
    unsigned m_count = 0;
};

/// WSPGetOverlappedResult's answer.
CallStep asked(const trace::Event &event, trace::EventRef ref)
{
    trace::CallReturn result{ref, event.time, trace::statusOf(event.b), std::nullopt, std::nullopt, event.rule};
    if (event.a != trace::leftAlone)
        result.bytes = event.a;
    if (trace::flagsOf(event.b) != trace::flagsLeftAlone)
        result.flags = trace::flagsOf(event.b);
    const bool good = result.status == Status::Success;
    return {clockTime(event.time),
            u"result asked"_s,
            good ? u"TRUE"_s : statusName(result.status),
            outputs(result),
            good ? StepMood::Good : StepMood::Failure,
            ref};
}

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

std::uint32_t sendNumber(const trace::SocketMoment &socket, std::size_t send)
{
    return send < socket.sends.size() ? socket.sends[send].number : static_cast<std::uint32_t>(send);
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
    if (receive.isWsk())
        return kernelSteps(story, socket, receive);
    std::vector<CallStep> steps{called(receive)};
    bool waited = false;
    bool ending = false; // what completes it has come: it waits no more
    Copies copies;
    std::size_t copiesAt = 0;
    for (const trace::EventRef ref : receive.events) {
        const trace::Event &event = story.snapshot().event(ref);
        const auto add = [&](const QString &verb, const QString &headline, const QString &detail, StepMood mood) {
            const bool injected = event.provenance == trace::Provenance::Injected;
            steps.push_back(
                {clockTime(event.time), verb, headline, detail + (injected ? u" · injected"_s : QString()), mood, ref});
        };
        switch (event.type) {
        case EventType::KernelEmpty:
        case EventType::Queued:
            waited = true;
            break;
        case EventType::Blocked:
            waited = true;
            if (receive.state != trace::ReceiveState::Blocked)
                add(u"blocks"_s, u"the call blocks"_s, u"its thread waits"_s, StepMood::Caution);
            break;
        case EventType::Returned:
            if (receive.returned)
                steps.push_back(returned(socket, receive, *receive.returned));
            break;
        case EventType::MessageLost:
            if (socket.keepsMessages)
                add(u"cut"_s, byteCount(event.a) + u" lost"_s, u"they found no room"_s, StepMood::Caution);
            else
                add(u"reset"_s, byteCount(event.a) + u" lost"_s, u"thrown away with it"_s, StepMood::Caution);
            break;
        case EventType::KernelReceived:
        case EventType::KernelCopied:
            if (!copies.any()) {
                copiesAt = steps.size();
                steps.emplace_back();
            }
            copies.add(event, ref);
            break;
        case EventType::KernelEnd:
            ending = true;
            add(u"end arrived"_s, u"nothing more comes"_s, u"all bytes were taken"_s, StepMood::Plain);
            break;
        case EventType::KernelError:
            ending = true;
            add(u"kernel says"_s, statusName(static_cast<Status>(event.a)), statusNumber(static_cast<Status>(event.a)),
                StepMood::Plain);
            break;
        case EventType::Completed:
            // A call that returns its own completion shows it once, as what it returned.
            if (receive.completed && !(receive.returned && receive.returned->status != Status::WsaIoPending))
                steps.push_back(completed(socket, receive, *receive.completed));
            break;
        case EventType::CancelAsked:
            add(u"cancel"_s, u"cancel was asked"_s, u"data that came first wins"_s, StepMood::Plain);
            break;
        case EventType::RoutineBegan:
            add(u"routine"_s, u"routine runs"_s, u"on the thread that called"_s, StepMood::Good);
            steps.back().shortDetail =
                event.provenance == trace::Provenance::Injected ? u"order injected"_s : u"on its thread"_s;
            break;
        case EventType::ResultReturned:
            steps.push_back(asked(event, ref));
            break;
        default:
            break;
        }
    }
    if (copies.any())
        steps[copiesAt] = copies.step(waited, fromSends(socket, copiedBuffers(story, socket, receive)));
    else if (!ending &&
             (receive.state == trace::ReceiveState::Pending || receive.state == trace::ReceiveState::Blocked))
        steps.push_back(waiting(receive));
    return steps;
}

} // namespace recvscope::gui::stage
