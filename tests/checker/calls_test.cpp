// What the checker says of ends, cancels, and calls that must be refused.

#include "account.h"
#include "written.h"

namespace recvscope::checker {

using net::SocketKind;
using trace::EventType;

TEST(Ends, zeroBytesAreTheGracefulEndAndNothingElse)
{
    Written it;
    it.sent("ab");
    it.peerFinished();
    it.immediate(r1, {8}, "ab", {{0, 2}});
    it.immediate(r2, {8}, "", {});
    it.immediate(r3, {8}, "", {});
    EXPECT_THAT(it, accepted());

    Written early;
    early.immediate(r1, {8}, "", {});
    EXPECT_THAT(early, refusedBy("wsp.close.stream-zero-bytes"));

    Written before;
    before.sent("ab");
    before.peerFinished();
    before.immediate(r1, {8}, "", {});
    EXPECT_THAT(before, refusedBy("wsp.close.stream-zero-bytes"));

    Written noRoom;
    noRoom.sent("ab");
    noRoom.immediate(r1, {0}, "", {});
    EXPECT_THAT(noRoom, accepted());
}

TEST(Ends, anEndOnceToldIsToldForEver)
{
    Written reset;
    reset.tell(EventType::PeerReset);
    reset.refused(r1, {8}, Status::WsaEconnreset);
    Written zero = reset;
    reset.refused(r2, {8}, Status::WsaEconnreset);
    EXPECT_THAT(reset, accepted());
    zero.peerFinished();
    zero.immediate(r2, {8}, "", {});
    EXPECT_THAT(zero, refusedBy("engine.end.latched"));

    Written more;
    more.peerFinished();
    more.immediate(r1, {8}, "", {});
    more.sent("ab");
    more.immediate(r2, {8}, "ab", {{0, 2}});
    EXPECT_THAT(more, refusedBy("wsp.close.stream-zero-bytes"));
}

TEST(Ends, aResetNeedsOne)
{
    Written it;
    it.refused(r1, {8}, Status::WsaEconnreset);
    EXPECT_THAT(it, refusedBy("wsp.close.reset"));
}

TEST(Ends, nothingAbortsOrKeepsAliveByItself)
{
    Written aborted;
    aborted.refused(r1, {8}, Status::WsaEconnaborted);
    EXPECT_THAT(aborted, refusedBy("wsp.close.aborted"));
    Written dead;
    dead.refused(r1, {8}, Status::WsaEnetreset);
    EXPECT_THAT(dead, refusedBy("wsp.close.keep-alive"));
}

TEST(Ends, aMessageConnectionEndsWithAnErrorOfItsOwn)
{
    Written it(SocketKind::SeqPacket);
    it.sent("one");
    it.peerFinished();
    Written early = it;
    it.immediate(r1, {8}, "one", {{0, 3}});
    it.refused(r2, {8}, Status::WsaEdiscon);
    EXPECT_THAT(it, accepted());
    early.refused(r1, {8}, Status::WsaEdiscon);
    EXPECT_THAT(early, refusedBy("wsp.close.message-discon"));

    Written stream;
    stream.peerFinished();
    stream.refused(r1, {8}, Status::WsaEdiscon);
    EXPECT_THAT(stream, refusedBy("wsp.close.message-discon"));
}

TEST(Ends, afterReceivingWasShutDownEveryCallIsToldSo)
{
    Written it;
    it.tell(EventType::SocketShutDown, {}, 0);
    it.refused(r1, {8}, Status::WsaEshutdown);
    it.refused(r2, {8}, Status::WsaEshutdown);
    EXPECT_THAT(it, accepted());
    it.sent("a");
    it.immediate(r3, {8}, "a", {{0, 1}});
    EXPECT_THAT(it, refusedBy("wsp.socket.receive-shut-down"));

    Written sendAlone;
    sendAlone.tell(EventType::SocketShutDown, {}, 1);
    sendAlone.refused(r1, {8}, Status::WsaEshutdown);
    EXPECT_THAT(sendAlone, refusedBy("wsp.socket.receive-shut-down"));
}

namespace {

/// A pending receive that completes with that status; then the socket is closed, or something else comes first.
Written endedWith(Status status, bool closing, scenario::PolicyChoices policy = {})
{
    Written it;
    it.m_setup.policy = policy;
    it.call(r1, {8}, Written::overlapped);
    it.pending(r1);
    it.completed(r1, 0, status);
    if (!closing)
        it.peerFinished();
    it.closed();
    return it;
}

} // namespace

TEST(Cancel, closingEndsPendingReceivesWithThePolicysStatus)
{
    scenario::PolicyChoices windows;
    windows.closeAbortsWithConnAborted = true;
    EXPECT_THAT(endedWith(Status::WsaOperationAborted, true), accepted());
    EXPECT_THAT(endedWith(Status::WsaOperationAborted, false), refusedBy("wsp.cancel.socket-closed"));
    EXPECT_THAT(endedWith(Status::WsaOperationAborted, true, windows), refusedBy("wsp.cancel.socket-closed"));
    EXPECT_THAT(endedWith(Status::WsaEconnaborted, true, windows), accepted());
}

TEST(Cancel, neverWinsOverDataThatHadArrived)
{
    const auto cancelled = [](std::uint32_t holds) {
        Written it;
        it.call(r1, {8}, Written::overlapped);
        it.pending(r1);
        it.sent("a");
        it.tell(EventType::KernelHolds, {}, holds);
        it.completed(r1, 0, Status::WsaOperationAborted);
        it.closed();
        return it;
    };
    EXPECT_THAT(cancelled(0), accepted());
    EXPECT_THAT(cancelled(1), refusedBy("engine.cancel.data-wins"));

    Written bytesGone;
    bytesGone.call(r1, {8}, 0, flag::WaitAll);
    bytesGone.tell(EventType::Blocked, r1);
    bytesGone.sent("a");
    bytesGone.kernel(r1, "a", {{0, 1}});
    bytesGone.then([](test::TraceBuilder &trace) { trace.add(EventType::CancelAsked); });
    Written keeps = bytesGone;
    bytesGone.completed(r1, 1, Status::WsaEintr);
    bytesGone.returned(r1, 0, Status::WsaEintr);
    EXPECT_THAT(bytesGone, refusedBy("engine.cancel.data-wins"));
    keeps.completed(r1, 1);
    keeps.returned(r1, 1);
    EXPECT_THAT(keeps, accepted());
}

TEST(Cancel, onlyBlockedCallsAreInterruptedAndOnlyBySomebody)
{
    const auto interrupted = [](bool blocked, bool asked) {
        Written it;
        it.call(r1, {8});
        if (blocked)
            it.tell(EventType::Blocked, r1);
        if (asked)
            it.then([](test::TraceBuilder &trace) { trace.add(EventType::CancelAsked); });
        it.completed(r1, 0, Status::WsaEintr);
        it.returned(r1, 0, Status::WsaEintr);
        it.peerFinished();
        return it;
    };
    EXPECT_THAT(interrupted(true, true), accepted());
    EXPECT_THAT(interrupted(true, false), refusedBy("wsp.call.cancelled-blocking"));
    EXPECT_THAT(interrupted(false, true), refusedBy("wsp.call.cancelled-blocking"));
}

// Between the two the next in line may look at what has come so far of a message.
TEST(Calls, thatBlockedAreInterruptedByTheirSocketsEnd)
{
    Written closed(SocketKind::Framed);
    closed.sentPart("a");
    closed.call(r1, {0});
    closed.tell(EventType::Blocked, r1);
    closed.call(r2, {0}, Written::overlapped);
    closed.pending(r2);
    closed.completed(r1, 0, Status::WsaEintr);
    closed.returned(r1, 0, Status::WsaEintr);
    closed.tell(EventType::MessageArriving, r2, 1);
    closed.completed(r2, 0, Status::WsaOperationAborted);
    closed.closed();
    EXPECT_THAT(closed, accepted());

    Written open(SocketKind::Framed);
    open.sentPart("a");
    open.call(r1, {0});
    open.tell(EventType::Blocked, r1);
    open.completed(r1, 0, Status::WsaEintr);
    open.returned(r1, 0, Status::WsaEintr);
    open.tell(EventType::MessageArriving, r1, 1);
    open.peerFinished();
    EXPECT_THAT(open, refusedBy("wsp.call.cancelled-blocking"));
}

TEST(Calls, withoutBuffersInvalidMemoryOrNoSocketAreRefused)
{
    Written none;
    none.refused(r1, {}, Status::WsaEinval);
    EXPECT_THAT(none, accepted());
    none.sent("");
    none.immediate(r2, {}, "", {});
    EXPECT_THAT(none, refusedBy("wsp.buffer.any-number"));

    Written memory;
    memory.sent("a");
    memory.immediate(r1, {8}, "a", {{0, 1}});
    memory.m_setup.faulty.insert(r1);
    EXPECT_THAT(memory, refusedBy("wsp.buffer.fault"));
    Written fault;
    fault.refused(r1, {8}, Status::WsaEfault);
    EXPECT_THAT(fault, refusedBy("wsp.buffer.fault"));
    fault.m_setup.faulty.insert(r1);
    EXPECT_THAT(fault, accepted());

    Written plain;
    plain.m_setup.sockets[Written::s].overlapped = false;
    plain.refused(r1, {8}, Status::WsaEinval, Written::overlapped);
    EXPECT_THAT(plain, accepted());
    plain.sent("a");
    plain.immediate(r2, {8}, "a", {{0, 1}}, Written::overlapped);
    EXPECT_THAT(plain, refusedBy("wsp.socket.not-overlapped"));

    Written nothing;
    nothing.then([](test::TraceBuilder &trace) {
        trace.called(r1, SocketId{}, {8});
        trace.add(EventType::Refused, SocketId{}, static_cast<std::uint32_t>(Status::WsaEnotsock), 0, r1,
                  RuleId::WspSocketNotASocket);
        trace.returned(r1, SocketId{}, trace::leftAlone, Status::WsaEnotsock, trace::flagsLeftAlone,
                       RuleId::WspCompleteErrorReturn);
    });
    EXPECT_THAT(nothing, accepted());
    nothing.then([](test::TraceBuilder &trace) {
        trace.called(r2, SocketId{}, {8});
        trace.completed(r2, SocketId{}, 0, Status::Success, 0, RuleId::WspCompleteImmediate);
        trace.returned(r2, SocketId{}, 0, Status::Success, 0, RuleId::WspCompleteImmediate);
    });
    EXPECT_THAT(nothing, refusedBy("wsp.socket.not-a-socket"));
}

TEST(Calls, flagsAreRefusedWhereTheyDoNotBelongAndOnlyThere)
{
    const auto taken = [](SocketKind kind, std::uint16_t flags, std::uint16_t traits = 0, bool nonblocking = false) {
        Written it(kind, nonblocking);
        it.sent("a");
        it.immediate(r1, {1}, "a", {{0, 1}}, traits, flags);
        return it;
    };
    const auto refused = [](SocketKind kind, std::uint16_t flags, std::uint16_t traits = 0, bool nonblocking = false) {
        Written it(kind, nonblocking);
        it.refused(r1, {8}, Status::WsaEopnotsupp, traits, flags);
        return it;
    };
    using enum SocketKind;
    EXPECT_THAT(taken(Tcp, flag::Peek, Written::overlapped), refusedBy("wsp.flag.peek-nonoverlapped-only"));
    EXPECT_THAT(refused(Tcp, flag::Peek, Written::overlapped), accepted());
    EXPECT_THAT(refused(Tcp, flag::Peek), refusedBy("wsp.flag.peek"));
    EXPECT_THAT(taken(Udp, flag::Oob), refusedBy("wsp.flag.oob-not-stream"));
    EXPECT_THAT(refused(Udp, flag::Oob), accepted());
    EXPECT_THAT(taken(SeqPacket, flag::WaitAll), refusedBy("wsp.flag.waitall-refused"));
    EXPECT_THAT(taken(Tcp, flag::WaitAll, 0, true), refusedBy("wsp.flag.waitall-refused"));
    EXPECT_THAT(taken(Tcp, flag::WaitAll | flag::Peek), refusedBy("wsp.flag.waitall-refused"));
    EXPECT_THAT(refused(Tcp, flag::WaitAll | flag::Peek), accepted());
    EXPECT_THAT(refused(Tcp, flag::WaitAll), refusedBy("wsp.flag.waitall"));
    EXPECT_THAT(taken(Tcp, flag::WaitAll), accepted()); // full
    EXPECT_THAT(taken(Tcp, flag::Partial), refusedBy("wsp.flag.partial-on-stream"));
    EXPECT_THAT(refused(Tcp, 0), refusedBy("wsp.flag.oob-not-stream"));

    Written named;
    named.sent("a");
    named.call(r1, {8}, 0, flag::Partial);
    named.tell(EventType::Diagnostic, r1, 0, 0, RuleId::WspFlagPartialOnStream);
    named.kernel(r1, "a", {{0, 1}});
    named.completed(r1, 1);
    named.returned(r1, 1);
    EXPECT_THAT(named, accepted());
}

TEST(Calls, whoMayBlockAndWhoIsToldThatItWould)
{
    Written nonblocking(SocketKind::Tcp, true);
    nonblocking.refused(r1, {8}, Status::WsaEwouldblock, trace::CallNonblocking);
    EXPECT_THAT(nonblocking, accepted());
    nonblocking.sent("a");
    nonblocking.tell(EventType::KernelHolds, {}, 1);
    nonblocking.refused(r2, {8}, Status::WsaEwouldblock, trace::CallNonblocking);
    EXPECT_THAT(nonblocking, refusedBy("wsp.call.buffered-data-returned"));

    Written blocking;
    blocking.refused(r1, {8}, Status::WsaEwouldblock);
    EXPECT_THAT(blocking, refusedBy("wsp.call.blocks-until-data"));

    const auto blocks = [](bool onNonblocking, std::uint16_t traits) {
        Written it(SocketKind::Tcp, onNonblocking);
        it.call(r1, {8}, traits);
        it.tell(EventType::Blocked, r1);
        it.sent("a");
        it.kernel(r1, "a", {{0, 1}});
        it.completed(r1, 1);
        it.returned(r1, 1);
        return it;
    };
    EXPECT_THAT(blocks(false, 0), accepted());
    EXPECT_THAT(blocks(true, 0), refusedBy("wsp.call.would-block"));
    EXPECT_THAT(blocks(false, Written::overlapped), refusedBy("wsp.complete.pending"));
}

TEST(Calls, asManyAsTheLimitMayBeOutstanding)
{
    const auto secondIs = [](bool taken, std::uint32_t limit) {
        Written it;
        it.m_setup.policy.maxOutstanding = limit;
        it.call(r1, {8}, Written::overlapped);
        it.pending(r1);
        if (taken) {
            it.call(r2, {8}, Written::overlapped);
            it.pending(r2);
        } else {
            it.refused(r2, {8}, Status::WsaEwouldblock, Written::overlapped, 0, RuleId::WspCallTooManyOutstanding);
        }
        it.completed(r1, 0, Status::WsaOperationAborted);
        if (taken)
            it.completed(r2, 0, Status::WsaOperationAborted);
        it.closed();
        return it;
    };
    EXPECT_THAT(secondIs(true, 2), accepted());
    EXPECT_THAT(secondIs(true, 1), refusedBy("wsp.call.too-many-outstanding"));
    EXPECT_THAT(secondIs(false, 1), accepted());
    EXPECT_THAT(secondIs(false, 2), refusedBy("wsp.call.too-many-outstanding"));
}

TEST(Calls, aByteStreamHasNoMessagesThatDoNotFit)
{
    Written it;
    it.sent("a");
    it.call(r1, {8});
    it.kernel(r1, "a", {{0, 1}});
    it.completed(r1, 1, Status::WsaEmsgsize);
    it.returned(r1, 1, Status::WsaEmsgsize);
    EXPECT_THAT(it, refusedBy("wsp.stream.fills-until"));

    Written unconnected;
    unconnected.refused(r1, {8}, Status::WsaEnotconn);
    EXPECT_THAT(unconnected, refusedBy("wsp.socket.not-connected"));
}

} // namespace recvscope::checker
