// What is expected of WskReceive and its neighbours fits them, and waits that can never end are refused.

#include "wsk_texts.h"

namespace recvscope::scenario {

namespace {

std::string never(const std::string &steps)
{
    std::string message = refusal(steps);
    EXPECT_NE(message.find("never"), std::string::npos) << message;
    return message;
}

} // namespace

// -- expectations

TEST(WskExpectations, fitTheCallTheySpeakOf)
{
    const auto expect = [](const std::string &parts) { return pending + "  - expect: {op: r1, " + parts + "}\n"; };
    accepted(expect("returns: STATUS_PENDING, status: STATUS_SUCCESS, information: 8, buffers: [\"12345678\"]"));
    EXPECT_REFUSED(expect("information: 9"), "receives 8 bytes at most");
    EXPECT_REFUSED(expect("buffers: [\"123456789\"]"), "has room for 8 bytes");
    EXPECT_REFUSED(expect("bytes: 8"), "expect 'information'");
    EXPECT_REFUSED(expect("flags: 0"), "no flags back");
    EXPECT_REFUSED(expect("event: set"), "was given no event");
    EXPECT_REFUSED(expect("routine: ran"), "no completion routine");
    EXPECT_REFUSED(expect("returns: WSAECONNRESET"), "a call of the other interface");
    EXPECT_REFUSED(expect("before: r1"), "before itself");
    EXPECT_REFUSED(expect("before: c1"), "no step makes a call named 'c1'");
    EXPECT_REFUSED("  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o}\n"
                   "  - expect: {op: r1, status: STATUS_CANCELLED}\n",
                   "a call of the other interface");
    EXPECT_REFUSED(
        "  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o}\n  - expect: {op: r1, information: 1}\n",
        "was given no IRP");
    EXPECT_REFUSED("  - wsk.receive: {socket: k, op: r1, mdl: [8]}\n  - expect: {op: r1, status: STATUS_SUCCESS}\n",
                   "was given no IRP");
    accepted(
        "  - wsk.send: {socket: k, op: w1, irp: i1, data: abc}\n  - expect: {op: w1, status: 0, information: 3}\n");
    EXPECT_REFUSED("  - wsk.send: {socket: k, op: w1, irp: i1, data: abc}\n  - expect: {op: w1, information: 4}\n",
                   "sends 3 bytes only");
    EXPECT_REFUSED("  - wsk.receive: {socket: k, op: r1, irp: i1, mdl: [8, 8], offset: 6, length: 4}\n"
                   "  - expect: {op: r1, buffers: [abc]}\n",
                   "buffer 0 of 'r1' has room for 2 bytes");
    EXPECT_REFUSED("  - native.recv: {socket: nn, op: r1, buffers: [2]}\n  - expect: {op: r1, bytes: 3}\n",
                   "has room for 2 bytes only");
}

TEST(WskExpectations, ofSocketsAreOfWsk)
{
    accepted("  - expect: {indicated: {socket: k, count: 0}, discarded: {socket: k, bytes: 0}, overdue: m}\n");
    EXPECT_REFUSED("  - expect: {indicated: {socket: s, count: 0}}\n", "needs one of face wsk");
    EXPECT_REFUSED("  - expect: {discarded: {socket: s, bytes: 0}}\n", "needs one of face wsk");
    EXPECT_REFUSED("  - expect: {overdue: s}\n", "needs one of face wsk");
    EXPECT_REFUSED("  - expect: {overdue: kk}\n", "there is no socket 'kk'");
    EXPECT_REFUSED("  - wsk.receive: {socket: k, op: r1, mdl: [8]}\n  - expect: {calls: {of: r1, count: 1}}\n",
                   "given no IRP");
    accepted(pending + "  - predict: {of: r1, ask: buffer, buffer: 0, choices: [a, b]}\n");
    EXPECT_REFUSED(pending + "  - predict: {of: r1, ask: buffer, buffer: 1, choices: [a, b]}\n", "has only 1 buffers");
}

// -- waits

TEST(WskWaits, forAReceiveThatCannotComplete)
{
    const std::string wait = "  - wait: {completed: r1}\n";
    EXPECT_NE(never(pending + wait).find("nothing was sent to k"), std::string::npos);
    for (const std::string &end :
         {send("x"), std::string("  - peer.shutdown: {socket: k}\n"), std::string("  - peer.reset: {socket: k}\n"),
          std::string("  - wsk.cancel: {irp: i1}\n"), std::string("  - wsk.close: {socket: k}\n"),
          std::string("  - wsk.disconnect: {socket: k, abortive: true}\n"), std::string("  - mdl.unlock: {of: r1}\n")})
        accepted(pending + end + wait);
    never(pending + "  - wsk.disconnect: {socket: k}\n" + wait);
    // What might be refused completes at once.
    accepted("  - wsk.receive: {socket: a, op: r1, irp: i1, mdl: [8]}\n" + wait);
    accepted("  - wsk.receive: {socket: d, op: r1, irp: i1, mdl: [8]}\n" + wait);
    accepted("  - wsk.receive: {socket: k, op: r1, mdl: [8]}\n" + wait);
    accepted("  - wsk.receive: {socket: k, op: r1, irp: i1, length: 0}\n" + wait);
    accepted("  - wsk.receive: {socket: k, op: r1, irp: i1, mdl: [8], length: 9}\n" + wait);
    accepted("  - wsk.receive: {socket: k, op: r1, irp: i1, mdl: [8], irql: 3}\n" + wait);
    accepted("  - wsk.receive: {socket: k, op: r1, irp: i1, mdl: [8], flags: 0x100}\n" + wait);
    accepted("  - wsk.receive: {socket: x, op: r1, irp: i1, mdl: [8], flags: WSK_FLAG_WAITALL}\n" + wait);
    accepted("  - fault: {irp-status: STATUS_IO_TIMEOUT}\n" + pending + wait);
    never("  - wsk.connect: {socket: a}\n  - wsk.receive: {socket: a, op: r1, irp: i1, mdl: [8]}\n" + wait);
}

TEST(WskWaits, forMoreBytesThanWereSent)
{
    const std::string second = "  - wsk.receive: {socket: k, op: r2, irp: i2, mdl: [8]}\n";
    never(pending + second + send("x") + "  - wait: {completed: r2}\n");
    accepted(pending + second + send("xy") + "  - wait: {completed: r2}\n");
    const std::string all = "  - wsk.receive: {socket: k, op: w1, irp: i5, mdl: [8], flags: WSK_FLAG_WAITALL}\n";
    EXPECT_NE(never(all + send("1234567") + "  - wait: {completed: w1}\n").find("waits for 8"), std::string::npos);
    accepted(all + send("12345678") + "  - wait: {completed: w1}\n");
    never(all + second + send("12345678") + "  - wait: {completed: r2}\n");
    accepted(all + second + send("123456789") + "  - wait: {completed: r2}\n");
}

TEST(WskWaits, forADrainThatNothingEnds)
{
    EXPECT_NE(never(drain + send("abc") + "  - wait: {completed: d1}\n").find("a drain takes whatever comes"),
              std::string::npos);
    never(drain + pending + send("abc") + "  - wait: {completed: r1}\n");
    accepted(drain + "  - wsk.cancel: {irp: i9}\n  - wait: {completed: d1}\n");
    const std::string without = "  - wsk.receive: {socket: k, op: d1, irp: i9, flags: WSK_FLAG_DRAIN";
    never(without + ", length: 0}\n" + send("abc") + "  - wait: {completed: d1}\n");
    accepted(without + "}\n  - wait: {completed: d1}\n"); // no buffer: refused
    accepted(drain + "  - peer.shutdown: {socket: k}\n  - wait: {completed: d1}\n");
}

TEST(WskWaits, whatEndsThemInsideACallbackMayComeAtAnyTime)
{
    accepted(pending +
             "  - wsk.receive: {socket: m, op: r2, irp: i2, mdl: [8], on-complete: [{wsk.cancel: {irp: i1}}]}\n"
             "  - peer.send: {socket: m, data: x}\n  - wait: {completed: r1}\n");
    accepted(
        "  - wsp.recv: {socket: s, op: b1, buffers: [8], overlapped: o}\n" + pending +
        "  - wsk.event: {socket: m, receive: enable, on-indicate: [{accept: all, do: [{wsk.close: {socket: k}}]}]}\n"
        "  - peer.send: {socket: m, data: x}\n  - wait: {completed: r1}\n");
}

TEST(WskWaits, forAnIndicationOfACallbackThatNobodyEnabled)
{
    const std::string wait = "  - wait: {indicated: {socket: k, count: 1}}\n";
    EXPECT_NE(never(send("x") + wait).find("is enabled by no earlier step"), std::string::npos);
    EXPECT_NE(never(callback + wait).find("nothing was sent"), std::string::npos);
    accepted(callback + send("x") + wait);
    accepted(callback + "  - peer.reset: {socket: k}\n" + wait);
    EXPECT_REFUSED("  - wait: {indicated: {socket: s, count: 1}}\n", "face wsk");
}

TEST(WskWaits, forBytesThatNoDrainDiscards)
{
    const std::string wait = "  - wait: {discarded: {socket: k, bytes: 3}}\n";
    EXPECT_NE(never(send("abc") + wait).find("no earlier receive drains"), std::string::npos);
    EXPECT_NE(never(drain + send("ab") + wait).find("only 2 bytes were sent"), std::string::npos);
    accepted(drain + send("abc") + wait);
}

TEST(WskWaits, forAReceiveThatNeverBlocks)
{
    EXPECT_NE(never(pending + "  - wait: {blocked: r1}\n").find("its IRP tells"), std::string::npos);
    never(pending + "  - wsk.send: {socket: k, op: w1, data: x}\n  - wait: {blocked: w1}\n");
    EXPECT_REFUSED(pending + "  - wait: {routine: r1}\n", "completed: r1");
    // Its thread is free for another call.
    accepted(pending + "  - wsk.receive: {socket: k, op: r2, irp: i2, mdl: [8]}\n  - barrier: all\n");
    never("  - native.recv: {socket: nn, op: n1, buffers: [8], on: t1}\n  - wait: {blocked: n1}\n");
    accepted("  - native.recv: {socket: n, op: n1, buffers: [8], on: t1}\n  - wait: {blocked: n1}\n");
    EXPECT_REFUSED(
        "  - native.recv: {socket: n, op: n1, buffers: [8]}\n  - native.recv: {socket: n, op: n2, buffers: [8]}\n",
        "cannot make this call");
    never("  - native.recv: {socket: n, op: n1, buffers: [8], on: t1}\n  - barrier: [t1]\n");
}

} // namespace recvscope::scenario
