#include "scenario/grammar.h"

#include <algorithm>

namespace recvscope::scenario::grammar {

namespace {

constexpr auto R = Mark::Required;
constexpr auto O = Mark::Optional;
constexpr auto L = Mark::Later;
constexpr auto W = Mark::Steps;
constexpr auto S = Mark::LaterSteps;

// -- outside the steps

constexpr Word topWords[] = {{"recvscope", R}, {"title", R},   {"lesson", O},  {"repeatable", O}, {"needs", O},
                             {"policy", O},    {"sockets", O}, {"threads", O}, {"steps", R},      {"peers", O}};
constexpr Word lessonWords[] = {{"number", O}, {"track", R}, {"about", O}, {"explains", R}};
constexpr Word policyWords[] = {{"overlapped-on-plain-socket", O},
                                {"overlapped-peek", O},
                                {"socket-closed", O},
                                {"reset-discards-data", O},
                                {"max-outstanding", O},
                                {"preset", O},
                                {"too-large-count", O},
                                {"routine-order", O},
                                {"wsk-reenable", O},
                                {"wsk-pending-reset", O}};
constexpr Word socketWords[] = {{"kind", O},         {"family", O},          {"overlapped", O},     {"nonblocking", O},
                                {"connected", O},    {"handle", O},          {"receive-buffer", O}, {"face", O},
                                {"category", O},     {"protocol", O},        {"oob-inline", O},     {"keep-alive", O},
                                {"user-timeout", O}, {"receive-timeout", O}, {"path", L},           {"policy", O}};
constexpr Word bufferWords[] = {{"size", O}, {"invalid", O}, {"count", O}};
constexpr Word dataWords[] = {{"hex", O}, {"random", O}, {"file", O}};
constexpr Word randomWords[] = {{"size", R}, {"seed", O}};
constexpr Word queuedWords[] = {{"socket", R}, {"bytes", R}, {"messages", L}};
constexpr Word arrivedWords[] = {{"socket", R}, {"what", R}};
constexpr Word indicatedWords[] = {{"socket", R}, {"count", R}};
constexpr Word discardedWords[] = {{"socket", R}, {"bytes", R}};
constexpr Word callsWords[] = {{"of", R}, {"count", R}};
constexpr Word answerWords[] = {{"accept", O}, {"retain", O}, {"do", W}};

// -- telling and checking

constexpr Word sayWords[] = {{"text", R}};
constexpr Word predictWords[] = {{"of", O}, {"ask", O}, {"buffer", O}, {"question", O}, {"choices", R}, {"answer", O}};
constexpr Word waitWords[] = {{"queued", O},  {"completed", O}, {"blocked", O},   {"event", O},
                              {"arrived", O}, {"routine", O},   {"indicated", O}, {"discarded", O}};
constexpr Word expectWords[] = {{"op", O},         {"returns", O},     {"status", O}, {"bytes", O},
                                {"flags", O},      {"buffers", O},     {"event", O},  {"trace", O},
                                {"diagnostic", O}, {"queued", O},      {"order", O},  {"routine", O},
                                {"routines", O},   {"indicated", O},   {"calls", O},  {"discarded", O},
                                {"overdue", O},    {"information", O}, {"before", O}, {"messages", L}};
constexpr Word assumeWords[] = {{"op", R}, {"returns", O}, {"bytes", O}, {"rule", R}};
constexpr Word barrierWords[] = {{"threads", O}};

// -- the peer and the socket

constexpr Word peerSendWords[] = {{"socket", R}, {"data", R}, {"fragments", O},
                                  {"from", O},   {"part", O}, {"ip-fragments", O}};
constexpr Word peerWords[] = {{"socket", R}};
constexpr Word peerSendOobWords[] = {{"socket", R}, {"data", R}};
constexpr Word peerReceiveWords[] = {{"socket", L}, {"bytes", L}};
constexpr Word peerLinkWords[] = {{"socket", R}, {"state", R}};
constexpr Word socketWordsAlone[] = {{"socket", R}};
constexpr Word socketConnectWords[] = {{"socket", R}, {"to", R}};
constexpr Word socketAcceptWords[] = {{"socket", R}, {"as", R}};
constexpr Word socketSendWords[] = {{"socket", L}, {"data", L}};
constexpr Word socketSendToWords[] = {{"socket", R}, {"to", R}, {"data", R}};
constexpr Word socketJoinWords[] = {{"socket", R}, {"group", R}};
constexpr Word socketSetWords[] = {{"socket", L}, {"option", L}, {"value", L}};

// -- WSPRecv and its neighbours

constexpr Word wspRecvWords[] = {{"socket", R}, {"op", R}, {"buffers", R}, {"flags", O},       {"overlapped", O},
                                 {"event", O},  {"on", O}, {"routine", O}, {"on-complete", W}, {"blocking-hook", W}};
constexpr Word wspResultWords[] = {{"op", O}, {"of", O}, {"overlapped", O}, {"wait", O}, {"on", O}};
constexpr Word wspShutdownWords[] = {{"socket", R}, {"how", R}, {"op", O}, {"on", O}};
constexpr Word wspCloseWords[] = {{"socket", R}, {"abortive", O}, {"op", O}, {"on", O}};
constexpr Word wspCancelWords[] = {{"thread", R}};
constexpr Word wspSiblingWords[] = {{"socket", L}, {"op", L},      {"buffers", L},    {"data", L},
                                    {"to", L},     {"flags", L},   {"overlapped", L}, {"event", L},
                                    {"on", L},     {"routine", L}, {"context", L},    {"on-complete", S}};
constexpr Word wspSendWords[] = {{"socket", R}, {"op", O}, {"data", R},    {"overlapped", O},
                                 {"event", O},  {"on", O}, {"routine", O}, {"on-complete", W}};
constexpr Word wspAlertableWords[] = {{"on", O}, {"routines", O}, {"op", O}};
constexpr Word wspWaitEventWords[] = {{"event", R}, {"on", O}, {"op", O}};
constexpr Word wspQueueApcWords[] = {{"thread", R}, {"context", O}, {"on", O}, {"process", O}, {"op", O}};
constexpr Word overlappedFreeWords[] = {{"overlapped", R}};
constexpr Word scribbleWords[] = {{"of", R}, {"what", R}};
constexpr Word threadWords[] = {{"exit", R}};

// -- WskReceive and its neighbours

constexpr Word wskReceiveWords[] = {{"socket", R}, {"op", R},    {"irp", O},  {"mdl", O}, {"offset", O},
                                    {"length", O}, {"flags", O}, {"irql", O}, {"on", O},  {"on-complete", W}};
constexpr Word wskSendWords[] = {{"socket", R}, {"op", O}, {"irp", O}, {"data", R}, {"on", O}};
constexpr Word wskConnectWords[] = {{"socket", R}, {"irp", O}, {"op", O}, {"on", O}};
constexpr Word wskAcceptWords[] = {{"socket", R}, {"as", R}, {"irp", O}, {"op", O}, {"on", O}};
constexpr Word wskCancelWords[] = {{"irp", R}};
constexpr Word wskEventWords[] = {{"socket", R},      {"receive", O},    {"disconnect", O}, {"irp", O},
                                  {"on-indicate", O}, {"descriptor", O}, {"op", O},         {"on", O}};
constexpr Word wskReleaseWords[] = {{"socket", R}, {"indication", R}, {"node", O}, {"op", O}, {"on", O}};
constexpr Word wskDisconnectWords[] = {{"socket", R}, {"abortive", O}, {"irp", O}, {"data", O}, {"op", O}, {"on", O}};
constexpr Word wskCloseWords[] = {{"socket", R}, {"irp", O}, {"op", O}, {"on", O}};
constexpr Word mdlWords[] = {{"of", R}};
constexpr Word irpWords[] = {{"irp", R}};

// -- beside both

constexpr Word nativeRecvWords[] = {{"socket", R}, {"op", R}, {"buffers", R}, {"flags", O}, {"on", O}};
constexpr Word faultWords[] = {{"network", O}, {"callback", O}, {"irp-status", O}};
constexpr Word provokeWords[] = {{"race", R}, {"socket", R}};

constexpr Section allVerbs[] = {
    {"say", O, sayWords},
    {"predict", O, predictWords},
    {"peer.send", O, peerSendWords},
    {"peer.shutdown", O, peerWords},
    {"peer.reset", O, peerWords},
    {"peer.close", O, peerWords},
    {"peer.send-oob", O, peerSendOobWords},
    {"wsp.recv", O, wspRecvWords},
    {"wsp.result", O, wspResultWords},
    {"wsp.shutdown", O, wspShutdownWords},
    {"wsp.close", O, wspCloseWords},
    {"wsp.cancel-blocking", O, wspCancelWords},
    {"wait", O, waitWords},
    {"expect", O, expectWords},
    {"barrier", O, barrierWords},
    {"wsp.alertable-wait", O, wspAlertableWords},
    {"wsp.wait-event", O, wspWaitEventWords},
    {"wsp.queue-apc", O, wspQueueApcWords},
    {"overlapped.free", O, overlappedFreeWords},
    {"scribble", O, scribbleWords},
    {"thread", O, threadWords},
    {"fault", O, faultWords},
    {"peer.link", O, peerLinkWords},
    {"wsp.send", O, wspSendWords},
    {"socket.bind", O, socketWordsAlone},
    {"socket.listen", O, socketWordsAlone},
    {"socket.connect", O, socketConnectWords},
    {"socket.accept", O, socketAcceptWords},
    {"socket.send-to", O, socketSendToWords},
    {"socket.join", O, socketJoinWords},
    {"assume", O, assumeWords},
    {"wsk.receive", O, wskReceiveWords},
    {"wsk.send", O, wskSendWords},
    {"wsk.connect", O, wskConnectWords},
    {"wsk.socket-connect", O, wskConnectWords},
    {"wsk.accept", O, wskAcceptWords},
    {"wsk.cancel", O, wskCancelWords},
    {"wsk.event", O, wskEventWords},
    {"wsk.release", O, wskReleaseWords},
    {"wsk.disconnect", O, wskDisconnectWords},
    {"wsk.close", O, wskCloseWords},
    {"mdl.unlock", O, mdlWords},
    {"mdl.free", O, mdlWords},
    {"irp.touch", O, irpWords},
    {"irp.reuse", O, irpWords},
    {"native.recv", O, nativeRecvWords},
    {"provoke", O, provokeWords},

    {"peer.receive", L, peerReceiveWords},
    {"socket.send", L, socketSendWords},
    {"socket.set", L, socketSetWords},
    {"wsp.recv-from", L, wspSiblingWords},
    {"wsp.send-to", L, wspSiblingWords},
};

} // namespace

std::span<const Section> verbs()
{
    return allVerbs;
}

const Section *verb(std::string_view name)
{
    const auto all = verbs();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Section &each) { return each.name == name; });
    return found == all.end() ? nullptr : &*found;
}

const Section &top()
{
    static constexpr Section section{"the scenario", O, topWords};
    return section;
}

const Section &lesson()
{
    static constexpr Section section{"lesson", O, lessonWords};
    return section;
}

const Section &policy()
{
    static constexpr Section section{"policy", O, policyWords};
    return section;
}

const Section &socket()
{
    static constexpr Section section{"a socket", O, socketWords};
    return section;
}

const Section &buffer()
{
    static constexpr Section section{"a buffer", O, bufferWords};
    return section;
}

const Section &random()
{
    static constexpr Section section{"random", O, randomWords};
    return section;
}

const Section &data()
{
    static constexpr Section section{"data", O, dataWords};
    return section;
}

const Section &queued()
{
    static constexpr Section section{"queued", O, queuedWords};
    return section;
}

const Section &arrived()
{
    static constexpr Section section{"arrived", O, arrivedWords};
    return section;
}

const Section &indicated()
{
    static constexpr Section section{"indicated", O, indicatedWords};
    return section;
}

const Section &discarded()
{
    static constexpr Section section{"discarded", O, discardedWords};
    return section;
}

const Section &calls()
{
    static constexpr Section section{"calls", O, callsWords};
    return section;
}

const Section &answer()
{
    static constexpr Section section{"an answer", O, answerWords};
    return section;
}

std::vector<std::string_view> namesOf(std::span<const Word> words)
{
    std::vector<std::string_view> names;
    for (const Word &word : words)
        names.push_back(word.name);
    return names;
}

std::vector<std::string_view> verbNames()
{
    std::vector<std::string_view> names;
    for (const Section &each : verbs())
        names.push_back(each.name);
    return names;
}

} // namespace recvscope::scenario::grammar
