// The calls of WskReceive's interface, and what is done to their IRPs and descriptors.

#include "scenario/flags.h"
#include "scenario/values.h"
#include "scenario/verbs.h"
#include "scenario/words.h"

#include <algorithm>
#include <utility>

namespace recvscope::scenario {

namespace {

constexpr std::pair<std::string_view, bool> switched[] = {{"enable", true}, {"disable", false}};

constexpr std::uint32_t anyNumber = 0xFFFF'FFFFU;
constexpr std::uint64_t mostSent = 4096; // what every kernel takes at once
constexpr std::uint32_t largestDescriptor = 1U << 20;

std::uint8_t readIrql(Reading &reading, const Node &node)
{
    constexpr std::uint32_t highest = 31;
    std::vector<std::string_view> names;
    for (const auto &[name, level] : irqlNames) {
        if (node.isScalar() && node.text == name)
            return level;
        names.push_back(name);
    }
    const auto number = node.isScalar() ? numberIn(node.text) : std::nullopt;
    if (number && *number <= highest)
        return static_cast<std::uint8_t>(*number);
    reading.refuse(node, "a level from 0 to " + std::to_string(highest) + ", or " + oneOf(names),
                   node.isScalar() ? nearestWord(node.text, names) : std::string());
    return 0;
}

Data readSent(Reading &reading, const Node &node, std::string_view verb)
{
    Data data = readData(reading, node);
    if (!reading.failed() && sizeOf(data) > mostSent)
        reading.refuse(node.place, "a " + std::string(verb) + " takes " + std::to_string(mostSent) + " bytes at most.");
    return data;
}

IndicationAnswer readAnswer(Reading &reading, const Node &node)
{
    using Kind = IndicationAnswer::Kind;
    constexpr std::string_view refusal = "not-accepted";
    constexpr std::string_view everything = "all";
    IndicationAnswer answer;
    if (node.kind != Node::Kind::Mapping) {
        answer.kind = Kind::NotAccepted;
        if (!node.isScalar() || node.text != refusal)
            reading.refuse(node, "an answer: {accept: all}, {accept: 3}, not-accepted or {retain: n1}",
                           node.isScalar() ? nearestWord(node.text, std::span(&refusal, 1)) : std::string());
        return answer;
    }
    const Fields fields(reading, node, grammar::answer());
    if (fields.has("accept") == fields.has("retain"))
        reading.refuse(node.place, "an answer accepts ('accept: all', 'accept: 3') or keeps the data ('retain: n1'); "
                                   "exactly one of the two.");
    if (const Node *accept = fields.find("accept");
        accept != nullptr && !(accept->isScalar() && accept->text == everything)) {
        answer.kind = Kind::AcceptPart;
        const auto bytes = accept->isScalar() ? numberIn(accept->text) : std::nullopt;
        if (!bytes || *bytes > anyNumber)
            reading.refuse(*accept, "'all', or how many bytes are accepted");
        else if (*bytes == 0)
            reading.refuse(accept->place, "an answer that accepts nothing is 'not-accepted'.");
        else
            answer.bytes = static_cast<std::uint32_t>(*bytes);
    }
    if (fields.has("retain")) {
        answer.kind = Kind::Retain;
        answer.name = fields.name("retain");
    }
    if (const Node *calls = fields.find("do"))
        answer.calls = readCallsWithin(reading, *calls, "wsk.");
    return answer;
}

template <class Connect>
Connect readConnect(Reading &reading, const Node &arguments, std::string_view verb)
{
    const Fields fields(reading, arguments, *grammar::verb(verb));
    return Connect{fields.name("socket"), fields.name("irp"), fields.name("op"), fields.name("on")};
}

} // namespace

Action readWskReceive(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("wsk.receive"));
    WskReceive receive;
    receive.socket = fields.name("socket");
    receive.op = fields.name("op");
    receive.irp = fields.name("irp");
    if (const Node *chain = fields.find("mdl")) {
        receive.mdl = readBuffers(reading, *chain);
        for (const Buffer &each : receive.mdl)
            if (each.invalid)
                reading.refuse(chain->place, "a descriptor describes memory that is locked: it cannot be invalid. "
                                             "Unlock it too early instead (mdl.unlock).");
    }
    receive.offset = fields.number("offset", anyNumber);
    if (fields.has("length"))
        receive.length = fields.number("length", anyNumber);
    if (const Node *flags = fields.find("flags"))
        receive.flags = readFlags(reading, *flags, FlagSet::Wsk);
    if (const Node *irql = fields.find("irql"))
        receive.irql = readIrql(reading, *irql);
    receive.on = fields.name("on");
    if (const Node *calls = fields.find("on-complete")) {
        receive.onComplete = readCallsWithin(reading, *calls, "wsk.");
        if (!fields.has("irp"))
            reading.refuse(calls->place, "what runs on completion is the IRP's completion routine: add 'irp: i1', or "
                                         "leave on-complete out.");
    }
    return receive;
}

Action readWskSend(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("wsk.send"));
    WskSend send;
    send.socket = fields.name("socket");
    if (const Node *data = fields.find("data"))
        send.data = readSent(reading, *data, "wsk.send");
    send.irp = fields.name("irp");
    send.op = fields.name("op");
    send.on = fields.name("on");
    return send;
}

Action readWskConnect(Reading &reading, const Node &arguments)
{
    return readConnect<WskConnect>(reading, arguments, "wsk.connect");
}

Action readWskSocketConnect(Reading &reading, const Node &arguments)
{
    return readConnect<WskSocketConnect>(reading, arguments, "wsk.socket-connect");
}

Action readWskAccept(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("wsk.accept"));
    return WskAccept{fields.name("socket"), fields.name("as"), fields.name("irp"), fields.name("op"),
                     fields.name("on")};
}

Action readWskCancel(Reading &reading, const Node &arguments)
{
    return WskCancel{Fields(reading, arguments, *grammar::verb("wsk.cancel")).name("irp")};
}

Action readWskEvent(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("wsk.event"));
    WskEvent event;
    event.socket = fields.name("socket");
    if (fields.has("receive"))
        event.receive = fields.choice<bool>("receive", switched, true);
    if (fields.has("disconnect"))
        event.disconnect = fields.choice<bool>("disconnect", switched, true);
    event.irp = fields.name("irp");
    if (!event.receive && !event.disconnect)
        reading.refuse(arguments.place,
                       "wsk.event switches a callback: add 'receive: enable', 'disconnect: enable', or "
                       "the same with disable.");
    for (const char *word : {"on-indicate", "descriptor"})
        if (fields.has(word) && event.receive != true)
            reading.refuse(fields.find(word)->place, std::string(word) + " is of the receive event callback: add "
                                                                         "'receive: enable'.");
    if (const Node *answers = fields.find("on-indicate")) {
        for (const Node &each : itemsOf(*answers))
            if (!reading.failed())
                event.onIndicate.push_back(readAnswer(reading, each));
        if (itemsOf(*answers).empty())
            reading.refuse(*answers, "at least one answer");
    }
    event.descriptor = fields.number("descriptor", largestDescriptor);
    if (fields.has("descriptor") && event.descriptor == 0)
        reading.refuse(*fields.find("descriptor"), "a descriptor of at least 1 byte");
    event.op = fields.name("op");
    event.on = fields.name("on");
    return event;
}

Action readWskRelease(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("wsk.release"));
    return WskRelease{fields.name("socket"), fields.name("indication"), fields.number("node", mostBuffers),
                      fields.name("op"), fields.name("on")};
}

Action readWskDisconnect(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("wsk.disconnect"));
    WskDisconnect disconnect;
    disconnect.socket = fields.name("socket");
    disconnect.abortive = fields.boolean("abortive", false);
    disconnect.irp = fields.name("irp");
    if (const Node *data = fields.find("data")) {
        disconnect.data = readSent(reading, *data, "wsk.disconnect");
        if (disconnect.abortive)
            reading.refuse(data->place, "an abortive disconnect sends nothing; leave 'data' out, or 'abortive'.");
    }
    disconnect.op = fields.name("op");
    disconnect.on = fields.name("on");
    return disconnect;
}

Action readWskClose(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("wsk.close"));
    return WskClose{fields.name("socket"), fields.name("irp"), fields.name("op"), fields.name("on")};
}

Action readMdlUnlock(Reading &reading, const Node &arguments)
{
    return MdlUnlock{Fields(reading, arguments, *grammar::verb("mdl.unlock")).name("of")};
}

Action readMdlFree(Reading &reading, const Node &arguments)
{
    return MdlFree{Fields(reading, arguments, *grammar::verb("mdl.free")).name("of")};
}

Action readIrpTouch(Reading &reading, const Node &arguments)
{
    return IrpTouch{Fields(reading, arguments, *grammar::verb("irp.touch")).name("irp")};
}

Action readIrpReuse(Reading &reading, const Node &arguments)
{
    return IrpReuse{Fields(reading, arguments, *grammar::verb("irp.reuse")).name("irp")};
}

} // namespace recvscope::scenario
