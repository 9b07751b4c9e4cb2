#include "engine/journal.h"

#include <algorithm>
#include <vector>

namespace recvscope::engine {

using trace::EventType;
using trace::Provenance;

void Journal::write(EventType type, OperationId operation, StepId step, Words words) const
{
    if (!on())
        return;
    trace::Track &track = m_recorder->track();
    trace::Event event;
    event.time = track.now();
    event.operation = operation;
    event.socketSequence = m_socket ? m_recorder->nextSequence(m_socket) : 0;
    event.socket = m_socket;
    event.step = step;
    event.type = type;
    event.provenance = words.provenance;
    event.rule = words.rule;
    event.a = words.a;
    event.b = words.b;
    track.record(event);
}

void Journal::called(const Request &request, RuleId rule, RuleId bufferRule, std::uint16_t flags,
                     std::uint16_t traits) const
{
    if (!on())
        return;
    const auto count = static_cast<std::uint32_t>(request.buffers.size());
    write(EventType::Called, request.operation, request.step,
          {rule, count, flags | std::uint32_t{traits} << 16, Provenance::Measured});
    for (std::uint32_t i = 0; i < count; ++i)
        write(EventType::BufferGiven, request.operation, request.step,
              {bufferRule, i, static_cast<std::uint32_t>(request.buffers[i].size), Provenance::Measured});
}

void Journal::received(OperationId operation, StepId step, std::span<const net::Slice> buffers, std::size_t bytes,
                       RuleId first, RuleId further) const
{
    if (!on())
        return;
    std::vector<std::span<const std::byte>> pieces;
    pieces.reserve(buffers.size());
    for (const net::Slice &buffer : buffers)
        pieces.emplace_back(buffer.data, buffer.size);
    write(EventType::KernelReceived, operation, step,
          {RuleId::None, static_cast<std::uint32_t>(bytes), m_recorder->track().keep(pieces, bytes),
           Provenance::Measured});

    std::size_t left = bytes;
    bool any = false;
    for (std::uint32_t i = 0; i < buffers.size() && left > 0; ++i) {
        const std::size_t placed = std::min(left, buffers[i].size);
        if (placed == 0)
            continue;
        write(EventType::Placed, operation, step,
              {any ? further : first, i, static_cast<std::uint32_t>(placed), Provenance::Measured});
        any = true;
        left -= placed;
    }
}

} // namespace recvscope::engine
