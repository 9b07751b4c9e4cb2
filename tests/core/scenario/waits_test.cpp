// A wait that can never come true is refused when it is read; one that might is not.

#include "texts.h"

namespace recvscope::scenario {

namespace {

const std::string pending = "  - wsp.recv: {socket: s, op: r1, buffers: [8], overlapped: o1, event: e1}\n";
const std::string blocking = "  - wsp.recv: {socket: s, op: b1, buffers: [8], on: t1}\n";

/// The message of a refusal that says it can never be, or a failure.
std::string never(const std::string &steps)
{
    const std::string message = readBad(withSteps(steps)).message();
    EXPECT_NE(message.find("never"), std::string::npos) << message;
    return message;
}

void mightBe(const std::string &steps)
{
    (void)readGood(withSteps(steps));
}

std::string send(const std::string &data)
{
    return "  - peer.send: {socket: s, data: " + data + "}\n";
}

} // namespace

TEST(Waits, forMoreBytesThanWereSent)
{
    EXPECT_NE(never(send("abc") + "  - wait: {queued: {socket: s, bytes: 4}}\n").find("only 3 bytes were sent"),
              std::string::npos);
    mightBe(send("abc") + send("d") + "  - wait: {queued: {socket: s, bytes: 4}}\n");
    never("  - wait: {queued: {socket: s, bytes: 1}}\n" + send("abc"));
}

TEST(Waits, forMoreBytesThanTheKernelHolds)
{
    const std::string large = send("{random: {size: 200000}}");
    EXPECT_NE(never(large + "  - wait: {queued: {socket: s, bytes: 200000}}\n").find("give it a larger receive-buffer"),
              std::string::npos);
    mightBe(large + "  - wait: {queued: {socket: s, bytes: 65536}}\n");
    const auto withBuffer = [](const std::string &size) {
        return "recvscope: 1\ntitle: x\nsockets:\n  s: {kind: tcp, receive-buffer: " + size +
               "}\nsteps:\n  - peer.send: {socket: s, data: {random: {size: 200000}}}\n"
               "  - wait: {queued: {socket: s, bytes: 200000}}\n";
    };
    (void)readGood(withBuffer("100000"));
    EXPECT_NE(readBad(withBuffer("4096")).message().find("holds 8192 bytes"), std::string::npos);
}

TEST(Waits, forBytesOfASocketThatWasClosed)
{
    EXPECT_NE(
        readBad(withSteps(send("abc") + "  - wsp.close: {socket: s}\n  - wait: {queued: {socket: s, bytes: 3}}\n"))
            .message()
            .find("was closed by an earlier step"),
        std::string::npos);
}

TEST(Waits, forAReceiveThatNothingWasSentTo)
{
    EXPECT_NE(never(pending + "  - wait: {completed: r1}\n").find("nothing was sent to s"), std::string::npos);
    mightBe(pending + send("x") + "  - wait: {completed: r1}\n");
    mightBe(pending + "  - peer.shutdown: {socket: s}\n  - wait: {completed: r1}\n");
    mightBe(pending + "  - peer.reset: {socket: s}\n  - wait: {completed: r1}\n");
    mightBe(pending + "  - wsp.close: {socket: s}\n  - wait: {completed: r1}\n");
    mightBe(pending + "  - wsp.shutdown: {socket: s, how: receive}\n  - wait: {completed: r1}\n");
    never(pending + "  - wsp.shutdown: {socket: s, how: send}\n  - wait: {completed: r1}\n");
}

TEST(Waits, forMoreReceivesThanThereAreBytes)
{
    const std::string two = pending + "  - wsp.recv: {socket: s, op: r2, buffers: [8], overlapped: o2}\n";
    EXPECT_NE(never(two + send("x") + "  - wait: {completed: r2}\n").find("only 1 bytes were sent"), std::string::npos);
    mightBe(two + send("x") + "  - wait: {completed: r1}\n");
    mightBe(two + send("xy") + "  - wait: {completed: r2}\n");
}

TEST(Waits, nothingIsClaimedOfCallsThatMayFailAtOnce)
{
    for (const char *arguments : {"buffers: [{invalid: 8}], overlapped: o", "buffers: [], overlapped: o",
                                  "buffers: [8], flags: MSG_PEEK, overlapped: o", "buffers: [8], overlapped: o1"})
        mightBe(pending + "  - wsp.recv: {socket: s, op: r2, " + arguments + "}\n  - wait: {completed: r2}\n");
}

TEST(Waits, forAnEventThatNoCompletionCanSet)
{
    EXPECT_NE(never(pending + "  - wait: {event: e1}\n").find("r1 can never complete"), std::string::npos);
    mightBe(pending + send("x") + "  - wait: {event: e1}\n");
}

TEST(Waits, forACallToBlockThatNeverDoes)
{
    EXPECT_NE(never(pending + "  - wait: {blocked: r1}\n").find("never blocks"), std::string::npos);
    never("  - wait: {blocked: t1}\n");
    never(pending + "  - wsp.result: {op: q, of: r1}\n  - wait: {blocked: q}\n");
    mightBe(blocking + "  - wait: {blocked: b1}\n");
    mightBe(blocking + "  - wait: {blocked: t1}\n");
    mightBe(pending + "  - wsp.result: {op: q, of: r1, wait: true, on: t1}\n  - wait: {blocked: q}\n");
    EXPECT_NE(readBad(withSteps("  - wait: {blocked: t9}\n")).message().find("neither a call of an earlier step nor"),
              std::string::npos);
}

TEST(Waits, forAnEndThatWasNeverMade)
{
    never("  - wait: {arrived: {socket: s, what: end}}\n");
    never("  - peer.shutdown: {socket: s}\n  - wait: {arrived: {socket: s, what: reset}}\n");
    mightBe("  - peer.shutdown: {socket: s}\n  - wait: {arrived: {socket: s, what: end}}\n");
    mightBe("  - peer.reset: {socket: s}\n  - wait: {arrived: {socket: s, what: reset}}\n");
}

TEST(Waits, forABarrierBehindACallThatNothingEnds)
{
    EXPECT_NE(never(blocking + "  - barrier: all\n").find("this barrier can never be passed"), std::string::npos);
    never(blocking + "  - barrier: [t1]\n");
    mightBe(blocking + "  - barrier: [t2]\n");
    mightBe(blocking + send("x") + "  - barrier: all\n");
    mightBe(blocking + "  - wsp.cancel-blocking: {thread: t1}\n  - barrier: all\n");
    mightBe(pending + "  - barrier: all\n");
}

TEST(Waits, aThreadInACallThatNothingEndsCanMakeNoOther)
{
    const std::string again = "  - wsp.recv: {socket: s, op: b2, buffers: [8], on: t1}\n";
    EXPECT_NE(never(blocking + again).find("'t1' cannot make this call: it is blocked in an earlier one"),
              std::string::npos);
    mightBe(blocking + send("x") + again);
    never("  - wsp.recv: {socket: s, op: m1, buffers: [8]}\n  - wsp.recv: {socket: s, op: m2, buffers: [8]}\n");
    never(pending + "  - wsp.result: {op: q, of: r1, wait: true}\n  - wsp.recv: {socket: s, op: m2, buffers: [8]}\n");
}

TEST(Waits, aCancelledCallLeavesItsByteToTheNext)
{
    mightBe(blocking +
            "  - wsp.cancel-blocking: {thread: t1}\n  - wsp.recv: {socket: s, op: r2, buffers: [8], overlapped: "
            "o2}\n" +
            send("x") + "  - wait: {completed: r2}\n");
}

} // namespace recvscope::scenario
