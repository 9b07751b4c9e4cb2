#include "scenario/checker.h"

namespace recvscope::scenario {

void Checker::visit(const Predict &predict)
{
    if (predict.ask == Ask::Question)
        return;
    const Action *action = operation(predict.of, "of", true);
    if (action == nullptr)
        return;
    const auto *recv = std::get_if<WspRecv>(action);
    if (recv == nullptr)
        refuse("of", "'" + predict.of + "' is no receive; predictions are about receives.");
    else if (predict.ask == Ask::Buffer && predict.buffer >= countOf(recv->buffers))
        refuse("buffer",
               "'" + predict.of + "' has only " + std::to_string(countOf(recv->buffers)) + " buffers, counted from 0.");
}

void Checker::visit(const Assume &assume)
{
    const Action *action = operation(assume.op, "op");
    if (action != nullptr && !std::holds_alternative<WspRecv>(*action))
        refuse("op", "'" + assume.op + "' is no receive.");
}

void Checker::visit(const Expect &expect)
{
    if (!expect.op.empty()) {
        const Action *action = operation(expect.op, "op");
        if (action == nullptr)
            return;
        const auto *recv = std::get_if<WspRecv>(action);
        const bool hasOutputs = recv != nullptr || std::holds_alternative<WspResult>(*action);
        if (!hasOutputs && (expect.status || expect.bytes || expect.flags))
            refuse("op", "'" + expect.op + "' is no receive: of it only 'returns' can be expected.");
        if (recv == nullptr && (expect.buffers || expect.event))
            refuse("op", "'" + expect.op + "' is no receive: it has neither buffers nor an event.");
        if (recv != nullptr && expect.event && recv->event.empty())
            refuse("event", "'" + expect.op + "' was given no event.");
        if (expect.routine && (recv == nullptr || recv->routine.empty()))
            refuse("routine", "'" + expect.op + "' was given no completion routine.");
        if (recv != nullptr)
            contentsFit(expect, *recv);
    }
    if (expect.queued)
        (void)socket(expect.queued->socket);
    for (const std::string &op : expect.order)
        (void)operation(op, "order");
    for (const std::string &op : expect.routines)
        (void)operation(op, "routines");
}

/// More than the buffers have room for can never be met: that is a mistake of the scenario.
void Checker::contentsFit(const Expect &expect, const WspRecv &recv)
{
    std::uint64_t room = 0;
    for (const Buffer &buffer : recv.buffers)
        room += std::uint64_t{buffer.size} * buffer.count;
    if (expect.bytes)
        if (const auto *bytes = std::get_if<std::uint32_t>(&*expect.bytes); bytes != nullptr && *bytes > room)
            refuse("bytes", "'" + expect.op + "' has room for " + std::to_string(room) + " bytes only.");
    if (!expect.buffers)
        return;
    if (expect.buffers->size() > countOf(recv.buffers)) {
        refuse("buffers", "'" + expect.op + "' has only " + std::to_string(countOf(recv.buffers)) + " buffers.");
        return;
    }
    std::size_t index = 0;
    for (const Buffer &buffer : recv.buffers)
        for (std::uint32_t i = 0; i < buffer.count && index < expect.buffers->size(); ++i, ++index)
            if (sizeOf((*expect.buffers)[index]) > buffer.size)
                refuse("buffers", "buffer " + std::to_string(index) + " of '" + expect.op + "' has room for " +
                                      std::to_string(buffer.size) + " bytes, but " +
                                      std::to_string(sizeOf((*expect.buffers)[index])) + " are expected in it.");
}

} // namespace recvscope::scenario
