#include "scenario/verbs.h"
#include "scenario/words.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>
#include <utility>

namespace recvscope::scenario {

namespace {

using VerbReader = Action (*)(Reading &, const Node &);

// In the order of Action's alternatives, as grammar::verbs() is.
constexpr std::array<VerbReader, std::variant_size_v<Action>> readers = {
    readSay,          readPredict,      readPeerSend,         readPeerShutdown,
    readPeerReset,    readPeerClose,    readPeerSendOob,      readWspRecv,
    readWspResult,    readWspShutdown,  readWspClose,         readWspCancelBlocking,
    readWait,         readExpect,       readBarrier,          readWspAlertableWait,
    readWspWaitEvent, readWspQueueApc,  readOverlappedFree,   readScribble,
    readThread,       readFault,        readPeerLink,         readWspSend,
    readSocketBind,   readSocketListen, readSocketConnect,    readSocketAccept,
    readSocketSendTo, readSocketJoin,   readAssume,           readWskReceive,
    readWskSend,      readWskConnect,   readWskSocketConnect, readWskAccept,
    readWskCancel,    readWskEvent,     readWskRelease,       readWskDisconnect,
    readWskClose,     readMdlUnlock,    readMdlFree,          readIrpTouch,
    readIrpReuse,     readNativeRecv,   readProvoke};

void checkLaterSteps(Reading &reading, const Node &list);

/// The steps that stand under an argument (on-complete, blocking-hook, steps): the same language, one level deeper.
void checkStepsWithin(Reading &reading, const Node &arguments, const grammar::Section &verb)
{
    for (const grammar::Word &word : verb.words)
        if (const Node *steps = word.mark == grammar::Mark::LaterSteps ? arguments.find(word.name) : nullptr)
            checkLaterSteps(reading, *steps);
}

/// A step is a mapping of one verb to its arguments. @return the verb, or null when it was refused.
const grammar::Section *verbIn(Reading &reading, const Node &node)
{
    if (node.kind != Node::Kind::Mapping || node.keys.size() != 1) {
        reading.refuse(node, "a step: one verb and its arguments, such as 'wsp.recv: {...}'");
        return nullptr;
    }
    const grammar::Section *verb = grammar::verb(node.keys.front().text);
    if (verb == nullptr)
        reading.refuse(node.keys.front(), "a verb", nearestWord(node.keys.front().text, grammar::verbNames()));
    return verb;
}

/// The words of a step that this version does not run.
void checkLater(Reading &reading, const Node &node, const grammar::Section &verb)
{
    reading.refuseLater(node.keys.front().place, "'" + std::string(verb.name) + "'");
    const Fields fields(reading, node.values.front(), verb);
    if (node.values.front().kind == Node::Kind::Mapping)
        checkStepsWithin(reading, node.values.front(), verb);
}

void checkLaterSteps(Reading &reading, const Node &list)
{
    if (list.kind != Node::Kind::List) {
        reading.refuse(list, "a list of steps");
        return;
    }
    for (const Node &node : list.values) {
        const grammar::Section *verb = reading.failed() ? nullptr : verbIn(reading, node);
        if (verb == nullptr)
            return;
        if (grammar::isLater(verb->mark))
            checkLater(reading, node, *verb);
        else
            (void)readers[static_cast<std::size_t>(verb - grammar::verbs().data())](reading, node.values.front());
    }
}

/// The names that the step gives to its calls, those inside it included.
void collectNames(const Action &action, std::unordered_set<std::string> &names)
{
    if (const std::string *name = callNameIn(action))
        names.insert(*name);
    for (const std::vector<Step> *within : callsWithin(action))
        for (const Step &step : *within)
            collectNames(step.action, names);
}

/// Connecting brings a peer with it, which a step of its own has to make.
bool bringsAPeer(std::string_view verb)
{
    return verb == "wsk.connect" || verb == "wsk.socket-connect" || verb == "wsk.accept";
}

} // namespace

std::vector<Step> readCallsWithin(Reading &reading, const Node &list, std::string_view family)
{
    std::vector<Step> calls;
    if (list.kind != Node::Kind::List || list.values.empty()) {
        reading.refuse(list, "a list of calls, each '- verb: arguments'");
        return calls;
    }
    for (const Node &node : list.values) {
        const grammar::Section *verb = reading.failed() ? nullptr : verbIn(reading, node);
        if (verb == nullptr)
            break;
        if (!verb->name.starts_with(family)) {
            reading.refuse(node.keys.front().place, "only calls of the program (" + std::string(family) +
                                                        "…) run inside a routine, a hook or a callback.");
            break;
        }
        if (bringsAPeer(verb->name)) {
            reading.refuse(node.keys.front().place, "a connection is made by a step of its own.");
            break;
        }
        if (grammar::isLater(verb->mark)) {
            checkLater(reading, node, *verb);
            continue;
        }
        calls.push_back({node.place, readers[static_cast<std::size_t>(verb - grammar::verbs().data())](
                                         reading, node.values.front())});
    }
    return calls;
}

std::vector<Step> readSteps(Reading &reading, const Node &list)
{
    std::vector<Step> steps;
    if (list.kind != Node::Kind::List || list.values.empty()) {
        reading.refuse(list, "a list of steps, each '- verb: arguments'");
        return steps;
    }
    constexpr std::size_t mostSteps = 65'535; // a StepId's
    if (list.values.size() > mostSteps)
        reading.refuse(list.place, "a scenario has " + std::to_string(mostSteps) + " steps at most.");
    std::unordered_set<std::string> operations;
    for (const Node &node : list.values) {
        const grammar::Section *verb = reading.failed() ? nullptr : verbIn(reading, node);
        if (verb == nullptr)
            break;
        if (grammar::isLater(verb->mark)) {
            checkLater(reading, node, *verb);
            continue;
        }
        reading.beginStep();
        const Node &arguments = node.values.front();
        steps.push_back(
            {node.place, readers[static_cast<std::size_t>(verb - grammar::verbs().data())](reading, arguments)});
        if (arguments.kind == Node::Kind::Mapping)
            checkStepsWithin(reading, arguments, *verb);
        collectNames(steps.back().action, operations);
        // `blocked: x` names an operation, or else a thread.
        if (auto *wait = std::get_if<Wait>(&steps.back().action))
            if (auto *blocked = std::get_if<BlockedIn>(&wait->cause);
                blocked != nullptr && !operations.contains(blocked->op))
                std::swap(blocked->op, blocked->thread);
    }
    return steps;
}

} // namespace recvscope::scenario
