// What was received live, saved as a scenario: it reads back and gives the same receives again.

#include "live_peers.h"
#include "running.h"
#include "session/live_log.h"

#include <gmock/gmock.h>

namespace recvscope::session {

using testing::HasSubstr;

namespace {

constexpr std::size_t everything = std::size_t{1} << 20;

/// What each receive of the run brought, those that ended with nothing left out.
std::vector<std::string> broughtBy(const Ran &run)
{
    std::vector<std::string> brought;
    for (const OperationReport &operation : run.report.operations) {
        std::string bytes;
        for (const std::string &part : operation.contents)
            bytes += part;
        if (!bytes.empty())
            brought.push_back(bytes);
    }
    return brought;
}

/// Lets a peer talk to a session that receives that way, and runs what the session saved.
void expectToldAgain(const LiveBehaviour &behaviour, const std::function<void(net::Socket &, Witness &)> &talk)
{
    Witness witness;
    LiveSettings settings = listenOn();
    settings.behaviour = behaviour;
    settings.once = true;
    settings.watch = witness.watch();
    const auto live = started(std::move(settings));
    net::Socket peer = connectedTo(live->address());
    witness.waitForOpened(1);
    talk(peer, witness);
    live->wait();

    const Ran run = ran(scenarioFrom(live->asScenario(everything)));
    expectAllMet(run);
    std::vector<std::string> observed;
    for (const Witness::Seen &one : witness.waitForReceives(0))
        if (!one.bytes.empty())
            observed.push_back(one.bytes);
    EXPECT_EQ(broughtBy(run), observed);
}

} // namespace

TEST(LiveScenario, pendingReceivesAreToldAgain)
{
    LiveBehaviour behaviour;
    behaviour.buffers = {4, 4};
    behaviour.outstanding = 3;
    expectToldAgain(behaviour, [](net::Socket &peer, Witness &witness) {
        send(peer, "hello world");
        witness.waitForReceives(2);
        send(peer, std::string_view("\x00\xff\n", 3));
        peer.close();
    });
}

TEST(LiveScenario, blockingReceivesAreToldAgain)
{
    LiveBehaviour behaviour;
    behaviour.buffers = {3};
    behaviour.overlapped = false;
    expectToldAgain(behaviour, [](net::Socket &peer, Witness &) {
        send(peer, "hello world");
        peer.close();
    });
}

TEST(LiveScenario, aResetIsToldAgain)
{
    LiveBehaviour behaviour;
    behaviour.outstanding = 2;
    expectToldAgain(behaviour, [](net::Socket &peer, Witness &witness) {
        send(peer, "abc");
        witness.waitForReceives(1);
        peer.closeAbortively();
    });
}

TEST(LiveScenario, stoppingWithReceivesPendingIsToldAgainAsClosing)
{
    Witness witness;
    LiveSettings settings = listenOn();
    settings.behaviour.outstanding = 2;
    settings.watch = witness.watch();
    const auto live = started(std::move(settings));
    net::Socket peer = connectedTo(live->address());
    send(peer, "abc");
    witness.waitForReceives(1);
    live->stop();
    const scenario::Scenario scenario = scenarioFrom(live->asScenario(everything));
    expectAllMet(ran(scenario));
}

TEST(LiveScenario, twoConnectionsAreTwoSockets)
{
    Witness witness;
    LiveSettings settings = listenOn();
    settings.watch = witness.watch();
    const auto live = started(std::move(settings));
    net::Socket first = connectedTo(live->address());
    net::Socket second = connectedTo(live->address());
    send(second, "second");
    witness.waitForReceives(1);
    send(first, "first");
    first.close();
    second.close();
    witness.waitForClosed(2);
    const scenario::Scenario scenario = scenarioFrom(live->asScenario(everything));
    EXPECT_EQ(scenario.sockets.size(), 2U);
    expectAllMet(ran(scenario));
}

TEST(LiveScenario, textIsCutAfterSoManyBytesAndSaysSo)
{
    Witness witness;
    LiveSettings settings = listenOn();
    settings.behaviour.buffers = {4};
    settings.once = true;
    const auto live = started(std::move(settings));
    net::Socket peer = connectedTo(live->address());
    send(peer, "abcdefgh");
    peer.close();
    live->wait();
    const std::string text = live->asScenario(4);
    EXPECT_THAT(text, HasSubstr("cut, after 4 bytes"));
    const Ran run = ran(scenarioFrom(text));
    expectAllMet(run);
    EXPECT_EQ(broughtBy(run), std::vector<std::string>{"abcd"});
}

TEST(LiveScenario, aLongTransferIsCutAtWhatAScenarioCanHoldAndReadsBack)
{
    LiveSettings settings = listenOn();
    settings.behaviour.buffers = std::vector<std::uint32_t>(64, 1);
    settings.behaviour.outstanding = 64;
    settings.once = true;
    const auto live = started(std::move(settings));
    net::Socket peer = connectedTo(live->address());
    send(peer, std::string(300'000, '\xfe'));
    peer.close();
    live->wait();
    const std::string text = live->asScenario(everything);
    EXPECT_THAT(text, HasSubstr("Here it is cut"));
    expectAllMet(ran(scenarioFrom(text)));
}

TEST(LiveScenario, aReceiveThatCannotBeRepeatedEndsTheText)
{
    const std::vector<LiveEntry> entries = {
        {LiveEntry::Kind::Opened, SocketId{1}, net::AddressFamily::IPv4, 0, false, {}, Status::Success, {}},
        {LiveEntry::Kind::AtOnce, SocketId{1}, {}, 1, false, {8}, Status::Success, "abc"},
        {LiveEntry::Kind::AtOnce, SocketId{1}, {}, 2, false, {8}, Status::WsaEconnaborted, {}},
    };
    const std::string text = scenarioOf(entries, {}, true, everything);
    EXPECT_THAT(text, HasSubstr("WSAECONNABORTED"));
    expectAllMet(ran(scenarioFrom(text)));
}

} // namespace recvscope::session
