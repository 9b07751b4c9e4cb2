#include "engine/journal.h"

#include <algorithm>
#include <array>
#include <vector>

namespace recvscope::engine {

using trace::EventType;
using trace::Provenance;

namespace {

/// How many buffers so many bytes reach.
std::uint32_t touched(std::span<const net::Slice> buffers, std::size_t bytes)
{
    std::uint32_t count = 0;
    for (const net::Slice &buffer : buffers) {
        if (bytes == 0)
            break;
        count += buffer.size > 0 ? 1 : 0;
        bytes -= std::min(bytes, buffer.size);
    }
    return count;
}

std::uint32_t keep(trace::Track &track, std::span<const net::Slice> buffers, std::size_t bytes)
{
    if (buffers.size() == 1)
        return track.keep(std::span<const std::byte>(buffers.front().data, std::min(bytes, buffers.front().size)));
    std::vector<std::span<const std::byte>> pieces;
    pieces.reserve(buffers.size());
    for (const net::Slice &buffer : buffers)
        pieces.emplace_back(buffer.data, buffer.size);
    return track.keep(pieces, bytes);
}

} // namespace

Journal::Entry::Entry(const Journal &journal, OperationId operation, StepId step, std::uint32_t events)
    : m_recorder(*journal.m_recorder), m_track(m_recorder.track()), m_eachItsOwn(journal.m_teaching)
{
    m_event.operation = operation;
    m_event.socket = journal.m_socket;
    m_event.step = step;
    if (m_eachItsOwn)
        return;
    m_event.time = m_track.now();
    if (m_event.socket)
        m_event.socketSequence = m_recorder.nextSequence(m_event.socket, events);
}

void Journal::Entry::write(EventType type, Words words)
{
    trace::Event event = m_event;
    if (m_eachItsOwn) {
        event.time = m_track.now();
        event.socketSequence = event.socket ? m_recorder.nextSequence(event.socket) : 0;
    } else if (event.socket) {
        ++m_event.socketSequence;
    }
    event.type = type;
    event.provenance = words.provenance;
    event.rule = words.rule;
    event.a = words.a;
    event.b = words.b;
    m_track.record(event);
}

void Journal::writeCalled(Entry &entry, const Request &request, const CallWords &words) const
{
    const auto count = static_cast<std::uint32_t>(request.buffers.size());
    entry.write(EventType::Called,
                {words.rule, count, words.flags | std::uint32_t{words.traits} << 16, Provenance::Measured});
    for (std::uint32_t i = 0; i < count; ++i)
        entry.write(EventType::BufferGiven,
                    {words.bufferRule, i, static_cast<std::uint32_t>(request.buffers[i].size), Provenance::Measured});
}

void Journal::writeReceived(Entry &entry, const PlacedWords &words) const
{
    const std::uint32_t payload = m_recorder->settings().payloadPerTransfer == 0
                                      ? trace::noPayload
                                      : keep(entry.track(), words.buffers, words.bytes);
    entry.write(EventType::KernelReceived,
                {RuleId::None, static_cast<std::uint32_t>(words.bytes), payload, Provenance::Measured});
    std::size_t left = words.bytes;
    bool any = false;
    for (std::uint32_t i = 0; i < words.buffers.size() && left > 0; ++i) {
        const std::size_t placed = std::min(left, words.buffers[i].size);
        if (placed == 0)
            continue;
        entry.write(EventType::Placed,
                    {any ? words.further : words.first, i, static_cast<std::uint32_t>(placed), Provenance::Measured});
        any = true;
        left -= placed;
    }
}

void Journal::called(const Request &request, const CallWords &words) const
{
    if (!on())
        return;
    Entry entry(*this, request.operation, request.step, 1 + static_cast<std::uint32_t>(request.buffers.size()));
    writeCalled(entry, request, words);
}

void Journal::received(OperationId operation, StepId step, const PlacedWords &words) const
{
    if (!on())
        return;
    Entry entry(*this, operation, step, 1 + touched(words.buffers, words.bytes));
    writeReceived(entry, words);
}

void Journal::receipt(const Request &request, const CallWords *call, const PlacedWords &placed,
                      const EndWords &end) const
{
    std::uint32_t events = 2 + touched(placed.buffers, placed.bytes); // with KernelReceived and Completed
    if (call != nullptr)
        events += 1 + static_cast<std::uint32_t>(request.buffers.size());
    events += (end.eventSet != nullptr ? 1U : 0U) + (end.returned != nullptr ? 1U : 0U);
    Entry entry(*this, request.operation, request.step, events);
    if (call != nullptr)
        writeCalled(entry, request, *call);
    writeReceived(entry, placed);
    entry.write(EventType::Completed, end.completed);
    if (end.eventSet != nullptr)
        entry.write(EventType::EventSet, *end.eventSet);
    if (end.returned != nullptr)
        entry.write(EventType::Returned, *end.returned);
}

} // namespace recvscope::engine
