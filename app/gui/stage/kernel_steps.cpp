// One WskReceive as the driver saw it: called with a chain and an IRP, what the call returned, when the IRP came back.

#include "gui/stage/kernel_steps.h"

#include "gui/words.h"

#include <algorithm>

namespace recvscope::gui::stage {

using trace::EventType;
using namespace Qt::StringLiterals;

namespace {

StepMood moodOf(Status status)
{
    return status == Status::Success     ? StepMood::Good
           : status == Status::NtPending ? StepMood::Caution
                                         : StepMood::Failure;
}

CallStep called(const trace::ReceiveMoment &receive)
{
    QString detail = u"flags "_s + kernelFlags(receive.flagsIn);
    if (receive.level > 0)
        detail = u"at %1 · "_s.arg(levelName(receive.level)) + detail;
    CallStep step{
        clockTime(receive.calledAt), u"called"_s, chainWords(receive), detail, StepMood::Plain, receive.called};
    step.shortDetail = kernelFlags(receive.flagsIn);
    return step;
}

CallStep returned(const trace::ReceiveMoment &receive, const trace::CallReturn &outcome)
{
    QString detail = u"the IRP has completed"_s;
    if (outcome.status == Status::NtPending)
        detail = u"the IRP completes later"_s;
    else if (outcome.status != Status::Success)
        detail = statusNumber(outcome.status) + (receive.irp ? u" · the IRP has it, too"_s : u" · there was no IRP"_s);
    CallStep step{clockTime(outcome.time), u"returned"_s, kernelStatus(outcome.status), detail,
                  moodOf(outcome.status),  outcome.ref};
    if (outcome.status != Status::Success && outcome.status != Status::NtPending)
        step.shortDetail = statusNumber(outcome.status);
    return step;
}

CallStep irpCompleted(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive,
                      const trace::CallReturn &irp)
{
    CallStep step{clockTime(irp.time),      u"IRP back"_s,
                  kernelStatus(irp.status), u"Information %1"_s.arg(grouped(irp.bytes.value_or(0))),
                  moodOf(irp.status),       irp.ref};
    if (sawTheEnd(socket, receive)) {
        step.detail += u" = the end"_s;
        step.mood = StepMood::Caution;
    }
    return step;
}

CallStep waiting(const trace::ReceiveMoment &receive)
{
    CallStep step{{},
                  u"waits"_s,
                  u"the IRP is queued"_s,
                  receive.isDrain() ? u"it throws away what comes"_s : u"nothing has arrived for it"_s,
                  StepMood::GoesOn,
                  receive.events.empty() ? receive.called : receive.events.back(),
                  receive.isDrain() ? u"drains"_s : u"nothing arrived"_s};
    if (receive.ahead > 0)
        step.detail = step.shortDetail =
            receive.ahead == 1 ? u"one IRP is ahead of it"_s : u"%1 IRPs are ahead of it"_s.arg(receive.ahead);
    return step;
}

/// What went into its buffers, or into the drain, in however many goes.
struct Taken {
    std::uint64_t bytes = 0;
    Nanoseconds time = 0;
    trace::EventRef event;
    unsigned count = 0;

    void add(const trace::Event &one, trace::EventRef ref)
    {
        bytes += one.a;
        time = one.time;
        event = ref;
        ++count;
    }
};

} // namespace

QString chainWords(const trace::ReceiveMoment &receive)
{
    if (!receive.chain)
        return receive.state == trace::ReceiveState::Called ? u"WskReceive"_s : u"no WSK_BUF"_s;
    const std::vector<std::uint64_t> sizes(receive.chain->descriptors.begin(), receive.chain->descriptors.end());
    std::uint64_t whole = 0;
    for (const std::uint64_t size : sizes)
        whole += size;
    if (sizes.empty())
        return u"no MDL, length %1"_s.arg(grouped(receive.chain->length));
    QString text = (sizes.size() == 1 ? u"MDL "_s : u"MDLs "_s) + sizeList(sizes);
    if (receive.chain->offset > 0)
        text += u" from %1"_s.arg(grouped(receive.chain->offset));
    if (receive.chain->offset + receive.chain->length != whole)
        text += u", length %1"_s.arg(grouped(receive.chain->length));
    return text;
}

std::vector<CallStep> kernelSteps(const trace::Story &story, const trace::SocketMoment &socket,
                                  const trace::ReceiveMoment &receive)
{
    std::vector<CallStep> steps{called(receive)};
    bool waited = false;
    bool routineRan = false;
    Taken copied;
    Taken drained;
    std::size_t takenAt = 0;
    for (const trace::EventRef ref : receive.events) {
        const trace::Event &event = story.snapshot().event(ref);
        const auto add = [&](const QString &verb, const QString &headline, const QString &detail, StepMood mood) {
            const bool injected = event.provenance == trace::Provenance::Injected;
            steps.push_back(
                {clockTime(event.time), verb, headline, detail + (injected ? u" · injected"_s : QString()), mood, ref});
        };
        switch (event.type) {
        case EventType::Queued:
            waited = true;
            break;
        case EventType::Returned:
            if (receive.returned)
                steps.push_back(returned(receive, *receive.returned));
            break;
        case EventType::KernelReceived:
        case EventType::Discarded: {
            Taken &taken = event.type == EventType::Discarded ? drained : copied;
            if (taken.count == 0) {
                takenAt = steps.size();
                steps.emplace_back();
            }
            taken.add(event, ref);
            break;
        }
        case EventType::KernelEnd:
            add(u"end arrived"_s, u"nothing more comes"_s, u"all bytes were taken"_s, StepMood::Plain);
            break;
        case EventType::PagesUnlocked:
            add(u"memory"_s, event.a == 0 ? u"pages unlocked"_s : u"memory freed"_s, u"too early: the IRP is pending"_s,
                StepMood::Failure);
            break;
        case EventType::CancelAsked:
            add(u"IoCancelIrp"_s, u"cancel was asked"_s, u"data that came first wins"_s, StepMood::Plain);
            break;
        case EventType::IrpCompleted:
            if (receive.irp)
                steps.push_back(irpCompleted(socket, receive, *receive.irp));
            break;
        case EventType::RoutineBegan:
            routineRan = true;
            add(u"routine"_s, u"its routine runs"_s,
                receive.returned && receive.returned->status == Status::NtPending ? u"after the call had returned"_s
                                                                                  : u"before the call returns"_s,
                StepMood::Good);
            steps.back().shortDetail = waited ? u"after the return"_s : u"before the return"_s;
            break;
        default:
            break;
        }
    }
    const bool pending = receive.state == trace::ReceiveState::Pending && !receive.irp && !routineRan;
    if (copied.count > 0)
        steps[takenAt] = {clockTime(copied.time),
                          waited ? u"data arrived"_s : u"data was there"_s,
                          byteCount(copied.bytes) + u" copied"_s,
                          fromSends(socket, copiedBuffers(story, socket, receive)),
                          StepMood::Plain,
                          copied.event};
    else if (drained.count > 0)
        steps[takenAt] = {clockTime(drained.time),  u"drained"_s,    byteCount(drained.bytes) + u" thrown away"_s,
                          u"no buffer gets them"_s, StepMood::Plain, drained.event};
    if (pending && copied.count == 0 && receive.returned)
        steps.push_back(waiting(receive));
    return steps;
}

} // namespace recvscope::gui::stage
