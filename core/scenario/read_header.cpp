#include "scenario/profile.h"
#include "scenario/values.h"
#include "scenario/verbs.h"
#include "scenario/words.h"

#include <algorithm>
#include <utility>

namespace recvscope::scenario {

namespace {

constexpr std::pair<std::string_view, LessonTrack> tracks[] = {
    {"streams", LessonTrack::Streams}, {"messages", LessonTrack::Messages}, {"completion", LessonTrack::Completion},
    {"kernel", LessonTrack::Kernel},   {"compare", LessonTrack::Compare},   {"museum", LessonTrack::Museum}};
constexpr std::pair<std::string_view, Need> allNeeds[] = {{"ipv6", Need::IPv6},
                                                          {"unix", Need::UnixSockets},
                                                          {"seqpacket", Need::SeqPacket},
                                                          {"linux", Need::Linux},
                                                          {"windows", Need::Windows}};
constexpr std::pair<std::string_view, net::SocketKind> kinds[] = {{"tcp", net::SocketKind::Tcp},
                                                                  {"unix", net::SocketKind::Unix},
                                                                  {"udp", net::SocketKind::Udp},
                                                                  {"seqpacket", net::SocketKind::SeqPacket},
                                                                  {"framed", net::SocketKind::Framed}};
constexpr std::pair<std::string_view, net::AddressFamily> families[] = {{"ipv4", net::AddressFamily::IPv4},
                                                                        {"ipv6", net::AddressFamily::IPv6}};
constexpr std::pair<std::string_view, bool> handles[] = {{"valid", false}, {"invalid", true}};
constexpr std::pair<std::string_view, bool> refusedOrAllowed[] = {{"refused", false}, {"allowed", true}};
constexpr std::pair<std::string_view, bool> closings[] = {{"operation-aborted", false}, {"connection-aborted", true}};

constexpr std::pair<std::string_view, bool> presets[] = {{"documented", false}, {"windows", true}};
constexpr std::pair<std::string_view, bool> counts[] = {{"untouched", false}, {"told", true}};
constexpr std::pair<std::string_view, bool> routineOrders[] = {{"completion", false}, {"newest-first", true}};

constexpr std::uint32_t mostSockets = 64;
constexpr std::uint32_t largestReceiveBuffer = 8U << 20;

Lesson readLesson(Reading &reading, const Node &node)
{
    const Fields fields(reading, node, grammar::lesson());
    Lesson lesson;
    lesson.number = fields.number("number", 9999);
    lesson.track = fields.choice<LessonTrack>("track", tracks, LessonTrack::Streams);
    lesson.about = fields.text("about");
    if (const Node *explains = fields.find("explains"))
        lesson.explains = readRules(reading, *explains);
    return lesson;
}

std::vector<Need> readNeeds(Reading &reading, const Node &node)
{
    std::vector<Need> needs;
    std::vector<std::string_view> names;
    for (const auto &[name, need] : allNeeds)
        names.push_back(name);
    for (const Node &item : itemsOf(node)) {
        const auto known = std::find_if(std::begin(allNeeds), std::end(allNeeds),
                                        [&](const auto &each) { return item.isScalar() && each.first == item.text; });
        if (known == std::end(allNeeds)) {
            reading.refuse(item, oneOf(names), item.isScalar() ? nearestWord(item.text, names) : std::string());
            break;
        }
        if (std::find(needs.begin(), needs.end(), known->second) != needs.end())
            reading.refuse(item.place, "the need " + item.describe() + " stands here twice.");
        needs.push_back(known->second);
    }
    return needs;
}

PolicyChoices readPolicy(Reading &reading, const Node &node)
{
    const Fields fields(reading, node, grammar::policy());
    PolicyChoices policy;
    const bool windows = fields.choice<bool>("preset", presets, false); // what stands beside it counts more
    policy.overlappedOnPlainSocketAllowed =
        fields.choice<bool>("overlapped-on-plain-socket", refusedOrAllowed, windows);
    policy.overlappedPeekAllowed = fields.choice<bool>("overlapped-peek", refusedOrAllowed, windows);
    policy.closeAbortsWithConnAborted = fields.choice<bool>("socket-closed", closings, windows);
    policy.resetDiscardsData = fields.boolean("reset-discards-data", windows);
    policy.tooLargeCountReported = fields.choice<bool>("too-large-count", counts, windows);
    policy.routinesNewestFirst = fields.choice<bool>("routine-order", routineOrders, false);
    policy.maxOutstanding = fields.number("max-outstanding", 1'000'000, policy.maxOutstanding);
    return policy;
}

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
    return socket;
}

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

std::vector<std::string> readPeers(Reading &reading, const Node &node)
{
    constexpr std::size_t mostPeers = 64;
    std::vector<std::string> peers;
    if (itemsOf(node).size() > mostPeers)
        reading.refuse(node.place, "a scenario has " + std::to_string(mostPeers) + " further peers at most.");
    for (const Node &item : itemsOf(node)) {
        if (reading.failed())
            break;
        peers.push_back(readName(reading, item));
        if (std::count(peers.begin(), peers.end(), peers.back()) > 1)
            reading.refuse(item.place, "the peer " + item.describe() + " stands here twice.");
    }
    return peers;
}

std::vector<std::string> readThreads(Reading &reading, const Node &node)
{
    constexpr std::size_t mostThreads = 64;
    std::vector<std::string> threads;
    if (itemsOf(node).size() > mostThreads)
        reading.refuse(node.place, "a scenario has " + std::to_string(mostThreads) + " threads at most.");
    for (const Node &item : itemsOf(node)) {
        if (reading.failed())
            break;
        threads.push_back(readName(reading, item));
        if (threads.back() == mainThread)
            reading.refuse(item.place, "the thread 'main' is always there; leave it out.");
        if (std::count(threads.begin(), threads.end(), threads.back()) > 1)
            reading.refuse(item.place, "the thread " + item.describe() + " stands here twice.");
    }
    return threads;
}

} // namespace

bool readHeader(Reading &reading, const Node &root, Scenario &scenario)
{
    // The version first: a text of another one would only give misleading mistakes.
    const Node *version = root.kind == Node::Kind::Mapping ? root.find("recvscope") : nullptr;
    if (version == nullptr) {
        reading.refuse(root.place, "this is no scenario: it does not say 'recvscope: 1'.");
        return false;
    }
    if (!version->isScalar() || version->text != "1") {
        reading.refuse(*version, "the language's version, which is 1");
        return false;
    }
    const Fields fields(reading, root, grammar::top());
    if (reading.failed())
        return true;
    scenario.title = fields.text("title");
    if (const Node *lesson = fields.find("lesson"))
        scenario.lesson = readLesson(reading, *lesson);
    scenario.repeatable = fields.boolean("repeatable", true);
    if (const Node *needs = fields.find("needs"))
        scenario.needs = readNeeds(reading, *needs);
    if (const Node *policy = fields.find("policy"))
        scenario.policy = readPolicy(reading, *policy);
    if (const Node *sockets = fields.find("sockets"))
        readSockets(reading, *sockets, scenario.sockets);
    if (const Node *peers = fields.find("peers"))
        scenario.peers = readPeers(reading, *peers);
    if (const Node *threads = fields.find("threads"))
        scenario.threads = readThreads(reading, *threads);
    return true;
}

} // namespace recvscope::scenario
