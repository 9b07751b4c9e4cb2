// What is read, as values.

#include "texts.h"

namespace recvscope::scenario {

namespace {

template <class T>
T stepOf(const std::string &step)
{
    const Scenario scenario = readGood(withSteps(step));
    if (scenario.steps.empty() || !std::holds_alternative<T>(scenario.steps.back().action)) {
        ADD_FAILURE() << "the last step is of another verb";
        return {};
    }
    return std::get<T>(scenario.steps.back().action);
}

} // namespace

TEST(Read, theExampleOfTheDesign)
{
    const Scenario scenario = readGood(R"(
recvscope: 1
title: A pending return leaves the outputs alone
lesson: {track: completion, explains: [wsp.complete.pending, wsp.complete.pending-leaves-outputs]}
sockets:
  s: {kind: tcp, overlapped: true}          # connected to its scripted peer, s.peer
steps:
  - say: Nothing has arrived yet. The receive cannot complete now.
  - wsp.recv: {socket: s, op: r1, buffers: [8, 8], overlapped: o1, event: e1}
  - expect: {op: r1, returns: WSA_IO_PENDING, bytes: untouched, flags: untouched}
  - peer.send: {socket: s, data: "hello world"}
  - predict: {of: r1, ask: bytes, choices: [0, 8, 11, 16]}
  - wait: {completed: r1}
  - expect: {op: r1, status: 0, bytes: 11, buffers: ["hello wo", "rld"], event: set}
)");
    ASSERT_EQ(scenario.steps.size(), 7U);
    EXPECT_EQ(scenario.title, "A pending return leaves the outputs alone");
    ASSERT_TRUE(scenario.lesson);
    EXPECT_EQ(scenario.lesson->track, LessonTrack::Completion);
    EXPECT_EQ(scenario.lesson->explains.front(), RuleId::WspCompletePending);
    ASSERT_NE(scenario.socket("s"), nullptr);
    EXPECT_TRUE(scenario.socket("s")->overlapped);

    WspRecv recv;
    recv.socket = "s";
    recv.op = "r1";
    recv.buffers = {{8}, {8}};
    recv.overlapped = "o1";
    recv.event = "e1";
    EXPECT_EQ(scenario.steps[1].action, Action(recv));

    Expect atReturn;
    atReturn.op = "r1";
    atReturn.returns = Status::WsaIoPending;
    atReturn.bytes = Untouched{};
    atReturn.flags = Untouched{};
    EXPECT_EQ(scenario.steps[2].action, Action(atReturn));

    Expect atEnd;
    atEnd.op = "r1";
    atEnd.status = Status::Success;
    atEnd.bytes = 11U;
    atEnd.buffers = {TextBytes{"hello wo"}, TextBytes{"rld"}};
    atEnd.event = true;
    EXPECT_EQ(scenario.steps[6].action, Action(atEnd));
}

TEST(Read, aStepKnowsItsPlaceFromItsFirstToItsLastCharacter)
{
    const Scenario scenario = readGood(withSteps("  - say: one\n"
                                                 "  - peer.send:\n"
                                                 "      socket: s\n"
                                                 "      data: abc\n"
                                                 "\n"
                                                 "  - barrier: all\n"));
    ASSERT_EQ(scenario.steps.size(), 3U);
    const Place place = scenario.steps[1].place;
    EXPECT_EQ(place.line, 8U);
    EXPECT_EQ(place.column, 5U);
    EXPECT_EQ(place.endLine, 10U);
    EXPECT_EQ(place.endColumn, 16U);
}

TEST(Read, dataIsTextHexadecimalOrRandom)
{
    EXPECT_EQ(bytesOf(stepOf<PeerSend>("  - peer.send: {socket: s, data: 5}\n").data), "5");
    EXPECT_EQ(bytesOf(stepOf<PeerSend>("  - peer.send: {socket: s, data: \"a\\0b\"}\n").data), std::string("a\0b", 3));
    EXPECT_EQ(bytesOf(stepOf<PeerSend>("  - peer.send: {socket: s, data: {hex: \"00 ff 6C\"}}\n").data),
              std::string("\0\xff\x6c", 3));

    const auto random = stepOf<PeerSend>("  - peer.send: {socket: s, data: {random: {size: 100, seed: 7}}}\n");
    EXPECT_EQ(sizeOf(random.data), 100U);
    EXPECT_EQ(bytesOf(random.data).size(), 100U);
    EXPECT_EQ(bytesOf(random.data), bytesOf(RandomBytes{100, 7}));
    EXPECT_NE(bytesOf(random.data), bytesOf(RandomBytes{100, 8}));
}

TEST(Read, randomBytesAreTheSameOnEveryMachine)
{
    EXPECT_EQ(bytesOf(RandomBytes{4, 1}), std::string("\x18\x04\xdd\x29", 4));
}

TEST(Read, aSendIsCutIntoFragments)
{
    const auto send = stepOf<PeerSend>("  - peer.send: {socket: s, data: abcdef, fragments: [1, 2]}\n");
    EXPECT_EQ(send.fragments, (std::vector<std::uint32_t>{1, 2}));
}

TEST(Read, buffersAreSizesRowsOfThemOrInvalidMemory)
{
    const auto recv = stepOf<WspRecv>(
        "  - wsp.recv: {socket: s, op: r, overlapped: o, buffers: [0, {size: 2, count: 3}, {invalid: 8}]}\n");
    EXPECT_EQ(recv.buffers, (std::vector<Buffer>{{0, false, 1}, {2, false, 3}, {8, true, 1}}));
    EXPECT_EQ(writtenOut(recv.buffers).size(), 5U);
    EXPECT_EQ(stepOf<WspRecv>("  - wsp.recv: {socket: s, op: r, buffers: []}\n").buffers.size(), 0U);
}

TEST(Read, flagsAreNamesListsOrNumbers)
{
    const auto flagsOf = [](const std::string &flags) {
        return stepOf<WspRecv>("  - wsp.recv: {socket: s, op: r, overlapped: o, buffers: [8], flags: " + flags + "}\n")
            .flags;
    };
    EXPECT_EQ(flagsOf("MSG_PEEK"), 0x2U);
    EXPECT_EQ(flagsOf("[MSG_OOB, MSG_PARTIAL]"), 0x8001U);
    EXPECT_EQ(flagsOf("0x4000"), 0x4000U);
    EXPECT_EQ(flagsOf("0"), 0U);
}

TEST(Read, aBlockedWaitNamesACallOrAThread)
{
    const std::string call = "  - wsp.recv: {socket: s, op: r1, buffers: [8], on: t1}\n";
    const auto byCall = stepOf<Wait>(call + "  - wait: {blocked: r1}\n");
    EXPECT_EQ(std::get<BlockedIn>(byCall.cause), (BlockedIn{"r1", ""}));
    const auto byThread = stepOf<Wait>(call + "  - wait: {blocked: t1}\n");
    EXPECT_EQ(std::get<BlockedIn>(byThread.cause), (BlockedIn{"", "t1"}));
}

TEST(Read, everyCause)
{
    const std::string before = "  - peer.send: {socket: s, data: abc}\n"
                               "  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o1, event: e1}\n"
                               "  - peer.shutdown: {socket: s}\n";
    EXPECT_EQ(stepOf<Wait>(before + "  - wait: {queued: {socket: s, bytes: 3}}\n").cause, Cause(Queued{"s", 3}));
    EXPECT_EQ(stepOf<Wait>(before + "  - wait: {completed: r1}\n").cause, Cause(Completed{"r1"}));
    EXPECT_EQ(stepOf<Wait>(before + "  - wait: {event: e1}\n").cause, Cause(EventIsSet{"e1"}));
    EXPECT_EQ(stepOf<Wait>(before + "  - wait: {arrived: {socket: s, what: end}}\n").cause,
              Cause(Arrived{"s", Arrival::End}));
    EXPECT_EQ(
        stepOf<Wait>(before + "  - peer.reset: {socket: s}\n  - wait: {arrived: {socket: s, what: reset}}\n").cause,
        Cause(Arrived{"s", Arrival::Reset}));
}

TEST(Read, theCallsBesideReceive)
{
    const std::string recv = "  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o1}\n";
    EXPECT_EQ(stepOf<WspResult>(recv + "  - wsp.result: {op: q, of: r1}\n"), (WspResult{"q", "r1", "", false, ""}));
    EXPECT_EQ(stepOf<WspResult>(recv + "  - wsp.result: {overlapped: o1, wait: true, on: t1}\n"),
              (WspResult{"", "", "o1", true, "t1"}));
    EXPECT_EQ(stepOf<WspShutdown>("  - wsp.shutdown: {socket: s, how: both, op: d}\n"),
              (WspShutdown{"s", net::Direction::Both, "d", ""}));
    EXPECT_EQ(stepOf<WspClose>("  - wsp.close: {socket: s, abortive: true}\n"), (WspClose{"s", true, "", ""}));
    EXPECT_EQ(stepOf<WspCancelBlocking>("  - wsp.cancel-blocking: {thread: t1}\n"), (WspCancelBlocking{"t1"}));
    EXPECT_EQ(stepOf<Barrier>("  - barrier: all\n"), Barrier{});
    EXPECT_EQ(stepOf<Barrier>("  - barrier: [t1]\n"), (Barrier{{"t1"}}));
}

TEST(Read, predictionsOfAnOperationOrOfAQuestionOfTheirOwn)
{
    const std::string recv = "  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o1}\n";
    const auto contents =
        stepOf<Predict>(recv + "  - predict: {of: r1, ask: buffer, buffer: 0, choices: [abc, abcd]}\n");
    EXPECT_EQ(contents.ask, Ask::Buffer);
    EXPECT_EQ(contents.choices, (std::vector<std::string>{"abc", "abcd"}));
    const auto before = stepOf<WspRecv>("  - predict: {of: r1, choices: [3, 5]}\n" + recv);
    EXPECT_EQ(before.op, "r1");
    const auto question = stepOf<Predict>("  - predict: {question: How many?, choices: [one, two], answer: two}\n");
    EXPECT_EQ(question.ask, Ask::Question);
    EXPECT_EQ(question.answer, "two");
}

TEST(Read, socketsPolicyNeedsAndThreads)
{
    const Scenario scenario = readGood("recvscope: 1\n"
                                       "title: all of it\n"
                                       "repeatable: false\n"
                                       "needs: [ipv6, linux]\n"
                                       "policy: {overlapped-peek: allowed, socket-closed: connection-aborted, "
                                       "max-outstanding: 3}\n"
                                       "sockets:\n"
                                       "  a: {kind: tcp, family: ipv6, overlapped: false, receive-buffer: 4096}\n"
                                       "  b: {kind: unix, nonblocking: true}\n"
                                       "  c: {kind: udp, connected: false}\n"
                                       "  d: {kind: seqpacket}\n"
                                       "  e: {handle: invalid}\n"
                                       "threads: [t1]\n"
                                       "steps:\n"
                                       "  - say: hello\n");
    EXPECT_FALSE(scenario.repeatable);
    EXPECT_EQ(scenario.needs, (std::vector<Need>{Need::IPv6, Need::Linux}));
    EXPECT_TRUE(scenario.policy.overlappedPeekAllowed);
    EXPECT_TRUE(scenario.policy.closeAbortsWithConnAborted);
    EXPECT_EQ(scenario.policy.maxOutstanding, 3U);
    ASSERT_EQ(scenario.sockets.size(), 5U);
    EXPECT_EQ(scenario.sockets[0].family, net::AddressFamily::IPv6);
    EXPECT_FALSE(scenario.sockets[0].overlapped);
    EXPECT_EQ(scenario.sockets[0].receiveBuffer, 4096U);
    EXPECT_TRUE(scenario.sockets[1].nonblocking);
    EXPECT_FALSE(scenario.sockets[2].connected);
    EXPECT_EQ(scenario.sockets[3].kind, net::SocketKind::SeqPacket);
    EXPECT_TRUE(scenario.sockets[4].invalid);
    EXPECT_EQ(scenario.threads, std::vector<std::string>{"t1"});
}

} // namespace recvscope::scenario
