// The wsp rules of messages that come in parts: records over TCP.

#include "receiving.h"

#include "net/record.h"
#include "trace/story.h"

#include <span>

namespace recvscope::test {

namespace {

/// A record as a peer sends it.
std::string record(std::string_view text, bool more = false)
{
    const auto header = net::encoded({static_cast<std::uint32_t>(text.size()), more});
    std::string bytes(reinterpret_cast<const char *>(header.data()), header.size());
    return bytes.append(text);
}

constexpr net::Protocol withoutParts{net::protocolOf(net::SocketKind::Framed).bits & ~net::xp1::PartialMessage};

} // namespace

class FramedRules : public Receiving {
protected:
    void connectFramed(wsp::SocketTraits traits = {}) { connect(net::SocketKind::Framed, traits); }

    /// Sends a record, and waits until it has arrived.
    void sendRecord(std::string_view text, bool more = false)
    {
        const std::string bytes = record(text, more);
        m_sent += bytes.size();
        send(bytes);
        waitUntil(
            [&] {
                const wsp::SocketState state = m_provider->state(m_socket);
                return state.read + state.unread == m_sent;
            },
            "the record arrived");
    }

    /// Posted before @p arrive when @p first.
    template <class Arrive, class Judge>
    void eachWay(Arrive arrive, std::vector<std::size_t> sizes, std::uint32_t flags, wsp::SocketTraits traits,
                 Judge judge)
    {
        for (const bool first : {false, true}) {
            SCOPED_TRACE(first ? "pending" : "at once");
            m_sent = 0;
            connectFramed(traits);
            Call call(sizes);
            call.flags = flags;
            if (!first)
                arrive();
            overlapped(call.withEvent());
            Status status = call.error;
            if (first) {
                ASSERT_EQ(call.error, Status::WsaIoPending);
                arrive();
                call.event.wait();
                status = result(call, false);
            }
            judge(call, status);
            finish();
        }
    }

    std::uint64_t m_sent = 0;
};

RULE_TEST("wsp.message.one-per-receive", FramedRules, eachReceiveGetsOneRecordsMessage)
{
    connectFramed();
    sendRecord("one");
    sendRecord("two");
    for (const char *text : {"one", "two"}) {
        Call call({2, 16});
        overlapped(call);
        EXPECT_EQ(call.text(call.bytes), text);
        EXPECT_EQ(call.flags, 0U);
    }
    finish();
}

RULE_TEST("wsp.message.partial-output", FramedRules, aMessageLargerThanTheBuffersComesWithMsgPartialAndThenItsRest)
{
    eachWay([&] { sendRecord("a message of some length"); }, {3, 0, 5}, 0, {},
            [&](Call &call, Status status) {
                EXPECT_EQ(status, Status::Success);
                EXPECT_EQ(call.bytes, 8U);
                EXPECT_EQ(call.flags, wsp::msg::Partial);
                EXPECT_EQ(call.text(8), "a messag");
                Call more({8});
                overlapped(more);
                EXPECT_EQ(more.flags, wsp::msg::Partial);
                EXPECT_EQ(more.text(8), "e of som");
                Call rest({64});
                nonoverlapped(rest);
                EXPECT_EQ(rest.flags, 0U);
                EXPECT_EQ(rest.text(rest.bytes), "e length");
            });
}

RULE_TEST("wsp.message.partial-ends", FramedRules, theReceiveWithoutMsgPartialEndsTheMessage)
{
    connectFramed();
    sendRecord("abcdef");
    sendRecord("next");
    for (const auto &[text, flags] :
         {std::pair{"abcd", wsp::msg::Partial}, std::pair{"ef", 0U}, std::pair{"next", 0U}}) {
        Call call({4});
        overlapped(call);
        EXPECT_EQ(call.text(call.bytes), text);
        EXPECT_EQ(call.flags, flags);
    }
    finish();
}

RULE_TEST("wsp.message.partial-ends", FramedRules, anEmptyLastPartEndsTheMessageWithNoBytes)
{
    connectFramed();
    sendRecord("abc", true);
    Call part({8});
    part.flags = wsp::msg::Partial;
    nonoverlapped(part);
    EXPECT_EQ(part.text(part.bytes), "abc");
    EXPECT_EQ(part.flags, wsp::msg::Partial);
    sendRecord("");
    Call last({8});
    nonoverlapped(last);
    EXPECT_EQ(last.result, 0);
    EXPECT_EQ(last.bytes, 0U);
    EXPECT_EQ(last.flags, 0U);
    finish();
}

RULE_TEST("wsp.message.partial-input", FramedRules, msgPartialOnInputCompletesWithThePartThatHasArrived)
{
    eachWay([&] { sendRecord("first ", true); }, {64}, wsp::msg::Partial, {},
            [&](Call &call, Status status) {
                EXPECT_EQ(status, Status::Success);
                EXPECT_EQ(call.text(call.bytes), "first ");
                EXPECT_EQ(call.flags, wsp::msg::Partial);
                sendRecord("second");
                Call rest({64});
                rest.flags = wsp::msg::Partial;
                nonoverlapped(rest);
                EXPECT_EQ(rest.text(rest.bytes), "second");
                EXPECT_EQ(rest.flags, 0U);
            });
}

RULE_TEST("wsp.call.whole-message-unblocks", FramedRules, aPartUnblocksNobodyWhoDidNotAskForParts)
{
    for (const net::Protocol protocol : {net::protocolOf(net::SocketKind::Framed), withoutParts}) {
        m_sent = 0;
        connectFramed({.protocol = protocol});
        Call call({64});
        std::thread caller([&] { nonoverlapped(call); });
        waitUntil([&] { return m_provider->blocked(caller.get_id()); }, "the call blocks");
        const std::string part = record("half of ", true);
        m_sent = part.size();
        send(part);
        waitUntil(
            [&] {
                const wsp::SocketState state = m_provider->state(m_socket);
                return state.read == m_sent && state.blocked == 1;
            },
            "the part was read, and the call still blocks");
        EXPECT_EQ(m_provider->state(m_socket).available, 8U);
        sendRecord("it");
        caller.join();
        EXPECT_EQ(call.text(call.bytes), "half of it");
        EXPECT_EQ(call.flags, 0U);
        finish();
    }
}

RULE_TEST("wsp.call.whole-message-unblocks", FramedRules, aPendingReceiveWaitsForTheWholeMessageToo)
{
    connectFramed();
    sendRecord("half of ", true);
    Call call({64});
    overlapped(call.withEvent());
    EXPECT_EQ(call.error, Status::WsaIoPending);
    sendRecord("it, and ", true);
    waitUntil([&] { return m_provider->state(m_socket).unread == 0; }, "the second part was read");
    EXPECT_EQ(m_provider->outstanding(m_socket), 1U);
    sendRecord("more");
    call.event.wait();
    EXPECT_EQ(result(call, false), Status::Success);
    EXPECT_EQ(call.text(call.bytes), "half of it, and more");
    finish();
}

RULE_TEST("wsp.message.reliable-too-large", FramedRules, withoutPartsTheMessageStaysUntilABufferHoldsIt)
{
    eachWay([&] { sendRecord("a message of some length"); }, {2, 4}, 0, {.protocol = withoutParts},
            [&](Call &call, Status status) {
                EXPECT_EQ(status, Status::WsaEmsgsize);
                EXPECT_EQ(call.text(6), "a mess");
                Call large({64});
                overlapped(large);
                EXPECT_EQ(large.text(large.bytes), "a message of some length");
            });
}

RULE_TEST("engine.flag.not-performed", FramedRules, withoutPartsAskingForOneIsRefused)
{
    connectFramed({.protocol = withoutParts});
    sendRecord("part", true);
    Call call({8});
    call.flags = wsp::msg::Partial;
    nonoverlapped(call);
    EXPECT_EQ(call.error, Status::WsaEopnotsupp);
    finish();
}

RULE_TEST("wsp.message.zero-length", FramedRules, anEmptyRecordIsSuccessAndNotTheEnd)
{
    eachWay([&] { sendRecord(""); }, {8}, 0, {},
            [&](Call &call, Status status) {
                EXPECT_EQ(status, Status::Success);
                EXPECT_EQ(call.bytes, 0U);
                sendRecord("after");
                Call after({8});
                nonoverlapped(after);
                EXPECT_EQ(after.text(after.bytes), "after");
            });
}

RULE_TEST("wsp.flag.peek", FramedRules, aLookAtAMessageTakesNothing)
{
    connectFramed();
    sendRecord("abcdef");
    for (const auto &[room, flags] : {std::pair{std::size_t{3}, wsp::msg::Partial}, std::pair{std::size_t{8}, 0U}}) {
        Call look({room});
        look.flags = wsp::msg::Peek;
        nonoverlapped(look);
        EXPECT_EQ(look.text(look.bytes), std::string("abcdef").substr(0, room));
        EXPECT_EQ(look.flags, flags);
    }
    Call all({8});
    nonoverlapped(all);
    EXPECT_EQ(all.text(all.bytes), "abcdef");
    EXPECT_EQ(all.flags, 0U);
    finish();
}

RULE_TEST("wsp.close.message-discon", FramedRules, theGracefulEndComesBehindTheLastMessage)
{
    connectFramed();
    sendRecord("last");
    ASSERT_TRUE(m_peer.shutdown(net::Direction::Send));
    arriveEnd();
    Call last({8});
    overlapped(last);
    EXPECT_EQ(last.text(last.bytes), "last");
    for (int i = 0; i < 2; ++i) {
        Call end({8});
        nonoverlapped(end);
        EXPECT_EQ(end.error, Status::WsaEdiscon);
    }
    finish();
}

RULE_TEST("wsp.close.reset", FramedRules, aResetEndsAReceiveThatHasAPart)
{
    eachWay(
        [&] {
            sendRecord("half", true);
            m_peer.closeAbortively();
            waitUntil([&] { return m_provider->state(m_socket).hungUp; }, "the reset arrived");
        },
        {8}, 0, {},
        [&](Call &, Status status) {
            EXPECT_EQ(status, Status::WsaEconnreset);
            Call again({8});
            nonoverlapped(again);
            EXPECT_EQ(again.error, Status::WsaEconnreset);
        });
}

RULE_TEST("engine.message.torn", FramedRules, anEndInTheMiddleOfAMessageIsAFailure)
{
    for (const std::string &bytes : {record("half", true), record("half").substr(0, 6), record("half").substr(0, 2)})
        eachWay(
            [&] {
                send(bytes);
                ASSERT_TRUE(m_peer.shutdown(net::Direction::Send));
                arriveEnd();
            },
            {8}, 0, {},
            [&](Call &, Status status) {
                EXPECT_EQ(status, Status::WsaEconnaborted);
                Call again({8});
                nonoverlapped(again);
                EXPECT_EQ(again.error, Status::WsaEconnaborted);
            });
}

RULE_TEST("engine.message.torn", FramedRules, whoAsksForPartsGetsWhatThereWasFirst)
{
    connectFramed();
    sendRecord("half", true);
    ASSERT_TRUE(m_peer.shutdown(net::Direction::Send));
    arriveEnd();
    Call part({8});
    part.flags = wsp::msg::Partial;
    nonoverlapped(part);
    EXPECT_EQ(part.text(part.bytes), "half");
    EXPECT_EQ(part.flags, wsp::msg::Partial);
    Call end({8});
    end.flags = wsp::msg::Partial;
    nonoverlapped(end);
    EXPECT_EQ(end.error, Status::WsaEconnaborted);
    finish();
}

RULE_TEST("engine.message.record-refused", FramedRules, aHeaderThatLiesIsNotBelieved)
{
    connectFramed();
    send("\x7F\xFF\xFF\xFF and whatever follows");
    Call call({8});
    nonoverlapped(call);
    EXPECT_EQ(call.error, Status::WsaEconnaborted);
    Call again({8});
    nonoverlapped(again);
    EXPECT_EQ(again.error, Status::WsaEconnaborted);
    finish();
}

RULE_TEST("wsp.call.would-block", FramedRules, aPartIsNothingForANonblockingCall)
{
    connectFramed({.nonblocking = true});
    for (const bool part : {false, true}) {
        if (part)
            sendRecord("half", true);
        Call call({8});
        nonoverlapped(call);
        EXPECT_EQ(call.error, Status::WsaEwouldblock);
    }
    EXPECT_EQ(m_provider->available(m_socket), 4U);
    finish();
}

RULE_TEST("wsp.message.one-per-receive", FramedRules, whatTheKernelHoldsOfMessagesIsCountedWithoutTheirHeaders)
{
    connectFramed();
    sendRecord("abc");
    sendRecord("");
    sendRecord("defgh", true);
    EXPECT_EQ(m_provider->available(m_socket), 8U);
    Call call({8});
    nonoverlapped(call);
    EXPECT_EQ(m_provider->available(m_socket), 5U);
    EXPECT_EQ(m_provider->state(m_socket).taken, 3U);
    finish();
}

} // namespace recvscope::test
