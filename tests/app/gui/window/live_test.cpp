// Listen and Connect in the window, with a real outside peer.

#include "open_window.h"

#include "gui/listen/connection_list.h"
#include "gui/listen/listen_panel.h"
#include "net/socket.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>

#include <span>

namespace recvscope::gui {
namespace {

using Phase = LiveStatus::Phase;

class LiveWindow : public OpenWindow {
protected:
    [[nodiscard]] const LiveStatus &status() { return studio.bridge().liveStatus(); }

    /// Listens as a click on the button does, on a port the system chooses. @return where
    net::Address listen(net::AddressFamily family = net::AddressFamily::IPv4, std::size_t memoryLimit = 0)
    {
        window.actions().listen->trigger();
        LiveOptions options;
        options.host = family == net::AddressFamily::IPv6 ? QStringLiteral("::1") : QStringLiteral("127.0.0.1");
        options.port = 0;
        window.listenPanel().setOptions(options);
        if (memoryLimit > 0) { // less than the panel offers
            options.memoryLimit = memoryLimit;
            studio.bridge().startLive(options);
        } else {
            window.listenPanel().startOrStop();
        }
        until("listening", [&] { return status().phase == Phase::Running || !status().trouble.isEmpty(); });
        EXPECT_EQ(status().trouble, QString());
        auto address = net::Address::parse(status().where.toStdString());
        EXPECT_TRUE(address.ok()) << status().where.toStdString();
        return address ? address.value() : net::Address();
    }

    static net::Socket connectedTo(const net::Address &address)
    {
        auto peer = net::Socket::open(net::SocketKind::Tcp, address.family());
        EXPECT_TRUE(peer.ok());
        net::Socket socket = std::move(peer).value();
        const Outcome connected = socket.connect(address);
        EXPECT_TRUE(connected.ok()) << (connected ? "" : connected.error().message());
        return socket;
    }
    static void send(net::Socket &socket, std::string_view text)
    {
        EXPECT_TRUE(socket.send(std::as_bytes(std::span(text))).ok());
    }
    [[nodiscard]] std::uint64_t received()
    {
        std::uint64_t bytes = 0;
        for (const LiveConnection &each : status().connections)
            bytes += each.bytes;
        return bytes;
    }
};

TEST_F(LiveWindow, showsTheBytesOfAnOutsideProgramAsTheyCome)
{
    const net::Address address = listen();
    EXPECT_EQ(studio.player().state(), Playback::State::Live);
    EXPECT_TRUE(presentation().telling().outside);
    net::Socket peer = connectedTo(address);
    send(peer, "hello");
    until("five bytes", [&] { return received() == 5; });
    until("the stage", [&] { return !presentation().moment().receives.empty(); });
    EXPECT_EQ(event(), presentation().story().size()) << "live stands at the end";
    send(peer, ", window");
    until("thirteen bytes", [&] { return received() == 13; });

    press(Qt::Key_Left);
    const std::uint32_t stood = event();
    send(peer, "!");
    until("fourteen bytes", [&] { return received() == 14; });
    EXPECT_EQ(event(), stood) << "a step back lets go of the end";
    press(Qt::Key_End);
    EXPECT_EQ(studio.player().state(), Playback::State::Live);
}

TEST_F(LiveWindow, takesSeveralConnectionsAndShowsTheChosenOne)
{
    const net::Address address = listen();
    net::Socket first = connectedTo(address);
    send(first, "one");
    until("the first", [&] { return received() == 3; });
    net::Socket second = connectedTo(address);
    send(second, "second");
    until("both", [&] { return received() == 9; });
    ASSERT_EQ(status().connections.size(), 2U);
    auto *list = window.findChild<ConnectionList *>();
    ASSERT_EQ(list->rowCount(), 2);
    for (int row = 0; row < 2; ++row) {
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(row, 0)).center());
        EXPECT_EQ(presentation().shownSocket(), status().connections[static_cast<std::size_t>(row)].socket);
    }
}

TEST_F(LiveWindow, bufferSizesChangeWhileItRuns)
{
    const net::Address address = listen();
    net::Socket peer = connectedTo(address);
    send(peer, "1234567890");
    until("ten bytes", [&] { return received() == 10; });
    QLineEdit *sizes = nullptr;
    for (QLineEdit *each : window.listenPanel().findChildren<QLineEdit *>())
        if (each->accessibleName().contains(QStringLiteral("Buffers")))
            sizes = each;
    ASSERT_NE(sizes, nullptr);
    sizes->setFocus();
    sizes->selectAll();
    QTest::keyClicks(sizes, QStringLiteral("2"));
    QTest::keyClick(sizes, Qt::Key_Return);
    // The receive that is posted already keeps its buffers: after it, each takes two.
    send(peer, "abcdefghijabcdefghij");
    until("thirty bytes", [&] { return received() == 30; });
    until("a receive with one small buffer", [&] {
        const auto &receives = presentation().moment().receives;
        return !receives.empty() && receives.back().buffers.size() == 1 && receives.back().buffers[0].size == 2;
    });
}

TEST_F(LiveWindow, whatIsHalfTypedIsNotYetAskedFor)
{
    listen();
    QSignalSpy changed(&window.listenPanel(), &ListenPanel::receivingChanged);
    const std::vector<std::uint32_t> before = window.listenPanel().options().receiving.buffers;
    QLineEdit *sizes = nullptr;
    for (QLineEdit *each : window.listenPanel().findChildren<QLineEdit *>())
        if (each->accessibleName().contains(QStringLiteral("Buffers")))
            sizes = each;
    ASSERT_NE(sizes, nullptr);
    sizes->setFocus();
    sizes->selectAll();
    QTest::keyClicks(sizes, QStringLiteral("3, 1"));
    EXPECT_EQ(window.listenPanel().options().receiving.buffers, before) << "on the way to 3, 16";
    EXPECT_EQ(changed.count(), 0);
    QTest::keyClicks(sizes, QStringLiteral("6, x"));
    QTest::keyClick(sizes, Qt::Key_Return);
    EXPECT_EQ(window.listenPanel().options().receiving.buffers, before) << "nobody can read that";
    for (int each = 0; each < 3; ++each)
        QTest::keyClick(sizes, Qt::Key_Backspace);
    stage().setFocus(); // leaving the line asks for it
    EXPECT_EQ(window.listenPanel().options().receiving.buffers, (std::vector<std::uint32_t>{3, 16}));
    EXPECT_EQ(changed.count(), 1);
}

TEST_F(LiveWindow, afterStopTheHeaderSaysThatItIsOver)
{
    listen();
    EXPECT_TRUE(presentation().telling().title.startsWith(QStringLiteral("Listening on")));
    window.listenPanel().startOrStop();
    until("stopped", [&] { return status().phase == Phase::Stopped; });
    EXPECT_TRUE(presentation().telling().title.startsWith(QStringLiteral("Listened on")))
        << presentation().telling().title.toStdString();
    for (const QLabel *label : window.findChildren<QLabel *>())
        EXPECT_FALSE(label->isVisible() && label->text().contains(QStringLiteral("Listening on")))
            << label->text().toStdString();
}

TEST_F(LiveWindow, listensOnIPv6)
{
    if (!net::Socket::open(net::SocketKind::Tcp, net::AddressFamily::IPv6).ok())
        GTEST_SKIP() << "this machine has no IPv6";
    net::Socket peer = connectedTo(listen(net::AddressFamily::IPv6));
    send(peer, "six");
    until("three bytes", [&] { return received() == 3; });
}

TEST_F(LiveWindow, connectsToAProgramThatListens)
{
    auto opened = net::Socket::open(net::SocketKind::Tcp);
    ASSERT_TRUE(opened.ok());
    net::Socket server = std::move(opened).value();
    ASSERT_TRUE(server.bind(net::Address::loopback(net::AddressFamily::IPv4)).ok());
    ASSERT_TRUE(server.listen(1).ok());
    window.actions().connectTo->trigger();
    LiveOptions options;
    options.connects = true;
    options.port = server.localAddress().port();
    window.listenPanel().setOptions(options);
    window.listenPanel().startOrStop();
    auto accepted = server.accept();
    ASSERT_TRUE(accepted.ok());
    net::Socket peer = std::move(accepted).value();
    send(peer, "welcome");
    until("seven bytes", [&] { return received() == 7; });
    peer.close();
    until("its end", [&] { return status().phase == Phase::Stopped; });
    EXPECT_FALSE(status().connections.front().open);
}

TEST_F(LiveWindow, aPortInUseIsToldAndTheStoryStays)
{
    clickLesson(1);
    auto opened = net::Socket::open(net::SocketKind::Tcp);
    ASSERT_TRUE(opened.ok());
    net::Socket other = std::move(opened).value();
    ASSERT_TRUE(other.bind(net::Address::loopback(net::AddressFamily::IPv4)).ok());
    ASSERT_TRUE(other.listen(1).ok());
    window.showListen(false);
    window.listenPanel().listenOn(QString::fromStdString(other.localAddress().text()));
    until("the trouble", [&] { return !status().trouble.isEmpty(); });
    EXPECT_TRUE(status().trouble.contains(QStringLiteral("in use"))) << status().trouble.toStdString();
    EXPECT_EQ(window.notice().sentence(), status().trouble);
    EXPECT_EQ(presentation().telling().number, 1);
}

TEST_F(LiveWindow, aPeerThatResetsAtOnceIsToldAndListeningGoesOn)
{
    const net::Address address = listen();
    connectedTo(address).closeAbortively();
    until("the reset", [&] { return !status().connections.empty() && !status().connections.front().open; });
    EXPECT_EQ(status().phase, Phase::Running);
    net::Socket next = connectedTo(address);
    send(next, "still there");
    until("the next one's bytes", [&] { return received() == 11; });
}

TEST_F(LiveWindow, stoppingKeepsWhatCameAndItIsSavedAsAScenarioThatRuns)
{
    net::Socket peer = connectedTo(listen());
    send(peer, "keep me");
    until("seven bytes", [&] { return received() == 7; });
    window.listenPanel().startOrStop();
    until("the stop", [&] { return status().phase == Phase::Stopped; });
    EXPECT_EQ(received(), 7U);
    EXPECT_FALSE(presentation().empty());

    const QString path = folder.filePath(QStringLiteral("received.yaml"));
    ASSERT_TRUE(studio.saveLiveScenario(path));
    QSignalSpy ended(&studio.bridge(), &SessionBridge::runEnded);
    ASSERT_TRUE(studio.openFile(path, Studio::Then::Wait)) << window.notice().sentence().toStdString();
    until("the end of the run", [&] { return ended.count() > 0; });
    EXPECT_TRUE(ended.front().front().value<RunSummary>().asExpected)
        << ended.front().front().value<RunSummary>().sentence.toStdString();
}

TEST_F(LiveWindow, aStartThatFailsLosesNothingOfWhatWasReceivedBefore)
{
    net::Socket peer = connectedTo(listen());
    send(peer, "keep me");
    until("seven bytes", [&] { return received() == 7; });
    window.listenPanel().startOrStop();
    until("the stop", [&] { return status().phase == Phase::Stopped; });

    Result<net::Socket> other = net::Socket::open(net::SocketKind::Tcp);
    ASSERT_TRUE(other && other->bind(net::Address::loopback(net::AddressFamily::IPv4)) && other->listen(1));
    LiveOptions options;
    options.host = QStringLiteral("127.0.0.1");
    options.port = other->localAddress().port();
    studio.bridge().startLive(options);
    until("the refusal", [&] { return status().trouble.contains(QStringLiteral("in use")); });
    EXPECT_EQ(status().phase, Phase::Stopped);
    EXPECT_EQ(received(), 7U);
    EXPECT_FALSE(studio.bridge().liveAsScenario(1 << 20).isEmpty());

    options.port = 0;
    studio.bridge().startLive(options);
    until("the next session", [&] { return status().phase == Phase::Running; });
    EXPECT_EQ(received(), 0U);
}

TEST_F(LiveWindow, anAddressThatOthersReachIsWarnedOf)
{
    window.showListen(false);
    ListenPanel &panel = window.listenPanel();
    const auto warned = [&] {
        for (const QLabel *label : panel.findChildren<QLabel *>())
            if (label->isVisibleTo(&panel) && label->text().contains(QStringLiteral("Other machines")))
                return true;
        return false;
    };
    EXPECT_FALSE(warned());
    LiveOptions options;
    options.host = QStringLiteral("0.0.0.0");
    panel.setOptions(options);
    EXPECT_TRUE(warned());
}

TEST_F(LiveWindow, theCountOfWhatAFullTraceDoesNotKeepGoesOn)
{
    constexpr std::size_t limit = 1 << 20;
    net::Socket peer = connectedTo(listen(net::AddressFamily::IPv4, limit));
    const std::string chunk(20'000, 'x'); // into buffers of 8 and 8
    while (status().notKept == 0 && !HasFailure()) {
        const std::uint64_t before = received();
        send(peer, chunk);
        until("the chunk", [&] { return received() == before + chunk.size(); });
    }
    const auto told = [&](const QString &text) {
        for (const QLabel *label : window.listenPanel().findChildren<QLabel *>())
            if (label->text().contains(text))
                return true;
        return false;
    };
    const auto countIsTold = [&] {
        return told(QStringLiteral("full at 1 MiB: receiving goes on, %1 events")
                        .arg(QLocale(QLocale::English).toString(static_cast<qulonglong>(status().notKept))));
    };
    EXPECT_TRUE(countIsTold());

    const std::uint64_t kept = presentation().story().size();
    const std::uint64_t first = status().notKept;
    send(peer, chunk);
    until("a larger count", [&] { return status().notKept > first; });
    EXPECT_TRUE(countIsTold());
    EXPECT_EQ(presentation().story().size(), kept);
    const trace::Snapshot &snapshot = presentation().story().snapshot();
    EXPECT_LE(snapshot.eventCount() * sizeof(trace::Event) + presentation().story().memoryUsed() +
                  presentation().spans().memoryUsed(),
              limit);
}

TEST_F(LiveWindow, closingWhileItListensEndsEverything)
{
    net::Socket peer = connectedTo(listen());
    send(peer, "x");
    until("one byte", [&] { return received() == 1; });
    window.close(); // and the fixture's destructor joins the threads
}

} // namespace
} // namespace recvscope::gui
