// Every verb, with every word of it, is written as it was read.

#include "scenario/grammar.h"
#include "scenario/write.h"
#include "texts.h"

#include <map>
#include <vector>

namespace recvscope::scenario {

namespace {

const std::string header = "recvscope: 1\n"
                           "title: every word\n"
                           "policy: {preset: windows, wsk-reenable: when-completed, max-outstanding: 7}\n"
                           "sockets:\n"
                           "  s: {kind: tcp, policy: windows}\n"
                           "  u: {kind: udp, connected: false}\n"
                           "  v: {kind: udp, policy: {wsk-pending-reset: STATUS_FILE_FORCED_CLOSED}}\n"
                           "  f: {kind: framed}\n"
                           "  l: {kind: tcp, connected: false}\n"
                           "  c: {kind: tcp, connected: false}\n"
                           "  k: {face: wsk, policy: {routine-order: newest-first}}\n"
                           "  d: {face: wsk, kind: udp, category: datagram}\n"
                           "  x: {face: wsk, kind: unix, category: stream}\n"
                           "  q: {face: wsk, category: listening, connected: false}\n"
                           "  a: {face: wsk, connected: false}\n"
                           "  b: {face: wsk, connected: false}\n"
                           "  e: {face: wsk, connected: false}\n"
                           "  n: {face: native, nonblocking: true}\n"
                           "peers: [p]\n"
                           "threads: [t1, t2]\n"
                           "steps:\n";

/// Steps that stand for themselves, or after those that make what they name.
struct Example {
    std::string verb;
    std::string before;
    std::string arguments;
};

const std::string recv = "  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o1, event: e1}\n";
const std::string receive = "  - wsk.receive: {socket: k, op: k1, irp: i1, mdl: [8]}\n";
const std::string drain = "  - wsk.receive: {socket: k, op: k2, irp: i2, mdl: [8], length: 0, flags: WSK_FLAG_DRAIN}\n";
const std::string callback = "  - wsk.event: {socket: k, receive: enable, on-indicate: [{retain: n1}]}\n";
const std::string sent = "  - peer.send: {socket: k, data: abcdef}\n";

const std::vector<Example> &examples()
{
    static const std::vector<Example> all = {
        {"say", "", "{text: hello}"},
        {"predict", recv, "{of: r1, ask: buffer, buffer: 0, question: what, choices: [a, b]}"},
        {"predict", "", "{question: what, choices: [a, b], answer: b}"},
        {"peer.send", "", "{socket: s, data: abcdef, fragments: [1, 2]}"},
        {"peer.send", "", "{socket: v, data: \"some data\", from: p}"},
        {"peer.send", "", "{socket: v, data: {random: {size: 100}}, ip-fragments: 3}"},
        {"peer.send", "", "{socket: f, data: {hex: \"00 ff\"}, part: true}"},
        {"peer.shutdown", "", "{socket: s}"},
        {"peer.reset", "", "{socket: s}"},
        {"peer.close", "", "{socket: s}"},
        {"peer.send-oob", "", "{socket: s, data: \"!\"}"},
        {"peer.link", "", "{socket: s, state: cut}"},
        {"wsp.recv", "",
         "{socket: s, op: r1, buffers: [8, {invalid: 1}, {size: 2, count: 3}], flags: [MSG_PEEK, MSG_WAITALL, 0x100], "
         "overlapped: o1, event: e1, on: t1, routine: done, on-complete: [{wsp.close: {socket: s}}]}"},
        {"wsp.recv", "",
         "{socket: s, op: r1, buffers: [8], on: t1, blocking-hook: [{wsp.cancel-blocking: {thread: t1}}]}"},
        {"wsp.result", recv, "{op: q1, of: r1, wait: true, on: t1}"},
        {"wsp.result", recv, "{overlapped: o1}"},
        {"wsp.shutdown", "", "{socket: s, how: both, op: q1, on: t1}"},
        {"wsp.close", "", "{socket: s, abortive: true, op: q1, on: t1}"},
        {"wsp.cancel-blocking", "", "{thread: t1}"},
        {"wsp.alertable-wait", "", "{on: t1, routines: 2, op: w1}"},
        {"wsp.wait-event", recv, "{event: e1, on: t1, op: w1}"},
        {"wsp.queue-apc", "", "{thread: t1, context: 7, on: t2, process: another, op: w1}"},
        {"wsp.send", "",
         "{socket: s, op: w1, data: hello, overlapped: o1, event: e1, on: t1, routine: done, "
         "on-complete: [{wsp.send: {socket: s, data: again}}]}"},
        {"overlapped.free", recv, "{overlapped: o1}"},
        {"scribble", recv, "{of: r1, what: buffers}"},
        {"thread", "", "{exit: t1}"},
        {"fault", "", "{network: down}"},
        {"fault", "", "{callback: ends}"},
        {"fault", "", "{irp-status: STATUS_INSUFFICIENT_RESOURCES}"},
        {"socket.bind", "", "{socket: u}"},
        {"socket.listen", "", "{socket: l}"},
        {"socket.connect", "", "{socket: u, to: p}"},
        {"socket.accept", "  - socket.listen: {socket: l}\n", "{socket: l, as: c}"},
        {"socket.send-to", "", "{socket: u, to: p, data: hello}"},
        {"socket.join", "", "{socket: u, group: \"239.1.2.3\"}"},
        {"assume", recv, "{op: r1, returns: 0, bytes: 8, rule: wsp.complete.pending-leaves-outputs}"},
        {"barrier", "", "{threads: [t1]}"},
        {"wait", "", "{queued: {socket: s, bytes: 0}}"},
        {"wait", recv + "  - wsp.close: {socket: s}\n", "{completed: r1}"},
        {"wait", "  - wsp.recv: {socket: s, op: b1, buffers: [8], on: t1}\n", "{blocked: b1}"},
        {"wait", recv + "  - wsp.close: {socket: s}\n", "{event: e1}"},
        {"wait", "  - peer.shutdown: {socket: s}\n", "{arrived: {socket: s, what: end}}"},
        {"wait",
         "  - wsp.recv: {socket: s, op: r2, buffers: [8], overlapped: o2, routine: done}\n"
         "  - wsp.close: {socket: s}\n",
         "{routine: r2}"},
        {"wait", callback + sent, "{indicated: {socket: k, count: 2}}"},
        {"wait", drain + sent, "{discarded: {socket: k, bytes: 6}}"},
        {"expect", recv,
         "{op: r1, returns: WSA_IO_PENDING, status: 0, bytes: 5, flags: [MSG_PARTIAL, 0x1], buffers: [hello], "
         "event: not set, trace: [wsp.complete.pending], diagnostic: [wsp.buffer.fault], "
         "queued: {socket: s, bytes: 1}, order: [r1]}"},
        {"expect", "  - wsp.recv: {socket: s, op: r2, buffers: [8], overlapped: o2, routine: done}\n",
         "{op: r2, bytes: untouched, flags: untouched, routine: queued, routines: [r2]}"},
        {"expect", receive + drain,
         "{op: k1, returns: STATUS_PENDING, status: STATUS_CANCELLED, information: 8, before: k2, "
         "calls: {of: k2, count: 1}, indicated: {socket: k, count: 0}, discarded: {socket: k, bytes: 3}, overdue: x}"},
        {"expect", receive, "{op: k1, information: 0, before: return}"},
        {"wsk.receive", "",
         "{socket: k, op: k9, irp: i9, mdl: [8, {size: 4, count: 2}], offset: 6, length: 10, "
         "flags: [WSK_FLAG_WAITALL, WSK_FLAG_DRAIN, 0x100], irql: DISPATCH_LEVEL, on: t1, "
         "on-complete: [{wsk.receive: {socket: k, op: k8, irp: i8, mdl: [8]}}, {wsk.cancel: {irp: i8}}]}"},
        {"wsk.receive", "", "{socket: d, op: k9, irql: 31, flags: WSK_FLAG_DRAIN}"},
        {"wsk.send", "", "{socket: x, op: w1, irp: i9, data: hello, on: t1}"},
        {"wsk.connect", "", "{socket: a, irp: i9, op: w1, on: t1}"},
        {"wsk.socket-connect", "", "{socket: b, irp: i9, op: w1, on: t1}"},
        {"wsk.accept", "", "{socket: q, as: e, irp: i9, op: w1, on: t1}"},
        {"wsk.cancel", receive, "{irp: i1}"},
        {"wsk.event", "",
         "{socket: k, receive: enable, disconnect: disable, irp: i9, on-indicate: [{accept: all}, {accept: 3, do: "
         "[{wsk.receive: {socket: k, op: k8, irp: i8, length: 0}}]}, not-accepted, {retain: n1, do: "
         "[{wsk.release: {socket: k, indication: n1}}]}], descriptor: 16, op: w1, on: t1}"},
        {"wsk.event", "", "{socket: k, receive: disable}"},
        {"wsk.release", callback, "{socket: k, indication: n1, node: 1, op: w1, on: t1}"},
        {"wsk.disconnect", "", "{socket: k, abortive: true, irp: i9, op: w1, on: t1}"},
        {"wsk.disconnect", "", "{socket: x, data: \"good bye\"}"},
        {"wsk.close", "", "{socket: q, irp: i9, op: w1, on: t1}"},
        {"mdl.unlock", receive, "{of: k1}"},
        {"mdl.free", receive, "{of: k1}"},
        {"irp.touch", receive, "{irp: i1}"},
        {"irp.reuse", receive, "{irp: i1}"},
        {"native.recv", "",
         "{socket: n, op: n9, buffers: [8, {size: 2, count: 2}], flags: [MSG_PEEK, MSG_WAITALL], on: t1}"},
        {"provoke", callback, "{race: receive-event, socket: k}"},
    };
    return all;
}

std::string textOf(const Example &example)
{
    return header + example.before + "  - " + example.verb + ": " + example.arguments + "\n";
}

} // namespace

TEST(RoundTrip, everyVerbIsWrittenAsItWasRead)
{
    for (const Example &example : examples()) {
        const Scenario made = readGood(textOf(example));
        ASSERT_FALSE(made.steps.empty()) << example.verb;
        EXPECT_EQ(verbOf(made.steps.back().action), example.verb);
        const std::string written = write(made);
        const ReadResult again = readScenarioText(written, "written.yaml");
        ASSERT_TRUE(again.ok()) << again.error().message() << "\n" << written;
        EXPECT_EQ(again.value(), made) << written;
        EXPECT_EQ(write(again.value()), written);
    }
}

TEST(RoundTrip, itsExamplesHaveEveryWordOfEveryVerb)
{
    std::map<std::string, std::string, std::less<>> written;
    for (const Example &example : examples())
        written[example.verb] += example.arguments;
    for (const grammar::Section &verb : grammar::verbs()) {
        if (grammar::isLater(verb.mark))
            continue;
        const auto found = written.find(verb.name);
        ASSERT_NE(found, written.end()) << "no example of " << verb.name;
        for (const grammar::Word &word : verb.words)
            if (!grammar::isLater(word.mark)) {
                const bool has = found->second.find("{" + std::string(word.name) + ":") != std::string::npos ||
                                 found->second.find(" " + std::string(word.name) + ":") != std::string::npos;
                EXPECT_TRUE(has) << "no example of " << verb.name << " has '" << word.name << "'";
            }
    }
}

} // namespace recvscope::scenario
