// The sockets that a scenario declares.

#include "scenario/profile.h"
#include "scenario/reading.h"
#include "scenario/verbs.h"
#include "scenario/words.h"

#include <algorithm>
#include <utility>

namespace recvscope::scenario {

namespace {

constexpr std::pair<std::string_view, net::SocketKind> kinds[] = {{"tcp", net::SocketKind::Tcp},
                                                                  {"unix", net::SocketKind::Unix},
                                                                  {"udp", net::SocketKind::Udp},
                                                                  {"seqpacket", net::SocketKind::SeqPacket},
                                                                  {"framed", net::SocketKind::Framed}};
constexpr std::pair<std::string_view, net::AddressFamily> families[] = {{"ipv4", net::AddressFamily::IPv4},
                                                                        {"ipv6", net::AddressFamily::IPv6}};
constexpr std::pair<std::string_view, bool> handles[] = {{"valid", false}, {"invalid", true}};
constexpr std::pair<std::string_view, Face> faces[] = {
    {"wsp", Face::Wsp}, {"wsk", Face::Wsk}, {"native", Face::Native}};
constexpr std::pair<std::string_view, Category> categories[] = {{"connection", Category::Connection},
                                                                {"stream", Category::Stream},
                                                                {"datagram", Category::Datagram},
                                                                {"listening", Category::Listening}};

constexpr std::uint32_t mostSockets = 64;
constexpr std::uint32_t largestReceiveBuffer = 8U << 20;

/// What no transport here could keep up is refused.
void checkProfile(Reading &reading, const Node &node, net::SocketKind kind, std::uint32_t set)
{
    const bool stream = net::isStream(kind);
    if (stream && (set & (net::xp1::MessageOriented | net::xp1::PartialMessage)) != 0)
        reading.refuse(node.place, "a byte stream keeps no messages apart: take the kind framed, seqpacket or udp.");
    else if (kind != net::SocketKind::Framed && (set & net::xp1::PartialMessage) != 0)
        reading.refuse(node.place, "messages come in parts on the kind framed alone.");
    else if (!stream && (set & net::xp1::ExpeditedData) != 0)
        reading.refuse(node.place, "a transport of messages has no urgent data.");
}

Profile readProfile(Reading &reading, const Node &node, net::SocketKind kind)
{
    constexpr std::string_view away = "no-";
    std::vector<std::string> names;
    for (const auto &[name, bit] : profileBits) {
        names.emplace_back(name);
        names.push_back(std::string(away) + std::string(name));
    }
    Profile profile;
    for (const Node &item : itemsOf(node)) {
        const bool clears = item.isScalar() && item.text.starts_with(away);
        const std::string_view word = clears ? std::string_view(item.text).substr(away.size()) : item.text;
        const auto known = std::find_if(std::begin(profileBits), std::end(profileBits),
                                        [&](const auto &each) { return item.isScalar() && each.first == word; });
        if (known == std::end(profileBits)) {
            reading.refuse(item, "a bit of the protocol, such as pseudo-stream or no-expedited-data",
                           item.isScalar() ? nearestWord(item.text, names) : std::string());
            break;
        }
        if (((profile.set | profile.cleared) & known->second) != 0)
            reading.refuse(item.place, "the bit '" + std::string(word) + "' stands here twice.");
        (clears ? profile.cleared : profile.set) |= known->second;
    }
    if (itemsOf(node).empty())
        reading.refuse(node, "at least one bit of the protocol");
    checkProfile(reading, node, kind, profile.set);
    return profile;
}

/// Milliseconds, of a TCP socket.
std::uint32_t readTime(Reading &reading, const Fields &fields, std::string_view word, net::SocketKind kind)
{
    constexpr std::uint32_t longest = 3'600'000;
    const Node *node = fields.find(word);
    if (node == nullptr)
        return 0;
    const std::uint32_t time = fields.number(word, longest);
    if (kind != net::SocketKind::Tcp)
        reading.refuse(node->place, std::string(word) + " is TCP's: a socket of kind " +
                                        std::string(net::nameOf(kind)) + " has none.");
    else if (time == 0)
        reading.refuse(*node, "a time of at least 1 millisecond");
    return time;
}

/// Through whose interface it is used, and as what.
void readFace(Reading &reading, const Node &node, const Fields &fields, SocketDeclaration &socket)
{
    socket.face = fields.choice<Face>("face", faces, Face::Wsp);
    socket.category = fields.choice<Category>("category", categories, Category::Connection);
    const std::string kind(net::nameOf(socket.kind));
    if (fields.has("category") && socket.face != Face::Wsk) {
        reading.refuse(fields.find("category")->place,
                       "a category is of WSK's sockets: add 'face: wsk', or leave it out.");
        return;
    }
    if (socket.face == Face::Wsp)
        return;
    if (socket.kind == net::SocketKind::Framed) {
        reading.refuse(node.place, "the messages of a framed socket are kept apart for WSPRecv alone.");
        return;
    }
    for (const char *word : {"overlapped", "handle", "protocol"})
        if (fields.has(word))
            reading.refuse(fields.find(word)->place, std::string(word) + " is of WSPRecv's sockets; leave it out.");
    if (socket.face == Face::Native)
        return;
    for (const char *word : {"nonblocking", "receive-timeout"})
        if (fields.has(word))
            reading.refuse(fields.find(word)->place,
                           std::string(word) +
                               " has no meaning for a WSK socket, whose calls never block; leave it out.");
    const bool datagram = socket.category == Category::Datagram;
    if (datagram != (socket.kind == net::SocketKind::Udp))
        reading.refuse(node.place, datagram ? "a datagram socket is of kind udp, and this one is of kind " + kind + "."
                                            : "a WSK socket of kind udp says 'category: datagram'.");
    else if (socket.kind == net::SocketKind::SeqPacket)
        reading.refuse(node.place, "WSK has no sockets of kind seqpacket; take tcp, unix or udp.");
    else if (socket.category == Category::Listening && (socket.connected || socket.kind != net::SocketKind::Tcp))
        reading.refuse(node.place, "a listening socket is of kind tcp and says 'connected: false'.");
}

SocketDeclaration readSocket(Reading &reading, const Node &name, const Node &node)
{
    SocketDeclaration socket;
    socket.name = readName(reading, name);
    socket.place = name.place;
    const Fields fields(reading, node, grammar::socket());
    socket.kind = fields.choice<net::SocketKind>("kind", kinds, net::SocketKind::Tcp);
    socket.family = fields.choice<net::AddressFamily>("family", families, net::AddressFamily::IPv4);
    socket.overlapped = fields.boolean("overlapped", true);
    socket.nonblocking = fields.boolean("nonblocking", false);
    socket.connected = fields.boolean("connected", true);
    socket.invalid = fields.choice<bool>("handle", handles, false);
    const bool local = socket.kind == net::SocketKind::Unix || socket.kind == net::SocketKind::SeqPacket;
    if (fields.has("family") && local)
        reading.refuse(fields.find("family")->place,
                       "a socket of kind " + std::string(net::nameOf(socket.kind)) + " has no family; leave it out.");
    if (fields.has("receive-buffer")) {
        socket.receiveBuffer = fields.number("receive-buffer", largestReceiveBuffer);
        if (*socket.receiveBuffer == 0)
            reading.refuse(*fields.find("receive-buffer"), "a receive buffer of at least 1 byte");
    }
    if (const Node *protocol = fields.find("protocol"))
        socket.profile = readProfile(reading, *protocol, socket.kind);
    socket.oobInline = fields.boolean("oob-inline", false);
    if (socket.oobInline && socket.kind != net::SocketKind::Tcp)
        reading.refuse(fields.find("oob-inline")->place, "urgent data is TCP's: a socket of kind " +
                                                             std::string(net::nameOf(socket.kind)) + " has none.");
    socket.keepAlive = readTime(reading, fields, "keep-alive", socket.kind);
    socket.userTimeout = readTime(reading, fields, "user-timeout", socket.kind);
    socket.receiveTimeout = readTime(reading, fields, "receive-timeout", net::SocketKind::Tcp);
    readFace(reading, node, fields, socket);
    if (const Node *policy = fields.find("policy"))
        socket.policy = readPolicy(reading, *policy);
    return socket;
}

} // namespace

void readSockets(Reading &reading, const Node &node, std::vector<SocketDeclaration> &sockets)
{
    if (node.kind != Node::Kind::Mapping) {
        reading.refuse(node, "sockets by name, such as s: {kind: tcp}");
        return;
    }
    if (node.keys.size() > mostSockets)
        reading.refuse(node.place, "a scenario has " + std::to_string(mostSockets) + " sockets at most.");
    for (std::size_t i = 0; i < node.keys.size() && !reading.failed(); ++i)
        sockets.push_back(readSocket(reading, node.keys[i], node.values[i]));
}

} // namespace recvscope::scenario
