// The part of a moment's fold that keeps messages apart: which ones the kernel holds, and what is left of each.
//
// Where the peer is scripted every message's length is known, so what a receive took says by itself whether its message
// ended. Of an outside peer's messages only what was received is known, and nothing of what waits.

#include "trace/moment_fold.h"

#include <algorithm>
#include <utility>

namespace recvscope::trace {

void MomentFold::openedAs(Socket &socket, std::uint32_t kind)
{
    socket.told.kind = static_cast<std::uint8_t>(kind);
    socket.told.keepsMessages = isMessageKind(kind);
}

void MomentFold::sent(Socket &socket, const Event &event, EventRef ref)
{
    const auto number = socket.firstSend + static_cast<std::uint32_t>(socket.sends.size());
    Send send;
    send.ref = ref;
    send.offset = socket.told.sent;
    send.length = event.a;
    send.part = std::exchange(socket.partComes, false);
    send.speaker = socket.speaker;
    socket.sends.push_back(send);
    if (socket.told.keepsMessages) {
        if (socket.parcels.empty() || socket.parcels.back().whole)
            socket.parcels.push_back({number, socket.told.sent, 0, false, false});
        socket.parcels.back().length += event.a;
        socket.parcels.back().whole = !send.part;
    }
    socket.told.sent += event.a;
}

/// The newest message never came in.
void MomentFold::dropped(Socket &socket, const Event &event)
{
    if (socket.sends.empty() || socket.parcels.empty() || socket.sends.back().length != event.a)
        return;
    Send &send = socket.sends.back();
    send.dropped = send.length;
    send.length = 0;
    socket.told.sent -= event.a;
    socket.parcels.pop_back();
}

/// The oldest messages were thrown away unseen.
void MomentFold::filtered(Socket &socket, const Event &event, EventRef ref)
{
    SocketMoment &told = socket.told;
    const std::uint64_t to = told.taken + event.b;
    if (to > told.sent) {
        Send send;
        send.ref = ref;
        send.offset = told.sent;
        send.length = to - told.sent;
        send.observed = true;
        socket.sends.push_back(send);
        told.sent = to;
    }
    for (Send &send : socket.sends)
        if (send.offset >= told.taken && send.end() <= to && send.length > 0)
            send.filtered = true;
    told.taken = to;
    for (std::uint32_t i = 0; i < event.a && !socket.parcels.empty(); ++i)
        socket.parcels.pop_front();
}

/// Whose bytes stand in that stretch of the stream.
std::vector<Run> MomentFold::runsOf(const Socket &socket, std::uint64_t from, std::uint64_t length)
{
    std::vector<Run> runs;
    auto send = std::partition_point(socket.sends.begin(), socket.sends.end(),
                                     [&](const Send &one) { return one.end() <= from; });
    for (; send != socket.sends.end() && send->offset < from + length; ++send) {
        const std::uint64_t begin = std::max(from, send->offset);
        const std::uint64_t end = std::min(from + length, send->end());
        if (begin < end)
            runs.push_back(
                {socket.firstSend + static_cast<std::uint32_t>(send - socket.sends.begin()), begin, end - begin});
    }
    return runs;
}

/// The rest of a message found no room: whose bytes those were.
void MomentFold::lost(const Socket &socket, Receive &receive, std::uint64_t from, std::uint64_t length)
{
    receive.told.lostBytes += length;
    for (const Run &run : runsOf(socket, from, length)) {
        receive.told.lost.push_back(run);
        receive.firstSend = std::min(receive.firstSend.value_or(run.send), run.send);
    }
}

/// The kernel has the stream as far as @p to. What nobody told to send is an outside peer's, known since @p ref.
void MomentFold::seen(Socket &socket, std::uint64_t to, EventRef ref)
{
    SocketMoment &told = socket.told;
    if (to <= told.sent)
        return;
    socket.sends.push_back({ref, told.sent, to - told.sent, told.sent - told.taken, true, false});
    told.sent = to;
}

void MomentFold::emptiesSkipped(Socket &socket, std::uint32_t count)
{
    for (auto parcel = socket.parcels.begin(); count > 0 && parcel != socket.parcels.end();)
        if (parcel->whole && parcel->length == 0) {
            parcel = socket.parcels.erase(parcel);
            --count;
        } else {
            ++parcel;
        }
}

/// A receive took bytes: of the first message, or across them where the socket acts as a stream.
void MomentFold::takenFrom(Socket &socket, std::uint64_t bytes)
{
    do {
        if (socket.parcels.empty())
            return;
        Parcel &first = socket.parcels.front();
        const std::uint64_t own = std::min(bytes, first.length);
        bytes -= own;
        first.offset += own;
        first.length -= own;
        first.begun = true;
        if (first.length > 0 || !first.whole)
            return;
        socket.parcels.pop_front();
    } while (bytes > 0 && socket.told.actsAsStream);
}

void MomentFold::tell(const Socket &socket, SocketMoment &moment)
{
    if (socket.urgent && *socket.urgent >= socket.firstSend)
        moment.urgent = *socket.urgent - socket.firstSend;
    for (const Parcel &parcel : socket.parcels)
        moment.messages.push_back(
            {parcel.send - socket.firstSend, parcel.offset, parcel.length, parcel.begun, parcel.whole});
}

} // namespace recvscope::trace
