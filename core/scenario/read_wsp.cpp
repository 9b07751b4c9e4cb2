#include "scenario/values.h"
#include "scenario/verbs.h"

#include <utility>

namespace recvscope::scenario {

namespace {

constexpr std::pair<std::string_view, net::Direction> directions[] = {
    {"receive", net::Direction::Receive}, {"send", net::Direction::Send}, {"both", net::Direction::Both}};

} // namespace

Action readWspRecv(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("wsp.recv"));
    WspRecv recv;
    recv.socket = fields.name("socket");
    recv.op = fields.name("op");
    if (const Node *buffers = fields.find("buffers"))
        recv.buffers = readBuffers(reading, *buffers);
    if (const Node *flags = fields.find("flags"))
        recv.flags = readFlags(reading, *flags, FlagSet::Winsock);
    recv.overlapped = fields.name("overlapped");
    recv.event = fields.name("event");
    recv.on = fields.name("on");
    recv.routine = fields.name("routine");
    if (const Node *calls = fields.find("on-complete"))
        recv.onComplete = readCallsWithin(reading, *calls, "wsp.");
    if (const Node *calls = fields.find("blocking-hook"))
        recv.blockingHook = readCallsWithin(reading, *calls, "wsp.");
    // A thread is in its blocking call while the hook runs: there it may try to receive, and cancel that call.
    for (const Step &call : recv.blockingHook)
        if (!std::holds_alternative<WspRecv>(call.action) && !std::holds_alternative<WspCancelBlocking>(call.action))
            reading.refuse(call.place,
                           "a blocking hook may receive (wsp.recv) or cancel (wsp.cancel-blocking); anything "
                           "else would block in it.");
    if (fields.has("on-complete") && !fields.has("routine"))
        reading.refuse(fields.find("on-complete")->place,
                       "what runs on completion runs inside a routine: add 'routine: done', or leave on-complete out.");
    if (fields.has("blocking-hook") && fields.has("overlapped"))
        reading.refuse(fields.find("blocking-hook")->place, "an overlapped call never blocks, so its hook never runs.");
    if (fields.has("event") && !fields.has("overlapped"))
        reading.refuse(fields.find("event")->place,
                       "an event is held by an overlapped structure: add 'overlapped: o1', or "
                       "leave the event out.");
    return recv;
}

Action readWspResult(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("wsp.result"));
    WspResult result;
    result.op = fields.name("op");
    result.of = fields.name("of");
    result.overlapped = fields.name("overlapped");
    result.wait = fields.boolean("wait", false);
    result.on = fields.name("on");
    if (fields.has("of") == fields.has("overlapped"))
        reading.refuse(arguments.place,
                       "wsp.result asks for a receive ('of') or for a structure ('overlapped'); exactly one "
                       "of the two.");
    return result;
}

Action readWspShutdown(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("wsp.shutdown"));
    return WspShutdown{fields.name("socket"), fields.choice<net::Direction>("how", directions, net::Direction::Receive),
                       fields.name("op"), fields.name("on")};
}

Action readWspClose(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("wsp.close"));
    return WspClose{fields.name("socket"), fields.boolean("abortive", false), fields.name("op"), fields.name("on")};
}

Action readWspCancelBlocking(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("wsp.cancel-blocking"));
    return WspCancelBlocking{fields.name("thread")};
}

Action readWspSend(Reading &reading, const Node &arguments)
{
    constexpr std::uint64_t most = 4096; // what every kernel takes at once: the call never blocks
    const Fields fields(reading, arguments, *grammar::verb("wsp.send"));
    WspSend send;
    send.socket = fields.name("socket");
    send.op = fields.name("op");
    send.on = fields.name("on");
    send.overlapped = fields.name("overlapped");
    send.event = fields.name("event");
    send.routine = fields.name("routine");
    if (const Node *calls = fields.find("on-complete"))
        send.onComplete = readCallsWithin(reading, *calls, "wsp.");
    for (const char *word : {"event", "routine"})
        if (fields.has(word) && !fields.has("overlapped"))
            reading.refuse(fields.find(word)->place, "a send is told of by " + std::string(word) +
                                                         " only with an overlapped structure: add 'overlapped: o1'.");
    if (const Node *data = fields.find("data")) {
        send.data = readData(reading, *data);
        if (!reading.failed() && sizeOf(send.data) > most)
            reading.refuse(data->place, "a wsp.send takes " + std::to_string(most) + " bytes at most.");
    }
    return send;
}

} // namespace recvscope::scenario
