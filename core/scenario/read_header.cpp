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

void readHeader(Reading &reading, const Node &root, Scenario &scenario)
{
    // The version first: a text of another one would only give misleading mistakes.
    const Node *version = root.kind == Node::Kind::Mapping ? root.find("recvscope") : nullptr;
    if (version == nullptr) {
        reading.refuse(root.place, "this is no scenario: it does not say 'recvscope: 1'.");
        return;
    }
    if (!version->isScalar() || version->text != "1") {
        reading.refuse(*version, "the language's version, which is 1");
        return;
    }
    const Fields fields(reading, root, grammar::top());
    if (reading.failed())
        return;
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
}

} // namespace recvscope::scenario
