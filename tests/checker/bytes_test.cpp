// What the checker says of where bytes stand: buffers, streams, urgent bytes, messages.

#include "account.h"
#include "written.h"

namespace recvscope::checker {

using net::SocketKind;
using trace::EventType;

namespace {

Written placedAs(const Written::Places &places, const std::string &text = "hello")
{
    Written it;
    it.sent(text);
    it.immediate(r1, {3, 0, 3}, text, places);
    return it;
}

} // namespace

TEST(Bytes, buffersFillInOrderPackedAndNeverPastTheirEnd)
{
    EXPECT_THAT(placedAs({{0, 3}, {2, 2}}), accepted());
    EXPECT_THAT(placedAs({{0, 2}, {2, 3}}), refusedBy("wsp.buffer.packed"));
    EXPECT_THAT(placedAs({{2, 3}, {0, 2}}), refusedBy("wsp.buffer.in-order"));
    EXPECT_THAT(placedAs({{0, 5}}), refusedBy("wsp.buffer.in-order"));
    EXPECT_THAT(placedAs({{0, 3}, {2, 1}}), refusedBy("wsp.buffer.in-order"));
    EXPECT_THAT(placedAs({{0, 3}, {7, 2}}), refusedBy("wsp.buffer.in-order"));
}

TEST(Bytes, theMemoryHoldsWhatTheTraceSays)
{
    Written it = placedAs({{0, 3}, {2, 2}});
    it.m_setup.seen[r1] = {true, {"hel", "", "lo"}};
    EXPECT_THAT(it, accepted());
    it.m_setup.seen[r1] = {true, {"hel", "", ".l"}};
    EXPECT_THAT(it, refusedBy("wsp.buffer.packed"));
}

TEST(Bytes, theCountIsWhatWasPlaced)
{
    Written it;
    it.sent("hello");
    it.call(r1, {8});
    it.kernel(r1, "hello", {{0, 5}});
    it.completed(r1, 4);
    it.returned(r1, 4);
    EXPECT_THAT(it, refusedBy("wsp.complete.immediate"));
}

TEST(Bytes, nothingIsMovedForACallThatWasRefused)
{
    Written it;
    it.sent("hello");
    it.call(r1, {8});
    it.kernel(r1, "hello", {{0, 5}});
    it.tell(EventType::Refused, r1, static_cast<std::uint32_t>(Status::WsaEfault));
    it.returned(r1, 0, Status::WsaEfault);
    EXPECT_THAT(it, refusedBy("wsp.complete.failed-never-indicates"));
}

TEST(Bytes, aStreamIsCutAnywhereButNeitherRepeatedNorBroken)
{
    Written any;
    any.sent("hel");
    any.sent("lo world");
    any.immediate(r1, {4}, "hell", {{0, 4}});
    any.immediate(r2, {9}, "o w", {{0, 3}});
    EXPECT_THAT(any, accepted());

    Written gap = any;
    gap.immediate(r3, {9}, "rld", {{0, 3}});
    EXPECT_THAT(gap, refusedBy("wsp.stream.fills-until"));
    any.immediate(r3, {9}, "wor", {{0, 3}});
    EXPECT_THAT(any, refusedBy("wsp.stream.fills-until"));
}

TEST(Bytes, aPeekSeesWhatTheNextReceiveGetsAndTakesNothing)
{
    Written it;
    it.sent("hello");
    it.immediate(r1, {4}, "hell", {{0, 4}}, 0, flag::Peek);
    it.immediate(r2, {9}, "hello", {{0, 5}});
    EXPECT_THAT(it, accepted());

    Written other;
    other.sent("hello");
    other.immediate(r1, {4}, "ello", {{0, 4}}, 0, flag::Peek);
    EXPECT_THAT(other, refusedBy("wsp.flag.peek"));

    Written takes;
    takes.sent("hello");
    takes.immediate(r1, {4}, "hell", {{0, 4}}, 0, flag::Peek);
    takes.immediate(r2, {9}, "o", {{0, 1}});
    EXPECT_THAT(takes, refusedBy("wsp.stream.fills-until"));
}

TEST(Bytes, theUrgentByteComesBesideTheStreamAndOnce)
{
    Written it;
    it.sent("ab");
    it.sentUrgent('!');
    it.sent("cd");
    it.immediate(r1, {8}, "abcd", {{0, 4}});
    EXPECT_THAT(it, accepted());
    it.immediate(r2, {8}, "!", {{0, 1}}, 0, flag::Oob);
    EXPECT_THAT(it, accepted());
    it.immediate(r3, {8}, "!", {{0, 1}}, 0, flag::Oob);
    EXPECT_THAT(it, refusedBy("wsp.flag.oob"));

    Written inTheStream;
    inTheStream.sent("ab");
    inTheStream.sentUrgent('!');
    inTheStream.sent("cd");
    inTheStream.immediate(r1, {8}, "ab!cd", {{0, 5}});
    EXPECT_THAT(inTheStream, refusedBy("wsp.stream.fills-until"));
}

TEST(Bytes, aPeekLeavesTheUrgentByteToo)
{
    Written it(SocketKind::Tcp, true);
    it.sentUrgent('!');
    it.immediate(r1, {1}, "!", {{0, 1}}, trace::CallNonblocking, flag::Oob | flag::Peek);
    Written gone = it;
    it.immediate(r2, {1}, "!", {{0, 1}}, trace::CallNonblocking, flag::Oob);
    EXPECT_THAT(it, accepted());
    gone.refused(r2, {1}, Status::WsaEwouldblock, trace::CallNonblocking, flag::Oob, RuleId::WspFlagOob);
    EXPECT_THAT(gone, refusedBy("wsp.flag.peek"));
}

TEST(Bytes, postingOrderIsServingOrder)
{
    const auto served = [](OperationId first, OperationId second) {
        Written it;
        for (const OperationId each : {r1, r2}) {
            it.call(each, {2}, Written::overlapped);
            it.pending(each);
        }
        it.sent("abcd");
        it.kernel(first, "ab", {{0, 2}});
        it.completed(first, 2);
        it.kernel(second, "cd", {{0, 2}});
        it.completed(second, 2);
        return it;
    };
    EXPECT_THAT(served(r1, r2), accepted());
    EXPECT_THAT(served(r2, r1), refusedBy("wsp.stream.posted-order"));
}

TEST(Bytes, waitAllIsFullUnlessSomethingEndsIt)
{
    Written it;
    it.sent("abc");
    it.immediate(r1, {2, 1}, "abc", {{0, 2}, {1, 1}}, 0, flag::WaitAll);
    EXPECT_THAT(it, accepted());

    Written shortOne;
    shortOne.sent("abc");
    shortOne.immediate(r1, {8}, "abc", {{0, 3}}, 0, flag::WaitAll);
    EXPECT_THAT(shortOne, refusedBy("wsp.flag.waitall"));

    Written ended;
    ended.sent("abc");
    ended.peerFinished();
    ended.immediate(r1, {8}, "abc", {{0, 3}}, 0, flag::WaitAll);
    EXPECT_THAT(ended, accepted());
}

TEST(Bytes, oneMessageAReceive)
{
    Written it(SocketKind::SeqPacket);
    it.sent("one");
    it.sent("");
    it.sent("two");
    it.immediate(r1, {8}, "one", {{0, 3}});
    Written together = it;
    it.immediate(r2, {8}, "", {});
    it.immediate(r3, {8}, "two", {{0, 3}});
    EXPECT_THAT(it, accepted());
    together.immediate(r2, {8}, "two", {{0, 3}});
    EXPECT_THAT(together, refusedBy("wsp.message.one-per-receive"));
}

namespace {

/// A message of five bytes into room for three.
Written tooLarge(SocketKind kind, std::uint32_t lost, Status status = Status::WsaEmsgsize, std::uint16_t flags = 0)
{
    Written it(kind);
    it.sent("hello");
    it.call(r1, {3}, 0, flags);
    it.kernel(r1, "hel", {{0, 3}});
    if (lost != 0)
        it.tell(EventType::MessageLost, r1, lost);
    it.completed(r1, 3, status);
    it.returned(r1, 3, status);
    return it;
}

} // namespace

TEST(Bytes, aMessageThatDoesNotFitIsLostOrKeptByItsProtocol)
{
    EXPECT_THAT(tooLarge(SocketKind::Udp, 2), accepted());
    EXPECT_THAT(tooLarge(SocketKind::Udp, 0), refusedBy("wsp.message.unreliable-too-large"));
    EXPECT_THAT(tooLarge(SocketKind::Udp, 2, Status::Success), refusedBy("wsp.message.unreliable-too-large"));
    EXPECT_THAT(tooLarge(SocketKind::SeqPacket, 0), accepted());
    EXPECT_THAT(tooLarge(SocketKind::SeqPacket, 2), refusedBy("wsp.message.reliable-too-large"));
    EXPECT_THAT(tooLarge(SocketKind::Udp, 0, Status::WsaEmsgsize, flag::Peek), accepted());
    EXPECT_THAT(tooLarge(SocketKind::Udp, 2, Status::WsaEmsgsize, flag::Peek), refusedBy("wsp.flag.peek"));

    Written kept = tooLarge(SocketKind::SeqPacket, 0);
    kept.immediate(r2, {8}, "hello", {{0, 5}});
    EXPECT_THAT(kept, accepted());
    Written rest = tooLarge(SocketKind::SeqPacket, 0);
    rest.immediate(r2, {8}, "lo", {{0, 2}});
    EXPECT_THAT(rest, refusedBy("wsp.message.one-per-receive"));
}

TEST(Bytes, aMessageFillsTheBuffers)
{
    Written it(SocketKind::Udp);
    it.sent("hello");
    it.call(r1, {3});
    it.kernel(r1, "he", {{0, 2}});
    it.tell(EventType::MessageLost, r1, 3);
    it.completed(r1, 2, Status::WsaEmsgsize);
    it.returned(r1, 2, Status::WsaEmsgsize);
    EXPECT_THAT(it, refusedBy("wsp.message.too-large-fills"));
}

TEST(Bytes, zeroBytesWithoutAMessageAreNone)
{
    Written it(SocketKind::Udp);
    it.immediate(r1, {8}, "", {});
    EXPECT_THAT(it, refusedBy("wsp.message.zero-length"));
}

} // namespace recvscope::checker
