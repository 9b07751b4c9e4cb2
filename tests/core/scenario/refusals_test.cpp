// What a text is refused for: the place, what was expected and found, and the word that was probably meant.

#include "texts.h"

#include <tuple>

namespace recvscope::scenario {

namespace {

struct Refusal {
    const char *name;
    std::string text;
    std::uint32_t line;
    const char *at;      ///< what stands at the place
    const char *message; ///< a part of it
    const char *nearest;
};

void PrintTo(const Refusal &refusal, std::ostream *out)
{
    *out << refusal.name;
}

std::string nameOfRefusal(const testing::TestParamInfo<Refusal> &info)
{
    return info.param.name;
}

class Refused : public testing::TestWithParam<Refusal> {};

/// The text from where the error begins to where it ends, or to the end of the line.
std::string spanOf(const std::string &text, const ReadError &error)
{
    std::size_t start = 0;
    for (std::uint32_t line = 1; line < error.line; ++line)
        start = text.find('\n', start) + 1;
    const std::string line = text.substr(start, text.find('\n', start) - start);
    const std::size_t end = error.endLine == error.line ? error.endColumn - 1 : line.size();
    return error.column - 1 > line.size() ? std::string() : line.substr(error.column - 1, end - (error.column - 1));
}

/// The arguments of a receive into r1, with more of them.
std::string recvWith(const std::string &more)
{
    return withSteps("  - wsp.recv: {socket: s, op: r1, buffers: [8], " + more + "}\n");
}

const std::string header = "recvscope: 1\ntitle: x\n";

} // namespace

TEST_P(Refused, saysWhereAndWhatWouldBeRight)
{
    const Refusal &expected = GetParam();
    const ReadError error = readBad(expected.text);
    EXPECT_EQ(error.line, expected.line) << error.message();
    EXPECT_EQ(spanOf(expected.text, error), expected.at) << error.message();
    EXPECT_NE(error.message().find(expected.message), std::string::npos) << error.message();
    EXPECT_EQ(error.nearest, expected.nearest) << error.message();
    EXPECT_GE(std::tie(error.endLine, error.endColumn), std::tie(error.line, error.column));
    EXPECT_FALSE(error.later);
}

INSTANTIATE_TEST_SUITE_P(
    Words, Refused,
    testing::Values(
        Refusal{"verb", withSteps("  - wsp.rcv: {socket: s}\n"), 7, "wsp.rcv", "expected a verb, found 'wsp.rcv'",
                "wsp.recv"},
        Refusal{"verbWithoutItsFamily", withSteps("  - recv: {socket: s}\n"), 7, "recv", "expected a verb", "wsp.recv"},
        Refusal{"verbUnlikeAny", withSteps("  - frobnicate: {}\n"), 7, "frobnicate",
                "expected a verb, found 'frobnicate'", ""},
        Refusal{"argument", recvWith("overlaped: o1"), 7, "overlaped", "expected a word of wsp.recv", "overlapped"},
        Refusal{"missingArgument", withSteps("  - wsp.recv: {socket: s, op: r1}\n"), 7, "{socket: s, op: r1}",
                "wsp.recv needs 'buffers'", ""},
        Refusal{"topLevel", header + "socket:\n  s: {}\nsteps: [say: x]\n", 3, "socket",
                "expected a word of the scenario", "sockets"},
        Refusal{"kind", header + "sockets:\n  s: {kind: tpc}\nsteps: [say: x]\n", 4, "tpc",
                "expected tcp, unix, udp, seqpacket or framed", "tcp"},
        Refusal{"boolean", header + "sockets:\n  s: {overlapped: ture}\nsteps: [say: x]\n", 4, "ture",
                "expected true or false", "true"},
        Refusal{"yesIsNoBoolean", header + "sockets:\n  s: {overlapped: yes}\nsteps: [say: x]\n", 4, "yes",
                "expected true or false, found 'yes'", ""},
        Refusal{"flag", recvWith("flags: MSG_PEAK"), 7, "MSG_PEAK", "expected a receive flag", "MSG_PEEK"},
        Refusal{"flagInAList", recvWith("flags: [MSG_PEEK, PARTIAL]"), 7, "PARTIAL", "expected a receive flag", ""},
        Refusal{"status",
                withSteps("  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o}\n"
                          "  - expect: {op: r1, returns: WSA_IO_PENDIN}\n"),
                8, "WSA_IO_PENDIN", "expected 0 or the name of a status", "WSA_IO_PENDING"},
        Refusal{"rule", withSteps("  - expect: {trace: wsp.stream.postedorder}\n"), 7, "wsp.stream.postedorder",
                "the id of a rule", "wsp.stream.posted-order"},
        Refusal{"lessonsRule", header + "lesson: {track: streams, explains: [wsp.nothing.such]}\nsteps: [say: x]\n", 3,
                "wsp.nothing.such", "the id of a rule", ""},
        Refusal{"track", header + "lesson: {track: stream, explains: []}\nsteps: [say: x]\n", 3, "stream",
                "streams, messages", "streams"},
        Refusal{"need", header + "needs: ipv5\nsteps: [say: x]\n", 3, "ipv5", "ipv6, unix", "ipv6"},
        Refusal{"policy", header + "policy: {overlapped-peak: allowed}\nsteps: [say: x]\n", 3, "overlapped-peak",
                "a word of policy", "overlapped-peek"},
        Refusal{"cause", withSteps("  - wait: {complete: r1}\n"), 7, "complete", "a word of wait", "completed"},
        Refusal{"arrival", withSteps("  - wait: {arrived: {socket: s, what: fin}}\n"), 7, "fin", "end or reset", ""},
        Refusal{"direction", withSteps("  - wsp.shutdown: {socket: s, how: recieve}\n"), 7, "recieve",
                "receive, send or both", "receive"},
        Refusal{"eventState",
                withSteps("  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o, event: e}\n"
                          "  - expect: {op: r1, event: unset}\n"),
                8, "unset", "set or not set", ""}),
    nameOfRefusal);

INSTANTIATE_TEST_SUITE_P(
    Names, Refused,
    testing::Values(
        Refusal{"socket", withSteps("  - peer.send: {socket: ss, data: x}\n"), 7, "ss", "there is no socket 'ss'", "s"},
        Refusal{"urgentSocket", withSteps("  - peer.send-oob: {socket: ss, data: x}\n"), 7, "ss",
                "there is no socket 'ss'", "s"},
        Refusal{"thread", recvWith("on: t3"), 7, "t3", "there is no thread 't3'", "t1"},
        Refusal{"operation", recvWith("overlapped: o1") + "  - expect: {op: r2, bytes: 1}\n", 8, "r2",
                "no step makes a call named 'r2'", "r1"},
        Refusal{"operationCalledLater",
                withSteps("  - wait: {completed: r1}\n") +
                    "  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o}\n",
                7, "r1", "'r1' is called only later, in line 8", ""},
        Refusal{"operationTwice",
                recvWith("overlapped: o") + "  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o}\n", 8, "r1",
                "names a call in line 7 already", ""},
        Refusal{"operationNamedAsAThread",
                withSteps("  - wsp.recv: {socket: s, op: t1, buffers: [8], overlapped: o}\n"), 7, "t1",
                "'t1' is a thread's name", ""},
        Refusal{"structure", recvWith("overlapped: o1") + "  - wsp.result: {overlapped: o2}\n", 8, "o2",
                "no earlier receive was given the structure 'o2'", "o1"},
        Refusal{"event", recvWith("overlapped: o1, event: e1") + "  - wait: {event: e2}\n", 8, "e2",
                "was given the event 'e2'", "e1"},
        Refusal{"predictionsOperation", withSteps("  - predict: {of: r9, choices: [1, 2]}\n"), 7, "r9",
                "no step makes a call named 'r9'", ""},
        Refusal{"noName", withSteps("  - wsp.recv: {socket: s, op: 1st, buffers: [8], overlapped: o}\n"), 7, "1st",
                "expected a name", ""},
        Refusal{"threadTwice", header + "threads: [a, a]\nsteps: [say: x]\n", 3, "a", "stands here twice", ""},
        Refusal{"threadMain", header + "threads: [main]\nsteps: [say: x]\n", 3, "main", "'main' is always there", ""}),
    nameOfRefusal);

INSTANTIATE_TEST_SUITE_P(
    Values, Refused,
    testing::Values(
        Refusal{"version", "recvscope: 2\ntitle: x\nsteps: [say: x]\n", 1, "2",
                "the language's version, which is 1, found '2'", ""},
        Refusal{"noVersion", "title: x\nsteps: [say: x]\n", 1, "title: x", "it does not say 'recvscope: 1'", ""},
        Refusal{"aList", "- a\n- b\n", 1, "- a", "it does not say 'recvscope: 1'", ""},
        Refusal{"noSteps", header, 1, "recvscope: 1", "the scenario needs 'steps'", ""},
        Refusal{"emptySteps", header + "steps: []\n", 3, "[]", "a list of steps", ""},
        Refusal{"stepOfTwoVerbs", withSteps("  - say: x\n    barrier: all\n"), 7, "say: x",
                "one verb and its arguments", ""},
        Refusal{"stepAsText", withSteps("  - say\n"), 7, "say", "one verb and its arguments", ""},
        Refusal{"argumentsAsText", withSteps("  - wsp.close: s\n"), 7, "s", "the arguments of wsp.close as a mapping",
                ""},
        Refusal{"bufferSize", withSteps("  - wsp.recv: {socket: s, op: r1, buffers: [8, -1]}\n"), 7, "-1",
                "a whole number from 0", ""},
        Refusal{"hugeBuffer", withSteps("  - wsp.recv: {socket: s, op: r1, buffers: [99999999999999999999]}\n"), 7,
                "99999999999999999999", "a whole number from 0", ""},
        Refusal{"allBuffersTogether",
                withSteps("  - wsp.recv: {socket: s, op: r1, buffers: [{size: 16777216, count: 5}]}\n"), 7,
                "[{size: 16777216, count: 5}]", "hold 67108864 bytes at most", ""},
        Refusal{"buffersAsNumber", withSteps("  - wsp.recv: {socket: s, op: r1, buffers: 8}\n"), 7, "8",
                "a list of buffer sizes", ""},
        Refusal{"hex", withSteps("  - peer.send: {socket: s, data: {hex: \"6\"}}\n"), 7, "\"6\"",
                "pairs of hexadecimal digits", ""},
        Refusal{"twoKindsOfData", withSteps("  - peer.send: {socket: s, data: {hex: \"66\", random: {size: 1}}}\n"), 7,
                "{hex: \"66\", random: {size: 1}}", "expected bytes", ""},
        Refusal{"nothingToSend", withSteps("  - peer.send: {socket: s, data: \"\"}\n"), 7, "\"\"",
                "sending nothing does nothing", ""},
        Refusal{"fragments", withSteps("  - peer.send: {socket: s, data: abc, fragments: [2, 2]}\n"), 7, "[2, 2]",
                "the data is only 3", ""},
        Refusal{"eventWithoutStructure", recvWith("event: e1"), 7, "e1", "an event is held by an overlapped structure",
                ""},
        Refusal{"resultOfNothing", withSteps("  - wsp.result: {wait: true}\n"), 7, "{wait: true}",
                "exactly one of the two", ""},
        Refusal{"resultOfANonoverlapped",
                withSteps("  - peer.send: {socket: s, data: x}\n  - wsp.recv: {socket: s, op: r1, buffers: [8]}\n"
                          "  - wsp.result: {of: r1}\n"),
                9, "r1", "no overlapped structure", ""},
        Refusal{"oneChoice", withSteps("  - predict: {question: q, choices: [a], answer: a}\n"), 7, "[a]",
                "two to six choices", ""},
        Refusal{"choiceTwice", withSteps("  - predict: {question: q, choices: [a, a], answer: a}\n"), 7, "a",
                "stands here twice", ""},
        Refusal{"answerNoChoice", withSteps("  - predict: {question: q, choices: [a, b], answer: c}\n"), 7, "c",
                "one of the choices", ""},
        Refusal{"choiceOfBytes", recvWith("overlapped: o") + "  - predict: {of: r1, choices: [8, many]}\n", 8, "many",
                "a whole number", ""},
        Refusal{"expectsNothing", recvWith("overlapped: o") + "  - expect: {op: r1}\n", 8, "{op: r1}",
                "nothing that could be checked", ""},
        Refusal{"expectsAnEmptyList", withSteps("  - expect: {trace: []}\n"), 7, "[]", "at least one", ""},
        Refusal{"expectsOfNobody", withSteps("  - expect: {bytes: 5}\n"), 7, "{bytes: 5}", "expect needs 'op'", ""},
        Refusal{"expectsMoreThanFits", recvWith("overlapped: o") + "  - expect: {op: r1, bytes: 9}\n", 8, "9",
                "has room for 8 bytes only", ""},
        Refusal{"expectsMoreInABuffer", recvWith("overlapped: o") + "  - expect: {op: r1, buffers: [\"123456789\"]}\n",
                8, "[\"123456789\"]", "has room for 8 bytes, but 9", ""},
        Refusal{"expectsMoreBuffers", recvWith("overlapped: o") + "  - expect: {op: r1, buffers: [a, b]}\n", 8,
                "[a, b]", "has only 1 buffers", ""},
        Refusal{"expectsAnEventOfNone", recvWith("overlapped: o") + "  - expect: {op: r1, event: set}\n", 8, "set",
                "was given no event", ""},
        Refusal{"twoCauses", recvWith("overlapped: o, event: e") + "  - wait: {completed: r1, event: e}\n", 8,
                "{completed: r1, event: e}", "exactly one cause", ""},
        Refusal{"familyOfUnix", header + "sockets:\n  s: {kind: unix, family: ipv6}\nsteps: [say: x]\n", 4, "ipv6",
                "has no family", ""},
        Refusal{"peerOfNobody", header + "sockets:\n  s: {connected: false}\nsteps:\n  - peer.close: {socket: s}\n", 6,
                "s", "has no peer", ""},
        Refusal{"sendAfterShutdown", withSteps("  - peer.shutdown: {socket: s}\n  - peer.send: {socket: s, data: x}\n"),
                8, "s", "finished sending in line 7", ""},
        Refusal{"anythingAfterClose", withSteps("  - peer.close: {socket: s}\n  - peer.reset: {socket: s}\n"), 8, "s",
                "was closed in line 7", ""},
        Refusal{"aPeerBehindACutLink",
                withSteps("  - peer.link: {socket: s, state: cut}\n  - peer.send: {socket: s, data: abc}\n"), 8, "s",
                "was cut in line 7", ""}),
    nameOfRefusal);

INSTANTIATE_TEST_SUITE_P(
    Yaml, Refused,
    testing::Values(
        Refusal{"openBracket", withSteps("  - wsp.recv: {socket: s\n"), 8, "", "this is not YAML", ""},
        Refusal{"tab", "recvscope: 1\n\ttitle: x\n", 2, "\x09", "this is not YAML", ""},
        Refusal{"duplicateKey", header + "title: y\nsteps: [say: x]\n", 3, "title",
                "'title' stands here for the second time; it was given in line 2", ""},
        Refusal{"duplicateArgument", withSteps("  - peer.send: {socket: s, data: a, data: b}\n"), 7, "data",
                "for the second time", ""},
        Refusal{"anchor", header + "steps: &a [say: x]\n", 3, "&a [", "anchors ('&a')", ""},
        Refusal{"alias", header + "steps: [say: *a]\n", 3, "*a", "aliases ('*a')", ""},
        Refusal{"tag", header + "steps: [say: !!str x]\n", 3, "!!str x", "tags ('tag:yaml.org,2002:str')", ""},
        Refusal{"secondDocument", header + "steps: [say: x]\n---\na: b\n", 4, "---", "a second document", ""},
        Refusal{"mergeKey", header + "steps: [say: x]\n<<: {a: b}\n", 4, "<<", "a word of the scenario", ""},
        Refusal{"listAsKey", header + "steps: [say: x]\n? [a]\n: b\n", 4, "[",
                "expected a word before the colon, found a list", ""},
        Refusal{"noUtf8", header + "steps: [say: \xff\xfe]\n", 3, "\xff", "not text in UTF-8", ""},
        Refusal{"controlCharacter", header + "steps: [say: a\x01]\n", 3, "\x01",
                "not text in UTF-8: control characters", ""}),
    nameOfRefusal);

TEST(Refusals, aMessageIsOneLineWithFileAndPlace)
{
    EXPECT_EQ(readBad(withSteps("  - wsp.rcv: {socket: s}\n")).message(),
              "test.yaml:7:5: expected a verb, found 'wsp.rcv'. Did you mean 'wsp.recv'?");
}

TEST(Refusals, columnsCountCharactersNotBytes)
{
    const ReadError error = readBad(withSteps("  - peer.send: {data: \"äöü\", socket: q}\n"));
    EXPECT_EQ(error.column, 38U);
    EXPECT_EQ(error.endColumn, 39U);
}

TEST(Refusals, aMessageCannotSteerATerminal)
{
    const std::string message = readBad(withSteps("  - \"\\e[31mred\\a\\x9b2J\": {}\n")).message();
    EXPECT_NE(message.find("found '.[31mred..2J'"), std::string::npos) << message;
}

TEST(Refusals, aMessageIsShortHoweverLongTheTextIs)
{
    const std::string text(100'000, 'x');
    for (const std::string &step : {"  - &" + text + " say: x\n", "  - say: *" + text + "\n",
                                    "  - !" + text + " say: x\n", "  - {? " + text + " : a, ? " + text + " : b}\n",
                                    "  - {? " + text + " : a}\n", "  - peer.send: {socket: " + text + ", data: x}\n"})
        EXPECT_LT(readBad(withSteps(step)).message().size(), 400U);
}

TEST(Refusals, aWordOfALaterVersionIsToldFromAMisspeltOne)
{
    const ReadError verb = readBad(withSteps("  - peer.receive: {socket: s, bytes: 3}\n"));
    EXPECT_TRUE(verb.later);
    EXPECT_EQ(verb.message(),
              "test.yaml:7:5: 'peer.receive' is part of the language, but this version does not run it yet.");
    const ReadError argument = readBad(withSteps("  - expect: {messages: {socket: s, count: 1}}\n"));
    EXPECT_TRUE(argument.later);
    EXPECT_NE(argument.message().find("'messages' of expect is part of the language"), std::string::npos);
    // A mistake counts before it, also inside the later verb, and inside steps under it.
    EXPECT_FALSE(readBad(withSteps("  - peer.receive: {sockt: s}\n")).later);
    EXPECT_FALSE(readBad(recvWith("overlapped: o, on-complete: [{wsp.rcv: {}}]")).later);
}

} // namespace recvscope::scenario
