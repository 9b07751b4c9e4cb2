#include "schedule.h"

#include "account.h"
#include "dice.h"

#include <algorithm>
#include <string>
#include <vector>

namespace recvscope::checker {

namespace {

using namespace scenario;

/// What the schedule keeps to, so that no step waits for what cannot come.
struct Line {
    std::string name;
    SocketDeclaration declared;
    std::uint32_t sent = 0;     ///< bytes so far: the next one's letter
    std::uint32_t messages = 0; ///< so far
    bool mayWait = false;       ///< a receive may be waiting
    bool urgent = false;        ///< an urgent byte was sent
    bool peerEnded = false, peerGone = false, shutDown = false, closed = false;
    std::vector<std::string> asked; ///< overlapped receives, which may be asked about
};

struct Thread {
    std::string name;
    const Line *in = nullptr; ///< it may be blocked on that socket
    bool receiving = false;   ///< in a receive, which can be cancelled
};

class Writer {
public:
    explicit Writer(std::uint64_t seed) : m_dice(seed) { m_scenario.title = "Schedule " + std::to_string(seed); }

    Scenario write()
    {
        declare();
        const std::uint32_t steps = 3 + m_dice.below(22);
        for (std::uint32_t i = 0; i < steps; ++i)
            act(m_lines[m_dice.below(static_cast<std::uint32_t>(m_lines.size()))]);
        for (Line &line : m_lines)
            finish(line);
        return std::move(m_scenario);
    }

private:
    void declare()
    {
        const std::uint32_t sockets = m_dice.chance(25) ? 2 : 1;
        m_lines.reserve(sockets);
        for (std::uint32_t i = 0; i < sockets; ++i) {
            Line line;
            line.declared.name = line.name = i == 0 ? "s" : "u";
            line.declared.kind = m_dice.oneOf({net::SocketKind::Tcp, net::SocketKind::Tcp, net::SocketKind::Unix,
                                               net::SocketKind::Udp, net::SocketKind::SeqPacket});
            line.declared.nonblocking = m_dice.chance(30);
            line.declared.overlapped = !m_dice.chance(10);
            m_scenario.sockets.push_back(line.declared);
            m_lines.push_back(std::move(line));
        }
        for (const char *name : {"t1", "t2", "t3"}) {
            m_scenario.threads.emplace_back(name);
            m_threads.push_back({name});
        }
        m_scenario.policy.overlappedPeekAllowed = m_dice.chance(20);
        m_scenario.policy.overlappedOnPlainSocketAllowed = m_dice.chance(20);
        m_scenario.policy.closeAbortsWithConnAborted = m_dice.chance(15);
        if (m_dice.chance(15))
            m_scenario.policy.maxOutstanding = 1 + m_dice.below(3);
    }

    void act(Line &line)
    {
        const std::uint32_t what = m_dice.below(100);
        if (what < 50)
            receive(line);
        else if (what < 84)
            send(line);
        else if (what < 89)
            ask(line);
        else if (what < 91)
            sendUrgent(line);
        else if (what < 94)
            endPeer(line);
        else if (what < 96)
            shutDownOwn(line);
        else if (what < 97)
            close(line);
        else
            cancel();
    }

    // -- the peer

    std::string bytes(Line &line, std::uint32_t count)
    {
        // 61 letters: a prime, so that a shift by any size of buffer shows. The urgent '!' is none of them.
        static constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ012345678";
        std::string text;
        for (std::uint32_t i = 0; i < count; ++i)
            text += letters[line.sent++ % letters.size()];
        return text;
    }

    void send(Line &line)
    {
        // A unix peer cannot send into a direction that was shut down; and of what lies behind the place of an urgent
        // byte the kernel says nothing (FIONREAD), so the runner would wait for it.
        if (line.urgent || line.peerEnded || line.closed || line.shutDown || line.messages > 50)
            return;
        PeerSend send;
        send.socket = line.name;
        const bool stream = net::isStream(line.declared.kind);
        std::uint32_t size = m_dice.chance(40) ? m_dice.below(9) : m_dice.below(65);
        if (m_dice.chance(2))
            size = 1100 + m_dice.below(100);
        if (stream)
            size = std::max(size, 1U);
        send.data = TextBytes{bytes(line, size)};
        for (std::uint32_t rest = size; stream && m_dice.chance(40) && rest > 1;) {
            send.fragments.push_back(1 + m_dice.below(std::min(rest - 1, 64U)));
            rest -= send.fragments.back();
        }
        ++line.messages;
        add(std::move(send));
    }

    void sendUrgent(Line &line)
    {
        if (line.declared.kind != net::SocketKind::Tcp || line.peerEnded || line.closed || line.shutDown || line.urgent)
            return;
        // A call that blocks in the kernel passes the byte's place when it comes, and the kernel throws it away.
        if (std::any_of(m_threads.begin(), m_threads.end(), [&](const Thread &each) { return each.in == &line; }))
            return;
        line.urgent = true;
        add(PeerSendOob{line.name, TextBytes{"!"}});
        // Receives that wait take no urgent byte; one that asks for it now finds it.
        for (int i = 0; i < 2 && !line.mayWait && m_dice.chance(70); ++i)
            receive(line, flag::Oob);
    }

    void endPeer(Line &line)
    {
        if (line.peerGone || line.closed)
            return;
        const bool udp = line.declared.kind == net::SocketKind::Udp;
        if (!udp && !line.peerEnded && m_dice.chance(45)) {
            add(PeerShutdown{line.name});
        } else if (line.declared.kind == net::SocketKind::Tcp && m_dice.chance(50)) {
            line.peerGone = true;
            add(PeerReset{line.name});
        } else {
            line.peerGone = true;
            add(PeerClose{line.name});
        }
        line.peerEnded = true;
        if (!udp)
            released(line);
    }

    // -- our side

    std::vector<Buffer> buffers()
    {
        std::vector<Buffer> all;
        if (m_dice.chance(3))
            return all;
        if (m_dice.chance(2))
            return {{1, false, 1000 + m_dice.below(200)}};
        const std::uint32_t count = m_dice.chance(60) ? 1 + m_dice.below(3) : 1 + m_dice.below(16);
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t size = m_dice.chance(20)   ? 0
                                       : m_dice.chance(60) ? 1 + m_dice.below(8)
                                                           : 1 + m_dice.below(64);
            all.push_back({size, false, 1});
        }
        if (m_dice.chance(2))
            all[m_dice.below(count)] = {8, true, 1};
        return all;
    }

    std::uint32_t flags(const Line &line, bool overlapped)
    {
        if (m_dice.chance(68))
            return 0;
        std::uint32_t flags = m_dice.oneOf<std::uint32_t>(
            {flag::Peek, flag::Peek, flag::WaitAll, flag::WaitAll, flag::Partial, flag::Oob, flag::PushImmediate});
        if (m_dice.chance(12))
            flags |= m_dice.oneOf<std::uint32_t>({flag::Peek, flag::WaitAll, flag::Partial, flag::Oob, 0x100});
        // An urgent byte that is waited for holds up the stream behind it, and the runner would wait for that to
        // settle.
        const bool refusedAtOnce = !net::isStream(line.declared.kind) || (line.declared.nonblocking && !overlapped);
        if ((flags & flag::Oob) != 0 && !refusedAtOnce && !line.peerEnded)
            flags &= ~std::uint32_t{flag::Oob};
        return flags;
    }

    void receive(Line &line, std::uint32_t wanted = 0)
    {
        WspRecv recv;
        recv.socket = line.name;
        recv.buffers = wanted == flag::Oob ? std::vector<Buffer>{{4, false, 1}} : buffers();
        const bool overlapped = m_dice.chance(60);
        recv.flags = wanted != 0 ? wanted : flags(line, overlapped);
        if (wanted == flag::Oob && !overlapped && m_dice.chance(30))
            recv.flags |= flag::Peek;
        const bool ignored = !line.declared.overlapped && m_scenario.policy.overlappedOnPlainSocketAllowed;
        // After its end a connection lets nobody wait; what a peer of datagrams does is told to nobody.
        const bool ended =
            (line.peerEnded && line.declared.kind != net::SocketKind::Udp) || line.shutDown || line.closed;
        const bool mayBlock = (!overlapped || ignored) && !line.declared.nonblocking && !ended;
        if (mayBlock) {
            Thread *thread = freeThread();
            if (thread == nullptr)
                return;
            thread->in = &line;
            thread->receiving = true;
            recv.on = thread->name;
        }
        recv.op = "r" + std::to_string(++m_receives);
        if (overlapped) {
            recv.overlapped = "o" + std::to_string(m_receives);
            if (m_dice.chance(60))
                recv.event = "e" + std::to_string(m_receives);
            line.asked.push_back(recv.op);
        }
        line.mayWait = line.mayWait || (!ended && wanted != flag::Oob);
        add(std::move(recv));
    }

    void ask(Line &line)
    {
        if (line.asked.empty() || line.closed)
            return;
        WspResult result;
        result.of = line.asked[m_dice.below(static_cast<std::uint32_t>(line.asked.size()))];
        result.op = "g" + std::to_string(++m_results);
        result.wait = m_dice.chance(40);
        if (result.wait) {
            Thread *thread = freeThread();
            if (thread == nullptr)
                return;
            thread->in = &line;
            thread->receiving = false;
            result.on = thread->name;
        }
        add(std::move(result));
    }

    void shutDownOwn(Line &line)
    {
        if (line.closed || line.shutDown)
            return;
        WspShutdown shutdown;
        shutdown.socket = line.name;
        shutdown.how = m_dice.oneOf({net::Direction::Send, net::Direction::Receive, net::Direction::Both});
        line.shutDown = shutdown.how != net::Direction::Send;
        add(std::move(shutdown));
    }

    void close(Line &line)
    {
        if (line.closed)
            return;
        WspClose close;
        close.socket = line.name;
        close.abortive = line.declared.kind == net::SocketKind::Tcp && m_dice.chance(20);
        line.closed = true;
        add(std::move(close));
        released(line);
    }

    void cancel()
    {
        std::vector<Thread *> blocked;
        for (Thread &thread : m_threads)
            if (thread.in != nullptr && thread.receiving)
                blocked.push_back(&thread);
        if (blocked.empty())
            return;
        Thread *thread = blocked[m_dice.below(static_cast<std::uint32_t>(blocked.size()))];
        add(WspCancelBlocking{thread->name});
        thread->in = nullptr;
    }

    /// Mostly everything is received to its end first, so that nothing that was lost stays unseen.
    void finish(Line &line)
    {
        if (line.closed || m_dice.chance(30))
            return close(line);
        if (!line.peerEnded) {
            line.peerEnded = true;
            line.peerGone = true;
            add(PeerClose{line.name});
            if (line.declared.kind != net::SocketKind::Udp)
                released(line);
        }
        const bool stream = net::isStream(line.declared.kind);
        const std::uint32_t times = stream ? 2 + m_dice.below(2) : line.messages + 2;
        for (std::uint32_t i = 0; i < times; ++i) {
            WspRecv recv;
            recv.socket = line.name;
            recv.op = "r" + std::to_string(++m_receives);
            recv.buffers = {{100000, false, 1}};
            if (line.declared.kind == net::SocketKind::Udp && line.declared.overlapped)
                recv.overlapped = "o" + std::to_string(m_receives); // its end is told to nobody
            else if (line.declared.kind == net::SocketKind::Udp && !line.declared.nonblocking)
                break;
            add(std::move(recv));
        }
        close(line);
    }

    Thread *freeThread()
    {
        for (Thread &thread : m_threads)
            if (thread.in == nullptr)
                return &thread;
        return nullptr;
    }
    /// Nobody waits on that socket any more.
    void released(Line &line)
    {
        line.mayWait = false;
        for (Thread &thread : m_threads)
            if (thread.in == &line)
                thread.in = nullptr;
    }

    template <class Verb>
    void add(Verb verb)
    {
        Step step;
        step.action = std::move(verb);
        m_scenario.steps.push_back(std::move(step));
    }

    Dice m_dice;
    Scenario m_scenario;
    std::vector<Line> m_lines;
    std::vector<Thread> m_threads;
    std::uint32_t m_receives = 0, m_results = 0;
};

} // namespace

Scenario schedule(std::uint64_t seed)
{
    return Writer(seed).write();
}

} // namespace recvscope::checker
