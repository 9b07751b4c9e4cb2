#include "scenario/values.h"
#include "scenario/verbs.h"

#include <utility>

namespace recvscope::scenario {

namespace {

constexpr std::pair<std::string_view, Arrival> arrivals[] = {{"end", Arrival::End}, {"reset", Arrival::Reset}};
constexpr std::pair<std::string_view, RoutineState> routineStates[] = {
    {"none", RoutineState::None}, {"queued", RoutineState::Queued}, {"ran", RoutineState::Ran}};
constexpr std::pair<std::string_view, bool> eventStates[] = {{"set", true}, {"not set", false}};

Queued readQueued(Reading &reading, const Node &node)
{
    const Fields fields(reading, node, grammar::queued());
    return {fields.name("socket"), fields.number("bytes", 0xFFFF'FFFFU)};
}

Indicated readIndicated(Reading &reading, const Node &node)
{
    const Fields fields(reading, node, grammar::indicated());
    return {fields.name("socket"), fields.number("count", 0xFFFF'FFFFU)};
}

Discarded readDiscarded(Reading &reading, const Node &node)
{
    const Fields fields(reading, node, grammar::discarded());
    return {fields.name("socket"), fields.number("bytes", 0xFFFF'FFFFU)};
}

Calls readCalls(Reading &reading, const Node &node)
{
    const Fields fields(reading, node, grammar::calls());
    return {fields.name("of"), fields.number("count", 0xFFFF'FFFFU)};
}

ExpectedNumber readUntouchedOr(const Node &node, std::uint32_t number)
{
    return node.isScalar() && node.text == "untouched" ? ExpectedNumber(Untouched{}) : ExpectedNumber(number);
}

bool isUntouched(const Node &node)
{
    return node.isScalar() && node.text == "untouched";
}

std::vector<Data> readContents(Reading &reading, const Node &node)
{
    std::vector<Data> contents;
    if (node.kind != Node::Kind::List) {
        reading.refuse(node, "a list of what each buffer holds, such as [\"hello wo\", \"rld\"]");
        return contents;
    }
    for (const Node &item : node.values)
        contents.push_back(readData(reading, item));
    return contents;
}

} // namespace

Action readWait(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("wait"));
    if (arguments.kind == Node::Kind::Mapping && arguments.keys.size() != 1)
        reading.refuse(arguments.place, "a wait has exactly one cause; write one wait for each.");
    if (const Node *queued = fields.find("queued"))
        return Wait{readQueued(reading, *queued)};
    if (fields.has("completed"))
        return Wait{Completed{fields.name("completed")}};
    if (fields.has("blocked"))
        return Wait{BlockedIn{fields.name("blocked"), {}}}; // readSteps tells operation and thread apart
    if (fields.has("event"))
        return Wait{EventIsSet{fields.name("event")}};
    if (fields.has("routine"))
        return Wait{RoutineRan{fields.name("routine")}};
    if (const Node *arrived = fields.find("arrived")) {
        const Fields inner(reading, *arrived, grammar::arrived());
        return Wait{Arrived{inner.name("socket"), inner.choice<Arrival>("what", arrivals, Arrival::End)}};
    }
    if (const Node *indicated = fields.find("indicated"))
        return Wait{readIndicated(reading, *indicated)};
    if (const Node *discarded = fields.find("discarded"))
        return Wait{readDiscarded(reading, *discarded)};
    return Wait{};
}

Action readExpect(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("expect"));
    Expect expect;
    expect.op = fields.name("op");
    if (const Node *returns = fields.find("returns"))
        expect.returns = readStatus(reading, *returns);
    if (const Node *status = fields.find("status"))
        expect.status = readStatus(reading, *status);
    if (const Node *bytes = fields.find("bytes"))
        expect.bytes = readUntouchedOr(*bytes, isUntouched(*bytes) ? 0 : readNumber(reading, *bytes, 0xFFFF'FFFFU));
    if (const Node *flags = fields.find("flags"))
        expect.flags = readUntouchedOr(*flags, isUntouched(*flags) ? 0 : readFlags(reading, *flags, FlagSet::Winsock));
    if (const Node *buffers = fields.find("buffers"))
        expect.buffers = readContents(reading, *buffers);
    if (fields.has("event"))
        expect.event = fields.choice<bool>("event", eventStates, false);
    if (const Node *trace = fields.find("trace"))
        expect.rules = readRules(reading, *trace);
    if (const Node *diagnostic = fields.find("diagnostic"))
        expect.diagnostics = readRules(reading, *diagnostic);
    if (const Node *queued = fields.find("queued"))
        expect.queued = readQueued(reading, *queued);
    if (const Node *order = fields.find("order"))
        expect.order = readNames(reading, *order);
    if (fields.has("routine"))
        expect.routine = fields.choice<RoutineState>("routine", routineStates, RoutineState::None);
    if (const Node *routines = fields.find("routines"))
        expect.routines = readNames(reading, *routines);
    if (fields.has("information"))
        expect.information = fields.number("information", 0xFFFF'FFFFU);
    expect.before = fields.name("before");
    if (const Node *indicated = fields.find("indicated"))
        expect.indicated = readIndicated(reading, *indicated);
    if (const Node *calls = fields.find("calls"))
        expect.calls = readCalls(reading, *calls);
    if (const Node *discarded = fields.find("discarded"))
        expect.discarded = readDiscarded(reading, *discarded);
    expect.overdue = fields.name("overdue");

    for (const char *list : {"trace", "diagnostic", "order", "routines"})
        if (const Node *node = fields.find(list); node != nullptr && itemsOf(*node).empty())
            reading.refuse(*node, "at least one");
    const bool ofOperation = expect.returns || expect.status || expect.bytes || expect.flags || expect.buffers ||
                             expect.event || expect.routine || expect.information || fields.has("before");
    if (ofOperation && !fields.has("op"))
        reading.refuse(arguments.place, "expect needs 'op': the operation whose outcome is meant.");
    if (arguments.kind == Node::Kind::Mapping && arguments.keys.size() == (fields.has("op") ? 1U : 0U))
        reading.refuse(arguments.place,
                       "expect says nothing that could be checked: add returns, status, bytes, flags, "
                       "buffers, event, routine, information, before, trace, diagnostic, queued, order, "
                       "routines, indicated, calls, discarded or overdue.");
    return expect;
}

Action readBarrier(Reading &reading, const Node &arguments)
{
    if (arguments.kind != Node::Kind::Mapping) {
        const bool all = arguments.isScalar() && (arguments.text.empty() || arguments.text == "all");
        return Barrier{all ? std::vector<std::string>() : readNames(reading, arguments)};
    }
    const Fields fields(reading, arguments, *grammar::verb("barrier"));
    const Node *threads = fields.find("threads");
    return Barrier{threads == nullptr ? std::vector<std::string>() : readNames(reading, *threads)};
}

Action readAssume(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("assume"));
    Assume assume;
    assume.op = fields.name("op");
    if (const Node *returns = fields.find("returns"))
        assume.returns = readStatus(reading, *returns);
    if (const Node *bytes = fields.find("bytes"))
        assume.bytes = readNumber(reading, *bytes, 0xFFFF'FFFFU);
    if (const Node *rule = fields.find("rule"))
        if (const auto rules = readRules(reading, *rule); rules.size() == 1)
            assume.rule = rules.front();
    if (!assume.returns && !assume.bytes)
        reading.refuse(arguments.place, "assume needs what is taken for granted: returns, bytes or both.");
    return assume;
}

} // namespace recvscope::scenario
