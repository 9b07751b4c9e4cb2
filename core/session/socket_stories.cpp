#include "session/socket_stories.h"

#include "session/byte_text.h"

#include <map>

namespace recvscope::session {

namespace {

std::string line(const trace::Snapshot &snapshot, trace::EventRef ref)
{
    const trace::Event &event = snapshot.event(ref);
    std::string text = std::to_string(event.socketSequence) + ' ' + std::string(nameOf(event.type));
    if (event.operation)
        text += ' ' + snapshot.operationName(event.operation);
    text += ' ' + std::to_string(event.a);
    if (carriesPayload(event.type)) {
        // The number a payload is kept under depends on what other sockets did meanwhile; its bytes do not.
        const std::span<const std::byte> bytes = snapshot.payload(ref);
        text += ' ' + quoted({reinterpret_cast<const char *>(bytes.data()), bytes.size()});
    } else {
        text += ' ' + std::to_string(event.b);
    }
    if (event.rule != RuleId::None)
        text += ' ' + std::string(ruleOf(event.rule).name);
    if (event.step)
        text += " of step " + std::to_string(event.step.value);
    return text + " on " + snapshot.trackName(ref.track);
}

} // namespace

std::string storyOfSockets(const trace::Snapshot &snapshot)
{
    std::map<SocketId, std::multimap<std::uint32_t, trace::EventRef>> sockets;
    for (std::uint16_t track = 0; track < snapshot.trackCount(); ++track)
        for (std::uint32_t i = 0; i < snapshot.trackSize(track); ++i) {
            const trace::Event &event = snapshot.event({track, i});
            if (event.socket)
                sockets[event.socket].emplace(event.socketSequence, trace::EventRef{track, i});
        }
    std::string text;
    for (const auto &[socket, events] : sockets) {
        text += snapshot.socketName(socket) + '\n';
        for (const auto &[sequence, ref] : events)
            text += "  " + line(snapshot, ref) + '\n';
    }
    return text;
}

} // namespace recvscope::session
