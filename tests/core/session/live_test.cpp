// Listen and Connect with outside peers: real TCP connections from the test's threads.

#include "live_peers.h"

#include "trace/moment.h"

#include <gmock/gmock.h>

#include <thread>

namespace recvscope::session {

using testing::HasSubstr;

namespace {

/// Bytes that tell where they stand, so that a hole or a swap is seen.
std::string pattern(std::size_t size)
{
    std::string bytes(size, '\0');
    std::uint64_t state = 1;
    for (char &byte : bytes) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        byte = static_cast<char>(state >> 56);
    }
    return bytes;
}

void expectEveryByteArrives(const LiveBehaviour &behaviour, std::size_t size, std::size_t memoryLimit)
{
    const std::string sent = pattern(size);
    std::string received;
    LiveSettings settings = listenOn();
    settings.behaviour = behaviour;
    settings.once = true;
    settings.memoryLimit = memoryLimit;
    settings.watch.received = [&](const LiveReceive &receive) {
        for (const std::string_view part : receive.contents)
            received += part;
    };
    const auto live = started(std::move(settings));
    std::thread peer([&] {
        net::Socket socket = connectedTo(live->address());
        send(socket, sent);
    });
    live->wait();
    peer.join();

    EXPECT_TRUE(received == sent) << received.size() << " bytes of " << sent.size();
    const std::vector<Connection> connections = live->connections();
    ASSERT_EQ(connections.size(), 1U);
    EXPECT_EQ(connections[0].bytes, size);
    EXPECT_FALSE(connections[0].open);
    EXPECT_EQ(connections[0].endStatus, Status::Success);
    EXPECT_FALSE(live->running());
}

} // namespace

TEST(Live, fortyMegabytesArriveWholeThroughPendingReceives)
{
    LiveBehaviour behaviour;
    behaviour.buffers = {1000, 64, 65536};
    behaviour.outstanding = 4;
    expectEveryByteArrives(behaviour, 40'000'000, std::size_t{512} << 20);
}

TEST(Live, fortyMegabytesArriveWholeThroughBlockingReceives)
{
    LiveBehaviour behaviour;
    behaviour.buffers = {16384};
    behaviour.overlapped = false;
    expectEveryByteArrives(behaviour, 40'000'000, std::size_t{512} << 20);
}

TEST(Live, aConnectionTellsItsReceiveBuffer)
{
    LiveSettings settings = listenOn();
    settings.once = true;
    const auto live = started(std::move(settings));
    connectedTo(live->address()).close();
    live->wait();
    const trace::Story story(live->snapshot());
    const trace::Moment moment = trace::momentAt(story, {story.size(), 0});
    ASSERT_EQ(moment.sockets.size(), 1U);
    EXPECT_GE(moment.sockets[0].receiveBuffer, 2048U) << "less than the least the system allows";
}

TEST(Live, countsStayExactWhenTheTraceIsFull)
{
    LiveBehaviour behaviour;
    behaviour.buffers = {64, 64};
    expectEveryByteArrives(behaviour, 2'000'000, std::size_t{1} << 20);
}

TEST(Live, severalConnectionsAtOnceAreKeptApart)
{
    Witness witness;
    LiveSettings settings = listenOn();
    settings.watch = witness.watch();
    settings.behaviour.outstanding = 2;
    const auto live = started(std::move(settings));
    std::vector<net::Socket> peers;
    for (std::size_t i = 0; i < 5; ++i) {
        peers.push_back(connectedTo(live->address()));
        witness.waitForOpened(i + 1);
    }
    for (int round = 0; round < 10; ++round)
        for (std::size_t i = 0; i < peers.size(); ++i)
            send(peers[i], "from " + std::to_string(i) + '\n');
    for (net::Socket &peer : peers)
        peer.close();
    witness.waitForClosed(5);

    const std::vector<Connection> connections = live->connections();
    ASSERT_EQ(connections.size(), 5U);
    for (std::size_t i = 0; i < connections.size(); ++i) {
        EXPECT_EQ(connections[i].bytes, 70U);
        std::string expected;
        for (int round = 0; round < 10; ++round)
            expected += "from " + std::to_string(i) + '\n';
        EXPECT_EQ(witness.bytesOf(connections[i].socket), expected);
    }
    EXPECT_TRUE(live->running());
}

TEST(Live, aPeerThatResetsAtOnceIsToldAsAReset)
{
    Witness witness;
    LiveSettings settings = listenOn();
    settings.watch = witness.watch();
    const auto live = started(std::move(settings));
    connectedTo(live->address()).closeAbortively();
    // Whether the reset overtakes the accept or not, the session goes on: the next one is served.
    net::Socket second = connectedTo(live->address());
    send(second, "still here");
    second.close();
    const auto served = [&] {
        bool secondServed = false;
        for (const Connection &each : live->connections()) {
            if (each.open)
                return false;
            secondServed = second || each.bytes == 10;
        }
        return secondServed;
    };
    for (std::size_t closed = 1; !served(); ++closed)
        witness.waitForClosed(closed);
    for (const Connection &each : live->connections())
        EXPECT_EQ(each.endStatus, each.bytes == 10 ? Status::Success : Status::WsaEconnreset);
    EXPECT_EQ(live->trouble(), "");
}

TEST(Live, aResetWhileReceivingEndsTheConnectionWithItsStatus)
{
    for (const bool overlapped : {true, false}) {
        Witness witness;
        LiveSettings settings = listenOn();
        settings.behaviour.overlapped = overlapped;
        settings.watch = witness.watch();
        const auto live = started(std::move(settings));
        net::Socket peer = connectedTo(live->address());
        send(peer, "abc");
        witness.waitForReceives(1);
        peer.closeAbortively();
        witness.waitForClosed(1);
        const std::vector<Connection> connections = live->connections();
        EXPECT_EQ(connections.at(0).endStatus, Status::WsaEconnreset);
        EXPECT_EQ(connections.at(0).bytes, 3U);
        EXPECT_EQ(connections.at(0).receives, 1U);
    }
}

TEST(Live, aPortInUseIsSaidWithItsAddress)
{
    const auto first = started(listenOn());
    LiveSettings second = listenOn();
    second.address = first->address();
    Result<std::unique_ptr<Live>> refused = startLive(std::move(second));
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message(), HasSubstr(first->address().text()));
    EXPECT_THAT(refused.error().message(), HasSubstr("in use"));
}

TEST(Live, anAddressOfAnotherMachineCannotBeListenedOn)
{
    LiveSettings settings;
    settings.address = *net::Address::parse("192.0.2.1:7000"); // reserved for examples: nobody's
    const Result<std::unique_ptr<Live>> refused = startLive(std::move(settings));
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message(), HasSubstr("192.0.2.1:7000"));
}

TEST(Live, connectingToAPortWhereNobodyListensIsRefusedClearly)
{
    LiveSettings settings = listenOn();
    settings.address = started(listenOn())->address(); // and stopped again
    settings.mode = LiveSettings::Mode::Connect;
    Result<std::unique_ptr<Live>> refused = startLive(settings);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message(), HasSubstr(settings.address.text()));
}

TEST(Live, aServerThatDoesNotAnswerIsGivenUp)
{
    // A listener whose backlog is full does not answer.
    Result<net::Socket> silent = net::Socket::open(net::SocketKind::Tcp);
    ASSERT_TRUE(silent);
    ASSERT_TRUE(silent->bind(net::Address::loopback(net::AddressFamily::IPv4)));
    ASSERT_TRUE(silent->listen(0));
    LiveSettings settings;
    settings.mode = LiveSettings::Mode::Connect;
    settings.address = silent->localAddress();
    settings.connectTime = std::chrono::milliseconds(20);
    std::vector<std::unique_ptr<Live>> waiting;
    Result<std::unique_ptr<Live>> live = startLive(settings);
    while (live && waiting.size() < 64) {
        waiting.push_back(std::move(*live));
        live = startLive(settings);
    }
    ASSERT_FALSE(live);
    EXPECT_THAT(live.error().message(), HasSubstr("no answer came within 20 ms"));
}

TEST(Live, connectReceivesFromAnOutsideServer)
{
    Result<net::Socket> server = net::Socket::open(net::SocketKind::Tcp);
    ASSERT_TRUE(server);
    ASSERT_TRUE(server->bind(net::Address::loopback(net::AddressFamily::IPv4)));
    ASSERT_TRUE(server->listen(1));
    LiveSettings settings;
    settings.mode = LiveSettings::Mode::Connect;
    settings.address = server->localAddress();
    const auto live = started(std::move(settings));
    Result<net::Socket> accepted = server->accept();
    ASSERT_TRUE(accepted);
    send(*accepted, "welcome");
    accepted->close();
    live->wait();
    ASSERT_EQ(live->connections().size(), 1U);
    EXPECT_EQ(live->connections()[0].bytes, 7U);
    EXPECT_EQ(live->connections()[0].peer, server->localAddress());
    EXPECT_FALSE(live->running());
}

TEST(Live, listensOnIPv6)
{
    LiveSettings settings = listenOn(net::AddressFamily::IPv6);
    settings.once = true;
    Result<std::unique_ptr<Live>> live = startLive(std::move(settings));
    if (!live)
        GTEST_SKIP() << live.error().message();
    net::Socket peer = connectedTo((*live)->address());
    send(peer, "six");
    peer.close();
    (*live)->wait();
    EXPECT_EQ((*live)->connections().at(0).bytes, 3U);
    EXPECT_EQ((*live)->connections().at(0).peer.family(), net::AddressFamily::IPv6);
}

TEST(Live, changedBuffersHoldFromTheNextReceiveOn)
{
    Witness witness;
    LiveSettings settings = listenOn();
    settings.behaviour.buffers = {4};
    settings.behaviour.overlapped = false;
    settings.watch = witness.watch();
    const auto live = started(std::move(settings));
    net::Socket peer = connectedTo(live->address());
    send(peer, "abc");
    witness.waitForReceives(1);
    LiveBehaviour changed;
    changed.buffers = {2, 100};
    live->setBehaviour(changed);
    send(peer, "def"); // ends the call that is in progress, or already the first of the new kind
    send(peer, "ghi");
    peer.close();
    witness.waitForClosed(1);
    const auto seen = witness.waitForReceives(1);
    EXPECT_EQ(seen.front().sizes, std::vector<std::uint32_t>{4});
    EXPECT_EQ(seen.back().sizes, (std::vector<std::uint32_t>{2, 100}));
    EXPECT_TRUE(seen.back().overlapped);
    EXPECT_EQ(witness.bytesOf(SocketId{1}), "abcdefghi");
}

TEST(Live, aPacedApplicationIsLetGoByAFasterBehaviour)
{
    Witness witness;
    LiveSettings settings = listenOn();
    settings.behaviour.buffers = {1};
    settings.behaviour.bytesPerSecond = 1; // the next receive would be a whole second away, the last one an hour
    settings.watch = witness.watch();
    const auto live = started(std::move(settings));
    net::Socket peer = connectedTo(live->address());
    send(peer, std::string(3600, 'x'));
    witness.waitForReceives(1);
    LiveBehaviour fast = live->behaviour();
    fast.bytesPerSecond = 0;
    live->setBehaviour(fast);
    peer.close();
    witness.waitForClosed(1);
    EXPECT_EQ(live->connections().at(0).bytes, 3600U);
}

TEST(Live, stopEndsBlockedPendingAndPausingReceives)
{
    LiveBehaviour blocking;
    blocking.overlapped = false;
    LiveBehaviour pending;
    pending.outstanding = 8;
    LiveBehaviour pausing;
    pausing.bytesPerSecond = 1;
    for (const LiveBehaviour &behaviour : {blocking, pending, pausing}) {
        Witness witness;
        LiveSettings settings = listenOn();
        settings.behaviour = behaviour;
        settings.watch = witness.watch();
        const auto live = started(std::move(settings));
        net::Socket peer = connectedTo(live->address());
        send(peer, std::string(100'000, 'x'));
        witness.waitForReceives(1);
        live->stop();
        EXPECT_FALSE(live->running());
        ASSERT_EQ(live->connections().size(), 1U);
        EXPECT_FALSE(live->connections()[0].open);
        EXPECT_EQ(live->connections()[0].endStatus, Status::WsaOperationAborted);
        live->stop(); // once more does nothing
    }
}

TEST(Live, furtherPeersWaitUntilAConnectionHasEnded)
{
    Witness witness;
    LiveSettings settings = listenOn();
    settings.maxConnections = 1;
    settings.watch = witness.watch();
    const auto live = started(std::move(settings));
    net::Socket first = connectedTo(live->address());
    send(first, "1");
    net::Socket second = connectedTo(live->address());
    send(second, "22");
    witness.waitForReceives(1);
    EXPECT_EQ(live->connections().size(), 1U);
    first.close();
    witness.waitForOpened(2);
    second.close();
    witness.waitForClosed(2);
    EXPECT_EQ(live->connections().at(1).bytes, 2U);
}

TEST(Live, limitsAreSaidWithWhatWasGiven)
{
    const auto why = [](auto change) {
        LiveBehaviour behaviour;
        change(behaviour);
        const Outcome checked = checkBehaviour(behaviour);
        return checked ? std::string() : checked.error().message();
    };
    EXPECT_EQ(why([](LiveBehaviour &) {}), "");
    EXPECT_THAT(why([](LiveBehaviour &each) { each.buffers.clear(); }), HasSubstr("1 to 64 buffers, and 0"));
    EXPECT_THAT(why([](LiveBehaviour &each) { each.buffers.assign(65, 8); }), HasSubstr("and 65"));
    EXPECT_THAT(why([](LiveBehaviour &each) { each.buffers = {20U << 20}; }), HasSubstr("16 MiB"));
    EXPECT_THAT(why([](LiveBehaviour &each) { each.buffers = {0, 0}; }), HasSubstr("never take a byte"));
    EXPECT_THAT(why([](LiveBehaviour &each) { each.outstanding = 0; }), HasSubstr("1 to 64 receives"));
    EXPECT_THAT(why([](LiveBehaviour &each) {
                    each.buffers = {16U << 20};
                    each.outstanding = 64;
                }),
                HasSubstr("256 MiB"));

    LiveSettings nowhere;
    EXPECT_FALSE(startLive(nowhere));
    LiveSettings nobody = listenOn();
    nobody.maxConnections = 0;
    EXPECT_FALSE(startLive(std::move(nobody)));
}

} // namespace recvscope::session
