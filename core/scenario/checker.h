// The pass over a scenario's steps behind check(): what is known at each step, and one visit for each verb.
//
// check.cpp holds the pass and the names, check_calls.cpp the peer and the calls, check_wsk.cpp the calls of
// WskReceive's interface, check_threads.cpp routines and threads, check_waits.cpp what is waited for, check_expect.cpp
// what is predicted and expected.

#pragma once

#include "scenario/check.h"
#include "scenario/reach.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace recvscope::scenario {

/// Goes through the steps in order, with what is known at each.
class Checker {
public:
    Checker(const Scenario &scenario, const PlaceOf &placeOf)
        : m_scenario(scenario), m_placeOf(placeOf), m_reach(scenario)
    {
    }

    std::vector<ReadError> run();

private:
    struct Call {
        std::size_t step = 0;
        const Action *action = nullptr;
    };

    // One for each family of verbs; each may refuse.
    void visit(const Say &) {}
    void visit(const Predict &predict);
    void visit(const PeerSend &send);
    void visit(const PeerSendOob &send);
    void visit(const PeerShutdown &shutdown);
    void visit(const PeerReset &reset);
    void visit(const PeerClose &close) { peerActs(close.socket, true); }
    void visit(const WspRecv &recv);
    void visit(const WspResult &result);
    void visit(const WspShutdown &shutdown);
    void visit(const WspClose &close);
    void visit(const WspCancelBlocking &cancel);
    void visit(const Wait &wait);
    void visit(const Expect &expect);
    void visit(const Barrier &barrier);
    void visit(const Assume &assume);
    void visit(const WspAlertableWait &wait);
    void visit(const WspWaitEvent &wait);
    void visit(const WspQueueApc &queue);
    void visit(const OverlappedFree &free);
    void visit(const Scribble &scribble);
    void visit(const ThreadExit &exit);
    void visit(const Fault &fault); // check_wsk.cpp
    void visitWithin(const std::vector<Step> &calls, const std::string &on);
    void learnNames(const Action &action);
    void visit(const PeerLink &link);
    void visit(const WspSend &send);
    void visit(const SocketBind &bind) { handMade(bind.socket, "binds"); }
    void visit(const SocketListen &listen);
    void visit(const SocketConnect &connect);
    void visit(const SocketAccept &accept);
    void visit(const SocketSendTo &send);
    void visit(const SocketJoin &join);

    // check_wsk.cpp
    void visit(const WskReceive &receive);
    void visit(const WskSend &send);
    void visit(const WskConnect &connect);
    void visit(const WskSocketConnect &connect);
    void visit(const WskAccept &accept);
    void visit(const WskCancel &cancel);
    void visit(const WskEvent &event);
    void visit(const WskRelease &release);
    void visit(const WskDisconnect &disconnect);
    void visit(const WskClose &close);
    void visit(const MdlUnlock &unlock);
    void visit(const MdlFree &free);
    void visit(const IrpTouch &touch);
    void visit(const IrpReuse &reuse);
    void visit(const NativeRecv &recv);
    void visit(const Provoke &provoke);
    const SocketDeclaration *faced(const std::string &socketName, Face face, std::string_view verb,
                                   std::string_view word);
    const SocketDeclaration *wskConnection(const std::string &socketName, std::string_view verb, std::string_view word);
    void unconnected(const std::string &socketName, std::string_view verb, std::string_view word);
    void giveIrp(const std::string &irp);
    void givenIrp(const std::string &irp);
    void chainOf(const std::string &op);

    const SocketDeclaration *handMade(const std::string &socketName, std::string_view does);
    const SocketDeclaration *handMadeDatagram(const std::string &socketName, std::string_view does);
    void furtherPeer(const std::string &name, std::string_view word);
    void sentFromFurther(const PeerSend &send);
    void cutBelow(const PeerSend &send);

    void needsConnection(const std::string &socketName, std::string_view does);

    void await(const Queued &queued);
    void await(const Completed &completed);
    void await(const BlockedIn &blocked);
    void await(const EventIsSet &event);
    void await(const Arrived &arrived);
    void await(const RoutineRan &routine);
    void await(const Indicated &indicated);
    void await(const Discarded &discarded);

    const SocketDeclaration *socket(const std::string &name, std::string_view word = "socket");
    void thread(const std::string &name, std::string_view word);
    const Action *operation(const std::string &name, std::string_view word, bool mayBeLater = false);
    bool peerActs(const std::string &socketName, bool afterItsEnd);
    void handOver(const std::string &on, const std::string &op);
    void givesStructure(const std::string &overlapped);
    std::string whyNeverReturns(std::vector<std::string> &calls);
    void outcomeFits(const Expect &expect, const Action &action);
    void irpFits(const Expect &expect, const Action &action);
    void contentsFit(const Expect &expect, const std::vector<std::uint64_t> &rooms);
    void stepEnds();
    void refuse(std::string_view word, std::string problem, std::string nearest = {});
    [[nodiscard]] std::string inLine(std::size_t step) const
    {
        return "in line " + std::to_string(m_scenario.steps[step].place.line);
    }

    const Scenario &m_scenario;
    const PlaceOf &m_placeOf;
    Reach m_reach;
    std::size_t m_step = 0;
    std::unordered_map<std::string, Call> m_calls;            ///< of the whole scenario, by name
    std::set<std::string> m_overlapped;                       ///< structures given so far
    std::map<std::string, std::vector<std::string>> m_events; ///< given so far, with their operations
    std::unordered_map<std::string, std::vector<std::string>>
        m_threads;                                    ///< operations handed to it, not yet waited for
    std::unordered_set<std::string> m_listening;      ///< sockets that socket.listen made so
    std::unordered_set<std::string> m_addressed;      ///< datagram sockets made by hand that have an address by now
    std::unordered_set<std::string> m_exited;         ///< threads that have ended
    std::unordered_set<std::string> m_used;           ///< threads that calls were handed to
    std::set<std::string> m_irps;                     ///< given to calls so far
    std::set<std::string> m_allIrps;                  ///< in the whole scenario
    std::map<std::string, std::string> m_indications; ///< kept so far by what a callback answers, with their sockets
    std::map<std::string, std::string> m_allIndications;
    std::set<std::string> m_callbacks;                    ///< sockets whose receive event callback was enabled
    std::set<std::string> m_drained;                      ///< sockets that a receive drains
    const Place *m_within = nullptr;                      ///< of the call inside a routine or hook that is looked at
    std::map<std::string, std::uint32_t> m_freed;         ///< structures that are freed now, and in which line
    std::map<std::string, std::uint32_t> m_structureGone; ///< calls whose structure was freed, and in which line
    std::optional<ReadError> m_error;                     ///< of this step
    std::vector<ReadError> m_errors;                      ///< of the steps so far
};

} // namespace recvscope::scenario
