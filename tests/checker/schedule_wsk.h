// Random schedules of WskReceive and its neighbours: from a seed a scenario that never hangs by itself.
//
// Sockets that are connected from the start, by either connect, or accepted; receives with and without IRP, chains that
// fit and that do not, all flags, levels, completion routines that receive again; the event callbacks with all answers,
// and what they call; releases, cancels, memory that is taken away, races, injected failures, both disconnects,
// closing, also from within a callback; the peer's sends in pieces, its ends and resets.
//
// Threads: a function of its argument.

#pragma once

#include "dice.h"

#include "scenario/scenario.h"

#include <cstdint>
#include <string>
#include <vector>

namespace recvscope::checker {

/// The same scenario for the same seed, on every machine; scenario::check() has nothing against it.
[[nodiscard]] scenario::Scenario wskSchedule(std::uint64_t seed);

class WskScheduleWriter {
public:
    explicit WskScheduleWriter(std::uint64_t seed) : m_dice(seed)
    {
        m_scenario.title = "WSK schedule " + std::to_string(seed);
    }

    [[nodiscard]] scenario::Scenario write();

private:
    /// A socket and its peer.
    struct Line {
        std::string name;
        scenario::SocketDeclaration declared;
        std::uint32_t sent = 0;           ///< bytes so far: the next one's letter
        bool connected = true;            ///< it has a peer by now
        bool talks = false;               ///< our side sends; then its peer, who reads nothing, does not close
        bool called = false;              ///< its receive event callback was enabled once
        bool mute = false;                ///< our side has ended sending
        bool ended = false, gone = false; ///< the peer has finished; it is no more
        bool broken = false, closed = false;
        std::vector<std::string> kept;    ///< indications that may be kept, and were not released
        std::vector<std::string> chained; ///< receives with descriptors, made by steps

        [[nodiscard]] bool tcp() const { return declared.kind == net::SocketKind::Tcp; }
        /// Its peer can send.
        [[nodiscard]] bool open() const { return connected && !ended && !gone && !broken && !closed; }
    };

    void declare();
    void connect(Line &line);
    void act(Line &line);
    void finish(Line &line);

    // -- calls (schedule_wsk_calls.cpp)
    [[nodiscard]] scenario::WskReceive receive(Line &line);
    void control(Line &line);
    [[nodiscard]] scenario::IndicationAnswer answer(Line &line);
    [[nodiscard]] std::vector<scenario::Step> insideCallback(Line &line);
    void release(Line &line);
    void cancel();
    void takeMemory(Line &line);
    void sendOwn(Line &line);
    void disconnect(Line &line);
    void close(Line &line);
    void closeInside(Line &line);

    // -- the peer
    void send(Line &line);
    void endPeer(Line &line);

    [[nodiscard]] std::string irp();
    [[nodiscard]] std::string thread() { return m_dice.chance(15) ? "t1" : std::string(); }

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
    std::vector<std::string> m_irps; ///< of receives made by steps, which may be cancelled
    std::uint32_t m_receives = 0, m_packets = 0, m_kept = 0;
};

} // namespace recvscope::checker
