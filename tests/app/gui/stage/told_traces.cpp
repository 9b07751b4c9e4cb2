#include "told_traces.h"

#include "trace_builder.h"

#include <string>

namespace recvscope::test {

using namespace trace;

namespace {

constexpr Nanoseconds microsecond = 1000;
constexpr std::uint32_t receiveBuffer = 131072;

struct Teller : TraceBuilder {
    Teller()
    {
        opened(toldSocket, "s", receiveBuffer);
        for (const OperationId operation : {r1, r2, r3})
            name(operation);
    }
    void name(OperationId operation)
    {
        store().log()->operationNames.give(operation.value, "r" + std::to_string(operation.value));
    }
    Teller &micros(double time) { return at(static_cast<Nanoseconds>(time * microsecond)), *this; }

    void calledPending(OperationId operation, std::initializer_list<std::uint32_t> buffers,
                       SocketId socket = toldSocket, bool behind = false)
    {
        const Nanoseconds begin = now();
        called(operation, socket, buffers, CallOverlapped | CallHasEvent);
        if (!behind)
            add(EventType::KernelEmpty, socket, 0, 0, operation);
        add(EventType::EventReset, socket, 0, 0, operation);
        add(EventType::Queued, socket, behind ? 1 : 0, 0, operation,
            behind ? RuleId::EngineQueueBehindOthers : RuleId::WspCompletePending);
        at(begin + 5 * microsecond);
        returnedPending(operation, socket, RuleId::WspCompletePendingLeavesOutputs);
    }
    void calledBlocking(OperationId operation, std::initializer_list<std::uint32_t> buffers)
    {
        called(operation, toldSocket, buffers);
    }
    void completedLater(OperationId operation, std::uint32_t bytes, RuleId rule, Status status = Status::Success)
    {
        completed(operation, toldSocket, bytes, status, 0, rule);
        add(EventType::EventSet, toldSocket, 0, 0, operation, RuleId::WspIndicateEvent);
    }
};

} // namespace

Snapshot pendingLesson()
{
    Teller trace;
    trace.micros(1204).calledPending(r1, {4, 16});
    trace.micros(2001).calledPending(r2, {4, 16}, toldSocket, true);
    trace.micros(3100).on(1).sent(toldSocket, "hello ");
    trace.micros(3409).on(2).received(r1, toldSocket, "hello ", {{0, 4}, {1, 2}});
    trace.micros(3412).completedLater(r1, 6, RuleId::WspStreamFillsUntil);
    trace.micros(5000).on(1).sent(toldSocket, "world");
    trace.micros(5300).on(2).received(r2, toldSocket, "world", {{0, 4}, {1, 1}});
    trace.micros(5304).completedLater(r2, 5, RuleId::WspStreamFillsUntil);
    trace.micros(5700).on(0);
    trace.calledPending(r3, {4, 16});
    trace.micros(6700).on(1).add(EventType::PeerShutDown, toldSocket);
    trace.micros(6740).on(2).add(EventType::KernelEnd, toldSocket, 0, 0, r3);
    trace.completedLater(r3, 0, RuleId::WspCloseStreamZeroBytes);
    return trace.snapshot();
}

Snapshot kibibyte()
{
    Teller trace;
    std::string all;
    for (int i = 0; i < 11; ++i) {
        const std::string text(i < 10 ? 100 : 24, static_cast<char>('a' + i));
        trace.micros(100 + 20 * i).on(1).sent(toldSocket, text);
        all += text;
    }
    trace.micros(900).on(0).called(r1, toldSocket, {256, 768}, CallOverlapped | CallHasEvent);
    trace.received(r1, toldSocket, all.substr(0, 700), {{0, 256}, {1, 444}});
    trace.completed(r1, toldSocket, 700, Status::Success, 0, RuleId::WspStreamFillsUntil);
    trace.add(EventType::EventSet, toldSocket, 0, 0, r1);
    trace.returned(r1, toldSocket, 700, Status::Success, 0, RuleId::WspCompleteImmediate);
    return trace.snapshot();
}

Snapshot mebibytes()
{
    constexpr std::uint32_t mebi = 1024 * 1024;
    Teller trace;
    trace.micros(10).calledPending(r1, {mebi, 3 * mebi});
    trace.micros(500).on(1).add(EventType::PeerSend, toldSocket, 5 * mebi / 4, noPayload);
    trace.micros(700).on(1).add(EventType::PeerSend, toldSocket, 11 * mebi / 4, noPayload);
    trace.micros(900).on(2).add(EventType::KernelReceived, toldSocket, 3 * mebi / 2, noPayload, r1);
    trace.add(EventType::Placed, toldSocket, 0, mebi, r1);
    trace.add(EventType::Placed, toldSocket, 1, mebi / 2, r1);
    return trace.snapshot();
}

Snapshot resetWhilePending()
{
    Teller trace;
    trace.micros(100).on(1).sent(toldSocket, "last words");
    trace.micros(400).on(0).called(r1, toldSocket, {16}, CallOverlapped | CallHasEvent);
    trace.received(r1, toldSocket, "last words", {{0, 10}});
    trace.completed(r1, toldSocket, 10, Status::Success, 0, RuleId::WspStreamFillsUntil);
    trace.returned(r1, toldSocket, 10, Status::Success, 0, RuleId::WspCompleteImmediate);
    trace.micros(1000).calledPending(r2, {8, 8});
    trace.micros(2500).on(1).add(EventType::PeerReset, toldSocket);
    trace.micros(2540).on(2).add(EventType::KernelError, toldSocket, static_cast<std::uint32_t>(Status::WsaEconnreset),
                                 0, r2);
    trace.completedLater(r2, 0, RuleId::WspCloseReset, Status::WsaEconnreset);
    return trace.snapshot();
}

Snapshot blocked()
{
    Teller trace;
    trace.micros(300).calledBlocking(r1, {32});
    trace.add(EventType::KernelEmpty, toldSocket, 0, 0, r1);
    trace.add(EventType::Blocked, toldSocket, 0, 0, r1, RuleId::WspCallBlocksUntilData);
    return trace.snapshot();
}

Snapshot refused()
{
    Teller trace;
    trace.micros(200).add(EventType::SocketShutDown, toldSocket, 0);
    trace.micros(600).called(r1, toldSocket, {16, 16}, CallOverlapped | CallHasEvent);
    trace.add(EventType::Refused, toldSocket, static_cast<std::uint32_t>(Status::WsaEshutdown), 0, r1,
              RuleId::WspSocketReceiveShutDown);
    trace.returned(r1, toldSocket, leftAlone, Status::WsaEshutdown, flagsLeftAlone, RuleId::WspCompleteErrorReturn);
    return trace.snapshot();
}

Snapshot atOnce()
{
    Teller trace;
    trace.micros(100).on(1).sent(toldSocket, "one send, many receives\n");
    trace.micros(500).on(0);
    trace.calledBlocking(r1, {8});
    trace.received(r1, toldSocket, "one send", {{0, 8}});
    trace.completed(r1, toldSocket, 8, Status::Success, 0, RuleId::WspCallBufferedDataReturned);
    trace.returned(r1, toldSocket, 8, Status::Success, 0, RuleId::WspCompleteImmediate);
    trace.micros(700).calledBlocking(r2, {12});
    trace.received(r2, toldSocket, ", many recei", {{0, 12}});
    trace.completed(r2, toldSocket, 12, Status::Success, 0, RuleId::WspCallAsMuchAsFits);
    trace.returned(r2, toldSocket, 12, Status::Success, 0, RuleId::WspCompleteImmediate);
    return trace.snapshot();
}

Snapshot manyBuffers()
{
    Teller trace;
    constexpr std::uint32_t count = 24;
    const std::string text = "Six bytes each, and the seventh begins the next one; then it goes on to the half.";
    trace.micros(50).on(1).sent(toldSocket, text);
    trace.micros(100).on(0).add(EventType::Called, toldSocket, count,
                                std::uint32_t{CallOverlapped | CallHasEvent} << 16, r1);
    for (std::uint32_t i = 0; i < count; ++i)
        trace.add(EventType::BufferGiven, toldSocket, i, 6, r1);
    trace.received(r1, toldSocket, text, {});
    for (std::uint32_t left = static_cast<std::uint32_t>(text.size()), i = 0; left > 0; ++i) {
        const std::uint32_t part = std::min(left, 6U);
        trace.add(EventType::Placed, toldSocket, i, part, r1);
        left -= part;
    }
    trace.completed(r1, toldSocket, static_cast<std::uint32_t>(text.size()), Status::Success, 0,
                    RuleId::WspStreamFillsUntil);
    trace.returned(r1, toldSocket, static_cast<std::uint32_t>(text.size()), Status::Success, 0,
                   RuleId::WspCompleteImmediate);
    return trace.snapshot();
}

Snapshot manySockets()
{
    Teller trace;
    for (std::uint16_t i = 1; i <= 5; ++i) {
        if (i > 1)
            trace.opened({i}, "client" + std::to_string(i), receiveBuffer);
        trace.name({i});
        trace.micros(100.0 * i).calledPending({i}, {32}, {i});
    }
    trace.micros(900).on(1).sent({3}, "to the third");
    return trace.snapshot();
}

namespace {

constexpr std::uint32_t udp = 2;
constexpr std::uint16_t secondThread = 2;

struct MessageTeller : TraceBuilder {
    MessageTeller()
    {
        store().log()->socketNames.give(toldSocket.value, "s");
        store().log()->operationNames.give(r1.value, "r1");
        add(EventType::SocketOpened, toldSocket, udp, packOpened(true, receiveBuffer));
    }
};

} // namespace

Snapshot messages()
{
    MessageTeller trace;
    trace.sent(toldSocket, "ab");
    trace.sent(toldSocket, "");
    trace.add(EventType::PeerSendsPart, toldSocket);
    trace.sent(toldSocket, "cd");
    return trace.snapshot();
}

Snapshot cutDatagram()
{
    MessageTeller trace;
    trace.sent(toldSocket, "hello");
    trace.called(r1, toldSocket, {3});
    trace.received(r1, toldSocket, "hel", {{0, 3}});
    trace.add(EventType::MessageLost, toldSocket, 2, 0, r1);
    trace.completed(r1, toldSocket, 3, Status::WsaEmsgsize);
    trace.returned(r1, toldSocket, leftAlone, Status::WsaEmsgsize, flagsLeftAlone);
    return trace.snapshot();
}

Snapshot routines()
{
    Teller trace;
    for (const OperationId receive : {r1, r2}) {
        trace.called(receive, toldSocket, {4}, CallOverlapped | CallHasRoutine);
        trace.returnedPending(receive, toldSocket);
    }
    trace.on(secondThread).called(r3, toldSocket, {4}, CallOverlapped);
    trace.returnedPending(r3, toldSocket);
    trace.on(1).sent(toldSocket, "onetwo");
    for (const OperationId receive : {r1, r2}) {
        trace.received(receive, toldSocket, receive == r1 ? "one" : "two", {{0, 3}});
        trace.completed(receive, toldSocket, 3);
        trace.add(EventType::RoutineQueued, toldSocket, 0, 0, receive);
    }
    trace.on(0).add(EventType::WaitBegan, {}, static_cast<std::uint32_t>(WaitFor::Alertably));
    trace.add(EventType::ApcBegan, toldSocket, 0, 0, r1);
    trace.add(EventType::RoutineBegan, toldSocket, 3, 0, r1);
    return trace.snapshot();
}

Snapshot misuse()
{
    Teller trace;
    trace.calledPending(r1, {8});
    trace.add(EventType::Diagnostic, toldSocket, 0, 0, r1, RuleId::WspIndicateOverlappedStaysValid);
    return trace.snapshot();
}

Snapshot urgentByte()
{
    Teller trace;
    trace.on(1).sent(toldSocket, "ab");
    trace.sentUrgent(toldSocket, '!');
    return trace.snapshot();
}

Snapshot disconnected()
{
    MessageTeller trace;
    trace.called(r1, toldSocket, {4});
    trace.add(EventType::KernelEnd, toldSocket, 0, 0, r1);
    trace.completed(r1, toldSocket, 0, Status::WsaEdiscon, 0, RuleId::WspCloseMessageDiscon);
    trace.returned(r1, toldSocket, leftAlone, Status::WsaEdiscon, flagsLeftAlone);
    return trace.snapshot();
}

Moment momentAfter(const Story &story, EventType type, OperationId operation)
{
    for (std::uint32_t i = 0; i < story.size(); ++i)
        if (story.event(i).type == type && (!operation || story.event(i).operation == operation))
            return momentAt(story, {i + 1, 0});
    return momentAtEnd(story);
}

Moment momentAtEnd(const Story &story)
{
    return momentAt(story, {story.size(), 0});
}

} // namespace recvscope::test
