// The steps' part of write().

#include "scenario/braces.h"
#include "scenario/write.h"
#include "scenario/write_arguments.h"

namespace recvscope::scenario {

std::string dataText(const Data &data)
{
    if (const auto *random = std::get_if<RandomBytes>(&data))
        return "{random: {size: " + std::to_string(random->size) + ", seed: " + std::to_string(random->seed) + "}}";
    if (const auto *file = std::get_if<FileBytes>(&data))
        return "{file: " + scalar(file->path) + "}";
    const auto *text = std::get_if<TextBytes>(&data);
    if (text != nullptr && isText(text->bytes))
        return '"' == scalar(text->bytes).front() ? scalar(text->bytes) : '"' + text->bytes + '"';
    return "{hex: \"" + hexPairs(bytesOf(data)) + "\"}";
}

std::string bufferText(const Buffer &buffer)
{
    if (!buffer.invalid && buffer.count == 1)
        return std::to_string(buffer.size);
    Braces braces;
    braces.add(buffer.invalid ? "invalid" : "size", std::to_string(buffer.size));
    if (buffer.count != 1)
        braces.add("count", std::to_string(buffer.count));
    return braces.text();
}

std::string flagsText(std::uint32_t flags, FlagSet set)
{
    std::vector<std::string> parts;
    for (const auto &[name, bit] : flagsIn(set))
        if ((flags & bit) != 0) {
            parts.emplace_back(name);
            flags &= ~bit;
        }
    if (flags != 0 || parts.empty())
        parts.push_back(std::to_string(flags));
    return parts.size() == 1 ? parts.front() : names(parts);
}

std::string callsText(const std::vector<Step> &calls)
{
    return brackets(calls, [](const Step &step) { return "{" + write(step) + "}"; });
}

namespace {

std::string directionText(net::Direction direction)
{
    return direction == net::Direction::Receive ? "receive" : direction == net::Direction::Send ? "send" : "both";
}

std::string queuedText(const Queued &queued)
{
    return Braces().name("socket", queued.socket).add("bytes", std::to_string(queued.bytes)).text();
}

// -- the arguments of each verb

std::string arguments(const Say &say)
{
    constexpr std::size_t width = 100;
    constexpr std::size_t indent = 6;
    return foldedScalar(say.text, width, indent);
}

std::string arguments(const Predict &predict)
{
    Braces braces;
    braces.name("of", predict.of);
    switch (predict.ask) {
    case Ask::Bytes:
        braces.add("ask", "bytes");
        break;
    case Ask::Returns:
        braces.add("ask", "returns");
        break;
    case Ask::Status:
        braces.add("ask", "status");
        break;
    case Ask::Buffer:
        braces.add("ask", "buffer").add("buffer", std::to_string(predict.buffer));
        break;
    case Ask::Question:
        break;
    }
    return braces.name("question", predict.question)
        .add("choices", names(predict.choices))
        .name("answer", predict.answer)
        .text();
}

std::string arguments(const PeerSend &send)
{
    Braces braces;
    braces.name("socket", send.socket).add("data", dataText(send.data));
    if (!send.fragments.empty())
        braces.add("fragments", brackets(send.fragments, [](std::uint32_t size) { return std::to_string(size); }));
    if (send.part)
        braces.add("part", "true");
    braces.name("from", send.from);
    if (send.ipFragments != 0)
        braces.add("ip-fragments", std::to_string(send.ipFragments));
    return braces.text();
}

std::string arguments(const PeerSendOob &send)
{
    return Braces().name("socket", send.socket).add("data", dataText(send.data)).text();
}
std::string arguments(const PeerShutdown &shutdown)
{
    return Braces().name("socket", shutdown.socket).text();
}
std::string arguments(const PeerReset &reset)
{
    return Braces().name("socket", reset.socket).text();
}
std::string arguments(const PeerClose &close)
{
    return Braces().name("socket", close.socket).text();
}

std::string arguments(const WspRecv &recv)
{
    Braces braces;
    braces.name("socket", recv.socket).name("op", recv.op).add("buffers", brackets(recv.buffers, bufferText));
    if (recv.flags != 0)
        braces.add("flags", flagsText(recv.flags, FlagSet::Winsock));
    braces.name("overlapped", recv.overlapped).name("event", recv.event).name("on", recv.on);
    braces.name("routine", recv.routine);
    if (!recv.onComplete.empty())
        braces.add("on-complete", callsText(recv.onComplete));
    if (!recv.blockingHook.empty())
        braces.add("blocking-hook", callsText(recv.blockingHook));
    return braces.text();
}

std::string arguments(const WspResult &result)
{
    Braces braces;
    braces.name("op", result.op).name("of", result.of).name("overlapped", result.overlapped);
    if (result.wait)
        braces.add("wait", "true");
    return braces.name("on", result.on).text();
}

std::string arguments(const WspShutdown &shutdown)
{
    return Braces()
        .name("socket", shutdown.socket)
        .add("how", directionText(shutdown.how))
        .name("op", shutdown.op)
        .name("on", shutdown.on)
        .text();
}

std::string arguments(const WspClose &close)
{
    Braces braces;
    braces.name("socket", close.socket);
    if (close.abortive)
        braces.add("abortive", "true");
    return braces.name("op", close.op).name("on", close.on).text();
}

std::string arguments(const WspCancelBlocking &cancel)
{
    return Braces().name("thread", cancel.thread).text();
}

std::string arguments(const PeerLink &link)
{
    return Braces().name("socket", link.socket).add("state", "cut").text();
}

std::string arguments(const WspSend &send)
{
    Braces braces;
    braces.name("socket", send.socket).name("op", send.op).add("data", dataText(send.data)).name("on", send.on);
    braces.name("overlapped", send.overlapped).name("event", send.event).name("routine", send.routine);
    if (!send.onComplete.empty())
        braces.add("on-complete", callsText(send.onComplete));
    return braces.text();
}

std::string cause(const Queued &queued)
{
    return Braces().add("queued", queuedText(queued)).text();
}
std::string cause(const Completed &completed)
{
    return Braces().name("completed", completed.op).text();
}
std::string cause(const BlockedIn &blocked)
{
    return Braces().name("blocked", blocked.op.empty() ? blocked.thread : blocked.op).text();
}
std::string cause(const EventIsSet &event)
{
    return Braces().name("event", event.event).text();
}
std::string cause(const Arrived &arrived)
{
    const Braces inner =
        Braces().name("socket", arrived.socket).add("what", arrived.what == Arrival::End ? "end" : "reset");
    return Braces().add("arrived", inner.text()).text();
}

std::string cause(const RoutineRan &routine)
{
    return Braces().name("routine", routine.op).text();
}
std::string cause(const Indicated &indicated)
{
    return Braces().add("indicated", indicatedText(indicated)).text();
}
std::string cause(const Discarded &discarded)
{
    return Braces().add("discarded", discardedText(discarded)).text();
}

std::string arguments(const Wait &wait)
{
    return std::visit([](const auto &each) { return cause(each); }, wait.cause);
}

template <class Number>
std::string untouchedOr(const ExpectedNumber &expected, Number number)
{
    const auto *value = std::get_if<std::uint32_t>(&expected);
    return value == nullptr ? "untouched" : number(*value);
}

std::string arguments(const Expect &expect)
{
    Braces braces;
    braces.name("op", expect.op);
    if (expect.returns)
        braces.add("returns", std::string(nameOf(*expect.returns)));
    if (expect.status)
        braces.add("status", std::string(nameOf(*expect.status)));
    if (expect.bytes)
        braces.add("bytes", untouchedOr(*expect.bytes, [](std::uint32_t bytes) { return std::to_string(bytes); }));
    if (expect.flags)
        braces.add("flags",
                   untouchedOr(*expect.flags, [](std::uint32_t flags) { return flagsText(flags, FlagSet::Winsock); }));
    if (expect.buffers)
        braces.add("buffers", brackets(*expect.buffers, dataText));
    if (expect.event)
        braces.add("event", *expect.event ? "set" : "not set");
    if (!expect.rules.empty())
        braces.add("trace", rules(expect.rules));
    if (!expect.diagnostics.empty())
        braces.add("diagnostic", rules(expect.diagnostics));
    if (expect.queued)
        braces.add("queued", queuedText(*expect.queued));
    if (!expect.order.empty())
        braces.add("order", names(expect.order));
    if (expect.routine)
        braces.add("routine", *expect.routine == RoutineState::None     ? "none"
                              : *expect.routine == RoutineState::Queued ? "queued"
                                                                        : "ran");
    if (!expect.routines.empty())
        braces.add("routines", names(expect.routines));
    if (expect.information)
        braces.add("information", std::to_string(*expect.information));
    braces.name("before", expect.before);
    if (expect.indicated)
        braces.add("indicated", indicatedText(*expect.indicated));
    if (expect.calls)
        braces.add("calls", callsText(*expect.calls));
    if (expect.discarded)
        braces.add("discarded", discardedText(*expect.discarded));
    return braces.name("overdue", expect.overdue).text();
}

std::string arguments(const SocketBind &bind)
{
    return Braces().name("socket", bind.socket).text();
}
std::string arguments(const SocketListen &listen)
{
    return Braces().name("socket", listen.socket).text();
}
std::string arguments(const SocketConnect &connect)
{
    return Braces().name("socket", connect.socket).name("to", connect.to).text();
}
std::string arguments(const SocketAccept &accept)
{
    return Braces().name("socket", accept.socket).name("as", accept.as).text();
}
std::string arguments(const SocketSendTo &send)
{
    return Braces().name("socket", send.socket).name("to", send.to).add("data", dataText(send.data)).text();
}
std::string arguments(const SocketJoin &join)
{
    return Braces().name("socket", join.socket).add("group", scalar(join.group)).text();
}

std::string arguments(const Assume &assume)
{
    Braces braces;
    braces.name("op", assume.op);
    if (assume.returns)
        braces.add("returns", std::string(nameOf(*assume.returns)));
    if (assume.bytes)
        braces.add("bytes", std::to_string(*assume.bytes));
    return braces.add("rule", std::string(ruleOf(assume.rule).name)).text();
}

std::string arguments(const Barrier &barrier)
{
    return barrier.threads.empty() ? "all" : names(barrier.threads);
}

std::string arguments(const WspAlertableWait &wait)
{
    Braces braces;
    if (wait.routines != 1)
        braces.add("routines", std::to_string(wait.routines));
    return braces.name("op", wait.op).name("on", wait.on).text();
}

std::string arguments(const WspWaitEvent &wait)
{
    return Braces().name("event", wait.event).name("op", wait.op).name("on", wait.on).text();
}

std::string arguments(const WspQueueApc &queue)
{
    Braces braces;
    braces.name("thread", queue.thread);
    if (queue.context != 0)
        braces.add("context", std::to_string(queue.context));
    if (queue.anotherProcess)
        braces.add("process", "another");
    return braces.name("op", queue.op).name("on", queue.on).text();
}

std::string arguments(const OverlappedFree &free)
{
    return Braces().name("overlapped", free.overlapped).text();
}

std::string arguments(const Scribble &scribble)
{
    return Braces()
        .name("of", scribble.of)
        .add("what", scribble.what == Scribble::What::Buffers ? "buffers" : "thread-id")
        .text();
}

std::string arguments(const ThreadExit &exit)
{
    return Braces().name("exit", exit.thread).text();
}

std::string arguments(const Fault &fault)
{
    if (fault.what == Fault::What::IrpStatus)
        return Braces().add("irp-status", std::string(nameOf(fault.status))).text();
    return fault.what == Fault::What::Network ? Braces().add("network", fault.on ? "down" : "up").text()
                                              : Braces().add("callback", fault.on ? "begins" : "ends").text();
}

} // namespace

std::string write(const Step &step)
{
    return std::string(verbOf(step.action)) + ": " +
           std::visit([](const auto &action) { return arguments(action); }, step.action);
}

} // namespace recvscope::scenario
