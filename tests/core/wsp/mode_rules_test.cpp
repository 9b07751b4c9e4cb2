// Byte stream or messages: the table of the protocol's bits and MSG_PARTIAL, as it stands and as it is performed; and
// what a protocol may lack.

#include "receiving.h"

#include "net/record.h"

#include <span>

namespace recvscope::test {

namespace {

namespace xp1 = net::xp1;
using net::SocketKind;

net::Protocol with(SocketKind kind, std::uint32_t set, std::uint32_t cleared = 0)
{
    return {(net::protocolOf(kind).bits | set) & ~cleared};
}

std::string record(std::string_view text, bool more = false)
{
    const auto header = net::encoded({static_cast<std::uint32_t>(text.size()), more});
    std::string bytes(reinterpret_cast<const char *>(header.data()), header.size());
    return bytes.append(text);
}

} // namespace

/// Cell by cell: (XP1_MESSAGE_ORIENTED, XP1_PSEUDO_STREAM, MSG_PARTIAL).
TEST(Mode, followsFromTwoBitsAndAFlag)
{
    struct Cell {
        bool messages, pseudo, partial;
        net::Mode mode;
    };
    for (const Cell &cell :
         {Cell{false, false, false, net::Mode::Stream}, Cell{false, false, true, net::Mode::Stream},
          Cell{false, true, false, net::Mode::Stream}, Cell{false, true, true, net::Mode::Stream},
          Cell{true, true, false, net::Mode::Stream}, Cell{true, true, true, net::Mode::Stream},
          Cell{true, false, true, net::Mode::Stream}, Cell{true, false, false, net::Mode::Message}}) {
        const net::Protocol protocol{(cell.messages ? xp1::MessageOriented : 0) |
                                     (cell.pseudo ? xp1::PseudoStream : 0)};
        EXPECT_EQ(net::modeOf(protocol, cell.partial), cell.mode)
            << cell.messages << ", " << cell.pseudo << ", " << cell.partial;
    }
}

class ModeRules : public Receiving {
protected:
    void sendMessage(std::string_view text) { send(m_kind == SocketKind::Framed ? record(text) : std::string(text)); }

    void connectAs(SocketKind kind, net::Protocol protocol, wsp::SocketTraits traits = {})
    {
        m_kind = kind;
        traits.protocol = protocol;
        connect(kind, traits);
    }

    /// Runs the body on every transport of messages, once for each way to make it a stream.
    template <class Body>
    void onEveryStreamOfMessages(Body body)
    {
        for (const SocketKind kind : {SocketKind::Udp, SocketKind::SeqPacket, SocketKind::Framed})
            for (const net::Protocol protocol : {with(kind, xp1::PseudoStream), with(kind, 0, xp1::MessageOriented)}) {
                SCOPED_TRACE(std::string(net::nameOf(kind)) + " " + std::to_string(protocol.bits));
                connectAs(kind, protocol);
                body();
                finish();
            }
    }

    std::string received(std::size_t room)
    {
        Call call({room});
        nonoverlapped(call);
        EXPECT_EQ(call.error, Status::Success);
        EXPECT_EQ(call.flags, 0U);
        return call.text(call.bytes);
    }

    SocketKind m_kind = SocketKind::Tcp;
};

RULE_TEST("wsp.mode.stream-or-message", ModeRules, aStreamOfMessagesIsReadAcrossTheirBorders)
{
    onEveryStreamOfMessages([&] {
        sendMessage("one");
        sendMessage("two");
        EXPECT_EQ(received(2), "on");
        waitUntil([&] { return m_provider->state(m_socket).available >= (m_kind == SocketKind::Udp ? 1U : 4U); },
                  "the second message arrived");
        sendMessage("three");
        std::string rest;
        while (rest.size() < 9)
            rest += received(16);
        EXPECT_EQ(rest, "etwothree");
    });
}

RULE_TEST("wsp.mode.stream-or-message", ModeRules, aPendingReceiveOnAStreamOfMessagesCompletesWithWhatComes)
{
    onEveryStreamOfMessages([&] {
        Call call({2});
        overlapped(call.withEvent());
        EXPECT_EQ(call.error, Status::WsaIoPending);
        sendMessage("abc");
        call.event.wait();
        EXPECT_EQ(result(call, false), Status::Success);
        EXPECT_EQ(call.text(2), "ab");
        EXPECT_EQ(received(8), "c");
    });
}

RULE_TEST("wsp.mode.stream-or-message", ModeRules, aLookAtAStreamOfMessagesTakesNothing)
{
    onEveryStreamOfMessages([&] {
        sendMessage("abc");
        waitUntil([&] { return m_provider->state(m_socket).readable; }, "the message arrived");
        Call look({2});
        look.flags = wsp::msg::Peek;
        nonoverlapped(look);
        EXPECT_EQ(look.text(look.bytes), "ab");
        EXPECT_EQ(received(8), "abc");
    });
}

RULE_TEST("wsp.mode.stream-or-message", ModeRules, messagesStayMessagesAndAFlagMakesAStreamOfThem)
{
    connectAs(SocketKind::Framed, with(SocketKind::Framed, 0));
    send(record("half of ", true));
    Call whole({32});
    overlapped(whole.withEvent());
    EXPECT_EQ(whole.error, Status::WsaIoPending); // (set, clear, clear): message
    send(record("it"));
    whole.event.wait();
    EXPECT_EQ(result(whole, false), Status::Success);
    EXPECT_EQ(whole.text(whole.bytes), "half of it");
    send(record("half", true));
    Call part({32});
    part.flags = wsp::msg::Partial;
    nonoverlapped(part);
    EXPECT_EQ(part.text(part.bytes), "half"); // (set, clear, set): stream
    EXPECT_EQ(part.flags, wsp::msg::Partial);
    finish();
}

RULE_TEST("wsp.mode.stream-or-message", ModeRules, aPseudoStreamOverAByteStreamChangesNothing)
{
    connectAs(SocketKind::Tcp, with(SocketKind::Tcp, xp1::PseudoStream));
    sendAndArrive("abc");
    sendAndArrive("def");
    EXPECT_EQ(received(4), "abcd");
    finish();
}

RULE_TEST("wsp.close.stream-zero-bytes", ModeRules, theEndOfAPseudoStreamIsZeroBytes)
{
    for (const SocketKind kind : {SocketKind::SeqPacket, SocketKind::Framed}) {
        connectAs(kind, with(kind, xp1::PseudoStream));
        sendMessage("last");
        m_peer.close();
        EXPECT_EQ(received(2), "la");
        EXPECT_EQ(received(8), "st");
        EXPECT_EQ(received(8), "");
        EXPECT_EQ(received(8), "");
        finish();
    }
}

RULE_TEST("engine.stream.empty-message-skipped", ModeRules, anEmptyMessageIsNotTheEndOfAPseudoStream)
{
    for (const SocketKind kind : {SocketKind::Udp, SocketKind::SeqPacket, SocketKind::Framed})
        for (const bool first : {false, true}) {
            connectAs(kind, with(kind, xp1::PseudoStream));
            Call call({8});
            if (!first)
                sendMessage("");
            overlapped(call.withEvent());
            EXPECT_EQ(call.error, Status::WsaIoPending);
            if (first)
                sendMessage("");
            sendMessage("after");
            call.event.wait();
            EXPECT_EQ(result(call, false), Status::Success);
            EXPECT_EQ(call.text(call.bytes), "after");
            finish();
        }
}

RULE_TEST("wsp.flag.waitall", ModeRules, aPseudoStreamWaitsForAllAcrossMessages)
{
    connectAs(SocketKind::SeqPacket, with(SocketKind::SeqPacket, xp1::PseudoStream));
    sendMessage("abc");
    Call call({6});
    call.flags = wsp::msg::WaitAll;
    overlapped(call.withEvent());
    EXPECT_EQ(call.error, Status::WsaIoPending);
    sendMessage("defgh");
    call.event.wait();
    EXPECT_EQ(result(call, false), Status::Success);
    EXPECT_EQ(call.text(call.bytes), "abcdef");
    EXPECT_EQ(received(8), "gh");
    finish();
}

/// The system tells a reset once, with whatever is taken then.
RULE_TEST("engine.end.latched", ModeRules, aResetBehindABegunMessageIsToldAfterItsBytes)
{
    connectAs(SocketKind::Framed, with(SocketKind::Framed, xp1::PseudoStream));
    send(record("half", true));
    m_peer.closeAbortively();
    waitUntil([&] { return m_provider->state(m_socket).hungUp; }, "the reset arrived");
    EXPECT_EQ(received(3), "hal");
    EXPECT_EQ(received(8), "f");
    for (int i = 0; i < 2; ++i) {
        Call end({8});
        nonoverlapped(end);
        EXPECT_EQ(end.error, Status::WsaEconnreset);
    }
    finish();
}

RULE_TEST("wsp.flag.partial-on-stream", ModeRules, msgPartialOnAPseudoStreamIsNamed)
{
    connectAs(SocketKind::SeqPacket, with(SocketKind::SeqPacket, xp1::PseudoStream));
    sendMessage("abc");
    Call call({2});
    call.flags = wsp::msg::Partial;
    nonoverlapped(call);
    EXPECT_EQ(call.text(call.bytes), "ab");
    EXPECT_EQ(call.flags, 0U);
    finish();
}

RULE_TEST("wsp.flag.oob-no-such-domain", ModeRules, urgentDataWhereTheProtocolHasNoneIsRefused)
{
    connectAs(SocketKind::Tcp, with(SocketKind::Tcp, 0, xp1::ExpeditedData));
    Call call({8});
    call.flags = wsp::msg::Oob;
    nonoverlapped(call);
    EXPECT_EQ(call.error, Status::WsaEopnotsupp);
    finish();
}

RULE_TEST("wsp.flag.send-only-socket", ModeRules, aReceiveOnASocketThatOnlySendsIsRefused)
{
    connectAs(SocketKind::Tcp, with(SocketKind::Tcp, xp1::UniSend));
    sendAndArrive("abc");
    for (const bool waits : {false, true}) {
        Call call({8});
        if (waits)
            overlapped(call);
        else
            nonoverlapped(call);
        EXPECT_EQ(call.error, Status::WsaEopnotsupp);
    }
    EXPECT_EQ(m_provider->available(m_socket), 3U);
    finish();
}

} // namespace recvscope::test
