// Writes one random schedule. What it knows of the sockets and threads keeps it from steps that wait for what cannot
// come.
//
// Threads: the caller's.

#pragma once

#include "account.h"
#include "dice.h"

#include "scenario/scenario.h"

#include <string>
#include <vector>

namespace recvscope::checker {

class ScheduleWriter {
public:
    explicit ScheduleWriter(std::uint64_t seed) : m_dice(seed)
    {
        m_scenario.title = "Schedule " + std::to_string(seed);
    }

    [[nodiscard]] scenario::Scenario write();

private:
    /// A socket and its peer.
    struct Line {
        std::string name;
        scenario::SocketDeclaration declared;
        std::uint32_t sent = 0;     ///< bytes so far: the next one's letter
        std::uint32_t messages = 0; ///< so far
        bool mayWait = false;       ///< a receive may be waiting
        bool urgent = false;        ///< an urgent byte was sent that is not in line
        bool peerEnded = false, peerGone = false, shutDown = false, closed = false;
        bool bound = false, joined = false; ///< by hand: it has an address; it is connected
        std::vector<std::string> asked;     ///< overlapped receives, which may be asked about

        [[nodiscard]] bool byHand() const { return !declared.connected; }
        [[nodiscard]] bool udp() const { return declared.kind == net::SocketKind::Udp; }
        /// No receive sees messages, whatever the transport is.
        [[nodiscard]] bool stream() const;
        /// Its end is told to those who receive.
        [[nodiscard]] bool over() const { return (peerEnded && !udp()) || shutDown || closed; }
    };

    struct Thread {
        std::string name;
        const Line *in = nullptr; ///< it may be blocked on that socket
        bool receiving = false;   ///< in a receive, which can be cancelled
        bool waiting = false;     ///< alertably, until something is queued to it
        bool gone = false;

        [[nodiscard]] bool free() const { return in == nullptr && !waiting && !gone; }
    };

    void declare();
    void declare(Line &line);
    void act(Line &line);
    void finish(Line &line);

    // -- the peer (schedule_peer.cpp)
    [[nodiscard]] std::string bytes(Line &line, std::uint32_t count);
    void send(Line &line);
    void sendFromFurther(Line &line);
    void sendUrgent(Line &line);
    void endPeer(Line &line);

    // -- our side (schedule_calls.cpp)
    [[nodiscard]] std::vector<scenario::Buffer> buffers();
    [[nodiscard]] std::uint32_t flags(const Line &line, bool overlapped);
    void receive(Line &line, std::uint32_t wanted = 0);
    void ask(Line &line);
    void byHand(Line &line);
    void shutDownOwn(Line &line);
    void close(Line &line);
    void cancel();

    // -- threads and what is queued to them (schedule_threads.cpp)
    void giveRoutine(Line &line, scenario::WspRecv &recv);
    [[nodiscard]] std::vector<scenario::Step> insideRoutine(Line &line, const std::string &on);
    void sendWithRoutine(Line &line);
    void waitAlertably();
    void queueTo(const std::string &thread);
    void leaveThread();
    void releaseThreads();

    [[nodiscard]] Thread *freeThread();
    /// Nobody waits on that socket any more.
    void released(Line &line);

    template <class Verb>
    static scenario::Step stepOf(Verb verb)
    {
        scenario::Step step;
        step.action = std::move(verb);
        return step;
    }
    template <class Verb>
    void add(Verb verb)
    {
        m_scenario.steps.push_back(stepOf(std::move(verb)));
    }

    Dice m_dice;
    scenario::Scenario m_scenario;
    std::vector<Line> m_lines;
    std::vector<Thread> m_threads;
    std::uint32_t m_receives = 0, m_results = 0, m_apcs = 0, m_sends = 0;
    bool m_routineOnMain = false; ///< something may be queued to the main thread
};

} // namespace recvscope::checker
