// WskReceive's half of the language: what is read, and what is refused and why.

#include "scenario/flags.h"
#include "wsk_texts.h"

namespace recvscope::scenario {

namespace {

std::string socketRefusal(const std::string &declaration)
{
    return readBad("recvscope: 1\ntitle: x\nsockets:\n  k: " + declaration + "\nsteps: [say: x]\n").message();
}

Scenario withSocket(const std::string &declaration)
{
    return readGood("recvscope: 1\ntitle: x\nsockets:\n  k: " + declaration + "\nsteps: [say: x]\n");
}

template <class Verb>
Verb lastOf(const std::string &steps)
{
    const Scenario scenario = readGood(wskSteps(steps));
    const Verb *verb = scenario.steps.empty() ? nullptr : std::get_if<Verb>(&scenario.steps.back().action);
    EXPECT_NE(verb, nullptr);
    return verb == nullptr ? Verb() : *verb;
}

} // namespace

// -- sockets

TEST(WskSockets, haveAFaceAndACategory)
{
    EXPECT_EQ(withSocket("{kind: tcp}").sockets[0].face, Face::Wsp);
    EXPECT_EQ(withSocket("{face: wsk}").sockets[0].category, Category::Connection);
    EXPECT_EQ(withSocket("{face: wsk, category: stream, kind: unix}").sockets[0].category, Category::Stream);
    EXPECT_EQ(withSocket("{face: wsk, category: datagram, kind: udp}").sockets[0].category, Category::Datagram);
    EXPECT_EQ(withSocket("{face: wsk, category: listening, connected: false}").sockets[0].category,
              Category::Listening);
    EXPECT_EQ(withSocket("{face: native, kind: udp, nonblocking: true}").sockets[0].face, Face::Native);
}

TEST(WskSockets, areRefusedWhereTheyContradictThemselves)
{
    const auto says = [](const std::string &declaration, const std::string &part) {
        const std::string message = socketRefusal(declaration);
        EXPECT_NE(message.find(part), std::string::npos) << message;
    };
    says("{category: stream}", "add 'face: wsk'");
    says("{face: native, category: stream}", "add 'face: wsk'");
    says("{face: wsk, kind: udp}", "says 'category: datagram'");
    says("{face: wsk, category: datagram}", "this one is of kind tcp");
    says("{face: wsk, kind: seqpacket}", "no sockets of kind seqpacket");
    says("{face: wsk, kind: framed}", "for WSPRecv alone");
    says("{face: wsk, category: listening}", "says 'connected: false'");
    says("{face: wsk, overlapped: false}", "overlapped is of WSPRecv's sockets");
    says("{face: native, protocol: pseudo-stream}", "protocol is of WSPRecv's sockets");
    says("{face: wsk, nonblocking: true}", "never block");
    says("{face: wks}", "Did you mean 'wsk'?");
}

TEST(WskSockets, mayHaveAPolicyOfTheirOwn)
{
    EXPECT_FALSE(withSocket("{face: wsk}").sockets[0].policy);
    const auto policy = withSocket("{face: wsk, policy: {wsk-reenable: when-completed}}").sockets[0].policy;
    ASSERT_TRUE(policy);
    EXPECT_TRUE(policy->reenableWhenCompleted);
    EXPECT_FALSE(policy->pendingResetForcedClosed);
    const auto windows = withSocket("{policy: windows}").sockets[0].policy;
    ASSERT_TRUE(windows);
    EXPECT_TRUE(windows->overlappedPeekAllowed && windows->tooLargeCountReported);
    EXPECT_EQ(withSocket("{policy: documented}").sockets[0].policy, PolicyChoices());
    EXPECT_EQ(withSocket("{policy: {preset: windows}}").sockets[0].policy, windows);
    EXPECT_NE(socketRefusal("{policy: windoze}").find("Did you mean 'windows'?"), std::string::npos);
    EXPECT_NE(socketRefusal("{policy: {wsk-pending-reset: STATUS_CANCELLED}}").find("STATUS_FILE_FORCED_CLOSED"),
              std::string::npos);
}

TEST(WskSockets, eachVerbNeedsASocketOfItsFace)
{
    EXPECT_REFUSED("  - wsk.receive: {socket: s, op: r1, irp: i1, mdl: [8]}\n", "wsk.receive needs one of face wsk");
    EXPECT_REFUSED("  - wsk.close: {socket: n}\n", "'n' is a socket of face native");
    EXPECT_REFUSED("  - wsp.recv: {socket: k, op: r1, buffers: [8], overlapped: o}\n",
                   "wsp.recv needs one of face wsp");
    EXPECT_REFUSED("  - wsp.send: {socket: k, data: x}\n", "wsp.send needs one of face wsp");
    EXPECT_REFUSED("  - wsp.close: {socket: n}\n", "wsp.close needs one of face wsp");
    EXPECT_REFUSED("  - native.recv: {socket: s, op: r1, buffers: [8]}\n", "native.recv needs one of face native");
    EXPECT_REFUSED("  - socket.listen: {socket: a}\n", "'a' is a socket of face wsk");
    EXPECT_REFUSED("  - wsk.receive: {socket: kk, op: r1, irp: i1, mdl: [8]}\n", "there is no socket 'kk'");
    EXPECT_REFUSED("  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o, routine: z, on-complete: "
                   "[{wsp.close: {socket: k}}]}\n",
                   "wsp.close needs one of face wsp");
}

TEST(WskSockets, someVerbsAreForConnections)
{
    accepted("  - wsk.receive: {socket: d, op: r1, irp: i1, mdl: [8]}\n"); // named when it is called
    EXPECT_REFUSED("  - wsk.event: {socket: q, receive: enable}\n", "of category listening");
    EXPECT_REFUSED("  - wsk.send: {socket: d, data: x}\n", "of category datagram");
    EXPECT_REFUSED("  - wsk.disconnect: {socket: x, abortive: true}\n", "only TCP disconnects abortively");
    accepted("  - wsk.disconnect: {socket: x}\n");
    EXPECT_REFUSED("  - wsk.disconnect: {socket: k, abortive: true, data: x}\n", "sends nothing");
}

TEST(WskSockets, getAPeerByConnectingOrAccepting)
{
    for (const char *step : {"  - wsk.connect: {socket: a, irp: i1}\n", "  - wsk.socket-connect: {socket: a}\n",
                             "  - wsk.accept: {socket: q, as: a, irp: i1}\n"}) {
        accepted(std::string(step) + "  - peer.send: {socket: a, data: x}\n");
        EXPECT_REFUSED(std::string(step) + "  - wsk.connect: {socket: a}\n", "connected already");
        EXPECT_REFUSED("  - peer.send: {socket: a, data: x}\n" + std::string(step), "has no peer");
    }
    EXPECT_REFUSED("  - wsk.connect: {socket: k}\n", "has its peer from the start");
    EXPECT_REFUSED("  - wsk.connect: {socket: y}\n", "kind tcp alone");
    EXPECT_REFUSED("  - wsk.accept: {socket: k, as: a}\n", "say 'category: listening'");
    EXPECT_REFUSED("  - wsk.accept: {socket: q, as: w}\n", "face wsk");
    EXPECT_REFUSED("  - wsk.accept: {socket: q, as: zz}\n", "there is no socket 'zz'");
    EXPECT_REFUSED("  - wsk.close: {socket: a}\n  - wsk.connect: {socket: a}\n", "was closed by an earlier step");
}

// -- values

TEST(WskValues, flagsAreOfTheirInterface)
{
    const std::string receive = "  - wsk.receive: {socket: k, op: r1, irp: i1, mdl: [8], flags: ";
    EXPECT_EQ(lastOf<WskReceive>(receive + "WSK_FLAG_WAITALL}\n").flags, 0x2U);
    EXPECT_EQ(lastOf<WskReceive>(receive + "[WSK_FLAG_DRAIN, WSK_FLAG_WAITALL]}\n").flags, 0x6U);
    EXPECT_EQ(lastOf<WskReceive>(receive + "0x100}\n").flags, 0x100U);
    EXPECT_REFUSED(receive + "MSG_WAITALL}\n", "WskReceive takes WSK_FLAG_WAITALL (0x2)");
    EXPECT_REFUSED(receive + "WSK_FLAG_WAITAL}\n", "Did you mean 'WSK_FLAG_WAITALL'?");
    EXPECT_REFUSED("  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o, flags: WSK_FLAG_WAITALL}\n",
                   "WSPRecv takes MSG_… flags, such as MSG_WAITALL");
    const std::string native = "  - native.recv: {socket: nn, op: r1, buffers: [8], flags: ";
    EXPECT_EQ(lastOf<NativeRecv>(native + "[MSG_PEEK, MSG_WAITALL]}\n").flags, 0xAU);
    EXPECT_REFUSED(native + "MSG_OOB}\n", "takes MSG_PEEK and MSG_WAITALL here");
    EXPECT_REFUSED(native + "0x1}\n", "takes MSG_PEEK and MSG_WAITALL here");
    EXPECT_REFUSED(native + "WSK_FLAG_DRAIN}\n", "takes MSG_PEEK and MSG_WAITALL here");
}

TEST(WskValues, levelsHaveNamesAndNumbers)
{
    const std::string receive = "  - wsk.receive: {socket: k, op: r1, irp: i1, mdl: [8], irql: ";
    EXPECT_EQ(lastOf<WskReceive>(receive + "APC_LEVEL}\n").irql, 1);
    EXPECT_EQ(lastOf<WskReceive>(receive + "DISPATCH_LEVEL}\n").irql, 2);
    EXPECT_EQ(lastOf<WskReceive>(receive + "31}\n").irql, 31);
    EXPECT_REFUSED(receive + "32}\n", "a level from 0 to 31, or PASSIVE_LEVEL, APC_LEVEL or DISPATCH_LEVEL");
    EXPECT_REFUSED(receive + "DISPATCH}\n", "Did you mean 'DISPATCH_LEVEL'?");
}

TEST(WskValues, aReceiveHasAChainAnOffsetAndALength)
{
    const auto receive = [](const std::string &chain) {
        return lastOf<WskReceive>("  - wsk.receive: {socket: k, op: r1, irp: i1" + chain + "}\n");
    };
    using Parts = std::vector<std::uint64_t>;
    EXPECT_EQ(partsOf(receive(", mdl: [8, 8], offset: 6, length: 10")), (Parts{2, 8}));
    EXPECT_EQ(partsOf(receive(", mdl: [8, 8], offset: 6, length: 4")), (Parts{2, 2}));
    EXPECT_EQ(partsOf(receive(", mdl: [8, {size: 4, count: 2}], offset: 1")), (Parts{7, 4, 4}));
    EXPECT_EQ(lengthOf(receive(", mdl: [8, 8], offset: 6")), 10U);
    EXPECT_EQ(lengthOf(receive(", mdl: [8], length: 0")), 0U);
    EXPECT_FALSE(isWellFormed(receive("")));
    EXPECT_FALSE(isWellFormed(receive(", mdl: [8], offset: 9, length: 1")));
    EXPECT_FALSE(isWellFormed(receive(", mdl: [8, 8], offset: 8, length: 1")));
    EXPECT_FALSE(isWellFormed(receive(", mdl: [8], offset: 1, length: 8")));
    EXPECT_FALSE(isWellFormed(receive(", mdl: [0, 8], length: 1")));
    EXPECT_TRUE(isWellFormed(receive(", mdl: [8], offset: 7, length: 1")));
    EXPECT_TRUE(isWellFormed(receive(", mdl: [8], offset: 8, length: 0")));
    EXPECT_TRUE(isWellFormed(receive(", length: 0")));
    EXPECT_FALSE(isWellFormed(receive(", length: 1")));
    EXPECT_FALSE(isWellFormed(receive(", mdl: [8], offset: 4294967295, length: 4294967295")));
    EXPECT_REFUSED("  - wsk.receive: {socket: k, op: r1, irp: i1, mdl: [{invalid: 8}]}\n", "locked");
}

TEST(WskValues, answersOfACallback)
{
    using Kind = IndicationAnswer::Kind;
    const std::string event = "  - wsk.event: {socket: k, receive: enable, on-indicate: ";
    const auto answers = lastOf<WskEvent>(event + "[{accept: all}, {accept: 3}, not-accepted, {retain: n1}]}\n");
    ASSERT_EQ(answers.onIndicate.size(), 4U);
    EXPECT_EQ(answers.onIndicate[0].kind, Kind::AcceptAll);
    EXPECT_EQ(answers.onIndicate[1].kind, Kind::AcceptPart);
    EXPECT_EQ(answers.onIndicate[1].bytes, 3U);
    EXPECT_EQ(answers.onIndicate[2].kind, Kind::NotAccepted);
    EXPECT_EQ(answers.onIndicate[3].name, "n1");
    EXPECT_EQ(lastOf<WskEvent>(event + "not-accepted}\n").onIndicate.size(), 1U);
    EXPECT_EQ(lastOf<WskEvent>("  - wsk.event: {socket: k, disconnect: enable}\n").receive, std::nullopt);
    EXPECT_REFUSED(event + "[not-acepted]}\n", "Did you mean 'not-accepted'?");
    EXPECT_REFUSED(event + "[{accept: 0}]}\n", "is 'not-accepted'");
    EXPECT_REFUSED(event + "[{accept: some}]}\n", "'all', or how many bytes");
    EXPECT_REFUSED(event + "[{accept: 3, retain: n1}]}\n", "exactly one of the two");
    EXPECT_REFUSED(event + "[]}\n", "at least one answer");
    EXPECT_REFUSED("  - wsk.event: {socket: k}\n", "switches a callback");
    EXPECT_REFUSED("  - wsk.event: {socket: k, receive: disable, on-indicate: not-accepted}\n",
                   "add 'receive: enable'");
    EXPECT_REFUSED("  - wsk.event: {socket: k, receive: enable, descriptor: 0}\n", "at least 1 byte");
}

TEST(WskValues, aFaultThatNoSocketCouldMeetIsRefused)
{
    const auto refused = [](const std::string &socket, const std::string &fault, const std::string &because) {
        const std::string text =
            "recvscope: 1\ntitle: x\nsockets:\n  s: {" + socket + "}\nsteps:\n  - fault: {" + fault + "}\n";
        EXPECT_NE(readBad(text).message().find(because), std::string::npos) << text;
    };
    refused("kind: tcp", "irp-status: STATUS_IO_TIMEOUT", "no WskReceive can fail");
    refused("kind: tcp, face: wsk", "callback: begins", "no socket of this scenario has that interface");
    refused("kind: tcp, face: native", "network: down", "no socket of this scenario has another interface");
    (void)readGood(wskSteps("  - fault: {network: down}\n  - wsk.receive: {socket: k, op: r1, irp: i1, mdl: [8]}\n"));
}

TEST(WskValues, faultsAndRaces)
{
    EXPECT_EQ(lastOf<Fault>("  - fault: {irp-status: STATUS_IO_TIMEOUT}\n").status, Status::NtIoTimeout);
    EXPECT_REFUSED("  - fault: {irp-status: STATUS_PENDING}\n", "can be made to fail");
    EXPECT_REFUSED("  - fault: {irp-status: STATUS_DATA_NOT_ACCEPTED}\n", "can be made to fail");
    EXPECT_REFUSED("  - fault: {irp-status: 0}\n", "can be made to fail");
    EXPECT_REFUSED("  - fault: {irp-status: WSAEINTR}\n", "can be made to fail");
    EXPECT_REFUSED("  - fault: {irp-status: STATUS_IO_TIMEOUT, network: down}\n", "exactly one of them");
    EXPECT_REFUSED(callback + "  - provoke: {race: disconnect-event, socket: k}\n", "receive-event");
    EXPECT_REFUSED("  - provoke: {race: receive-event, socket: k}\n", "is enabled by no earlier step");
}

// -- names

TEST(WskNames, anIrpWasGivenToAnEarlierCall)
{
    for (const char *verb : {"wsk.cancel", "irp.touch", "irp.reuse"}) {
        accepted(pending + "  - " + verb + ": {irp: i1}\n");
        EXPECT_REFUSED(pending + "  - " + verb + ": {irp: i2}\n", "no earlier call was given the IRP 'i2'");
        EXPECT_REFUSED("  - " + std::string(verb) + ": {irp: i1}\n" + pending,
                       "no earlier call was given the IRP 'i1'");
    }
    accepted("  - wsk.send: {socket: k, data: x, irp: i7}\n  - irp.touch: {irp: i7}\n");
}

TEST(WskNames, aChainIsOfAnEarlierReceiveThatHasOne)
{
    accepted(pending + "  - mdl.unlock: {of: r1}\n  - mdl.free: {of: r1}\n");
    EXPECT_REFUSED("  - mdl.unlock: {of: r1}\n" + pending, "is called only later");
    EXPECT_REFUSED("  - wsk.receive: {socket: k, op: r1, irp: i1, length: 0}\n  - mdl.free: {of: r1}\n",
                   "given no chain of descriptors");
    EXPECT_REFUSED("  - wsk.send: {socket: k, op: w1, data: x}\n  - mdl.free: {of: w1}\n", "no wsk.receive");
}

TEST(WskNames, anIndicationIsKeptByAnEarlierAnswerOfItsSocket)
{
    accepted(callback + "  - wsk.release: {socket: k, indication: n1}\n");
    EXPECT_REFUSED(callback + "  - wsk.release: {socket: k, indication: n2}\n", "Did you mean 'n1'?");
    EXPECT_REFUSED(callback + "  - wsk.release: {socket: m, indication: n1}\n", "an indication of 'k', not of 'm'");
    EXPECT_REFUSED("  - wsk.release: {socket: k, indication: n1}\n" + callback, "no earlier wsk.event keeps");
}

TEST(WskNames, eachCallHasOneOfItsOwn)
{
    EXPECT_REFUSED(pending + "  - wsk.close: {socket: k, op: r1}\n", "each call has a name of its own");
    EXPECT_REFUSED("  - wsk.receive: {socket: k, op: r1, irp: i1, mdl: [8], on-complete: [{wsk.send: {socket: k, op: "
                   "r1, data: x}}]}\n",
                   "each call has a name of its own");
    EXPECT_REFUSED("  - wsk.event: {socket: k, receive: enable, op: t1}\n", "is a thread's name");
    EXPECT_REFUSED("  - wsk.receive: {socket: k, op: r1, irp: i1, mdl: [8], on: t9}\n", "there is no thread 't9'");
}

// -- calls inside

TEST(WskInside, onlyCallsOfTheSameInterfaceRun)
{
    const auto completing = [](const std::string &call) {
        return "  - wsk.receive: {socket: k, op: r1, irp: i1, mdl: [8], on-complete: [{" + call + "}]}\n";
    };
    const auto answering = [](const std::string &call) {
        return "  - wsk.event: {socket: k, receive: enable, on-indicate: [{accept: all, do: [{" + call + "}]}]}\n";
    };
    for (const auto &within :
         {completing("wsk.receive: {socket: k, op: r2, irp: i2, mdl: [8]}"),
          answering("wsk.send: {socket: k, data: x}"),
          answering("wsk.cancel: {irp: i3}") + "  - wsk.receive: {socket: k, op: r3, irp: i3, mdl: [8]}\n"})
        accepted(within);
    EXPECT_REFUSED(completing("wsp.recv: {socket: s, op: r2, buffers: [8]}"), "only calls of the program (wsk.…)");
    EXPECT_REFUSED(completing("say: x"), "only calls of the program (wsk.…)");
    EXPECT_REFUSED(answering("wsk.connect: {socket: a}"), "made by a step of its own");
    EXPECT_REFUSED(completing("wsk.cancel: {irp: i3}"), "was given the IRP 'i3'");
    EXPECT_REFUSED(completing("wsk.receive: {socket: s, op: r2, irp: i2, mdl: [8]}"), "face wsk");
    EXPECT_REFUSED(completing("wsk.receive: {socket: k, op: r2, irp: i2, mdl: [8], on: t1}"), "leave 'on' out");
    EXPECT_REFUSED(answering("wsk.release: {socket: k, indication: n1}"), "no earlier wsk.event keeps");
    EXPECT_REFUSED("  - wsk.receive: {socket: k, op: r1, mdl: [8], on-complete: [{wsk.send: {socket: k, data: x}}]}\n",
                   "add 'irp: i1'");
    EXPECT_REFUSED("  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o, routine: z, on-complete: "
                   "[{wsk.send: {socket: k, data: x}}]}\n",
                   "only calls of the program (wsp.…)");
}

} // namespace recvscope::scenario
