// The wsk.complete, wsk.irp, wsk.send and wsk.close rules.

#include "driving.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

namespace recvscope::test {

using trace::EventType;

class KernelCompletionRules : public Driving {};

RULE_TEST("wsk.complete.success", KernelCompletionRules, whatIsThereCompletesWithinTheCall)
{
    connect();
    sendAndArrive("now");
    Packet packet({8});
    EXPECT_EQ(receive(packet), Status::Success);
    EXPECT_TRUE(packet.done());
    EXPECT_EQ(packet.ranOn, std::this_thread::get_id());
    EXPECT_EQ(packet.status(), Status::Success);
    EXPECT_EQ(packet.information(), 3U);
    const auto completed = events(EventType::IrpCompleted);
    const auto returned = events(EventType::Returned);
    ASSERT_EQ(completed.size(), 1U);
    ASSERT_EQ(returned.size(), 1U);
    EXPECT_LT(completed.front().socketSequence, returned.front().socketSequence);
    finish();
}

RULE_TEST("wsk.complete.pending", KernelCompletionRules, theIrpIsTrueOnlyWhenItHasCompleted)
{
    connect();
    Packet packet({8});
    EXPECT_EQ(receive(packet), Status::NtPending);
    EXPECT_TRUE(packet.irp.pending());
    EXPECT_EQ(packet.irp.completions(), 0U);
    send("later");
    awaitDone(packet);
    EXPECT_NE(packet.ranOn, std::this_thread::get_id());
    EXPECT_EQ(packet.status(), Status::Success);
    EXPECT_EQ(packet.information(), 5U);
    finish();
}

RULE_TEST("wsk.complete.irp-always", KernelCompletionRules, aRefusedCallCompletesItsIrpOnceBeforeItReturns)
{
    connect();
    Packet packet({8});
    EXPECT_EQ(receive(packet, 0x80), Status::NtInvalidParameter);
    EXPECT_TRUE(packet.done());
    EXPECT_EQ(packet.irp.completions(), 1U);
    EXPECT_EQ(packet.information(), 0U);
    EXPECT_EQ(events(EventType::IrpCompleted).size(), 1U);
    finish();
}

TEST_F(KernelCompletionRules, aStaleSocketCompletesTheIrpToo)
{
    connect();
    Packet closing({});
    EXPECT_EQ(m_provider->close(m_socket, &closing.irp), Status::Success);
    Packet packet({8});
    EXPECT_EQ(receive(packet), Status::NtInvalidHandle);
    EXPECT_EQ(packet.irp.completions(), 1U);
    Packet again({});
    EXPECT_EQ(m_provider->close(m_socket, &again.irp), Status::NtInvalidHandle);
    EXPECT_EQ(again.irp.completions(), 1U);
}

RULE_TEST("wsk.complete.irp-always", KernelCompletionRules, everyCallOfAClosedSocketIsToldAndCompletesItsIrp)
{
    connect();
    Packet closing({});
    EXPECT_EQ(m_provider->close(m_socket, &closing.irp), Status::Success);
    std::vector<std::unique_ptr<Packet>> packets;
    const auto next = [&]() -> Packet & { return *packets.emplace_back(std::make_unique<Packet>(std::vector{4U})); };
    Packet &received = next();
    EXPECT_EQ(receive(received), Status::NtInvalidHandle);
    Packet &sent = next();
    EXPECT_EQ(m_provider->send(m_socket, &sent.buffer, &sent.irp), Status::NtInvalidHandle);
    for (const std::uint32_t how : {std::uint32_t{0}, wsk::abortive})
        EXPECT_EQ(m_provider->disconnect(m_socket, nullptr, how, &next().irp), Status::NtInvalidHandle);
    for (const std::uint32_t how : {std::uint32_t{0}, wsk::event::Disable})
        EXPECT_EQ(m_provider->controlEvents(m_socket, wsk::event::Receive | how, &next().irp), Status::NtInvalidHandle);
    EXPECT_EQ(m_provider->close(m_socket, &next().irp), Status::NtInvalidHandle);
    EXPECT_EQ(m_provider->controlEvents(m_socket, wsk::event::Receive, nullptr), Status::NtInvalidHandle);
    EXPECT_EQ(m_provider->release(m_socket, nullptr), Status::NtInvalidHandle);
    for (const auto &packet : packets) {
        EXPECT_EQ(packet->irp.completions(), 1U);
        EXPECT_EQ(packet->status(), Status::NtInvalidHandle);
    }
    EXPECT_EQ(events(EventType::IrpCompleted).size(), packets.size() + 1);
    EXPECT_EQ(events(EventType::Called).size(), 1U);
    EXPECT_EQ(events(EventType::Returned).size(), 1U);
    EXPECT_EQ(events(EventType::Refused).size(), 6U); // receive, send, two disconnects, close, release
    EXPECT_EQ(events(EventType::CallbackSet).size(), 3U);
    EXPECT_EQ(events(EventType::DisconnectAsked).size(), 0U);
    EXPECT_EQ(events(EventType::CloseAsked).size(), 1U);
    for (const trace::Event &refused : events(EventType::Refused))
        EXPECT_EQ(refused.socket, SocketId{1});
    finish();
}

RULE_TEST("wsk.irp.owned-by-caller", KernelCompletionRules, aNeighbourThatIsGivenABusyIrpIsToldAsRefused)
{
    connect();
    Packet waiting({4});
    EXPECT_EQ(receive(waiting), Status::NtPending);
    Packet data({4});
    EXPECT_EQ(m_provider->send(m_socket, &data.buffer, &waiting.irp), Status::NtInvalidParameter);
    EXPECT_EQ(m_provider->disconnect(m_socket, nullptr, 0, &waiting.irp), Status::NtInvalidParameter);
    EXPECT_EQ(m_provider->close(m_socket, &waiting.irp), Status::NtInvalidParameter);
    EXPECT_EQ(m_provider->controlEvents(m_socket, wsk::event::Receive, &waiting.irp), Status::NtInvalidParameter);
    EXPECT_EQ(events(EventType::Refused).size(), 3U);
    ASSERT_EQ(events(EventType::CallbackSet).size(), 1U);
    EXPECT_EQ(trace::statusOf(events(EventType::CallbackSet).front().b), Status::NtInvalidParameter);
    EXPECT_FALSE(waiting.done());
    finish();
}

RULE_TEST("wsk.complete.other-error", KernelCompletionRules, aFaultCompletesTheIrpWithItsStatusAndIsMarked)
{
    connect();
    sendAndArrive("abc");
    ASSERT_TRUE(m_provider->injectStatus(Status::NtInsufficientResources));
    Packet packet({8});
    EXPECT_EQ(receive(packet), Status::NtInsufficientResources);
    EXPECT_EQ(packet.status(), Status::NtInsufficientResources);
    EXPECT_EQ(packet.irp.completions(), 1U);
    const auto completed = events(EventType::IrpCompleted);
    ASSERT_EQ(completed.size(), 1U);
    EXPECT_EQ(completed.front().provenance, trace::Provenance::Injected);
    Packet next({8});
    EXPECT_EQ(receive(next), Status::Success); // it was for one call
    EXPECT_FALSE(m_provider->injectStatus(Status::NtDataNotAccepted));
    finish();
}

RULE_TEST("wsk.complete.other-error", KernelCompletionRules, aNetworkThatFailsCompletesWhatWaitsAndWhatIsAskedFor)
{
    connect();
    Packet waiting({4});
    EXPECT_EQ(receive(waiting), Status::NtPending);
    m_provider->setNetworkDown(true);
    awaitDone(waiting);
    EXPECT_EQ(waiting.status(), Status::NtNoSuchDevice);
    Packet asked({4});
    EXPECT_EQ(receive(asked), Status::NtNoSuchDevice);
    EXPECT_EQ(asked.status(), Status::NtNoSuchDevice);
    for (const trace::Event &completed : events(EventType::IrpCompleted))
        EXPECT_EQ(completed.provenance, trace::Provenance::Injected);
    m_provider->setNetworkDown(false);
    sendAndArrive("ab");
    Packet works({4});
    EXPECT_EQ(receive(works), Status::Success);
    finish();
}

RULE_TEST("wsk.irp.required", KernelCompletionRules, aCallWithoutAnIrpIsNamed)
{
    connect();
    sendAndArrive("abc");
    Packet packet({8});
    EXPECT_EQ(m_provider->receive(m_socket, &packet.buffer, 0, nullptr), Status::NtInvalidParameter);
    EXPECT_EQ(packet.in(0, 3), "...");
    EXPECT_EQ(events(EventType::Diagnostic).size(), 1U);
    EXPECT_TRUE(events(EventType::IrpCompleted).empty());
    finish();
}

RULE_TEST("wsk.irp.owned-by-caller", KernelCompletionRules, touchingAndReusingItInBetweenIsNamed)
{
    connect();
    Packet packet({8});
    EXPECT_TRUE(packet.irp.touch());
    EXPECT_EQ(receive(packet), Status::NtPending);
    EXPECT_FALSE(packet.irp.touch());
    EXPECT_FALSE(packet.irp.reuse());
    EXPECT_EQ(events(EventType::Diagnostic).size(), 2U);
    send("abc");
    awaitDone(packet);
    EXPECT_EQ(packet.information(), 3U);
    EXPECT_TRUE(packet.irp.reuse());
    EXPECT_EQ(packet.information(), 0U);
    EXPECT_EQ(events(EventType::Diagnostic).size(), 2U);
    finish();
}

RULE_TEST("wsk.irp.owned-by-caller", KernelCompletionRules, aSecondCallWithItIsRefusedAndTheFirstOneStillCompletesOnce)
{
    connect();
    Packet packet({8});
    EXPECT_EQ(receive(packet), Status::NtPending);
    EXPECT_EQ(receive(packet), Status::NtInvalidParameter);
    EXPECT_EQ(packet.irp.completions(), 0U);
    send("abc");
    awaitDone(packet);
    EXPECT_EQ(packet.information(), 3U);
    finish();
}

RULE_TEST("engine.irp.cancelled", KernelCompletionRules, aCancelledIrpSaysSo)
{
    connect();
    Packet first({8});
    Packet second({8});
    EXPECT_EQ(receive(first), Status::NtPending);
    EXPECT_EQ(receive(second), Status::NtPending);
    EXPECT_TRUE(m_provider->cancel(second.irp)); // from the middle of the queue
    EXPECT_EQ(second.status(), Status::NtCancelled);
    EXPECT_FALSE(first.done());
    send("abc");
    awaitDone(first);
    EXPECT_EQ(first.information(), 3U);
    finish();
}

TEST_F(KernelCompletionRules, dataThatHasArrivedBeatsTheCancel)
{
    // The engine's thread is kept busy by a completion routine of another socket, so that the data is found by the
    // cancel alone.
    connect();
    struct Gate {
        std::atomic<bool> reached{false}, open{false};
    } gate;
    Result<net::ConnectedPair> other = net::connectedPair(net::SocketKind::Tcp);
    ASSERT_TRUE(other);
    const wsk::SocketHandle busy = m_provider->adopt(std::move(other->receiver), traits());
    wsk::Irp holding(
        [](wsk::Irp &, void *context) {
            auto &held = *static_cast<Gate *>(context);
            held.reached = true;
            waitUntil([&] { return held.open.load(); }, "the gate opens");
        },
        &gate);
    Packet memory({8});
    EXPECT_EQ(m_provider->receive(busy, &memory.buffer, 0, &holding), Status::NtPending);
    Packet packet({8});
    EXPECT_EQ(receive(packet), Status::NtPending);
    ASSERT_TRUE(other->peer.send(std::as_bytes(std::span("x", 1))));
    waitUntil([&] { return gate.reached.load(); }, "the engine's thread is held");
    sendAndArrive("abc");
    EXPECT_FALSE(m_provider->cancel(packet.irp));
    EXPECT_TRUE(packet.done());
    EXPECT_EQ(packet.status(), Status::Success);
    EXPECT_EQ(packet.information(), 3U);
    gate.open = true;
    waitUntil([&] { return m_provider->state(busy).busy == 0; }, "the routine has ended");
}

RULE_TEST("wsk.send.while-receiving", KernelCompletionRules, aWaitingReceiveDoesNotStopASend)
{
    connect();
    Packet waiting({8});
    EXPECT_EQ(receive(waiting), Status::NtPending);
    Packet sending({5});
    std::copy_n("hello", 5, sending.memory.front().begin());
    EXPECT_EQ(m_provider->send(m_socket, &sending.buffer, &sending.irp), Status::Success);
    EXPECT_EQ(sending.information(), 5U);
    std::array<std::byte, 8> got{};
    const net::Slice slice{got.data(), got.size()};
    EXPECT_EQ(m_peer.receive({&slice, 1}, {.wait = true}).bytes, 5U);
    EXPECT_FALSE(waiting.done());
    finish();
    m_provider.reset();
}

RULE_TEST("wsk.close.graceful-zero", KernelCompletionRules, theGracefulEndIsSuccessWithZeroBytes)
{
    connect();
    Packet waiting({8});
    EXPECT_EQ(receive(waiting), Status::NtPending);
    ASSERT_TRUE(m_peer.shutdown(net::Direction::Send));
    awaitDone(waiting);
    EXPECT_EQ(waiting.status(), Status::Success);
    EXPECT_EQ(waiting.information(), 0U);
    Packet again({8});
    EXPECT_EQ(receive(again), Status::Success);
    EXPECT_EQ(again.information(), 0U);
    EXPECT_TRUE(events(EventType::CloseDue).empty());
    finish();
}

RULE_TEST("wsk.close.completes-pending", KernelCompletionRules, everyReceiveComesBackBeforeTheClose)
{
    connect();
    Packet first({8});
    Packet second({8});
    EXPECT_EQ(receive(first), Status::NtPending);
    EXPECT_EQ(receive(second), Status::NtPending);
    struct Order {
        Packet &first, &second;
        bool before = false;
    } order{first, second};
    wsk::Irp closing(
        [](wsk::Irp &, void *context) {
            auto &seen = *static_cast<Order *>(context);
            seen.before = seen.first.done() && seen.second.done();
        },
        &order);
    EXPECT_EQ(m_provider->close(m_socket, &closing), Status::Success);
    EXPECT_TRUE(order.before);
    EXPECT_EQ(first.status(), Status::NtCancelled);
    EXPECT_EQ(second.status(), Status::NtCancelled);
    EXPECT_EQ(closing.completions(), 1U);
    finish();
}

TEST_F(KernelCompletionRules, closingIsAbortiveUnlessBothDirectionsAreOver)
{
    for (const bool both : {false, true}) {
        connect();
        if (both) {
            Packet disconnect({});
            EXPECT_EQ(m_provider->disconnect(m_socket, nullptr, 0, &disconnect.irp), Status::Success);
            ASSERT_TRUE(m_peer.shutdown(net::Direction::Send));
            arriveEnd();
            Packet end({8});
            EXPECT_EQ(receive(end), Status::Success);
        }
        Packet closing({});
        EXPECT_EQ(m_provider->close(m_socket, &closing.irp), Status::Success);
        std::array<std::byte, 8> got{};
        const net::Slice slice{got.data(), got.size()};
        const net::Received seen = m_peer.receive({&slice, 1}, {.wait = true});
        EXPECT_EQ(seen.kind, both ? net::Received::Kind::End : net::Received::Kind::Failed);
    }
}

TEST_F(KernelCompletionRules, afterAGracefulDisconnectReceivingGoesOn)
{
    connect();
    Packet bye({3});
    std::copy_n("bye", 3, bye.memory.front().begin());
    EXPECT_EQ(m_provider->disconnect(m_socket, &bye.buffer, 0, &bye.irp), Status::Success);
    sendAndArrive("still here");
    Packet packet({16});
    EXPECT_EQ(receive(packet), Status::Success);
    EXPECT_EQ(packet.text(packet.information()), "still here");
    Packet wrong({3});
    EXPECT_EQ(m_provider->disconnect(m_socket, &wrong.buffer, wsk::abortive, &wrong.irp), Status::NtInvalidParameter);
    EXPECT_EQ(wrong.irp.completions(), 1U);
}

TEST_F(KernelCompletionRules, aDisconnectSendsWhatItsWholeChainDescribesAndNoMore)
{
    connect();
    Packet tooLong({2, 2});
    tooLong.buffer.length = 5;
    EXPECT_EQ(m_provider->disconnect(m_socket, &tooLong.buffer, 0, &tooLong.irp), Status::NtInvalidParameter);
    EXPECT_EQ(tooLong.irp.completions(), 1U);
    Packet bye({4, 2}, 1);
    std::copy_n("?goo", 4, bye.memory[0].begin());
    std::copy_n("d!", 2, bye.memory[1].begin());
    EXPECT_EQ(m_provider->disconnect(m_socket, &bye.buffer, 0, &bye.irp), Status::Success);
    EXPECT_EQ(bye.information(), 5U);
    std::array<std::byte, 8> got{};
    const net::Slice slice{got.data(), got.size()};
    const net::Received seen = m_peer.receive({&slice, 1}, {.wait = true});
    ASSERT_EQ(seen.bytes, 5U);
    EXPECT_EQ(std::memcmp(got.data(), "good!", 5), 0);
}

} // namespace recvscope::test
