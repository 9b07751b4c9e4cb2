#include "scenario/checker.h"

#include <numeric>

namespace recvscope::scenario {

namespace {

bool isReceive(const Action &action)
{
    return std::holds_alternative<WspRecv>(action) || std::holds_alternative<WskReceive>(action) ||
           std::holds_alternative<NativeRecv>(action);
}

/// What each buffer of a receive has room for; of a chain of descriptors what lies inside offset and length.
std::vector<std::uint64_t> roomsOf(const Action &action)
{
    if (const auto *receive = std::get_if<WskReceive>(&action))
        return partsOf(*receive);
    std::vector<Buffer> buffers;
    if (const auto *recv = std::get_if<WspRecv>(&action))
        buffers = writtenOut(recv->buffers);
    else if (const auto *native = std::get_if<NativeRecv>(&action))
        buffers = writtenOut(native->buffers);
    std::vector<std::uint64_t> rooms;
    for (const Buffer &each : buffers)
        rooms.push_back(each.size);
    return rooms;
}

std::uint64_t sumOf(const std::vector<std::uint64_t> &rooms)
{
    return std::accumulate(rooms.begin(), rooms.end(), std::uint64_t{0});
}

/// A status that the calls of that interface never give.
bool isForeign(Status status, const Action &action)
{
    const StatusFamily family = familyOf(status);
    return (family == StatusFamily::Nt && verbOf(action).starts_with("wsp.")) ||
           (family == StatusFamily::Winsock && verbOf(action).starts_with("wsk."));
}

} // namespace

void Checker::visit(const Predict &predict)
{
    if (predict.ask == Ask::Question)
        return;
    const Action *action = operation(predict.of, "of", true);
    if (action == nullptr)
        return;
    if (!isReceive(*action))
        refuse("of", "'" + predict.of + "' is no receive; predictions are about receives.");
    else if (const std::size_t count = roomsOf(*action).size(); predict.ask == Ask::Buffer && predict.buffer >= count)
        refuse("buffer", "'" + predict.of + "' has only " + std::to_string(count) + " buffers, counted from 0.");
}

void Checker::visit(const Assume &assume)
{
    const Action *action = operation(assume.op, "op");
    if (action != nullptr && !isReceive(*action))
        refuse("op", "'" + assume.op + "' is no receive.");
}

void Checker::visit(const Expect &expect)
{
    if (!expect.op.empty()) {
        const Action *action = operation(expect.op, "op");
        if (action == nullptr)
            return;
        outcomeFits(expect, *action);
        irpFits(expect, *action);
        if (isReceive(*action))
            contentsFit(expect, roomsOf(*action));
    }
    if (expect.queued)
        (void)socket(expect.queued->socket, "queued");
    for (const std::string &op : expect.order)
        (void)operation(op, "order");
    for (const std::string &op : expect.routines)
        (void)operation(op, "routines");
    if (expect.indicated)
        (void)faced(expect.indicated->socket, Face::Wsk, "an indication", "indicated");
    if (expect.discarded)
        (void)faced(expect.discarded->socket, Face::Wsk, "a drain", "discarded");
    if (!expect.overdue.empty())
        (void)faced(expect.overdue, Face::Wsk, "what is overdue to be closed", "overdue");
    if (expect.calls)
        if (const Action *action = operation(expect.calls->op, "calls"); action != nullptr && irpIn(*action) == nullptr)
            refuse("calls", "'" + expect.calls->op + "' was given no IRP that could complete.");
}

/// What only calls of another kind have can never be met.
void Checker::outcomeFits(const Expect &expect, const Action &action)
{
    const std::string name = "'" + expect.op + "'";
    const auto *recv = std::get_if<WspRecv>(&action);
    if (verbOf(action).starts_with("wsk.")) {
        if (expect.bytes)
            refuse("bytes", name + " tells its count in its IRP: expect 'information'.");
        if (expect.flags)
            refuse("flags", name + " gives no flags back.");
    } else if (!isReceive(action) && !std::holds_alternative<WspResult>(action) &&
               (expect.status || expect.bytes || expect.flags)) {
        refuse("op", name + " is no receive: of it only 'returns' can be expected.");
    }
    if (!isReceive(action) && expect.buffers)
        refuse("op", name + " is no receive: it has neither buffers nor an event.");
    if (expect.event && (recv == nullptr || recv->event.empty()))
        refuse("event", name + " was given no event.");
    if (expect.routine && (recv == nullptr || recv->routine.empty()))
        refuse("routine", name + " was given no completion routine.");
    if (expect.returns && isForeign(*expect.returns, action))
        refuse("returns", name + " is a call of the other interface: it never returns " +
                              std::string(nameOf(*expect.returns)) + ".");
    if (expect.status && isForeign(*expect.status, action))
        refuse("status", name + " is a call of the other interface: it never completes with " +
                             std::string(nameOf(*expect.status)) + ".");
}

/// What an IRP tells is expected of calls that were given one.
void Checker::irpFits(const Expect &expect, const Action &action)
{
    const std::string name = "'" + expect.op + "'";
    const bool asked =
        expect.information || !expect.before.empty() || (expect.status && verbOf(action).starts_with("wsk."));
    if (asked && irpIn(action) == nullptr)
        refuse("op", name + " was given no IRP: how it ends is told nowhere.");
    if (!expect.before.empty() && expect.before != "return") {
        if (expect.before == expect.op)
            refuse("before", name + " cannot complete before itself; 'before: return' is before its call returns.");
        else if (const Action *other = operation(expect.before, "before"); other != nullptr && irpIn(*other) == nullptr)
            refuse("before", "'" + expect.before + "' was given no IRP that could complete.");
    }
    if (!expect.information)
        return;
    if (const auto *receive = std::get_if<WskReceive>(&action); receive != nullptr) {
        if (const std::uint64_t room = sumOf(partsOf(*receive)); *expect.information > room)
            refuse("information", name + " receives " + std::to_string(room) + " bytes at most.");
    } else if (const auto *send = std::get_if<WskSend>(&action);
               send != nullptr && *expect.information > sizeOf(send->data)) {
        refuse("information", name + " sends " + std::to_string(sizeOf(send->data)) + " bytes only.");
    }
}

/// More than the buffers have room for can never be met: that is a mistake of the scenario.
void Checker::contentsFit(const Expect &expect, const std::vector<std::uint64_t> &rooms)
{
    const std::uint64_t room = sumOf(rooms);
    if (expect.bytes)
        if (const auto *bytes = std::get_if<std::uint32_t>(&*expect.bytes); bytes != nullptr && *bytes > room)
            refuse("bytes", "'" + expect.op + "' has room for " + std::to_string(room) + " bytes only.");
    if (!expect.buffers)
        return;
    if (expect.buffers->size() > rooms.size()) {
        refuse("buffers", "'" + expect.op + "' has only " + std::to_string(rooms.size()) + " buffers.");
        return;
    }
    for (std::size_t index = 0; index < expect.buffers->size(); ++index)
        if (sizeOf((*expect.buffers)[index]) > rooms[index])
            refuse("buffers", "buffer " + std::to_string(index) + " of '" + expect.op + "' has room for " +
                                  std::to_string(rooms[index]) + " bytes, but " +
                                  std::to_string(sizeOf((*expect.buffers)[index])) + " are expected in it.");
}

} // namespace recvscope::scenario
