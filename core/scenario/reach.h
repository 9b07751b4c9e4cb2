// What can still happen at a step, as far as the steps before it tell: whether a receive can complete, how much the
// kernel can hold. It only claims what is certain: "never" is never, the rest is the watchdog's.
//
// Threads: one Reach belongs to one check.

#pragma once

#include "scenario/scenario.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace recvscope::scenario {

/// What has happened to a socket by the steps so far.
struct SocketStory {
    std::uint64_t sent = 0;         ///< bytes the peer has sent
    std::uint32_t finishedLine = 0; ///< peer.shutdown stood there
    std::uint32_t goneLine = 0;     ///< peer.reset or peer.close stood there
    std::uint32_t cutLine = 0;      ///< peer.link stood there
    bool peerReset = false;
    bool accepted = false;        ///< a step before gave it its peer: it was accepted, or connected
    bool closed = false;          ///< wsp.close or wsk.close
    bool receiveShutDown = false; ///< wsp.shutdown of the receive direction, or an abortive wsk.disconnect
    std::uint64_t waitingFor = 0; ///< bytes that the receives so far take at least, if nothing ends them
};

class Reach {
public:
    explicit Reach(const Scenario &scenario) : m_scenario(scenario) {}

    /// The step has been told: what follows is asked of what comes after it.
    void pass(const Step &step);

    [[nodiscard]] const SocketStory &story(const std::string &socket) { return m_stories[socket]; }

    /// Why that operation can never complete as things stand, or empty when it might.
    [[nodiscard]] std::string whyNever(const std::string &op) const;

    /// Might that call wait inside until something comes?
    [[nodiscard]] bool mayBlock(const Action &call) const;

    /// The most that a kernel holds unread for the socket.
    [[nodiscard]] static std::uint64_t capacity(const SocketDeclaration &socket);

private:
    struct Receive {
        std::string socket;
        std::uint64_t needs = 0;   ///< bytes that must have been sent before it can complete with data
        bool plain = false;        ///< it takes at least one byte from a stream, or meets an end
        std::uint32_t cancels = 0; ///< cancellations before it; one since then may have ended it
        std::uint64_t own = 1;     ///< how many of those bytes are its own; `drains`: none
        bool drains = false;
    };

    [[nodiscard]] bool blocks(const WspRecv &recv) const;
    [[nodiscard]] bool isPlain(const WspRecv &recv) const;
    [[nodiscard]] bool isPlain(const WskReceive &receive) const;
    [[nodiscard]] bool isPlain(const NativeRecv &recv) const;
    [[nodiscard]] bool isOpenStream(const SocketDeclaration *socket) const;
    void add(const std::string &op, Receive receive, bool inOrder);
    void passWsk(const Step &step);
    void passBeside(const Step &step);
    void mayHaveEndedAny();
    [[nodiscard]] std::string whyNever(const Receive &receive, const std::string &name) const;

    const Scenario &m_scenario;
    std::uint32_t m_cancels = 0;
    bool m_anyMayEnd = false; ///< a routine or a callback cancels or closes: at a moment that nobody can name
    bool m_down = false;      ///< calls are made to fail
    bool m_irpFault = false;  ///< the next WskReceive is
    std::unordered_set<std::string> m_irps; ///< given to calls so far
    std::unordered_map<std::string, SocketStory> m_stories;
    std::unordered_map<std::string, Receive> m_receives;
    std::unordered_map<std::string, std::string> m_results;    ///< a waiting wsp.result, and the receive it waits for
    std::unordered_map<std::string, std::string> m_overlapped; ///< structure, and the last receive it was given to
};

} // namespace recvscope::scenario
