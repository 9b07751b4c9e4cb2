#include "engine/journal.h"

#include <algorithm>
#include <array>
#include <vector>

namespace recvscope::engine {

using trace::EventType;
using trace::Provenance;

namespace {

/// Calls @p each with the number and the memory of every buffer that the bytes reach.
template <typename Each>
void forPlaced(const Journal::PlacedWords &words, Each each)
{
    std::uint64_t filled = words.filled;
    std::size_t left = words.bytes;
    for (std::uint32_t i = 0; i < words.buffers.size() && left > 0; ++i) {
        const net::Slice &buffer = words.buffers[i];
        const auto skipped = static_cast<std::size_t>(std::min<std::uint64_t>(filled, buffer.size));
        filled -= skipped;
        const std::size_t placed = std::min(left, buffer.size - skipped);
        left -= placed;
        if (placed > 0)
            each(i, std::span<const std::byte>(buffer.data + skipped, placed));
    }
}

std::uint32_t touched(const Journal::PlacedWords &words)
{
    std::uint32_t count = 0;
    forPlaced(words, [&](std::uint32_t, std::span<const std::byte>) { ++count; });
    return count;
}

std::uint32_t keep(trace::Track &track, const Journal::PlacedWords &words)
{
    if (words.buffers.size() == 1 && words.filled == 0)
        return track.keep(std::span<const std::byte>(words.buffers.front().data, words.bytes));
    std::vector<std::span<const std::byte>> pieces;
    forPlaced(words, [&](std::uint32_t, std::span<const std::byte> piece) { pieces.push_back(piece); });
    return track.keep(pieces, words.bytes);
}

std::uint32_t eventsOfCall(const Request &request)
{
    std::size_t events = 1 + request.buffers.size();
    if (request.chain != nullptr)
        events += 1 + request.chain->descriptors.size();
    return static_cast<std::uint32_t>(events);
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
    if (request.chain == nullptr)
        return;
    entry.write(EventType::ChainGiven,
                {RuleId::None, request.chain->offset, request.chain->length, Provenance::Measured});
    for (std::uint32_t i = 0; i < request.chain->descriptors.size(); ++i)
        entry.write(EventType::MdlGiven, {RuleId::None, i, request.chain->descriptors[i], Provenance::Measured});
}

void Journal::writeReceived(Entry &entry, const PlacedWords &words) const
{
    const std::uint32_t payload = m_recorder->settings().payloadPerTransfer == 0 || words.bytes == 0
                                      ? trace::noPayload
                                      : keep(entry.track(), words);
    entry.write(words.kept ? EventType::KernelCopied : EventType::KernelReceived,
                {words.why, static_cast<std::uint32_t>(words.bytes), payload,
                 words.modelled ? Provenance::Modelled : Provenance::Measured});
    bool any = false;
    forPlaced(words, [&](std::uint32_t index, std::span<const std::byte> placed) {
        entry.write(EventType::Placed, {any ? words.further : words.first, index,
                                        static_cast<std::uint32_t>(placed.size()), Provenance::Measured});
        any = true;
    });
}

void Journal::sent(std::span<const std::byte> bytes, StepId step) const
{
    if (!on())
        return;
    Entry entry(*this, {}, step, 1);
    const std::uint32_t payload = entry.track().keep(bytes);
    entry.write(EventType::SocketSends,
                {RuleId::None, static_cast<std::uint32_t>(bytes.size()), payload, Provenance::Measured});
}

void Journal::drained(const Request &request, RuleId rule, std::span<const std::byte> bytes) const
{
    if (!on())
        return;
    Entry entry(*this, request.operation, request.step, 1);
    const std::uint32_t payload = entry.track().keep(bytes);
    entry.write(EventType::Discarded, {rule, static_cast<std::uint32_t>(bytes.size()), payload, Provenance::Measured});
}

void Journal::indicated(std::span<const std::byte> bytes, std::size_t piece, RuleId rule, Provenance provenance) const
{
    if (!on())
        return;
    const auto size = static_cast<std::uint32_t>(bytes.size());
    const auto each = static_cast<std::uint32_t>(piece);
    const std::uint32_t pieces = (size + each - 1) / each;
    Entry entry(*this, {}, {}, 1 + pieces);
    const std::uint32_t payload = entry.track().keep(bytes);
    entry.write(EventType::IndicationBegan, {rule, size, payload, provenance});
    for (std::uint32_t i = 0; i < pieces; ++i)
        entry.write(EventType::DescriptorGiven,
                    {RuleId::None, i, std::min(each, size - i * each), Provenance::Modelled});
}

void Journal::called(const Request &request, const CallWords &words) const
{
    if (!on())
        return;
    Entry entry(*this, request.operation, request.step, eventsOfCall(request));
    writeCalled(entry, request, words);
}

void Journal::received(OperationId operation, StepId step, const PlacedWords &words) const
{
    if (!on())
        return;
    Entry entry(*this, operation, step, 1 + touched(words));
    writeReceived(entry, words);
}

void Journal::receipt(const Request &request, const CallWords *call, const PlacedWords &placed,
                      const EndWords &end) const
{
    std::uint32_t events = 2 + touched(placed); // with KernelReceived and Completed
    if (call != nullptr)
        events += eventsOfCall(request);
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
