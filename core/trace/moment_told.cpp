// A fold's state as a moment: with names and texts, what is held, and what has not happened yet.

#include "trace/moment_fold.h"
#include "trace/story_walk.h"

#include <algorithm>

namespace recvscope::trace {

namespace {

SendMoment sendMoment(const Snapshot &snapshot, EventRef ref, std::uint64_t skipped)
{
    SendMoment moment;
    moment.ref = ref;
    moment.skipped = skipped;
    const std::span<const std::byte> kept = snapshot.payload(ref);
    const std::span<const std::byte> own = kept.subspan(std::min<std::size_t>(kept.size(), skipped));
    const std::size_t shown = std::min(own.size(), textBytes);
    moment.text.assign(reinterpret_cast<const char *>(own.data()), shown);
    return moment;
}

/// The thread of that track, listed as one that has done nothing yet where it was not listed.
ThreadMoment &threadToCome(const Story &story, Moment &moment, std::uint16_t track)
{
    const auto place = std::lower_bound(moment.threads.begin(), moment.threads.end(), track,
                                        [](const ThreadMoment &one, std::uint16_t other) { return one.track < other; });
    if (place != moment.threads.end() && place->track == track)
        return *place;
    ThreadMoment &made = *moment.threads.insert(place, ThreadMoment());
    made.track = track;
    made.name = story.snapshot().trackName(track);
    return made;
}

} // namespace

SocketMoment MomentFold::socketMoment(const Story &story, const Socket &socket) const
{
    SocketMoment moment = socket.told;
    moment.name = story.snapshot().socketName(moment.id);
    moment.appeared = true;
    for (std::uint32_t i = 0; i < socket.sends.size(); ++i) {
        const Send &send = socket.sends[i];
        SendMoment &told = moment.sends.emplace_back(sendMoment(story.snapshot(), send.ref, send.skipped));
        told.number = socket.firstSend + i;
        told.offset = send.offset;
        told.length = send.urgent ? 1 : send.length + send.dropped;
        told.part = send.part;
        told.dropped = send.dropped > 0 || send.filtered;
        if (send.speaker) {
            const std::span<const std::byte> name = story.snapshot().payload(*send.speaker);
            told.from.assign(reinterpret_cast<const char *>(name.data()), name.size());
        }
        told.happened = true;
        told.observed = send.observed;
        told.urgent = send.urgent;

        const std::uint64_t from = std::max(send.offset, moment.taken);
        if (from < send.end())
            moment.kernel.push_back({i, from, send.end() - from});
    }
    tell(socket, moment);
    tellKernel(socket, moment.waiting.empty() ? nullptr : &m_receives.at(moment.waiting.front()), moment);
    return moment;
}

Moment MomentFold::moment(const Story &story, Playhead playhead) const
{
    Moment moment;
    moment.playhead = playhead;
    moment.clock = m_clock;
    moment.step = m_step;

    std::vector<const Receive *> listed;
    for (const auto &[id, socket] : m_sockets) {
        if (id)
            moment.sockets.push_back(socketMoment(story, socket));
        for (const OperationId operation : socket.told.receives)
            listed.push_back(&m_receives.at(operation));
    }
    std::sort(listed.begin(), listed.end(),
              [](const Receive *left, const Receive *right) { return left->order < right->order; });
    moment.receives.reserve(listed.size());
    for (const Receive *receive : listed) {
        ReceiveMoment &told = moment.receives.emplace_back(receive->told);
        told.name = story.snapshot().operationName(told.id);
        const Socket &socket = m_sockets.at(told.socket);
        const auto place = std::find(socket.told.waiting.begin(), socket.told.waiting.end(), told.id);
        if (place != socket.told.waiting.end())
            told.ahead = static_cast<std::uint32_t>(place - socket.told.waiting.begin());
        for (BufferMoment &buffer : told.buffers)
            for (Run &run : buffer.runs)
                run.send -= socket.firstSend;
        for (Run &run : told.lost)
            run.send -= socket.firstSend;
    }
    moment.misuses = m_misuses;
    moment.networkDown = m_networkDown;
    tellThreads(story, moment);
    lookAheadOf(story, moment);
    return moment;
}

void MomentFold::lookAheadOf(const Story &story, Moment &moment) const
{
    const auto socketOf = [&](SocketId id) -> SocketMoment & {
        const auto place = std::lower_bound(moment.sockets.begin(), moment.sockets.end(), id,
                                            [](const SocketMoment &one, SocketId other) { return one.id < other; });
        if (place != moment.sockets.end() && place->id == id)
            return *place;
        SocketMoment &made = *moment.sockets.insert(place, SocketMoment());
        made.id = id;
        made.name = story.snapshot().socketName(id);
        return made;
    };
    std::map<SocketId, std::size_t> coming;
    const std::uint32_t end = std::min(story.size() - m_events, lookAhead) + m_events;
    for (StoryWalk walk(story, m_events); walk.index() < end; walk.next()) {
        const Event &event = walk.event();
        if (event.type == EventType::Called)
            threadToCome(story, moment, walk.ref().track);
        else if (event.type == EventType::RoutineQueued || event.type == EventType::ApcQueued)
            threadToCome(story, moment, static_cast<std::uint16_t>(event.a)).everQueued = true;
        if (!event.socket)
            continue;
        SocketMoment &socket = socketOf(event.socket);
        if (event.type == EventType::SocketOpened) {
            socket.kind = static_cast<std::uint8_t>(event.a);
            socket.keepsMessages = isMessageKind(event.a);
            socket.receiveBuffer = receiveBufferOf(event.b);
        }
        if (event.type == EventType::FaceGiven)
            socket.face = static_cast<Interface>(event.a);
        const bool urgent = event.type == EventType::PeerSendOob;
        if ((event.type != EventType::PeerSend && !urgent) || ++coming[event.socket] > comingSends)
            continue;
        SendMoment send = sendMoment(story.snapshot(), walk.ref(), 0);
        const SendMoment *last = socket.sends.empty() ? nullptr : &socket.sends.back();
        const auto known = m_sockets.find(event.socket);
        send.number = last ? last->number + 1 : known == m_sockets.end() ? 0 : known->second.firstSend;
        send.offset = last && !last->happened ? last->offset + (last->urgent ? 0 : last->length) : socket.sent;
        send.length = urgent ? 1 : event.a;
        send.urgent = urgent;
        socket.sends.push_back(std::move(send));
    }
}

} // namespace recvscope::trace
