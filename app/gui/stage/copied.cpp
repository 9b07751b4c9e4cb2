#include "gui/stage/call_steps.h"

#include <algorithm>

namespace recvscope::gui::stage {

void fillOn(const trace::SocketMoment &socket, std::vector<trace::BufferMoment> &buffers, std::uint64_t offset,
            std::uint64_t length)
{
    const auto sendAt = [&](std::uint64_t at) {
        const auto after =
            std::upper_bound(socket.sends.begin(), socket.sends.end(), at,
                             [](std::uint64_t value, const trace::SendMoment &send) { return value < send.offset; });
        auto send = after;
        while (send != socket.sends.begin())
            if (!(--send)->urgent) // an urgent byte stands beside the stream
                return send;
        return socket.sends.end();
    };
    for (trace::BufferMoment &buffer : buffers) {
        while (length > 0 && buffer.filled < buffer.size) {
            const auto send = sendAt(offset);
            if (send == socket.sends.end())
                return;
            const std::uint64_t endOfSend = send->offset + send->length;
            const std::uint64_t known =
                endOfSend > offset ? endOfSend - offset : length; // beyond the last send: its colour
            const std::uint64_t part = std::min({length, buffer.size - buffer.filled, known});
            const auto number = static_cast<std::uint32_t>(send - socket.sends.begin());
            if (!buffer.runs.empty() && buffer.runs.back().send == number)
                buffer.runs.back().length += part;
            else
                buffer.runs.push_back({number, offset, part});
            buffer.filled += part;
            offset += part;
            length -= part;
        }
    }
}

std::vector<trace::BufferMoment> copiedBuffers(const trace::Story &story, const trace::SocketMoment &socket,
                                               const trace::ReceiveMoment &receive)
{
    std::vector<trace::BufferMoment> buffers = receive.buffers;
    std::uint64_t copied = 0;
    for (const trace::EventRef ref : receive.events)
        if (const trace::Event &event = story.snapshot().event(ref); trace::copiesBytes(event.type))
            copied += event.a;
    if (copied <= receive.placed)
        return buffers;
    const std::uint64_t untold = copied - receive.placed;
    std::uint64_t offset = socket.taken >= untold ? socket.taken - untold : 0;
    for (const trace::BufferMoment &buffer : buffers)
        if (!buffer.runs.empty())
            offset = buffer.runs.back().offset + buffer.runs.back().length;
    fillOn(socket, buffers, offset, untold);
    return buffers;
}

} // namespace recvscope::gui::stage
