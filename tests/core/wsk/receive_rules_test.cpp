// The wsk.buffer, wsk.flag, wsk.waitall and wsk.drain rules.

#include "driving.h"

namespace recvscope::test {

using trace::EventType;

class KernelReceiveRules : public Driving {
protected:
    static constexpr std::uint32_t waitAll = wsk::flag::WaitAll;
    static constexpr std::uint32_t drain = wsk::flag::Drain;

    /// A drain that waits, with nothing read yet.
    void beginDrain(Packet &packet)
    {
        connect();
        ASSERT_EQ(receive(packet, drain, 0), Status::NtPending);
    }
    void awaitDrained(std::uint64_t bytes)
    {
        waitUntil([&] { return m_provider->state(m_socket).drained == bytes; }, "the bytes are drained");
    }
    void disconnectAbortively()
    {
        Packet disconnect({});
        EXPECT_EQ(m_provider->disconnect(m_socket, nullptr, wsk::abortive, &disconnect.irp), Status::Success);
        EXPECT_TRUE(disconnect.done());
    }
    void namedOnce(Packet &packet, Status status)
    {
        EXPECT_EQ(packet.returned, status);
        EXPECT_EQ(packet.status(), status);
        EXPECT_EQ(packet.irp.completions(), 1U);
        EXPECT_EQ(events(EventType::Diagnostic).size(), 1U);
    }
};

RULE_TEST("wsk.buffer.mdl-chain", KernelReceiveRules, bytesFillTheChainFromTheOffsetOnAndNeverPastTheLength)
{
    connect();
    sendAndArrive("hello world");
    Packet packet({8, 8}, 6);
    EXPECT_EQ(receive(packet, 0, 9), Status::Success);
    EXPECT_EQ(packet.information(), 9U);
    EXPECT_EQ(packet.in(0, 8), "......he");
    EXPECT_EQ(packet.in(1, 8), "llo wor.");
    const auto chain = events(EventType::ChainGiven);
    ASSERT_EQ(chain.size(), 1U);
    EXPECT_EQ(chain.front().a, 6U);
    EXPECT_EQ(chain.front().b, 9U);
    EXPECT_EQ(events(EventType::MdlGiven).size(), 2U);
    finish();
}

RULE_TEST("wsk.buffer.mdl-chain", KernelReceiveRules, aLongChainIsFilledDescriptorByDescriptor)
{
    connect();
    Packet packet(std::vector<std::uint32_t>(1200, 2), 1);
    EXPECT_EQ(receive(packet, waitAll), Status::NtPending);
    send(std::string(2399, 'x'));
    awaitDone(packet);
    EXPECT_EQ(packet.information(), 2399U);
    EXPECT_EQ(packet.in(0, 2), ".x");
    EXPECT_EQ(packet.text(2399), std::string(2399, 'x'));
    finish();
}

RULE_TEST("wsk.buffer.well-formed", KernelReceiveRules, noChainIsNamed)
{
    connect();
    Packet packet({});
    packet.returned = m_provider->receive(m_socket, nullptr, 0, &packet.irp);
    namedOnce(packet, Status::NtInvalidParameter);
    finish();
}

RULE_TEST("wsk.buffer.well-formed", KernelReceiveRules, anOffsetBehindTheFirstDescriptorIsNamed)
{
    connect();
    Packet packet({8, 8});
    packet.buffer.offset = 9;
    receive(packet, 0, 1);
    namedOnce(packet, Status::NtInvalidParameter);
    finish();
}

RULE_TEST("wsk.buffer.well-formed", KernelReceiveRules, anOffsetAtTheEndOfTheFirstDescriptorIsNamedForNothingToo)
{
    connect();
    Packet packet({4}, 4);
    EXPECT_EQ(receive(packet, 0, 0), Status::NtInvalidParameter);
    ASSERT_EQ(events(EventType::Diagnostic).size(), 1U);
    finish();
}

RULE_TEST("wsk.buffer.well-formed", KernelReceiveRules, aChainShorterThanTheLengthIsNamedAndNothingIsWritten)
{
    connect();
    sendAndArrive("0123456789");
    Packet packet({8}, 4);
    receive(packet, 0, 5);
    namedOnce(packet, Status::NtInvalidParameter);
    EXPECT_EQ(packet.in(0, 8), "........");
    finish();
}

RULE_TEST("wsk.buffer.locked-while-pending", KernelReceiveRules, unlockingCompletesTheIrpAndNothingIsWritten)
{
    connect();
    Packet packet({8, 8});
    Packet behind({16});
    EXPECT_EQ(receive(packet), Status::NtPending);
    EXPECT_EQ(receive(behind), Status::NtPending);
    packet.mdls[1]->unlock();
    EXPECT_TRUE(packet.done());
    EXPECT_EQ(packet.status(), Status::NtAccessViolation);
    send("for the next");
    awaitDone(behind);
    EXPECT_EQ(packet.in(0, 8), "........");
    EXPECT_EQ(behind.text(behind.information()), "for the next");
    EXPECT_EQ(events(EventType::Diagnostic).size(), 1U);
    finish();
}

RULE_TEST("wsk.buffer.locked-while-pending", KernelReceiveRules, freeingDoesTheSame)
{
    connect();
    Packet packet({8});
    EXPECT_EQ(receive(packet), Status::NtPending);
    packet.mdls.clear();
    EXPECT_TRUE(packet.done());
    EXPECT_EQ(packet.status(), Status::NtAccessViolation);
    const auto ends = events(EventType::PagesUnlocked);
    ASSERT_EQ(ends.size(), 1U);
    EXPECT_EQ(ends.front().a, 1U);
    finish();
}

TEST_F(KernelReceiveRules, whatHasCompletedMayBeUnlocked)
{
    connect();
    Packet packet({8});
    EXPECT_EQ(receive(packet), Status::NtPending);
    send("x");
    awaitDone(packet);
    packet.mdls.front()->unlock();
    packet.mdls.clear();
    EXPECT_TRUE(events(EventType::Diagnostic).empty());
}

RULE_TEST("wsk.buffer.zero-length", KernelReceiveRules, nothingIsAskedForAndNothingTaken)
{
    connect();
    sendAndArrive("abc");
    Packet none({});
    EXPECT_EQ(receive(none), Status::Success);
    EXPECT_EQ(none.information(), 0U);
    EXPECT_EQ(m_provider->state(m_socket).available, 3U);
    finish();
}

RULE_TEST("wsk.flag.none", KernelReceiveRules, theFirstDataCompletesIt)
{
    connect();
    Packet packet({16});
    EXPECT_EQ(receive(packet), Status::NtPending);
    send("abc");
    awaitDone(packet);
    EXPECT_EQ(packet.status(), Status::Success);
    EXPECT_EQ(packet.text(packet.information()), "abc");
    finish();
}

RULE_TEST("wsk.flag.unknown", KernelReceiveRules, otherBitsAreRefused)
{
    connect();
    Packet packet({8});
    receive(packet, 0x100);
    namedOnce(packet, Status::NtInvalidParameter);
    finish();
}

RULE_TEST("wsk.flag.exclusive", KernelReceiveRules, bothFlagsAreRefused)
{
    connect();
    Packet packet({8});
    receive(packet, waitAll | drain, 0);
    namedOnce(packet, Status::NtInvalidParameter);
    finish();
}

RULE_TEST("wsk.flag.supported-by-tcp", KernelReceiveRules, tcpTakesEither)
{
    connect();
    Packet all({8});
    Packet none({});
    EXPECT_EQ(receive(all, waitAll), Status::NtPending);
    EXPECT_EQ(receive(none, drain), Status::NtPending);
    finish();
    m_provider.reset();
}

RULE_TEST("wsk.flag.not-supported", KernelReceiveRules, aUnixStreamTakesNeither)
{
    connect(net::SocketKind::Unix);
    Packet all({8});
    EXPECT_EQ(receive(all, waitAll), Status::NtNotSupported);
    EXPECT_EQ(all.irp.completions(), 1U);
    Packet none({});
    EXPECT_EQ(receive(none, drain), Status::NtNotSupported);
    EXPECT_EQ(none.irp.completions(), 1U);
    finish();
}

RULE_TEST("wsk.waitall.full", KernelReceiveRules, theLastByteCompletesItAndNotOneBefore)
{
    connect();
    Packet packet({4, 4});
    EXPECT_EQ(receive(packet, waitAll), Status::NtPending);
    send("hello");
    waitUntil([&] { return m_provider->state(m_socket).taken == 5; }, "its first bytes are there");
    EXPECT_FALSE(packet.done());
    send("you!");
    awaitDone(packet);
    EXPECT_EQ(packet.status(), Status::Success);
    EXPECT_EQ(packet.text(packet.information()), "helloyou");
    EXPECT_EQ(m_provider->state(m_socket).available, 1U);
    finish();
}

TEST_F(KernelReceiveRules, nothingIsSaidOfAFullBufferBeforeItIs)
{
    connect();
    sendAndArrive("ab");
    Packet packet({4});
    EXPECT_EQ(receive(packet, wsk::flag::WaitAll), Status::NtPending);
    for (const EventType type : {EventType::KernelReceived, EventType::Queued, EventType::Returned}) {
        ASSERT_EQ(events(type).size(), 1U);
        EXPECT_EQ(events(type).front().rule, RuleId::WskCompletePending);
    }
    m_peer.close();
    awaitDone(packet);
    EXPECT_EQ(packet.information(), 2U);
}

RULE_TEST("wsk.waitall.graceful", KernelReceiveRules, theEndCompletesItWithWhatThereIs)
{
    connect();
    Packet packet({8});
    EXPECT_EQ(receive(packet, waitAll), Status::NtPending);
    send("abc");
    ASSERT_TRUE(m_peer.shutdown(net::Direction::Send));
    awaitDone(packet);
    EXPECT_EQ(packet.status(), Status::Success);
    EXPECT_EQ(packet.text(packet.information()), "abc");
    finish();
}

RULE_TEST("wsk.waitall.abort-remote", KernelReceiveRules, aResetCompletesIt)
{
    connect();
    Packet packet({8});
    EXPECT_EQ(receive(packet, waitAll), Status::NtPending);
    send("abc");
    waitUntil([&] { return m_provider->state(m_socket).taken == 3; }, "its first bytes are there");
    m_peer.closeAbortively();
    awaitDone(packet);
    EXPECT_EQ(packet.status(), Status::NtConnectionReset);
    EXPECT_EQ(packet.information(), 3U);
    finish();
}

RULE_TEST("wsk.waitall.abort-local", KernelReceiveRules, anAbortiveDisconnectCompletesIt)
{
    connect();
    Packet packet({8});
    EXPECT_EQ(receive(packet, waitAll), Status::NtPending);
    disconnectAbortively();
    EXPECT_TRUE(packet.done());
    EXPECT_EQ(packet.status(), Status::NtLocalDisconnect);
    Packet later({8});
    EXPECT_EQ(receive(later), Status::NtFileForcedClosed);
    finish();
}

RULE_TEST("wsk.waitall.cancel", KernelReceiveRules, theBytesItHasComeWithTheCancel)
{
    connect();
    Packet packet({8});
    EXPECT_EQ(receive(packet, waitAll), Status::NtPending);
    send("abc");
    waitUntil([&] { return m_provider->state(m_socket).taken == 3; }, "its first bytes are there");
    EXPECT_TRUE(m_provider->cancel(packet.irp));
    EXPECT_TRUE(packet.done());
    EXPECT_EQ(packet.status(), Status::NtCancelled);
    EXPECT_EQ(packet.text(packet.information()), "abc");
    EXPECT_FALSE(m_provider->cancel(packet.irp));
    finish();
}

RULE_TEST("wsk.drain.discards", KernelReceiveRules, whatComesIsThrownAwayAndItStaysPending)
{
    connect();
    sendAndArrive("first");
    Packet packet({8});
    EXPECT_EQ(receive(packet, drain, 0), Status::NtPending);
    awaitDrained(5);
    send("nobody reads this");
    awaitDrained(22);
    EXPECT_FALSE(packet.done());
    EXPECT_EQ(packet.in(0, 8), "........");
    EXPECT_EQ(m_provider->state(m_socket).available, 0U);
    finish();
    m_provider.reset();
}

RULE_TEST("wsk.drain.graceful", KernelReceiveRules, theEndCompletesIt)
{
    Packet packet({});
    beginDrain(packet);
    send("abc");
    ASSERT_TRUE(m_peer.shutdown(net::Direction::Send));
    awaitDone(packet);
    EXPECT_EQ(packet.status(), Status::Success);
    EXPECT_EQ(packet.information(), 0U);
    finish();
}

RULE_TEST("wsk.drain.abort-remote", KernelReceiveRules, aResetCompletesTheDrain)
{
    Packet packet({});
    beginDrain(packet);
    m_peer.closeAbortively();
    awaitDone(packet);
    EXPECT_EQ(packet.status(), Status::NtConnectionReset);
    finish();
}

RULE_TEST("wsk.drain.abort-local", KernelReceiveRules, anAbortiveDisconnectCompletesTheDrain)
{
    Packet packet({});
    beginDrain(packet);
    disconnectAbortively();
    EXPECT_TRUE(packet.done());
    EXPECT_EQ(packet.status(), Status::NtLocalDisconnect);
    finish();
}

RULE_TEST("wsk.drain.cancel", KernelReceiveRules, aCancelEndsItAndWhatComesThenIsKept)
{
    Packet packet({});
    beginDrain(packet);
    send("gone");
    awaitDrained(4);
    EXPECT_TRUE(m_provider->cancel(packet.irp));
    EXPECT_EQ(packet.status(), Status::NtCancelled);
    sendAndArrive("kept");
    Packet next({8});
    EXPECT_EQ(receive(next), Status::Success);
    EXPECT_EQ(next.text(next.information()), "kept");
    finish();
}

RULE_TEST("wsk.drain.needs-buffer", KernelReceiveRules, aDrainWithoutABufferIsNamed)
{
    connect();
    Packet packet({});
    packet.returned = m_provider->receive(m_socket, nullptr, drain, &packet.irp);
    namedOnce(packet, Status::NtInvalidParameter);
    finish();
}

RULE_TEST("wsk.drain.needs-zero-length", KernelReceiveRules, aDrainThatWantsBytesIsRefused)
{
    connect();
    Packet packet({8});
    receive(packet, drain, 8);
    namedOnce(packet, Status::NtInvalidParameter);
    finish();
}

} // namespace recvscope::test
