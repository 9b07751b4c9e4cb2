#include "gui/shown.h"

namespace recvscope::gui {

OperationId activeReceive(const trace::Story &story, const trace::Moment &moment, SocketId socket)
{
    const auto concerns = [&](const trace::Event &event) {
        return event.socket && (!socket || event.socket == socket);
    };
    const trace::Playhead at = moment.playhead;
    if (!at.exact() && at.event < story.size()) {
        const trace::Event &next = story.event(at.event);
        if (trace::copiesBytes(next.type) && concerns(next) && moment.receive(next.operation) != nullptr)
            return next.operation;
    }
    for (std::uint32_t i = at.event; i-- > 0;) {
        const trace::Event &event = story.event(i);
        if (!concerns(event))
            continue;
        if (event.operation)
            return event.operation;
        const trace::SocketMoment *here = moment.socket(event.socket);
        // What waits there is about to get the bytes, or is cut off from them.
        const bool touched = here != nullptr && (!here->kernel.empty() || event.type == trace::EventType::PeerLinkCut);
        if (touched && !here->waiting.empty())
            return here->waiting.front();
    }
    return {};
}

std::string_view bufferWord(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive)
{
    return receive.isWsk() ? "MDL" : socket.face == trace::Interface::Native ? "iovec" : "WSABUF";
}

std::string_view callWord(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive)
{
    return receive.isWsk() ? "WskReceive" : socket.face == trace::Interface::Native ? "recvmsg" : "WSPRecv";
}

} // namespace recvscope::gui
