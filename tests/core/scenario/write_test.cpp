// What is written reads back equal.

#include "scenario/write.h"
#include "texts.h"

#include <random>

namespace recvscope::scenario {

namespace {

/// Valid scenarios, all different, with every verb and every argument of it.
class Generator {
public:
    explicit Generator(std::uint32_t seed) : m_random(seed) {}

    Scenario scenario()
    {
        Scenario made;
        made.title = told();
        made.repeatable = coin();
        if (coin())
            made.needs = {Need::IPv6, Need::Linux};
        if (coin())
            made.lesson = Lesson{number(1, 30), LessonTrack::Kernel, coin() ? told() : "", {rule(), rule()}};
        made.policy = {coin(), coin(), coin(), coin(), coin(), coin(), number(0, 1'000'000), coin(), coin()};
        made.threads = {"t1", "t-2"};
        for (const char *name : {"s", "u", "m.1"})
            made.sockets.push_back(socket(name));
        made.sockets[0].kind = net::SocketKind::Tcp;
        made.sockets[0].connected = true;
        made.sockets[0].invalid = false;
        const std::uint32_t steps = number(1, 40);
        for (std::uint32_t i = 0; i < steps; ++i)
            made.steps.push_back({{}, action()});
        made.steps.push_back({{}, PeerShutdown{"s"}});
        made.steps.push_back({{}, Wait{Arrived{"s", Arrival::End}}});
        made.steps.push_back({{}, coin() ? Action(PeerReset{"s"}) : Action(PeerClose{"s"})});
        return made;
    }

private:
    std::uint32_t number(std::uint32_t from, std::uint32_t to)
    {
        return std::uniform_int_distribution<std::uint32_t>(from, to)(m_random);
    }
    bool coin() { return number(0, 1) == 1; }

    /// Text with everything that YAML could stumble over.
    std::string text()
    {
        static const std::vector<std::string> parts = {
            "a",           "word", " ",   "  ",   "\n", "\t", ": ", "# ",   "\"",  "'",
            "\\",          "- ",   "---", "{",    "}",  "[",  "]",  ",",    "&a",  "*a",
            "!t",          "%",    "@",   "true", "~",  "",   "0",  "é",    "日",  "😀",
            "\xC2\x85",    "\x01", "\r",  "null", "|",  ">",  "?",  "\x7F", "...", "\xE2\x80\xA8",
            "\xEF\xBB\xBF"};
        std::string made;
        const std::uint32_t count = number(1, 60);
        for (std::uint32_t i = 0; i < count; ++i)
            made += parts[number(0, static_cast<std::uint32_t>(parts.size()) - 1)];
        return made.empty() ? "x" : made;
    }

    /// The same for people to read: nothing that steers a terminal.
    std::string told()
    {
        std::string made = text();
        for (const std::string_view control : {"\x01", "\r", "\x7F", "\xC2\x85"})
            for (std::size_t at = 0; (at = made.find(control, at)) != std::string::npos;)
                made.replace(at, control.size(), "x");
        return made;
    }

    Data data()
    {
        switch (number(0, 2)) {
        case 0:
            return TextBytes{text()};
        case 1:
            return RandomBytes{number(1, 1000), number(0, 99)};
        default:
            break;
        }
        std::string bytes;
        for (std::uint32_t i = number(1, 20); i > 0; --i)
            bytes += static_cast<char>(number(0, 255));
        return HexBytes{bytes};
    }

    RuleId rule() { return allRules()[number(0, static_cast<std::uint32_t>(allRules().size()) - 1)].id; }
    Status status() { return static_cast<Status>(number(0, static_cast<std::uint32_t>(Status::WsaIoPending))); }
    std::string thread() { return coin() ? "t1" : coin() ? "t-2" : ""; }
    std::string fresh(const std::string &prefix) { return prefix + std::to_string(++m_names); }

    SocketDeclaration socket(const std::string &name)
    {
        SocketDeclaration made;
        made.name = name;
        made.kind = static_cast<net::SocketKind>(number(0, 4));
        const bool hasFamily = net::isTcpBelow(made.kind) || made.kind == net::SocketKind::Udp;
        made.family = hasFamily && coin() ? net::AddressFamily::IPv6 : net::AddressFamily::IPv4;
        made.overlapped = coin();
        made.nonblocking = coin();
        made.connected = coin();
        made.invalid = coin();
        if (coin())
            made.receiveBuffer = number(1, 100'000);
        if (made.kind == net::SocketKind::Tcp && coin()) {
            made.keepAlive = number(1, 3000);
            made.userTimeout = number(1, 3000);
        }
        made.receiveTimeout = coin() ? 0 : number(1, 3000);
        if (coin())
            made.profile = Profile{coin() ? net::xp1::PseudoStream : net::xp1::UniSend, net::xp1::MessageOriented};
        made.oobInline = made.kind == net::SocketKind::Tcp && coin();
        if (coin())
            made.policy = PolicyChoices{coin(), coin(), coin(), coin(), coin(), coin(), number(0, 9), coin(), coin()};
        return made;
    }

    /// Flags, so that nothing is known of when it completes and every wait for it is allowed.
    WspRecv recv()
    {
        WspRecv made;
        made.socket = coin() ? "s" : "u";
        made.op = fresh("r");
        for (std::uint32_t i = number(0, 4); i > 0; --i)
            made.buffers.push_back({number(0, 64), coin(), number(1, 3)});
        made.flags = number(1, 0xFFFF) | 0x2;
        made.overlapped = fresh("o");
        if (coin())
            made.event = fresh("e");
        made.on = thread();
        m_receives.push_back(made);
        return made;
    }

    Expect expect()
    {
        Expect made;
        made.rules = {rule()};
        if (coin())
            made.diagnostics = {rule(), rule()};
        if (coin())
            made.queued = Queued{"s", number(0, 100)};
        if (m_receives.empty())
            return made;
        const WspRecv &of = m_receives[number(0, static_cast<std::uint32_t>(m_receives.size()) - 1)];
        made.op = of.op;
        made.order = {of.op};
        if (coin())
            made.returns = status();
        if (coin())
            made.status = status();
        if (coin())
            made.bytes = coin() ? ExpectedNumber(Untouched{}) : ExpectedNumber(0U);
        if (coin())
            made.flags = coin() ? ExpectedNumber(Untouched{}) : ExpectedNumber(number(0, 0xFFFF));
        if (coin())
            made.buffers.emplace();
        if (!of.event.empty() && coin())
            made.event = coin();
        return made;
    }

    Action action()
    {
        const bool any = !m_receives.empty();
        switch (number(0, 11)) {
        case 0:
            return Say{told()};
        case 1:
            return Predict{"", Ask::Question, 0, told(), {"yes no", "5"}, "5"};
        case 2:
            return any ? Action(Predict{m_receives.back().op, Ask::Bytes, 0, coin() ? told() : "", {"1", "2"}, ""})
                       : Action(recv());
        case 3: {
            PeerSend send{"s", data(), {}, false, {}, 0};
            if (sizeOf(send.data) > 2 && coin())
                send.fragments = {1, 1};
            return send;
        }
        case 4:
            return recv();
        case 5:
            return any ? Action(WspResult{fresh("q"), m_receives.back().op, "", coin(), thread()}) : Action(recv());
        case 6:
            return WspShutdown{"u", static_cast<net::Direction>(number(0, 2)), coin() ? fresh("d") : "", thread()};
        case 7:
            return coin() ? Action(WspCancelBlocking{"t1"}) : Action(WspClose{"m.1", coin(), fresh("c"), thread()});
        case 8:
            return any ? Action(Wait{Completed{m_receives.back().op}}) : Action(Wait{Queued{"s", 0}});
        case 9:
            return coin() ? Action(Barrier{}) : Action(Barrier{{"t-2"}});
        case 10: {
            WspSend send;
            send.socket = coin() ? "s" : "u";
            send.data = data();
            send.op = coin() ? fresh("w") : "";
            send.on = thread();
            return send;
        }
        default:
            return expect();
        }
    }

    std::mt19937 m_random;
    std::uint32_t m_names = 0;
    std::vector<WspRecv> m_receives;
};

} // namespace

TEST(Write, readsBackEqualForAThousandGeneratedScenarios)
{
    for (std::uint32_t seed = 1; seed <= 1000; ++seed) {
        const Scenario made = Generator(seed).scenario();
        const std::string text = write(made);
        const ReadResult read = readScenarioText(text, "generated.yaml");
        ASSERT_TRUE(read.ok()) << "seed " << seed << ": " << read.error().message() << "\n" << text;
        ASSERT_EQ(read.value(), made) << "seed " << seed << "\n" << text << "\n--- and read:\n" << write(read.value());
    }
}

TEST(Write, leavesDefaultsOut)
{
    const std::string text = withSteps("  - peer.send: {socket: s, data: \"hello world\"}\n"
                                       "  - wsp.recv: {socket: s, op: r1, buffers: [8, 8], overlapped: o1}\n");
    EXPECT_EQ(write(readGood(text)), "recvscope: 1\n"
                                     "title: \"a test\"\n"
                                     "sockets:\n"
                                     "  s: {kind: tcp}\n"
                                     "threads: [t1, t2]\n"
                                     "steps:\n"
                                     "  - peer.send: {socket: s, data: \"hello world\"}\n"
                                     "  - wsp.recv: {socket: s, op: r1, buffers: [8, 8], overlapped: o1}\n");
}

TEST(Write, aCutLinkReadsBackEqual)
{
    const Scenario made = readGood(withSteps("  - peer.link: {socket: s, state: cut}\n"));
    EXPECT_EQ(readGood(write(made)), made);
}

TEST(Write, breaksLongTextsAtSpaces)
{
    Scenario made = readGood(withSteps("  - say: x\n"));
    std::string text;
    for (int i = 0; i < 60; ++i)
        text += (i > 0 ? " " : "") + std::string("word");
    made.steps[0].action = Say{text};
    const std::string written = write(made);
    std::size_t longest = 0;
    for (std::size_t start = 0, end; (end = written.find('\n', start)) != std::string::npos; start = end + 1)
        longest = std::max(longest, end - start);
    EXPECT_LE(longest, 120U);
    EXPECT_EQ(readGood(written), made);
}

TEST(Write, bytesThatAreNoTextAreWrittenAsHexadecimal)
{
    Scenario made = readGood(withSteps("  - say: x\n"));
    made.steps[0].action = PeerSend{"s", TextBytes{"\xff\xfe"}, {}, false, {}, 0};
    EXPECT_NE(write(made).find("{hex: \"ff fe\"}"), std::string::npos);
}

} // namespace recvscope::scenario
