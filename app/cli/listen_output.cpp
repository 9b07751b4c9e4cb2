#include "cli/listen_output.h"

#include "cli/cells.h"
#include "cli/text.h"
#include "session/byte_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace recvscope::cli {

namespace {

using Json = nlohmann::ordered_json;

std::string behaviourText(const session::LiveBehaviour &behaviour)
{
    std::string text = "receives into ";
    for (std::size_t i = 0; i < behaviour.buffers.size(); ++i)
        text += (i == 0 ? "" : " + ") + std::to_string(behaviour.buffers[i]);
    text += behaviour.buffers == std::vector<std::uint32_t>{1} ? " byte" : " bytes";
    text +=
        behaviour.overlapped ? ", overlapped, " + std::to_string(behaviour.outstanding) + " in flight" : ", blocking";
    if (behaviour.bytesPerSecond != 0)
        text += ", consuming " + count(behaviour.bytesPerSecond, "byte") + " a second";
    return text;
}

std::string tag(SocketId socket)
{
    return "#" + std::to_string(socket.value);
}

/// How the last receive ended, in words.
std::string endText(const session::Connection &connection)
{
    if (connection.endStatus == Status::Success)
        return "the peer finished";
    if (connection.endStatus == Status::WsaOperationAborted)
        return "closed here";
    return std::string(nameOf(connection.endStatus));
}

} // namespace

void ListenOutput::began(const session::Live &live)
{
    if (m_json)
        line(Json{{"event", "listening"}, {"address", live.address().text()}}.dump());
    else
        line("Listening on " + live.address().text() + ": " + behaviourText(live.behaviour()) + ". Ctrl-C ends.");
    m_begun.count_down();
}

void ListenOutput::opened(const session::Connection &connection)
{
    m_begun.wait();
    if (m_json)
        line(Json{{"event", "connected"}, {"connection", connection.socket.value}, {"peer", connection.peer.text()}}
                 .dump());
    else
        line(tag(connection.socket) + " " + connection.peer.text() + " connected");
}

void ListenOutput::received(const session::LiveReceive &receive)
{
    if (m_json) {
        Json json = {{"event", "receive"},
                     {"connection", receive.socket.value},
                     {"number", receive.number},
                     {"overlapped", receive.overlapped},
                     {"pending", receive.wasPending},
                     {"status", nameOf(receive.status)},
                     {"bytes", receive.bytes},
                     {"buffers", Json::array()}};
        for (std::size_t i = 0; i < receive.sizes.size(); ++i)
            json["buffers"].push_back({{"size", receive.sizes[i]},
                                       {"text", session::escaped(receive.contents[i])},
                                       {"hex", session::hex(receive.contents[i])}});
        line(json.dump());
        return;
    }
    const Paint paint(m_invocation.terminal.colour);
    std::string text = tag(receive.socket) + " r" + std::to_string(receive.number) + "  ";
    text += padded(!receive.overlapped ? "blocking" : (receive.wasPending ? "pending" : "at once"), 9);
    if (receive.status != Status::Success) {
        line(text + paint(Ink::Failure, nameOf(receive.status)));
        return;
    }
    text += count(receive.bytes, "byte");
    if (receive.bytes == 0) {
        line(text + ": the end");
        return;
    }
    const std::size_t columns =
        std::max<std::size_t>(10, static_cast<std::size_t>(m_invocation.terminal.columns) / receive.sizes.size());
    text += "  ";
    for (std::size_t i = 0; i < receive.sizes.size(); ++i) {
        const std::string_view bytes = receive.contents[i];
        std::vector<Piece> pieces;
        if (!bytes.empty())
            pieces.push_back({static_cast<std::size_t>(receive.number - 1), bytes.size(), std::string(bytes)});
        text += (i == 0 ? "" : " ") +
                row(pieces, receive.sizes[i] - bytes.size(), std::min<std::size_t>(columns, 60), paint);
    }
    line(text);
}

void ListenOutput::closed(const session::Connection &connection)
{
    if (m_json) {
        line(Json{{"event", "ended"},
                  {"connection", connection.socket.value},
                  {"peer", connection.peer.text()},
                  {"bytes", connection.bytes},
                  {"receives", connection.receives},
                  {"status", nameOf(connection.endStatus)}}
                 .dump());
        return;
    }
    line(tag(connection.socket) + " " + connection.peer.text() + " ended: " + count(connection.bytes, "byte") + " in " +
         count(connection.receives, "receive") + ", " + endText(connection));
}

void ListenOutput::ended(const session::Live &live)
{
    std::uint64_t bytes = 0;
    std::uint64_t receives = 0;
    const std::vector<session::Connection> connections = live.connections();
    for (const session::Connection &connection : connections) {
        bytes += connection.bytes;
        receives += connection.receives;
    }
    if (m_json)
        line(Json{{"event", "total"},
                  {"connections", connections.size()},
                  {"bytes", bytes},
                  {"receives", receives},
                  {"eventsNotKept", live.snapshot().dropped()}}
                 .dump());
    else
        line("Total: " + count(bytes, "byte") + " in " + count(receives, "receive") + " from " +
             count(connections.size(), "connection"));
}

void ListenOutput::line(const std::string &text)
{
    m_invocation.out << text << '\n' << std::flush;
}

} // namespace recvscope::cli
