#include "trace/store.h"

#include <algorithm>

namespace recvscope::trace {

namespace {
std::string nameOr(const std::string *name, std::string_view otherwise, std::size_t number)
{
    return name ? *name : std::string(otherwise) + " " + std::to_string(number);
}
} // namespace

Snapshot Store::snapshot() const
{
    auto state = std::make_shared<Snapshot::State>();
    state->log = m_log;
    const std::size_t tracks = m_log->trackCount();
    for (std::size_t i = 0; i < tracks; ++i)
        if (const TrackLog *log = m_log->track(i))
            state->tracks.push_back({log, log->size()});
    state->dropped = m_log->dropped();
    state->sockets = m_log->socketCount();
    Snapshot snapshot;
    snapshot.m_state = std::move(state);
    return snapshot;
}

std::string Snapshot::trackName(std::uint16_t track) const
{
    return nameOr(m_state ? m_state->log->trackNames.of(track) : nullptr, "thread", track + std::size_t{1});
}

std::span<const std::byte> Snapshot::payload(EventRef ref) const
{
    const Event &event = this->event(ref);
    return carriesPayload(event.type) ? m_state->tracks[ref.track].log->payload().bytes(event.b)
                                      : std::span<const std::byte>();
}

std::uint64_t Snapshot::eventCount() const
{
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < trackCount(); ++i)
        count += m_state->tracks[i].size;
    return count;
}

Nanoseconds Snapshot::end() const
{
    Nanoseconds end = 0;
    for (std::size_t i = 0; i < trackCount(); ++i)
        if (const Track &track = m_state->tracks[i]; track.size > 0)
            end = std::max(end, track.log->event(track.size - 1).time);
    return end;
}

std::uint64_t Snapshot::dropped() const
{
    return m_state ? m_state->dropped : 0;
}

std::string Snapshot::socketName(SocketId socket) const
{
    return nameOr(m_state ? m_state->log->socketNames.of(socket.value) : nullptr, "socket", socket.value);
}

std::string Snapshot::operationName(OperationId operation) const
{
    return nameOr(m_state ? m_state->log->operationNames.of(operation.value) : nullptr, "receive", operation.value);
}

std::vector<SocketId> Snapshot::sockets() const
{
    std::vector<SocketId> sockets;
    for (std::size_t i = 0; m_state && i < m_state->sockets; ++i)
        sockets.push_back(m_state->log->socket(i));
    std::sort(sockets.begin(), sockets.end());
    return sockets;
}

} // namespace recvscope::trace
