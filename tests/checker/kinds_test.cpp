// What the checker says of messages in parts, of protocols that lack something, of several senders, and of urgent bytes
// in line.

#include "account.h"
#include "written.h"

namespace recvscope::checker {

using net::SocketKind;
using trace::EventType;

namespace {

/// Called, filled, completed with these flags and returned.
void receives(Written &it, OperationId operation, const std::vector<std::uint32_t> &sizes, const std::string &text,
              std::uint16_t flagsOut, std::uint16_t flagsIn = 0)
{
    const auto bytes = static_cast<std::uint32_t>(text.size());
    it.call(operation, sizes, 0, flagsIn);
    it.kernel(operation, text, bytes == 0 ? Written::Places{} : Written::Places{{0, bytes}});
    it.completed(operation, bytes, Status::Success, RuleId::EngineErrorSystem, flagsOut);
    it.returned(operation, bytes, Status::Success, flagsOut);
}

Written with(SocketKind kind, std::uint32_t set, std::uint32_t cleared = 0)
{
    Written it(kind);
    it.m_setup.sockets[Written::s].given = net::Protocol{(net::protocolOf(kind).bits | set) & ~cleared};
    return it;
}

} // namespace

TEST(Parts, msgPartialIsSetAsLongAsTheMessageGoesOn)
{
    Written it(SocketKind::Framed);
    it.sent("hello");
    it.sent("world");
    Written notTold = it;
    Written endless = it;
    Written across = it;
    receives(it, r1, {3}, "hel", flag::Partial);
    receives(it, r2, {8}, "lo", 0);
    receives(it, r3, {8}, "world", 0);
    EXPECT_THAT(it, accepted());

    receives(notTold, r1, {3}, "hel", 0);
    EXPECT_THAT(notTold, refusedBy("wsp.message.partial-output"));
    receives(endless, r1, {8}, "hello", flag::Partial);
    EXPECT_THAT(endless, refusedBy("wsp.message.partial-ends"));
    receives(across, r1, {16}, "helloworld", 0);
    EXPECT_THAT(across, refusedBy("wsp.message.one-per-receive"));
}

TEST(Parts, aPartCompletesOnlyWhatAskedForParts)
{
    Written it(SocketKind::Framed);
    it.sentPart("hel");
    Written notAsked = it;
    Written nothing = it;
    receives(it, r1, {8}, "hel", flag::Partial, flag::Partial);
    it.sent("");
    receives(it, r2, {8}, "", 0);
    EXPECT_THAT(it, accepted());

    receives(notAsked, r1, {8}, "hel", flag::Partial);
    EXPECT_THAT(notAsked, refusedBy("wsp.call.whole-message-unblocks"));
    receives(nothing, r1, {8}, "", flag::Partial, flag::Partial);
    EXPECT_THAT(nothing, refusedBy("wsp.message.partial-input"));
}

TEST(Parts, theBuffersAreFilledAndNothingIsTooLarge)
{
    Written room(SocketKind::Framed);
    room.sent("hello");
    Written tooLarge = room;
    Written refused = room;
    receives(room, r1, {8}, "hel", flag::Partial);
    EXPECT_THAT(room, refusedBy("wsp.message.too-large-fills"));

    tooLarge.call(r1, {3});
    tooLarge.kernel(r1, "hel", {{0, 3}});
    tooLarge.completed(r1, 3, Status::WsaEmsgsize, RuleId::WspMessageReliableTooLarge);
    tooLarge.returned(r1, 3, Status::WsaEmsgsize);
    EXPECT_THAT(tooLarge, refusedBy("wsp.message.partial-output"));
    EXPECT_THAT(tooLarge, refusedBy("wsp.message.one-per-receive")); // its bytes are lost

    refused.refused(r1, {8}, Status::WsaEopnotsupp, 0, flag::Partial);
    EXPECT_THAT(refused, refusedBy("wsp.message.partial-input"));
}

TEST(Parts, aPeekTakesNothing)
{
    Written it(SocketKind::Framed);
    it.sent("hello");
    Written other = it;
    receives(it, r1, {3}, "hel", flag::Partial, flag::Peek);
    receives(it, r2, {8}, "hello", 0);
    EXPECT_THAT(it, accepted());
    receives(other, r1, {3}, "hex", flag::Partial, flag::Peek);
    EXPECT_THAT(other, refusedBy("wsp.flag.peek"));
}

TEST(Parts, aMessageThatNobodySentIsNone)
{
    Written it(SocketKind::Framed);
    it.sent("");
    receives(it, r1, {8}, "", 0);
    EXPECT_THAT(it, accepted());
    receives(it, r2, {8}, "", 0);
    EXPECT_THAT(it, refusedBy("wsp.message.zero-length"));
}

TEST(Parts, anEndInTheMiddleOfAMessageIsAFailure)
{
    Written it(SocketKind::Framed);
    it.sentPart("hel");
    Written whole(SocketKind::Framed);
    whole.sent("hel");
    for (Written *each : {&it, &whole})
        each->peerFinished();
    Written graceful = it;
    Written changed = it;
    it.refused(r1, {8}, Status::WsaEconnaborted, 0, 0, RuleId::EngineMessageTorn);
    it.refused(r2, {8}, Status::WsaEconnaborted, 0, 0, RuleId::EngineMessageTorn);
    EXPECT_THAT(it, accepted());
    graceful.refused(r1, {8}, Status::WsaEdiscon, 0, 0, RuleId::WspCloseMessageDiscon);
    EXPECT_THAT(graceful, refusedBy("engine.message.torn"));
    changed.refused(r1, {8}, Status::WsaEconnaborted, 0, 0, RuleId::EngineMessageTorn);
    changed.refused(r2, {8}, Status::WsaEdiscon, 0, 0, RuleId::WspCloseMessageDiscon);
    EXPECT_THAT(changed, refusedBy("engine.end.latched"));
    whole.refused(r1, {8}, Status::WsaEdiscon, 0, 0, RuleId::WspCloseMessageDiscon);
    EXPECT_THAT(whole, refusedBy("wsp.close.message-discon")); // it was not received
}

TEST(Parts, whereNobodyTakesThemAMessageIsReceivedWhole)
{
    Written it = with(SocketKind::Framed, 0, net::xp1::PartialMessage);
    it.sentPart("hel");
    Written early = it;
    it.sent("lo");
    receives(it, r1, {8}, "hello", 0);
    EXPECT_THAT(it, accepted());
    receives(early, r1, {8}, "hel", 0);
    EXPECT_THAT(early, refusedBy("wsp.call.whole-message-unblocks"));
}

TEST(Parts, ofAMessageThatHasBegunNothingLiesThere)
{
    for (const bool whole : {false, true}) {
        Written it(SocketKind::Framed);
        if (whole)
            it.sent("hel");
        else
            it.sentPart("hel");
        it.tell(EventType::KernelHolds, {}, 3);
        it.call(r1, {8}, Written::overlapped);
        it.pending(r1);
        it.completed(r1, 0, Status::WsaOperationAborted, RuleId::WspCancelSocketClosed);
        it.closed();
        if (whole)
            EXPECT_THAT(it, refusedBy("engine.cancel.data-wins"));
        else
            EXPECT_THAT(it, accepted());
    }
}

TEST(Profiles, aStreamOverMessagesReadsAcrossThem)
{
    for (const std::uint32_t bit : {net::xp1::PseudoStream, net::xp1::MessageOriented}) {
        const bool set = bit == net::xp1::PseudoStream;
        Written it = with(SocketKind::SeqPacket, set ? bit : 0, set ? 0 : bit);
        it.sent("hel");
        it.sent("");
        it.sent("lo");
        it.immediate(r1, {4}, "hell", {{0, 4}});
        Written skipped = it;
        it.immediate(r2, {4}, "o", {{0, 1}});
        it.peerFinished();
        it.immediate(r3, {4}, "", {});
        EXPECT_THAT(it, accepted());
        skipped.immediate(r2, {4}, "", {});
        EXPECT_THAT(skipped, refusedBy("wsp.close.stream-zero-bytes"));
    }
    Written datagrams = with(SocketKind::Udp, net::xp1::PseudoStream);
    datagrams.tell(EventType::PeerClosed);
    datagrams.immediate(r1, {4}, "", {});
    EXPECT_THAT(datagrams, refusedBy("wsp.close.stream-zero-bytes")); // whose end nobody hears of
}

TEST(Profiles, whatAProtocolLacksIsRefused)
{
    Written quiet = with(SocketKind::Tcp, 0, net::xp1::ExpeditedData);
    quiet.refused(r1, {4}, Status::WsaEopnotsupp, 0, flag::Oob);
    EXPECT_THAT(quiet, accepted());
    quiet.refused(r2, {4}, Status::WsaEwouldblock, 0, flag::Oob);
    EXPECT_THAT(quiet, refusedBy("wsp.flag.oob-no-such-domain"));

    Written sender = with(SocketKind::Tcp, net::xp1::UniSend);
    sender.sent("hello");
    sender.refused(r1, {8}, Status::WsaEopnotsupp);
    EXPECT_THAT(sender, accepted());
    sender.immediate(r2, {8}, "hello", {{0, 5}});
    EXPECT_THAT(sender, refusedBy("wsp.flag.send-only-socket"));
}

TEST(Urgent, inLineItStandsInTheStreamAndIsNotHadApart)
{
    Written it;
    it.m_setup.sockets[Written::s].oobInline = true;
    it.sent("ab");
    it.sentUrgent('!');
    it.sent("cd");
    it.refused(r1, {1}, Status::WsaEinval, 0, flag::Oob, RuleId::WspSocketOptionsAndFlags);
    Written apart = it;
    Written left = it;
    it.immediate(r2, {8}, "ab!cd", {{0, 5}});
    EXPECT_THAT(it, accepted());
    apart.immediate(r2, {8}, "!", {{0, 1}}, 0, flag::Oob);
    EXPECT_THAT(apart, refusedBy("wsp.socket.options-and-flags"));
    left.immediate(r2, {8}, "abcd", {{0, 4}});
    EXPECT_THAT(left, refusedBy("wsp.stream.fills-until"));
}

TEST(Senders, aConnectedDatagramSocketHearsItsPeerOnly)
{
    Written own(SocketKind::Udp); // connected to a peer of its own
    own.chosen(2, "stranger");
    own.sent("late");
    own.chosen(0, "");
    own.sent("hello");
    Written heard = own;
    own.immediate(r1, {8}, "hello", {{0, 5}});
    EXPECT_THAT(own, accepted());
    heard.immediate(r1, {8}, "late", {{0, 4}});
    EXPECT_THAT(heard, refusedBy("wsp.message.one-per-receive"));
}

TEST(Senders, withTheConnectionWhatOthersHadSentIsGone)
{
    Written it(SocketKind::Udp);
    it.m_setup.sockets[Written::s].connected = false;
    it.m_setup.sockets[Written::s].connectsTo = "friend";
    Written unbound = it;
    it.tell(EventType::SocketBound);
    it.chosen(2, "stranger");
    it.sent("early");
    Written before = it;
    it.chosen(1, "friend");
    it.sent("hello");
    it.tell(EventType::SocketConnected);
    Written heard = it;
    Written tooMany = it;
    it.call(r1, {8});
    it.tell(EventType::MessagesFiltered, r1, 1, 5, RuleId::WspSocketConnectedDatagramFilter);
    it.kernel(r1, "hello", {{0, 5}});
    it.completed(r1, 5);
    it.returned(r1, 5);
    EXPECT_THAT(it, accepted());

    before.immediate(r1, {8}, "early", {{0, 5}}); // it was not connected yet
    EXPECT_THAT(before, accepted());
    heard.immediate(r1, {8}, "early", {{0, 5}});
    EXPECT_THAT(heard, refusedBy("wsp.message.one-per-receive"));
    tooMany.call(r1, {8});
    tooMany.tell(EventType::MessagesFiltered, r1, 2, 10, RuleId::WspSocketConnectedDatagramFilter);
    tooMany.kernel(r1, "hello", {{0, 5}});
    tooMany.completed(r1, 5);
    tooMany.returned(r1, 5);
    EXPECT_THAT(tooMany, refusedBy("wsp.socket.connected-datagram-filter"));

    Written waits = unbound;
    unbound.refused(r1, {8}, Status::WsaEinval, 0, 0, RuleId::WspSocketUnbound);
    EXPECT_THAT(unbound, accepted());
    waits.call(r1, {8}, Written::overlapped);
    waits.pending(r1);
    EXPECT_THAT(waits, refusedBy("wsp.socket.unbound"));
}

} // namespace recvscope::checker
