#include "scenario/steps.h"

#include <algorithm>
#include <array>
#include <type_traits>

namespace recvscope::scenario {

namespace {

// In the order of Action's alternatives.
constexpr std::array<std::string_view, std::variant_size_v<Action>> verbs = {"say",
                                                                             "predict",
                                                                             "peer.send",
                                                                             "peer.shutdown",
                                                                             "peer.reset",
                                                                             "peer.close",
                                                                             "peer.send-oob",
                                                                             "wsp.recv",
                                                                             "wsp.result",
                                                                             "wsp.shutdown",
                                                                             "wsp.close",
                                                                             "wsp.cancel-blocking",
                                                                             "wait",
                                                                             "expect",
                                                                             "barrier",
                                                                             "wsp.alertable-wait",
                                                                             "wsp.wait-event",
                                                                             "wsp.queue-apc",
                                                                             "overlapped.free",
                                                                             "scribble",
                                                                             "thread",
                                                                             "fault",
                                                                             "peer.link",
                                                                             "wsp.send",
                                                                             "socket.bind",
                                                                             "socket.listen",
                                                                             "socket.connect",
                                                                             "socket.accept",
                                                                             "socket.send-to",
                                                                             "socket.join",
                                                                             "assume",
                                                                             "wsk.receive",
                                                                             "wsk.send",
                                                                             "wsk.connect",
                                                                             "wsk.socket-connect",
                                                                             "wsk.accept",
                                                                             "wsk.cancel",
                                                                             "wsk.event",
                                                                             "wsk.release",
                                                                             "wsk.disconnect",
                                                                             "wsk.close",
                                                                             "mdl.unlock",
                                                                             "mdl.free",
                                                                             "irp.touch",
                                                                             "irp.reuse",
                                                                             "native.recv",
                                                                             "provoke"};

} // namespace

std::string_view verbOf(const Action &action)
{
    return verbs[action.index()];
}

const std::string *callNameIn(const Action &action)
{
    const std::string *name = std::visit(
        [](const auto &step) -> const std::string * {
            using Verb = std::remove_cvref_t<decltype(step)>;
            // Those that speak of a call of another step by that name make none.
            if constexpr (std::is_same_v<Verb, Expect> || std::is_same_v<Verb, Assume>)
                return nullptr;
            else if constexpr (requires { step.op; })
                return &step.op;
            else
                return nullptr;
        },
        action);
    return name == nullptr || name->empty() ? nullptr : name;
}

const std::string *irpIn(const Action &action)
{
    const std::string *name = std::visit(
        [](const auto &step) -> const std::string * {
            using Verb = std::remove_cvref_t<decltype(step)>;
            // Those that speak of an IRP that another step gave give none.
            if constexpr (std::is_same_v<Verb, WskCancel> || std::is_same_v<Verb, IrpTouch> ||
                          std::is_same_v<Verb, IrpReuse>)
                return nullptr;
            else if constexpr (requires { step.irp; })
                return &step.irp;
            else
                return nullptr;
        },
        action);
    return name == nullptr || name->empty() ? nullptr : name;
}

std::vector<const std::vector<Step> *> callsWithin(const Action &action)
{
    if (const auto *recv = std::get_if<WspRecv>(&action))
        return {&recv->onComplete, &recv->blockingHook};
    if (const auto *send = std::get_if<WspSend>(&action))
        return {&send->onComplete};
    if (const auto *receive = std::get_if<WskReceive>(&action))
        return {&receive->onComplete};
    std::vector<const std::vector<Step> *> lists;
    if (const auto *event = std::get_if<WskEvent>(&action))
        for (const IndicationAnswer &answer : event->onIndicate)
            lists.push_back(&answer.calls);
    return lists;
}

bool operator==(const WspRecv &left, const WspRecv &right)
{
    return left.socket == right.socket && left.op == right.op && left.buffers == right.buffers &&
           left.flags == right.flags && left.overlapped == right.overlapped && left.event == right.event &&
           left.on == right.on && left.routine == right.routine && left.onComplete == right.onComplete &&
           left.blockingHook == right.blockingHook;
}

bool operator==(const WspSend &left, const WspSend &right)
{
    return left.socket == right.socket && left.data == right.data && left.op == right.op && left.on == right.on &&
           left.overlapped == right.overlapped && left.event == right.event && left.routine == right.routine &&
           left.onComplete == right.onComplete;
}

bool operator==(const WskReceive &left, const WskReceive &right)
{
    return left.socket == right.socket && left.op == right.op && left.irp == right.irp && left.mdl == right.mdl &&
           left.offset == right.offset && left.length == right.length && left.flags == right.flags &&
           left.irql == right.irql && left.on == right.on && left.onComplete == right.onComplete;
}

bool operator==(const IndicationAnswer &left, const IndicationAnswer &right)
{
    return left.kind == right.kind && left.bytes == right.bytes && left.name == right.name && left.calls == right.calls;
}

std::uint64_t roomIn(const std::vector<Buffer> &buffers)
{
    std::uint64_t room = 0;
    for (const Buffer &buffer : buffers)
        room += std::uint64_t{buffer.size} * buffer.count;
    return room;
}

std::uint64_t countOf(const std::vector<Buffer> &buffers)
{
    std::uint64_t count = 0;
    for (const Buffer &buffer : buffers)
        count += buffer.count;
    return count;
}

std::uint64_t lengthOf(const WskReceive &receive)
{
    const std::uint64_t room = roomIn(receive.mdl);
    return receive.length ? *receive.length : room - std::min<std::uint64_t>(room, receive.offset);
}

bool isWellFormed(const WskReceive &receive)
{
    if (receive.mdl.empty())
        return receive.length == 0U;
    const std::uint64_t length = lengthOf(receive);
    const std::uint32_t first = receive.mdl.front().size;
    const bool inFirst = receive.offset < first || (receive.offset == first && length == 0);
    return inFirst && receive.offset + length <= roomIn(receive.mdl);
}

std::vector<std::uint64_t> partsOf(const WskReceive &receive)
{
    std::vector<std::uint64_t> parts;
    std::uint64_t skipped = isWellFormed(receive) ? receive.offset : roomIn(receive.mdl);
    std::uint64_t left = lengthOf(receive);
    for (const Buffer &each : writtenOut(receive.mdl)) {
        const std::uint64_t before = std::min<std::uint64_t>(skipped, each.size);
        parts.push_back(std::min(left, each.size - before));
        skipped -= before;
        left -= parts.back();
    }
    return parts;
}

std::vector<Buffer> writtenOut(const std::vector<Buffer> &buffers)
{
    std::vector<Buffer> single;
    for (const Buffer &buffer : buffers)
        single.insert(single.end(), buffer.count, Buffer{buffer.size, buffer.invalid, 1});
    return single;
}

} // namespace recvscope::scenario
